"""What the charts of all reports share: colours, axes, and figures as SVG or PNG within HTML."""

from __future__ import annotations

import base64
import io
import re

from matplotlib.axes import Axes
from matplotlib.figure import Figure

TRAIN_COLOR, VALID_COLOR, MARK_COLOR, TEXT_COLOR = "#88a4b8", "#14507c", "#cc6677", "#5b6b79"


def style_axes(axes: Axes) -> None:
    """Give axes the look of our reports: a light grid behind, no frame at the top and right."""
    axes.tick_params(labelsize=8)
    axes.grid(color="#e6ebef")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def to_svg(figure: Figure) -> str:
    """A figure as SVG that is as wide as its place in the page."""
    file = io.StringIO()
    figure.savefig(file, format="svg")
    text = file.getvalue()[file.getvalue().index("<svg") :]
    return re.sub(r' height="[^"]*"', "", text, count=1)  # it follows from the width, which may be a phone's


def to_png(figure: Figure) -> str:
    """A figure as an HTML image that holds its own data."""
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=150)
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}">'
