"""What the charts of all reports share: colours, axes, and figures as SVG or PNG within HTML."""

from __future__ import annotations

import base64
import io
import re

from matplotlib.axes import Axes
from matplotlib.figure import Figure

# All of them are legible on white and on the dark background of the dark mode.
TRAIN_COLOR, VALID_COLOR, MARK_COLOR, TEXT_COLOR = "#93aec2", "#2d7fbb", "#cc6677", "#7b8a97"
FAINT_COLOR = "#98a4ae80"
_GRID = (0.5, 0.58, 0.65, 0.25)
_INK = "#000000"  # matplotlib's own colour of text and axes


def style_axes(axes: Axes) -> None:
    """Give axes the look of our reports: a faint grid behind, no frame at the top and right."""
    axes.tick_params(labelsize=8)
    axes.grid(color=_GRID)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def to_svg(figure: Figure) -> str:
    """A figure as SVG that is as wide as its place in the page, on its background and in the colour of its text."""
    file = io.StringIO()
    figure.savefig(file, format="svg", transparent=True)
    text = file.getvalue()[file.getvalue().index("<svg") :].replace("<svg ", '<svg fill="currentColor" ', 1)
    text = text.replace(f"stroke: {_INK}", "stroke: currentColor").replace(f"fill: {_INK}", "fill: currentColor")
    return re.sub(r' height="[^"]*"', "", text, count=1)  # it follows from the width, which may be a phone's


def to_png(figure: Figure) -> str:
    """A figure as an HTML image that holds its own data."""
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=150, transparent=True)
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}">'
