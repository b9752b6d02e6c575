"""Patches as small pictures within HTML: images, labels, predictions, confidence and errors."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_rgb
from numpy.typing import NDArray
from PIL import Image

from ..datasets.description import SourceInfo
from ..labels.classes import ClassList
from ..runtime.numbers import ceil_div

NO_DATA = "#c9d0d6"  # colour of what has no data or no label
CONFIDENCE, VALUES, ERRORS = "cividis", "viridis", "RdBu_r"
_RGB = ("red", "green", "blue")
_MAX_SIDE = 128  # pixels; larger patches are shown smaller
_LOSSLESS = 96  # up to so many pixels along a side, a picture is stored without loss
_PERCENTILES = (2, 98)
_GAMMA = 0.8  # below 1: brightens what is dark, such as forest beside fields


def shown_bands(names: Sequence[str]) -> list[int]:
    """The bands to show as red, green and blue: those of these names, else the first three; of fewer, the first.

    Args:
        names: names of all bands.
    """
    words = [set(re.findall("[a-z]+", name.lower())) for name in names]
    named = [next((band for band, of_name in enumerate(words) if color in of_name), -1) for color in _RGB]
    if -1 not in named:
        return named
    return [0, 1, 2] if len(names) >= 3 else [0, 0, 0]


class Stretch:
    """Shows the values of a source as colours: each band from dark to bright between its 2nd and 98th percentile.

    Args:
        source: the source of the images.
        images: images [y, x, bands] over which the percentiles are taken.
    """

    def __init__(self, source: SourceInfo, images: Sequence[NDArray]) -> None:
        self._bands = shown_bands(source.bands)
        self._nodata = [source.nodata[band] for band in self._bands]
        pixels = np.concatenate([image[..., self._bands].reshape(-1, 3) for image in images]).astype(np.float64)
        present = pixels[~self._missing(pixels)]
        present = present if len(present) else np.zeros((1, 3))
        self._low, self._high = np.percentile(present, _PERCENTILES, axis=0)

    def __call__(self, image: NDArray) -> NDArray[np.uint8]:
        """An image [y, x, bands] as red, green and blue; grey where there is no data."""
        values = image[..., self._bands].astype(np.float64)
        missing = self._missing(values)
        span = np.where(self._high > self._low, self._high - self._low, 1)
        scaled = ((np.nan_to_num(values) - self._low) / span).clip(0, 1) ** _GAMMA
        scaled[missing] = to_rgb(NO_DATA)
        return _bytes(scaled)

    def _missing(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        nodata = [np.nan if value is None else value for value in self._nodata]
        return (~np.isfinite(values) | (values == nodata)).any(axis=-1)


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
