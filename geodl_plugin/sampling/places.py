"""Which labelled pixels can be positions: those whose patch lies, nests and has data in every source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..rasters.grid import Window, tiles
from ..rasters.sources import Sources

_READ = 1024  # pixels of the finest source on a side that are read at once, beside the margin for the patches


@dataclass(frozen=True)
class Lattice:
    """Patches at regular steps.

    Args:
        step: pixels from one patch to the next.
        col: column of the first patch's first pixel.
        row: row of the first patch's first pixel.
    """

    step: int
    col: int
    row: int


class Places:
    """Reads labels, and takes them from the pixels that cannot be positions.

    Args:
        read: class indices of a window of the reference, an index from ``n_classes`` on where there is no label.
        n_classes: number of classes.
        sources: where the patches come from.
        size: side of the patches in pixels of the reference.
        lattice: where patches may begin; None: everywhere.
        reject_nodata: patches with any no-data value in any band of any source are none.

    Attributes:
        rejected: labelled pixels whose patch holds no-data, in all windows that were read so far, [source].
    """

    def __init__(
        self,
        read: Callable[[Window], NDArray],
        n_classes: int,
        sources: Sources,
        size: int,
        *,
        lattice: Lattice | None = None,
        reject_nodata: bool = False,
    ) -> None:
        self._read = read
        self._n_classes = n_classes
        self._sources = sources
        self._size = size
        self._lattice = lattice
        self._reject_nodata = reject_nodata
        self.rejected = np.zeros(len(sources), np.int64)

    def read(self, window: Window) -> NDArray:
        """Class indices of a window, ``n_classes`` where no patch can be centred, [y, x]."""
        labels = self._read(window)
        usable = labels < self._n_classes
        if usable.any():
            cols = np.arange(window.col, window.col + window.width)[None, :]
            rows = np.arange(window.row, window.row + window.height)[:, None]
            usable &= self._sources.fits(cols, rows, self._size) & self._sources.nests(cols, rows, self._size)
            if self._lattice is not None:
                usable &= (cols - self._size // 2 - self._lattice.col) % self._lattice.step == 0
                usable &= (rows - self._size // 2 - self._lattice.row) % self._lattice.step == 0
                usable &= (cols - self._size // 2 >= self._lattice.col) & (rows - self._size // 2 >= self._lattice.row)
            if self._reject_nodata:
                self._take_nodata(usable, window)
        return np.where(usable, labels, labels.dtype.type(self._n_classes))

    def _take_nodata(self, usable: NDArray[np.bool_], window: Window) -> None:
        side = max(64, int(_READ * min(self._sources.ratios)))
        for tile in tiles(window, min(side, _READ)):
            part = usable[tile.row - window.row :, tile.col - window.col :][: tile.height, : tile.width]
            rows, cols = np.nonzero(part)
            lost = np.zeros(len(rows), bool)
            for index, source in enumerate(self._sources):
                if len(rows) and source.may_miss:
                    misses = self._misses(index, cols + tile.col, rows + tile.row)
                    self.rejected[index] += misses.sum()
                    lost |= misses
            part[rows[lost], cols[lost]] = False

    def _misses(self, index: int, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Around which pixels the patch of a source holds any no-data value."""
        source, own = self._sources[index], self._sources.patch_size(index, self._size)
        left, top = self._sources.corners(index, cols, rows, self._size)
        col, row = int(left.min()), int(top.min())
        window = Window(col, row, int(left.max()) - col + own, int(top.max()) - row + own)
        missing = source.is_nodata_value(source.read(window)).any(axis=-1)
        sums = np.zeros((window.height + 1, window.width + 1), np.int64)
        sums[1:, 1:] = missing.cumsum(axis=0).cumsum(axis=1)
        left, top = left - col, top - row
        within = sums[top + own, left + own] - sums[top, left + own] - sums[top + own, left] + sums[top, left]
        return within > 0
