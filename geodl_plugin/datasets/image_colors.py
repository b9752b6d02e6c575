"""Images of any bands as red, green and blue."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .description import SourceInfo

NO_DATA = "#c9d0d6"  # colour of what has no data or no label
_RGB = ("red", "green", "blue")
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
        scaled[missing] = [int(NO_DATA[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        return np.rint(255 * scaled).astype(np.uint8)

    def _missing(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        nodata = [np.nan if value is None else value for value in self._nodata]
        return (~np.isfinite(values) | (values == nodata)).any(axis=-1)
