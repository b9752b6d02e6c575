"""Charts of the training report, as SVG."""

from __future__ import annotations

from matplotlib.figure import Figure

from ..language import mark, tr
from ..runtime.numbers import ceil_div
from .chart_style import MARK_COLOR, TRAIN_COLOR, VALID_COLOR, style_axes, to_svg

_RATE = "learning_rate"
_TITLES = {
    "f1": mark("Mean F1"),
    "r2": "R²",
    "rmse": "RMSE",
    "mae": "MAE",
    "loss": mark("Loss"),
    "accuracy": mark("Accuracy"),
    "calibrated_loss": mark("Calibrated loss"),
    _RATE: mark("Learning rate"),
}
_CURVES_IN_ROW = 5


def training_curves(history: dict[str, list[float]], best_epoch: int) -> str:
    """Each figure by epoch for the splits train and valid, with the best epoch marked; the learning rate last.

    Args:
        history: figures by epoch as Keras names them, those of the split valid with ``val_``.
        best_epoch: counted from 1.
    """
    names = [name for name in history if not name.startswith("val_")]
    names.sort(key=lambda name: (name == _RATE, name != "loss"))
    figure = Figure(figsize=(10, 2.6 * ceil_div(len(names), _CURVES_IN_ROW)), layout="constrained")
    grid = figure.subplots(ceil_div(len(names), _CURVES_IN_ROW), min(len(names), _CURVES_IN_ROW), squeeze=False).ravel()
    for axes, key in zip(grid, names):
        for name, color, label in ((key, TRAIN_COLOR, "train"), (f"val_{key}", VALID_COLOR, "valid")):
            if name in history:
                epochs = range(1, len(history[name]) + 1)
                axes.plot(epochs, history[name], color=color, label=label, linewidth=1.6, marker=".", markersize=4)
        axes.axvline(best_epoch, color=MARK_COLOR, linewidth=1, linestyle="--", label=tr("best epoch"))
        axes.set_title(tr(_TITLES.get(key, key.replace("_", " "))), fontsize=11, loc="left")
        axes.set_xlabel(tr("epoch"), fontsize=9)
        axes.xaxis.get_major_locator().set_params(integer=True)
        if key in ("loss", _RATE):
            axes.set_ylim(bottom=0)
        if key == "loss":
            axes.legend(fontsize=8, frameon=False)
        if key == _RATE:
            axes.ticklabel_format(axis="y", style="sci", scilimits=(-2, 3))
            axes.yaxis.get_offset_text().set_fontsize(8)
        style_axes(axes)
    for axes in grid[len(names) :]:
        axes.set_visible(False)
    return to_svg(figure)
