"""Rasters beyond their border, where the image is continued."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .grid import Window
from .raster import Source


def read_continued(source: Source, window: Window, zero: bool = False) -> NDArray:
    """Read a window that may reach beyond the raster, where the image is continued.

    Args:
        source: the image.
        window: anywhere.
        zero: continue by 0; else by reflection.

    Returns:
        [y, x, bands], of the source's type.

    Raises:
        InputError: a raster cannot be read.
    """
    inside = source.grid.window.intersection(window)
    if inside == window:
        return source.read(window)
    if zero:
        values = np.zeros((*window.shape, source.bands), source.dtype)
        if min(inside.shape) > 0:
            row, col = inside.row - window.row, inside.col - window.col
            values[row : row + inside.height, col : col + inside.width] = source.read(inside)
        return values
    cols = reflected(window.col, window.width, source.grid.width)
    rows = reflected(window.row, window.height, source.grid.height)
    first_col, first_row = int(cols.min()), int(rows.min())
    needed = Window(first_col, first_row, int(cols.max()) + 1 - first_col, int(rows.max()) + 1 - first_row)
    read, rows, cols = source.read(needed), rows - first_row, cols - first_col
    if needed != inside:  # the raster is that small
        return read.take(rows, axis=0).take(cols, axis=1)
    # The same, but many times faster: only the margins are copied pixel by pixel.
    top, left = inside.row - window.row, inside.col - window.col
    bottom, right = top + inside.height, left + inside.width
    values = np.empty((*window.shape, source.bands), read.dtype)
    middle = values[top:bottom]
    middle[:, left:right] = read
    middle[:, :left], middle[:, right:] = read[:, cols[:left]], read[:, cols[right:]]
    values[:top], values[bottom:] = middle[rows[:top]], middle[rows[bottom:]]
    return values


def reflected(start: int, count: int, size: int) -> NDArray[np.int64]:
    """Indices ``start … start + count - 1`` of a line of ``size`` pixels that is continued by reflection.

    The border pixel itself is not repeated: before 0 come 1, 2, …
    """
    if size == 1:
        return np.zeros(count, np.int64)
    period = 2 * (size - 1)
    indices = np.arange(start, start + count) % period
    return np.minimum(indices, period - indices)
