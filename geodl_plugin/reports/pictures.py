"""Patches as small pictures within HTML: images, labels, predictions, confidence and errors."""

from __future__ import annotations

import base64
import io

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_rgb
from numpy.typing import NDArray
from PIL import Image

from ..datasets.image_colors import NO_DATA
from ..labels.classes import ClassList
from ..runtime.numbers import ceil_div

CONFIDENCE, VALUES, ERRORS = "cividis", "viridis", "RdBu_r"
_MAX_SIDE = 128  # pixels; larger patches are shown smaller
_LOSSLESS = 96  # up to so many pixels along a side, a picture is stored without loss


def class_colors(indices: NDArray, classes: ClassList, shown: NDArray[np.bool_] | None = None) -> NDArray[np.uint8]:
    """Class indices in the colours of the classes, [y, x, 3].

    Args:
        indices: class indices, [y, x].
        classes: the classes.
        shown: [y, x]; False: grey. None: all indices of classes are shown.
    """
    palette = np.array([to_rgb(known.color) for known in classes.classes] + [to_rgb(NO_DATA)])
    known = indices < len(classes) if shown is None else shown
    return _bytes(palette[np.where(known, indices, len(classes))])


def scale_colors(
    values: NDArray, scale: str, minimum: float, maximum: float, shown: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """Values in the colours of a colormap, [y, x, 3].

    Args:
        values: values, [y, x].
        scale: name of a colormap of matplotlib.
        minimum: value at the lower end of the scale.
        maximum: value at its upper end.
        shown: [y, x]; False: grey. None: all are shown.
    """
    span = maximum - minimum if maximum > minimum else 1
    colors = colormaps[scale](np.nan_to_num((values - minimum) / span))[..., :3]
    if shown is not None:
        colors[~shown] = to_rgb(NO_DATA)
    return _bytes(colors)


def picture(colors: NDArray[np.uint8]) -> str:
    """An image [y, x, 3] as a data URI: PNG, or JPEG if it is large and has many colours."""
    factor = ceil_div(max(colors.shape[:2]), _MAX_SIDE)
    image = Image.fromarray(np.ascontiguousarray(colors))
    few = image.getcolors()
    if factor > 1:
        image = Image.fromarray(np.ascontiguousarray(colors[::factor, ::factor])) if few else image.reduce(factor)
    kind = "png" if few or max(image.size) <= _LOSSLESS else "jpeg"
    data = io.BytesIO()
    image.save(data, kind, optimize=True, quality=88)
    return f"data:image/{kind};base64,{base64.b64encode(data.getvalue()).decode()}"


def ramp(scale: str) -> str:
    """A colormap of matplotlib as a CSS gradient from left to right."""
    stops = (
        f"rgb({', '.join(str(round(255 * part)) for part in colormaps[scale](at)[:3])})" for at in np.linspace(0, 1, 9)
    )
    return f"linear-gradient(to right, {', '.join(stops)})"


def _bytes(colors: NDArray) -> NDArray[np.uint8]:
    return np.rint(255 * colors).astype(np.uint8)
