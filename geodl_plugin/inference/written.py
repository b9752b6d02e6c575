"""What was written to a raster, so that the finished file can be read back and compared."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..rasters.grid import Window

_BLOCK = 5  # numbers that are kept of a block: its window and the sum of its values


class Written:
    """A checksum of each block that was written: 20 bytes a block, whatever its size."""

    def __init__(self) -> None:
        self._blocks = array("I")

    def add(self, window: Window, values: NDArray) -> None:
        """Remember a block.

        Args:
            window: where it is.
            values: [y, x, bands] of the raster's type.
        """
        self._blocks.extend((*window, _checksum(values)))

    def first_difference(self, dataset: gdal.Dataset) -> tuple[Window, str] | None:
        """Read the blocks back until one is not as it was written; which one, and what is wrong with it.

        Args:
            dataset: the finished file, opened anew.
        """
        kind = dataset.GetRasterBand(1).DataType
        for window, expected in self._each():
            try:
                values = dataset.ReadAsArray(*window, buf_type=kind, interleave="pixel").reshape(*window.shape, -1)
            except RuntimeError as error:
                return window, str(error) or "it cannot be read"
            if _checksum(values) != expected:
                return window, "other values"
        return None

    def _each(self) -> Iterator[tuple[Window, int]]:
        for first in range(0, len(self._blocks), _BLOCK):
            yield Window(*self._blocks[first : first + 4]), self._blocks[first + 4]


def _checksum(values: NDArray) -> int:
    """The same for values that are the same: compressions may keep another NaN, or another sign of 0."""
    if values.dtype.kind == "f":
        values = np.where(np.isnan(values), np.nan, values + 0).astype(values.dtype, copy=False)
    return zlib.crc32(np.ascontiguousarray(values).tobytes())
