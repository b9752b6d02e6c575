"""Which labelled pixels a patch can be centred on: those that have data, and whose patch nests in every source."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..rasters.continuation import read_continued
from ..rasters.grid import Window, tiles
from ..rasters.sources import Sources

_READ = 1024  # pixels of the finest source on a side that are read at once, beside the margin for the patches
_MIN_READ = 64
_READ_BYTES = 48 << 20  # of the reference, when its no-data is looked for
_KEPT = 512  # windows whose no-data is kept, one bit a pixel, since candidates are read several times


@dataclass(frozen=True)
class Lattice:
    """Patches at regular steps, in pixels of the reference.

    Args:
        step: pixels from one patch to the next.
        col: column of the first patch's first pixel.
        row: row of the first patch's first pixel.
    """

    step: int
    col: int
    row: int

    def holds(self, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which pixels are the first one of a patch; columns and rows are broadcast against each other.

        >>> Lattice(step=4, col=2, row=0).holds(np.arange(8), np.array(0)).tolist()
        [False, False, True, False, False, False, True, False]
        """
        cols, rows = cols - self.col, rows - self.row
        return (cols % self.step == 0) & (rows % self.step == 0) & (cols >= 0) & (rows >= 0)


class PatchCentres:
    """Reads labels, and removes those of pixels that no patch can be centred on.

    Args:
        read: class indices of a window of the reference, an index from ``n_classes`` on where there is no label.
        n_classes: number of classes.
        sources: where the patches come from.
        patch_size: side of the patches in pixels of the reference.
        lattice: where patches may begin; None: everywhere.
        reject_nodata: leave out patches with a no-data value in any band of any source.
        inside: leave out patches that reach beyond a source; else only their central pixel must lie in each.

    Attributes:
        rejected: labelled pixels whose patch contains no-data, in all windows that were read so far, [source].
    """

    def __init__(
        self,
        read: Callable[[Window], NDArray],
        n_classes: int,
        sources: Sources,
        patch_size: int,
        *,
        lattice: Lattice | None = None,
        reject_nodata: bool = False,
        inside: bool = False,
    ) -> None:
        self._read = read
        self._n_classes = n_classes
        self._sources = sources
        self._patch_size = patch_size
        self._lattice = lattice
        self._reject_nodata = reject_nodata
        self._inside = inside
        self._nodata = lru_cache(_KEPT)(self._read_nodata)
        self.rejected = np.zeros(len(sources), np.int64)

    def read(self, window: Window) -> NDArray:
        """Class indices of a window, ``n_classes`` where no patch can be centred, [y, x]."""
        labels = self._read(window)
        usable = labels < self._n_classes
        if usable.any():
            size = self._patch_size
            cols = np.arange(window.col, window.col + window.width)[None, :]
            rows = np.arange(window.row, window.row + window.height)[:, None]
            usable &= self._has_room(cols, rows) & self._sources.nests(cols, rows, size)
            if self._lattice is not None:
                usable &= self._lattice.holds(cols - size // 2, rows - size // 2)
            if usable.any() and self._sources.reference.may_have_missing_values:
                usable &= ~np.unpackbits(self._nodata(window), axis=1, count=window.width).view(bool)
            if self._reject_nodata:
                self._remove_nodata(usable, window)
        return np.where(usable, labels, labels.dtype.type(self._n_classes))

    def _has_room(self, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which pixels lie in every source, or have their whole patch there."""
        if self._inside:
            return self._sources.fits(cols, rows, self._patch_size)
        return self._sources.cover(cols, rows)

    def _read_nodata(self, window: Window) -> NDArray[np.uint8]:
        """Which pixels of a window have no data in any band of the reference, as bits, [y, x / 8]."""
        reference, found = self._sources.reference, np.ones(window.shape, bool)
        side = max(_MIN_READ, math.isqrt(_READ_BYTES // (reference.bands * reference.dtype.itemsize)))
        for tile in tiles(window, side):
            if not reference.is_empty(tile):
                part = found[tile.row - window.row :, tile.col - window.col :][: tile.height, : tile.width]
                part[...] = reference.is_nodata(reference.read(tile))
        return np.packbits(found, axis=1)

    def _remove_nodata(self, usable: NDArray[np.bool_], window: Window) -> None:
        """Set pixels of a window to False whose patch contains no-data, and count them by source."""
        side = max(_MIN_READ, int(_READ * min(self._sources.ratios)))
        for tile in tiles(window, min(side, _READ)):
            part = usable[tile.row - window.row :, tile.col - window.col :][: tile.height, : tile.width]
            rows, cols = np.nonzero(part)
            rejected = np.zeros(len(rows), bool)
            for index, source in enumerate(self._sources):
                if len(rows) and source.may_have_missing_values:
                    has_nodata = self._has_nodata(index, cols + tile.col, rows + tile.row)
                    self.rejected[index] += has_nodata.sum()
                    rejected |= has_nodata
            part[rows[rejected], cols[rejected]] = False

    def _has_nodata(self, index: int, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Around which pixels of the reference the patch of a source contains a no-data value, [pixel]."""
        source, size = self._sources[index], self._sources.patch_size(index, self._patch_size)
        left, top = self._sources.corners(index, cols, rows, self._patch_size)
        col, row = int(left.min()), int(top.min())
        window = Window(col, row, int(left.max()) - col + size, int(top.max()) - row + size)
        is_nodata = source.is_nodata_value(read_continued(source, window)).any(axis=-1)
        return count_in_squares(is_nodata, left - col, top - row, size) > 0


def count_in_squares(
    flags: NDArray[np.bool_], left: NDArray[np.int64], top: NDArray[np.int64], size: int
) -> NDArray[np.int64]:
    """How many pixels are True in squares, however large these are and however much they overlap.

    ``sums[row, col]`` is the number of True pixels above and left of a pixel's corner, so that four of them give the
    number in any square.

    >>> flags = np.array([[1, 0, 0], [0, 0, 1]], bool)
    >>> count_in_squares(flags, left=np.array([0, 1]), top=np.array([0, 0]), size=2).tolist()
    [1, 1]

    Args:
        flags: the pixels, [y, x].
        left: first column of each square, [square].
        top: first row of each square, [square].
        size: side of the squares.

    Returns:
        The numbers, [square].
    """
    sums = np.zeros((flags.shape[0] + 1, flags.shape[1] + 1), np.int64)
    sums[1:, 1:] = flags.cumsum(axis=0).cumsum(axis=1)
    right, bottom = left + size, top + size
    found: NDArray[np.int64] = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return found
