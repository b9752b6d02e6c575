"""Charts of the dataset report: SVG, and sheets of patches as PNG."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_rgba
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from ..datasets.description import DatasetDescription, RegressionTarget
from ..datasets.image_colors import NO_DATA, Stretch
from ..datasets.inspection import BandValues, DatasetInspection
from ..datasets.regression_inspection import LabelDistribution, histogram_edges
from ..labels.classes import Class
from ..language import tr
from ..runtime.numbers import ceil_div
from .chart_style import MARK_COLOR, TRAIN_COLOR, VALID_COLOR, style_axes, to_png, to_svg
from .pictures import VALUES

_SHEET_COLUMNS = 8
_ON_COLORS, _TITLE = "#10181f", "#6f7f8d"  # the latter is legible on white and on dark


def class_shares(pixels: dict[str, list[int]], classes: Sequence[Class]) -> str:
    """Share of each class in the labelled pixels of each split, one bar for each split.

    Args:
        pixels: number of labelled pixels of each class, by split.
        classes: the classes, with their colours.
    """
    figure = Figure(figsize=(10, 0.55 + 0.42 * len(pixels)), layout="constrained")
    axes = figure.subplots()
    for row, counts in enumerate(pixels.values()):
        total, left = max(1, sum(counts)), 0.0
        for label_class, count in zip(classes, counts):
            share = 100 * count / total
            axes.barh(row, share, left=left, color=label_class.color, height=0.72)
            if share > 5:
                axes.text(
                    left + share / 2, row, f"{share:.0f} %", ha="center", va="center", fontsize=8, color=_ON_COLORS
                )
            left += share
    axes.set_yticks(range(len(pixels)), list(pixels), fontsize=9)
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.tick_params(axis="x", labelsize=8)
    axes.set_xlabel(tr("share of the labelled pixels in the patches (%)"), fontsize=9)
    axes.spines[["top", "right", "left"]].set_visible(False)
    return to_svg(figure)


def band_histograms(names: Sequence[str], bands: Sequence[BandValues], nodata: Sequence[float | None]) -> str:
    """One small histogram for each band; lines mark the 2nd and 98th percentile.

    Args:
        names: names of the bands.
        bands: their values.
        nodata: no-data value of each band; None: it has none.
    """
    columns = min(4, len(names))
    rows = ceil_div(len(names), columns)
    figure = Figure(figsize=(10, 1.75 * rows + 0.1), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes, name, band, missing in zip(grid, names, bands, nodata):
        axes.fill_between(band.edges[:-1], band.counts, step="post", color=TRAIN_COLOR, linewidth=0)
        for value in (band.low, band.high):
            axes.axvline(value, color=MARK_COLOR, linewidth=0.9, linestyle="--")
        title = name
        if missing is not None or band.nodata:
            title = tr("{band}, {share:.1f} % no data").format(band=name, share=100 * band.nodata)
        axes.set_title(title, fontsize=9, loc="left")
        axes.set_yticks([])
        axes.tick_params(labelsize=7)
        axes.margins(x=0)
        axes.set_ylim(bottom=0)
        axes.spines[["top", "right", "left"]].set_visible(False)
    for axes in grid[len(names) :]:
        axes.set_visible(False)
    return to_svg(figure)


def label_histograms(name: str, splits: dict[str, LabelDistribution]) -> str:
    """The distribution of the continuous labels of each split.

    Args:
        name: name of the values.
        splits: the labels by split.
    """
    edges = histogram_edges(splits.values())
    figure = Figure(figsize=(10, 2.6), layout="constrained")
    axes = figure.subplots()
    for (split, labels), color in zip(splits.items(), (TRAIN_COLOR, VALID_COLOR, MARK_COLOR)):
        counts, _ = np.histogram(labels.values, bins=edges)
        shares = 100 * counts / max(1, len(labels.values))
        if split == next(iter(splits)):
            axes.stairs(shares, edges, fill=True, color=color, label=split)
        else:
            axes.stairs(shares, edges, color=color, linewidth=1.6, label=split)
    axes.set_xlabel(name, fontsize=9)
    axes.set_ylabel(tr("share of the labels (%)"), fontsize=9)
    axes.margins(x=0.01)
    style_axes(axes)
    axes.legend(fontsize=8, frameon=False)
    return to_svg(figure)


def sample_sheet(dataset: DatasetDescription, inspection: DatasetInspection) -> str:
    """One row of patches for each class: the image of source 1 and, beside it, its labels unless it has just one.

    Args:
        dataset: description of the dataset.
        inspection: what was found in it, with the patches.
    """
    classes = dataset.classes.classes
    if not any(inspection.samples):
        return ""
    source = dataset.sources[0]
    palette = np.zeros((dataset.classes.unlabelled + 1, 4))
    palette[: len(classes)] = [to_rgba(label_class.color) for label_class in classes]
    stretch = Stretch(source, [patch.images[source.name] for row in inspection.samples for patch in row])
    per_patch = 2 if dataset.label_size > 1 else 1
    figure = _sheet(1.32 * len(classes) + 0.1)
    grid = figure.subplots(len(classes), _SHEET_COLUMNS, squeeze=False)
    for row, label_class, patches in zip(grid, classes, inspection.samples):
        for axes in row:
            axes.set_axis_off()
        for column, patch in enumerate(patches[: _SHEET_COLUMNS // per_patch]):
            shown = stretch(patch.images[source.name])
            row[column * per_patch].imshow(shown, interpolation="nearest")
            if per_patch == 2:
                labels = row[column * 2 + 1]
                labels.imshow(shown.mean(axis=-1), cmap="gray", vmin=0, vmax=408, interpolation="nearest")
                labels.imshow(palette[patch.labels], interpolation="nearest", alpha=0.85)
        title = label_class.name
        if not patches:
            title = tr("{label_class}: in none of these patches").format(label_class=title)
        row[0].set_title(title, fontsize=10, loc="left", color=_TITLE)
    return to_png(figure)


def value_sheet(dataset: DatasetDescription, inspection: DatasetInspection, values: RegressionTarget) -> str:
    """Patches from low to high values: the image of source 1 and, beside it, its labels, with a legend.

    Args:
        dataset: description of the dataset.
        inspection: what was found in it, with the patches.
        values: what the labels are.
    """
    source = dataset.sources[0]
    per_patch = 2 if dataset.label_size > 1 else 1
    patches = [patch for row in inspection.samples for patch in row]
    columns = _SHEET_COLUMNS // per_patch
    rows = ceil_div(len(patches), columns)
    if not rows:
        return ""
    stretch = Stretch(source, [patch.images[source.name] for patch in patches])
    colors = colormaps[VALUES].with_extremes(bad=NO_DATA)
    scale = ScalarMappable(Normalize(values.minimum, values.maximum), colors)
    figure = _sheet(1.45 * rows + 0.7)
    grid = figure.subplots(rows, _SHEET_COLUMNS, squeeze=False)
    for axes in grid.ravel():
        axes.set_axis_off()
    for axes, patch in zip(grid.reshape(-1, per_patch), patches):
        axes[0].imshow(stretch(patch.images[source.name]), interpolation="nearest")
        axes[0].set_title(f"{np.nanmean(patch.labels):.4g}", fontsize=9, loc="left", color=_TITLE)
        if per_patch == 2:
            axes[1].imshow(scale.to_rgba(np.ma.masked_invalid(patch.labels)), interpolation="nearest")
    if per_patch == 2:
        bar = figure.colorbar(scale, ax=grid, orientation="horizontal", aspect=60, pad=0.01, shrink=0.6)
        bar.set_label(tr("{values}; grey: unlabelled").format(values=values.name), fontsize=9, color=_TITLE)
        bar.ax.tick_params(labelsize=8, colors=_TITLE)
        bar.outline.set_visible(False)
    return to_png(figure)


def _sheet(height: float) -> Figure:
    """A figure for patches, close to one another; its height is in inches."""
    figure = Figure(figsize=(10, height))
    figure.set_layout_engine(ConstrainedLayoutEngine(w_pad=0.02, h_pad=0.03, wspace=0.02, hspace=0.02))
    return figure
