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
from .orientations import AS_IT_IS, Orientation


@dataclass(frozen=True)
class PatchGrid:
    """The patches around the pixels of a block; they overlap, and are copied only by `batch`.

    Args:
        values: the window that contains all patches, [y, x, bands].
        rows: first row of the patches of each row of the block.
        cols: first column of the patches of each column of the block.
        size: side of a patch, in pixels of its source.
        orientation: in which each patch is given.
    """

    values: NDArray
    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    size: int
    orientation: Orientation = AS_IT_IS

    def batch(self, first: int, last: int) -> NDArray:
        """The patches of the pixels ``first … last - 1``, counted row by row, [patch, y, x, bands]."""
        row, col = np.divmod(np.arange(first, last), len(self.cols))
        windows = sliding_window_view(self.values, (self.size, self.size), axis=(0, 1))  # type: ignore[call-overload]
        found: NDArray = windows[self.rows[row], self.cols[col]]
        return np.moveaxis(self.orientation.apply(np.moveaxis(found, (2, 3), (0, 1))), 2, 0)


def read_patch_grid(
    sources: Sources, index: int, layout: BlockLayout, block: Window, size: int, read: Callable[[Window], NDArray]
) -> PatchGrid:
    """Read the patches of one source for a block of the map.

    Args:
        sources: the images.
        index: of the source.
        layout: blocks of the map.
        block: pixels of the map.
        size: side of the patches in pixels of the reference.
        read: reads a window of the source, which may reach beyond it, as [y, x, bands].
    """
    scale = int(layout.scale)
    # The central pixel of the reference below a pixel of the map; of an even number, the second of the two.
    centres_col, centres_row = (
        (first + np.arange(count)) * scale + scale // 2
        for first, count in ((block.col, block.width), (block.row, block.height))
    )
    cols, _ = sources.corners(index, centres_col, centres_col, size)
    _, rows = sources.corners(index, centres_row, centres_row, size)
    source_size = sources.patch_size(index, size)
    width, height = int(cols[-1] - cols[0]) + source_size, int(rows[-1] - rows[0]) + source_size
    values = read(Window(int(cols[0]), int(rows[0]), width, height))
    return PatchGrid(values, rows - rows[0], cols - cols[0], source_size)
