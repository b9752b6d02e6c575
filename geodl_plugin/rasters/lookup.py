"""Values at scattered pixels, from what gives the values of windows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .grid import Window

_TILE = 1024


def values_at(read: Callable[[Window], NDArray], cols: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray:
    """The values at pixels, read tile by tile.

    Args:
        read: the values of a window, [y, x]; windows lie around the pixels, and are at most 1024 pixels wide and high.
        cols: columns, [pixel].
        rows: rows, [pixel].

    Returns:
        The values, [pixel].
    """
    found = np.zeros(len(cols), read(Window(0, 0, 1, 1)).dtype)
    if len(cols) == 0:
        return found
    tile_cols, tile_rows = cols // _TILE, rows // _TILE
    order = np.lexsort((tile_cols, tile_rows))
    changes = (np.diff(tile_cols[order]) != 0) | (np.diff(tile_rows[order]) != 0)
    for pixels in np.split(order, np.flatnonzero(changes) + 1):
        col, row = int(cols[pixels].min()), int(rows[pixels].min())
        window = Window(col, row, int(cols[pixels].max()) - col + 1, int(rows[pixels].max()) - row + 1)
        found[pixels] = read(window)[rows[pixels] - row, cols[pixels] - col]
    return found
