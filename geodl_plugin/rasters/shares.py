"""Sharing a window of a raster among several threads that read it.

Each thread has the file open for itself, and GDAL keeps the tiles that it decoded for that thread only.  So each tile
of the file belongs to one thread, whatever window is read: none is decoded twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..runtime.numbers import ceil_div
from .grid import Window

_CELL = 512  # pixels: the minimum side of what is read at once


def shares(window: Window, tile: tuple[int, int], count: int) -> list[list[Window]]:
    """Divide a window into those parts that each thread reads.

    The raster is a chessboard of cells, each of one or more whole tiles; the threads take turns along rows and columns.
    For example, a window of 1,056 pixels on tiles of 256 pixels has parts of nine cells of 512 pixels; of two threads,
    one reads the white ones and the other the black ones.

    Args:
        window: pixels of the raster.
        tile: height and width of the tiles that the file is stored in, in pixels.
        count: number of threads.

    Returns:
        Windows for each thread, which together cover the window once.
    """
    found: list[list[Window]] = [[] for _ in range(count)]
    height, width = (ceil_div(_CELL, side) * side for side in tile)
    for row, first_row, rows in _runs(window.row, window.height, height):
        for col, first_col, cols in _runs(window.col, window.width, width):
            found[(row + col) % count].append(Window(first_col, first_row, cols, rows))
    return found


def _runs(first: int, count: int, side: int) -> Sequence[tuple[int, int, int]]:
    """Number, first pixel and number of pixels of each cell along a line of pixels."""
    end = first + count
    return [
        (cell, max(first, cell * side), min(end, (cell + 1) * side) - max(first, cell * side))
        for cell in range(first // side, ceil_div(end, side))
    ]
