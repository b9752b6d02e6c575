"""Charts for reports, as SVG."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

_TRAIN, _VALID, _BEST = "#88a4b8", "#14507c", "#cc6677"


def training_curves(history: dict[str, list[float]], best_epoch: int) -> str:
    """Loss, accuracy and F1 by epoch, of the train and valid splits, with the best epoch marked.

    Args:
        history: figures by epoch as Keras names them, those of the valid split with ``val_``.
        best_epoch: counted from 1.
    """
    names = {"loss": "Loss", "accuracy": "Accuracy", "f1": "Mean F1"}
    figure = Figure(figsize=(10, 3), layout="constrained")
    for axes, (key, title) in zip(figure.subplots(1, len(names)), names.items()):
        for name, color, label in ((key, _TRAIN, "train"), (f"val_{key}", _VALID, "valid")):
            if name in history:
                epochs = range(1, len(history[name]) + 1)
                axes.plot(epochs, history[name], color=color, label=label, marker=".", linewidth=1.6)
        axes.axvline(best_epoch, color=_BEST, linewidth=1, linestyle="--", label="best epoch")
        axes.set_title(title, fontsize=11, loc="left")
        axes.set_xlabel("epoch", fontsize=9)
        axes.tick_params(labelsize=8)
        axes.grid(color="#e6ebef")
        axes.spines[["top", "right"]].set_visible(False)
        axes.xaxis.get_major_locator().set_params(integer=True)
        if key == "loss":
            axes.set_ylim(bottom=0)
            axes.legend(fontsize=8, frameon=False)
    text = io.StringIO()
    figure.savefig(text, format="svg")
    return text.getvalue()[text.getvalue().index("<svg") :]
