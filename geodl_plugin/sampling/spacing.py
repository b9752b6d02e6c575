"""How far positions are apart.

The distance of two pixels is the larger of the differences in columns and rows: patches around pixels that are a patch
size apart share no pixel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..rasters.grid import Window


class Occupied:
    """The pixels that are too close to some positions.

    >>> occupied = Occupied(distance=2)
    >>> occupied.add(np.array([3]), np.array([0]))
    >>> occupied.free(Window(0, 0, 7, 1)).tolist()
    [[True, True, False, False, False, True, True]]

    Args:
        distance: minimum distance from the positions in pixels.
    """

    def __init__(self, distance: int) -> None:
        self._distance = distance
        self._cols = self._rows = np.empty(0, np.int64)

    def add(self, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        """Occupy the surroundings of further positions, whose columns and rows are [position]."""
        self._cols = np.concatenate([self._cols, cols])
        self._rows = np.concatenate([self._rows, rows])

    def free(self, window: Window) -> NDArray[np.bool_]:
        """Which pixels of a window are far enough from all positions, [y, x]."""
        reach = self._distance - 1
        cols, rows = self._cols - window.col, self._rows - window.row
        near = (cols >= -reach) & (rows >= -reach) & (cols < window.width + reach) & (rows < window.height + reach)
        if not near.any():
            return np.ones(window.shape, bool)
        left, right = (cols[near] - reach).clip(0), (cols[near] + self._distance).clip(max=window.width)
        top, bottom = (rows[near] - reach).clip(0), (rows[near] + self._distance).clip(max=window.height)
        return count_covering(window, left, right, top, bottom) == 0


def count_covering(
    window: Window,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    top: NDArray[np.int64],
    bottom: NDArray[np.int64],
) -> NDArray[np.int32]:
    """How many rectangles cover each pixel of a window, however many there are.

    In one row: the rectangles of columns 1…3 and 3…4 add 1 where they begin and subtract 1 behind their end, which
    gives 0 1 0 1 -1 -1, whose running sum counts them: 0 1 1 2 1 0.  In two dimensions the first corner and the last
    add 1 and the two others subtract 1.

    >>> begin, end = np.array([1, 3]), np.array([4, 5])
    >>> count_covering(Window(0, 0, 6, 1), begin, end, np.array([0, 0]), np.array([1, 1])).tolist()
    [[0, 1, 1, 2, 1, 0]]

    Args:
        window: where to count; only its size matters.
        left: first column of each rectangle, [rectangle].
        right: the column behind its last one.
        top: its first row.
        bottom: the row behind its last one.

    Returns:
        The numbers, [y, x].
    """
    changes = np.zeros((window.height + 1, window.width + 1), np.int32)
    np.add.at(changes, (np.concatenate([top, bottom]), np.concatenate([left, right])), 1)
    np.add.at(changes, (np.concatenate([top, bottom]), np.concatenate([right, left])), -1)
    counts: NDArray[np.int32] = changes.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    return counts[:-1, :-1]


def select_spaced(cols: NDArray[np.int64], rows: NDArray[np.int64], distance: int) -> NDArray[np.bool_]:
    """Which pixels to keep, the first ones first, so that no two are closer than a distance.

    Squares whose side is the distance have room for one pixel each.  Whatever is too close to a pixel lies in its own
    square or in one of the eight around it, so that only those nine squares are compared.

    >>> select_spaced(np.array([0, 4, 5, 9, 10]), np.zeros(5, np.int64), distance=5).tolist()
    [True, False, True, False, True]

    Args:
        cols: columns, [pixel].
        rows: rows, [pixel].
        distance: minimum distance in pixels.

    Returns:
        True for those to keep, [pixel].
    """
    keep = np.zeros(len(cols), bool)
    kept_in: dict[tuple[int, int], tuple[int, int]] = {}  # the pixel that is kept in a square
    for number, (col, row) in enumerate(zip(cols.tolist(), rows.tolist())):
        square_col, square_row = col // distance, row // distance
        around = (kept_in.get((square_col + right, square_row + down)) for right in (-1, 0, 1) for down in (-1, 0, 1))
        kept = (pixel for pixel in around if pixel is not None)
        if all(max(abs(other_col - col), abs(other_row - row)) >= distance for other_col, other_row in kept):
            kept_in[square_col, square_row] = col, row
            keep[number] = True
    return keep
