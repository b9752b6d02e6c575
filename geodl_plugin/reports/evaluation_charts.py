"""Charts of how well a network does, as SVG."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from ..accuracy.regression import RegressionErrors
from ..accuracy.reliability import Reliability
from ..language import mark, tr
from .chart_style import FAINT_COLOR, MARK_COLOR, TEXT_COLOR, TRAIN_COLOR, VALID_COLOR, style_axes, to_svg

_OVERCONFIDENT, _UNDERCONFIDENT = "#e8a5af", "#8cc3e8"
_FEW, _FEW_PIXELS = 0.005, 100  # a bin of less, by its share and by its pixels, tells nothing


def reliability_diagram(reliability: Reliability) -> str:
    """Share of correct pixels by confidence, its difference from the confidence, and the pixels in each bin.

    Args:
        reliability: of the labelled pixels.
    """
    figure = Figure(figsize=(4.6, 4.2), layout="constrained")
    axes, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    edges, width = reliability.edges, reliability.edges[1]
    filled = reliability.counts > 0
    centers, confidence = edges[:-1][filled] + width / 2, reliability.confidence[filled]
    accuracy = reliability.accuracy[filled]
    lower, difference = np.minimum(accuracy, confidence), np.abs(accuracy - confidence)
    is_thin = (reliability.counts < max(_FEW_PIXELS, _FEW * reliability.total))[filled]
    colors = np.where(accuracy < confidence, _OVERCONFIDENT, _UNDERCONFIDENT)
    axes.bar(centers, difference, width * 0.94, lower, color=np.where(is_thin, "none", colors))
    axes.bar(centers, lower, width * 0.94, color=np.where(is_thin, FAINT_COLOR, VALID_COLOR), alpha=0.9)
    axes.plot([0, 1], [0, 1], color=TEXT_COLOR, linewidth=1, linestyle="--")
    axes.set_ylim(0, 1.02)
    axes.set_ylabel(tr("share of correct pixels"), fontsize=9)
    names = {_OVERCONFIDENT: tr("overconfident"), _UNDERCONFIDENT: tr("underconfident")}
    if is_thin.any():
        names[FAINT_COLOR] = tr("too few pixels to tell")
    patches = [Patch(color=color, label=name) for color, name in names.items()]
    above = (0, 1.01)  # within the axes, bars may be anywhere
    axes.legend(
        handles=patches, fontsize=8, frameon=False, ncols=2, loc="lower left", bbox_to_anchor=above, borderaxespad=0
    )
    below.bar(
        edges[:-1] + width / 2, 100 * reliability.counts / max(1, reliability.total), width * 0.94, color=TRAIN_COLOR
    )
    below.set_ylabel(tr("{unit} (%)").format(unit=tr("pixels")), fontsize=9)
    below.set_xlabel(tr("confidence"), fontsize=9)
    below.set_xlim(0, 1)
    style_axes(axes)
    style_axes(below)
    return to_svg(figure)


def scatter(errors: RegressionErrors, name: str, unit: str = mark("pixels")) -> str:
    """Predicted against true values, as a density, with the line on which both are equal.

    Args:
        errors: of what is compared.
        name: name of the values.
        unit: what is compared, English.
    """
    figure = Figure(figsize=(4.6, 4.0), layout="constrained")
    axes = figure.subplots()
    counts = np.ma.masked_equal(errors.histogram.T, 0)
    norm = LogNorm(1, max(2, errors.histogram.max()))
    drawn = axes.pcolormesh(errors.edges, errors.edges, counts, cmap="viridis", norm=norm, rasterized=True)
    axes.axline((errors.edges[0], errors.edges[0]), slope=1, color=MARK_COLOR, linewidth=1, linestyle="--")
    axes.set_aspect("equal")
    axes.set_xlabel(tr("{values}: true").format(values=name), fontsize=9)
    axes.set_ylabel(tr("predicted"), fontsize=9)
    bar = figure.colorbar(drawn, ax=axes, shrink=0.8)
    bar.set_label(tr(unit), fontsize=9)
    bar.ax.tick_params(labelsize=8)
    bar.outline.set_visible(False)
    style_axes(axes)
    return to_svg(figure)


def error_histogram(errors: RegressionErrors, name: str, unit: str = mark("pixels")) -> str:
    """The distribution of the errors, with the mean error marked.

    Args:
        errors: of what is compared.
        name: name of the values.
        unit: what is compared, English.
    """
    figure = Figure(figsize=(4.6, 4.0), layout="constrained")
    axes = figure.subplots()
    axes.stairs(100 * errors.error_counts / max(1, errors.total), errors.error_edges, fill=True, color=TRAIN_COLOR)
    axes.axvline(0, color=TEXT_COLOR, linewidth=1)
    axes.axvline(
        errors.bias,
        color=MARK_COLOR,
        linewidth=1.2,
        linestyle="--",
        label=tr("bias {bias}").format(bias=f"{errors.bias:.3g}".replace("-", "−")),
    )
    axes.set_xlabel(tr("error of {values}: predicted − true").format(values=name), fontsize=9)
    axes.set_ylabel(tr("{unit} (%)").format(unit=tr(unit)), fontsize=9)
    axes.legend(fontsize=8, frameon=False)
    style_axes(axes)
    return to_svg(figure)
