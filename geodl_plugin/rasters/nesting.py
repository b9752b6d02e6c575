"""Nested grids: where the pixels and patches of a source lie in those of the reference.

Pure arithmetic.  Two grids nest if their pixels are the same, or if the pixels of one are a whole number of times as
large as those of the other and share their edges.  In this row of pixels, those of the source are twice as large as
those of the reference, and begin one pixel of the reference before it::

    reference      | 0 | 1 | 2 | 3 |
    source     |   0   |   1   |   2   |        Nesting(ratio=2, col=1)

Patches of 2 pixels of the reference cover whole pixels of the source if they begin at pixel 1, 3, …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ..runtime.numbers import ceil_div
from .crs import same_crs
from .grid import Grid, Window

TOLERANCE = 1e-3  # pixels
Pixels = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True)
class Nesting:
    """How the pixels of a source lie in, or around, those of the reference.

    Args:
        ratio: pixel size of the source divided by that of the reference: a whole number, or one divided by it.
        col: column of the reference's corner, counted from the source's corner in pixels of the finer of both grids.
        row: the same for the row.
    """

    ratio: Fraction
    col: int
    row: int

    @classmethod
    def between(cls, reference: Grid, other: Grid) -> Nesting | None:
        """How two grids nest, to a thousandth of a pixel; None if they do not.

        Args:
            reference: the grid of source 1.
            other: the grid of another source.
        """
        if not same_crs(reference.crs, other.crs):
            return None
        cols, rows = np.array([0.0, reference.width, 0.0]), np.array([0.0, 0.0, reference.height])
        own_cols, own_rows = other.fractional_pixels(*reference.ground(cols, rows))
        scale = (own_cols[1] - own_cols[0]) / reference.width
        if scale <= 0:
            return None
        times = max(1, round(max(scale, 1 / scale)))
        ratio = Fraction(times) if scale <= 1 else Fraction(1, times)
        per_pixel = float(ratio) if ratio > 1 else 1.0  # of the reference's pixels, or the source's if they are finer
        corner = np.array([own_cols[0], own_rows[0]]) * per_pixel
        whole = np.round(corner)
        expected_cols, expected_rows = (
            whole[0] / per_pixel + cols / float(ratio),
            whole[1] / per_pixel + rows / float(ratio),
        )
        if np.abs([own_cols - expected_cols, own_rows - expected_rows]).max() * per_pixel > TOLERANCE:
            return None
        return cls(ratio, int(whole[0]), int(whole[1]))

    @property
    def coarser(self) -> int:
        """How many times as large the source's pixels are; 1 if they are not larger."""
        return max(1, int(self.ratio))

    @property
    def finer(self) -> int:
        """How many times as small the source's pixels are; 1 if they are not smaller."""
        return self.ratio.denominator

    def pixels(self, cols: NDArray, rows: NDArray) -> Pixels:
        """The pixels of the source that hold the centres of pixels of the reference.

        In the row of pixels above, columns 0, 1, 2, 3 of the reference lie in columns 0, 1, 1, 2 of the source.

        Args:
            cols: columns of the reference, of any shape.
            rows: rows, likewise.

        Returns:
            Columns and rows of the source.
        """
        return self._holding(cols, self.col), self._holding(rows, self.row)

    def corners(self, cols: NDArray, rows: NDArray, size: int) -> Pixels:
        """The first pixels of the source's patches around pixels of the reference.

        Args:
            cols: columns of the reference, of any shape.
            rows: rows, likewise.
            size: side of the patches in pixels of the reference, a multiple of the ratio.

        Returns:
            Columns and rows of the source.
        """
        if self.ratio >= 1:
            own_cols, own_rows = self.pixels(cols, rows)
            half = size // self.coarser // 2
            return own_cols - half, own_rows - half
        return (
            (np.asarray(cols, np.int64) - size // 2) * self.finer + self.col,
            (np.asarray(rows, np.int64) - size // 2) * self.finer + self.row,
        )

    def window(self, window: Window) -> Window:
        """The pixels of the source on the ground of a window of the reference.

        In the row of pixels above, columns 1 to 2 of the reference are column 1 of the source.

        Args:
            window: its edges are edges of the source's pixels.
        """
        col, row, width, height = window
        return Window(
            (col * self.finer + self.col) // self.coarser,
            (row * self.finer + self.row) // self.coarser,
            width * self.finer // self.coarser,
            height * self.finer // self.coarser,
        )

    def inside(self, area: Window) -> Window:
        """The pixels of the reference, also beyond its edges, that lie inside a window of the source.

        In the row of pixels above, columns 0 to 1 of the source hold columns -1 to 2 of the reference.

        Args:
            area: pixels of the source.

        Returns:
            The pixels; width or height is 0 or less if there is none.
        """
        col, width = self._inside(area.col, area.width, self.col)
        row, height = self._inside(area.row, area.height, self.row)
        return Window(col, row, width, height)

    def _holding(self, places: NDArray, corner: int) -> NDArray[np.int64]:
        """The source's pixels that hold the centres of the reference's, along one axis."""
        return (np.asarray(places, np.int64) * self.finer + corner + self.finer // 2) // self.coarser

    def _inside(self, start: int, count: int, corner: int) -> tuple[int, int]:
        """First pixel and number of those that lie between two edges of the source's pixels, along one axis."""
        first = ceil_div(start * self.coarser - corner, self.finer)
        return first, ((start + count) * self.coarser - corner) // self.finer - first


def common_phase(corners: Sequence[tuple[int, int]], step: int) -> int | None:
    """The first pixel of the reference at which pixels of all coarser sources begin, along one axis.

    Sources twice and three times as large, whose edges lie one pixel and none before the reference's, have common
    edges at pixel 3, 9, …: ``common_phase([(2, 1), (3, 0)], 6) == 3``.

    Args:
        corners: of each coarser source, how many times as large its pixels are, and `Nesting.col` or `Nesting.row`.
        step: the lowest common multiple of the first.

    Returns:
        A number less than ``step``; None if the sources have no common edge.
    """
    for first in range(step):
        if all((first + corner) % times == 0 for times, corner in corners):
            return first
    return None
