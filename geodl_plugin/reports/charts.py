"""Charts for reports, as SVG; pictures as PNG within HTML."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LogNorm, Normalize, to_rgba
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Patch

from ..accuracy.regression import RegressionErrors
from ..accuracy.reliability import Reliability
from ..datasets.description import DatasetDescription, RegressionTarget
from ..datasets.inspection import BandValues, DatasetInspection
from ..datasets.regression_inspection import LabelDistribution, histogram_edges
from ..labels.classes import Class
from ..runtime.numbers import ceil_div
from .pictures import NOTHING, VALUES, Stretch

_TRAIN, _VALID, _BEST, _TEXT, _LESS = "#88a4b8", "#14507c", "#cc6677", "#5b6b79", "#e8b4bb"
_RATE = "learning_rate"
_TITLES = {
    "f1": "Mean F1",
    "r2": "R²",
    "rmse": "RMSE",
    "mae": "MAE",
    "loss": "Loss",
    "accuracy": "Accuracy",
    _RATE: "Learning rate",
}
_CURVES_IN_ROW = 4
_SHEET_COLUMNS = 8


def training_curves(history: dict[str, list[float]], best_epoch: int) -> str:
    """Each figure by epoch, of the train and valid splits, with the best epoch marked; the learning rate last.

    Args:
        history: figures by epoch as Keras names them, those of the valid split with ``val_``.
        best_epoch: counted from 1.
    """
    names = [name for name in history if not name.startswith("val_")]
    names.sort(key=lambda name: (name == _RATE, name != "loss"))
    figure = Figure(figsize=(10, 2.6 * ceil_div(len(names), _CURVES_IN_ROW)), layout="constrained")
    grid = figure.subplots(ceil_div(len(names), _CURVES_IN_ROW), min(len(names), _CURVES_IN_ROW), squeeze=False).ravel()
    for axes, key in zip(grid, names):
        for name, color, label in ((key, _TRAIN, "train"), (f"val_{key}", _VALID, "valid")):
            if name in history:
                epochs = range(1, len(history[name]) + 1)
                axes.plot(epochs, history[name], color=color, label=label, linewidth=1.6, marker=".", markersize=4)
        axes.axvline(best_epoch, color=_BEST, linewidth=1, linestyle="--", label="best epoch")
        axes.set_title(_TITLES.get(key, key.replace("_", " ")), fontsize=11, loc="left")
        axes.set_xlabel("epoch", fontsize=9)
        axes.xaxis.get_major_locator().set_params(integer=True)
        if key in ("loss", _RATE):
            axes.set_ylim(bottom=0)
        if key == "loss":
            axes.legend(fontsize=8, frameon=False)
        if key == _RATE:
            axes.ticklabel_format(axis="y", style="sci", scilimits=(-2, 3))
            axes.yaxis.get_offset_text().set_fontsize(8)
        _plain(axes)
    for axes in grid[len(names) :]:
        axes.set_visible(False)
    return _svg(figure)


def reliability_diagram(reliability: Reliability) -> str:
    """Share of right pixels by confidence, the gap to what was promised, and how many pixels each bin has.

    Args:
        reliability: of the labelled pixels.
    """
    figure = Figure(figsize=(4.6, 4.2), layout="constrained")
    axes, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    edges, width = reliability.edges, reliability.edges[1]
    filled = reliability.counts > 0
    centers, confidence = edges[:-1][filled] + width / 2, reliability.confidence[filled]
    accuracy = reliability.accuracy[filled]
    kept, rest = np.minimum(accuracy, confidence), np.abs(accuracy - confidence)
    axes.bar(centers, rest, width * 0.94, kept, color=np.where(accuracy < confidence, _LESS, _TRAIN))
    axes.bar(centers, kept, width * 0.94, color=_VALID)
    axes.plot([0, 1], [0, 1], color=_TEXT, linewidth=1, linestyle="--")
    axes.set_ylim(0, 1.02)
    axes.set_ylabel("share of right pixels", fontsize=9)
    names = {_LESS: "less than promised", _TRAIN: "more than promised"}
    patches = [Patch(color=color, label=name) for color, name in names.items()]
    axes.legend(handles=patches, fontsize=8, frameon=False, loc="upper left")
    below.bar(edges[:-1] + width / 2, 100 * reliability.counts / max(1, reliability.total), width * 0.94, color=_TRAIN)
    below.set_ylabel("pixels (%)", fontsize=9)
    below.set_xlabel("confidence", fontsize=9)
    below.set_xlim(0, 1)
    for one in (axes, below):
        _plain(one)
    return _svg(figure)


def scatter(errors: RegressionErrors, name: str) -> str:
    """Predicted against true values, as the density of pixels, with the line on which both are the same.

    Args:
        errors: of the labelled pixels.
        name: what the values are.
    """
    figure = Figure(figsize=(4.6, 4.0), layout="constrained")
    axes = figure.subplots()
    counts = np.ma.masked_equal(errors.histogram.T, 0)
    norm = LogNorm(1, max(2, errors.histogram.max()))
    drawn = axes.pcolormesh(errors.edges, errors.edges, counts, cmap="viridis", norm=norm, rasterized=True)
    axes.axline((errors.edges[0], errors.edges[0]), slope=1, color=_BEST, linewidth=1, linestyle="--")
    axes.set_aspect("equal")
    axes.set_xlabel(f"{name}: true", fontsize=9)
    axes.set_ylabel("predicted", fontsize=9)
    bar = figure.colorbar(drawn, ax=axes, shrink=0.8)
    bar.set_label("pixels", fontsize=9)
    bar.ax.tick_params(labelsize=8)
    bar.outline.set_visible(False)
    _plain(axes)
    return _svg(figure)


def error_histogram(errors: RegressionErrors, name: str) -> str:
    """How often the prediction is how far off.

    Args:
        errors: of the labelled pixels.
        name: what the values are.
    """
    figure = Figure(figsize=(4.6, 4.0), layout="constrained")
    axes = figure.subplots()
    axes.stairs(100 * errors.error_counts / max(1, errors.total), errors.error_edges, fill=True, color=_TRAIN)
    axes.axvline(0, color=_TEXT, linewidth=1)
    axes.axvline(errors.bias, color=_BEST, linewidth=1.2, linestyle="--", label=f"bias {errors.bias:.3g}")
    axes.set_xlabel(f"error of {name}: predicted − true", fontsize=9)
    axes.set_ylabel("pixels (%)", fontsize=9)
    axes.legend(fontsize=8, frameon=False)
    _plain(axes)
    return _svg(figure)


def class_shares(pixels: dict[str, list[int]], classes: Sequence[Class]) -> str:
    """Share of each class in the labelled pixels of each split, one bar a split.

    Args:
        pixels: labelled pixels by split, one number a class.
        classes: the classes, with their colours.
    """
    figure = Figure(figsize=(10, 0.55 + 0.42 * len(pixels)), layout="constrained")
    axes = figure.subplots()
    for place, counts in enumerate(pixels.values()):
        total, left = max(1, sum(counts)), 0.0
        for one, count in zip(classes, counts):
            share = 100 * count / total
            axes.barh(place, share, left=left, color=one.color, edgecolor="white", linewidth=1, height=0.72)
            if share > 5:
                axes.text(left + share / 2, place, f"{share:.0f} %", ha="center", va="center", fontsize=8)
            left += share
    axes.set_yticks(range(len(pixels)), list(pixels), fontsize=9)
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.tick_params(axis="x", labelsize=8)
    axes.set_xlabel("share of the labelled pixels (%)", fontsize=9)
    axes.spines[["top", "right", "left"]].set_visible(False)
    return _svg(figure)


def band_histograms(names: Sequence[str], bands: Sequence[BandValues], nodata: Sequence[float | None]) -> str:
    """One small histogram a band; lines mark the 2nd and 98th percentile.

    Args:
        names: of the bands.
        bands: their values.
        nodata: of the bands.
    """
    columns = min(4, len(names))
    rows = ceil_div(len(names), columns)
    figure = Figure(figsize=(10, 1.75 * rows + 0.1), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes, name, band, missing in zip(grid, names, bands, nodata):
        axes.fill_between(band.edges[:-1], band.counts, step="post", color=_TRAIN, linewidth=0)
        for value in (band.low, band.high):
            axes.axvline(value, color=_BEST, linewidth=0.9, linestyle="--")
        note = f", {100 * band.nodata:.1f} % no data" if missing is not None or band.nodata else ""
        axes.set_title(f"{name}{note}", fontsize=9, loc="left")
        axes.set_yticks([])
        axes.tick_params(labelsize=7)
        axes.margins(x=0)
        axes.set_ylim(bottom=0)
        axes.spines[["top", "right", "left"]].set_visible(False)
    for axes in grid[len(names) :]:
        axes.set_visible(False)
    return _svg(figure)


def sample_sheet(dataset: DatasetDescription, found: DatasetInspection) -> str:
    """One row of patches a class: the image of source 1, and its labels over it or, of one label, its frame.

    Args:
        dataset: the manifest.
        found: has the patches.
    """
    classes = dataset.classes.classes
    most = max((len(row) for row in found.samples), default=0)
    if not most:
        return ""
    source = dataset.sources[0]
    palette = np.zeros((dataset.classes.unlabelled + 1, 4))
    palette[: len(classes)] = [to_rgba(one.color) for one in classes]
    stretch = Stretch(source, [patch.images[source.name] for row in found.samples for patch in row])
    per_patch = 2 if dataset.label_size > 1 else 1
    figure = Figure(figsize=(10, 1.32 * len(classes) + 0.1))
    figure.set_layout_engine(ConstrainedLayoutEngine(w_pad=0.02, h_pad=0.03, wspace=0.02, hspace=0.02))
    grid = figure.subplots(len(classes), _SHEET_COLUMNS, squeeze=False)
    for row, one, patches in zip(grid, classes, found.samples):
        for axes in row:
            axes.set_axis_off()
        for place, patch in enumerate(patches[: _SHEET_COLUMNS // per_patch]):
            shown = stretch(patch.images[source.name])
            row[place * per_patch].imshow(shown, interpolation="nearest")
            if per_patch == 2:
                row[place * 2 + 1].imshow(shown.mean(axis=-1), cmap="gray", vmin=0, vmax=408, interpolation="nearest")
                row[place * 2 + 1].imshow(palette[patch.labels], interpolation="nearest", alpha=0.85)
        title = one.name if patches else f"{one.name}: no patch shows it"
        row[0].set_title(title, fontsize=10, loc="left", color="#22303c")
    return _png(figure)


def label_histograms(name: str, splits: dict[str, LabelDistribution]) -> str:
    """How the continuous labels of each split are distributed.

    Args:
        name: what the values are.
        splits: the labels by split.
    """
    edges = histogram_edges(splits.values())
    figure = Figure(figsize=(10, 2.6), layout="constrained")
    axes = figure.subplots()
    for (split, found), color in zip(splits.items(), (_TRAIN, _VALID, _BEST)):
        counts, _ = np.histogram(found.values, bins=edges)
        shares = 100 * counts / max(1, len(found.values))
        if split == next(iter(splits)):
            axes.stairs(shares, edges, fill=True, color=color, label=split)
        else:
            axes.stairs(shares, edges, color=color, linewidth=1.6, label=split)
    axes.set_xlabel(name, fontsize=9)
    axes.set_ylabel("share of the labels (%)", fontsize=9)
    axes.margins(x=0.01)
    _plain(axes)
    axes.legend(fontsize=8, frameon=False)
    return _svg(figure)


def value_sheet(dataset: DatasetDescription, found: DatasetInspection, values: RegressionTarget) -> str:
    """Patches from low to high values: the image of source 1 and beside it its labels, with a legend.

    Args:
        dataset: the manifest.
        found: has the patches.
        values: what the labels are.
    """
    source = dataset.sources[0]
    per_patch = 2 if dataset.label_size > 1 else 1
    patches = [patch for row in found.samples for patch in row]
    columns = _SHEET_COLUMNS // per_patch
    rows = ceil_div(len(patches), columns)
    if not rows:
        return ""
    stretch = Stretch(source, [patch.images[source.name] for patch in patches])
    colors = colormaps[VALUES].with_extremes(bad=NOTHING)
    scale = ScalarMappable(Normalize(values.minimum, values.maximum), colors)
    figure = Figure(figsize=(10, 1.45 * rows + 0.7))
    figure.set_layout_engine(ConstrainedLayoutEngine(w_pad=0.02, h_pad=0.03, wspace=0.02, hspace=0.02))
    grid = figure.subplots(rows, _SHEET_COLUMNS, squeeze=False)
    for axes in grid.ravel():
        axes.set_axis_off()
    for axes, patch in zip(grid.reshape(-1, per_patch), patches):
        axes[0].imshow(stretch(patch.images[source.name]), interpolation="nearest")
        axes[0].set_title(f"{np.nanmean(patch.labels):.4g}", fontsize=9, loc="left", color="#22303c")
        if per_patch == 2:
            axes[1].imshow(scale.to_rgba(np.ma.masked_invalid(patch.labels)), interpolation="nearest")
    if per_patch == 2:
        bar = figure.colorbar(scale, ax=grid, orientation="horizontal", aspect=60, pad=0.01, shrink=0.6)
        bar.set_label(f"{values.name}; grey: unlabelled", fontsize=9)
        bar.ax.tick_params(labelsize=8)
        bar.outline.set_visible(False)
    return _png(figure)


def _plain(axes: Axes) -> None:
    axes.tick_params(labelsize=8)
    axes.grid(color="#e6ebef")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _svg(figure: Figure) -> str:
    file = io.StringIO()
    figure.savefig(file, format="svg")
    text = file.getvalue()[file.getvalue().index("<svg") :]
    return re.sub(r' height="[^"]*"', "", text, count=1)  # it follows from the width, which may be a phone's


def _png(figure: Figure) -> str:
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=150)
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}">'
