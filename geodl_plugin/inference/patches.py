"""Patches for networks that give one answer for each: a window around every pixel of the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from ..rasters.grid import Window
from ..rasters.sources import Sources
from .blocks import BlockLayout


@dataclass(frozen=True)
class Patches:
    """The patches around the pixels of a block, which overlap; none is copied before `batch` asks for it.

    Args:
        values: the ground of all of them, [y, x, bands].
        rows: first row of the patches of each row of the block.
        cols: first column of the patches of each column of the block.
        size: side of a patch.
    """

    values: NDArray
    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    size: int

    def batch(self, first: int, last: int) -> NDArray:
        """The patches of the pixels ``first … last - 1``, counted row by row, [patch, y, x, bands]."""
        row, col = np.divmod(np.arange(first, last), len(self.cols))
        windows = sliding_window_view(self.values, (self.size, self.size), axis=(0, 1))  # type: ignore[call-overload]
        found: NDArray = windows[self.rows[row], self.cols[col]]
        return np.moveaxis(found, 1, -1)


def read_patches(
    sources: Sources, index: int, layout: BlockLayout, block: Window, size: int, read: Callable[[Window], NDArray]
) -> Patches:
    """The patches of one source for a block of the map.

    Args:
        sources: the images.
        index: of the source.
        layout: how the reference is cut.
        block: pixels of the map.
        size: side of the patches in pixels of the reference.
        read: reads a window of the source, which may reach beyond it.
    """
    scale = int(layout.scale)
    # The middle of a pixel of the map; of even size the pixel behind it, as everywhere.
    centres_col, centres_row = (
        (first + np.arange(count)) * scale + scale // 2
        for first, count in ((block.col, block.width), (block.row, block.height))
    )
    cols, _ = sources.corners(index, centres_col, centres_col, size)
    _, rows = sources.corners(index, centres_row, centres_row, size)
    own = sources.patch_size(index, size)
    width, height = int(cols[-1] - cols[0]) + own, int(rows[-1] - rows[0]) + own
    values = read(Window(int(cols[0]), int(rows[0]), width, height))
    return Patches(values, rows - rows[0], cols - cols[0], own)
