"""Checksums of the blocks of a raster, so that the finished file can be read back and compared."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..language import tr
from ..rasters.grid import Window

_NUMBERS = 5  # kept for each block: its window and its checksum


class BlockChecksums:
    """A checksum of each block that was written: 20 bytes a block, whatever its size."""

    def __init__(self) -> None:
        self._numbers = array("I")

    def add(self, window: Window, values: NDArray) -> None:
        """Remember a block.

        Args:
            window: its pixels.
            values: [y, x, bands], of the raster's type.
        """
        self._numbers.extend((*window, _checksum(values)))

    def first_difference(self, dataset: gdal.Dataset) -> tuple[Window, str] | None:
        """Read the blocks back until one differs from what was written.

        Args:
            dataset: the finished file, opened anew.

        Returns:
            That block and what is wrong with it; None if there is none.
        """
        kind = dataset.GetRasterBand(1).DataType
        for window, expected in self._blocks():
            try:
                values = dataset.ReadAsArray(*window, buf_type=kind, interleave="pixel").reshape(*window.shape, -1)
            except RuntimeError as error:
                return window, str(error) or tr("it cannot be read")
            if _checksum(values) != expected:
                return window, tr("other values")
        return None

    def _blocks(self) -> Iterator[tuple[Window, int]]:
        for first in range(0, len(self._numbers), _NUMBERS):
            yield Window(*self._numbers[first : first + 4]), self._numbers[first + 4]


def _checksum(values: NDArray) -> int:
    """A checksum that is the same for any NaN and either sign of 0, since compressions may change these."""
    if values.dtype.kind == "f":
        values = np.where(np.isnan(values), np.nan, values + 0).astype(values.dtype, copy=False)
    return zlib.crc32(np.ascontiguousarray(values).tobytes())
