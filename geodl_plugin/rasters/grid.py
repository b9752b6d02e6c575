"""Where pixels are: windows in pixels, and the affine relation between pixels and ground.

Pure arithmetic.  Columns grow with x of the raster, rows with its lines; a point on the edge between two
pixels belongs to the one with the higher index, as in OTBTF.  A patch of size N around a pixel starts
N//2 pixels before it: for even N the central pixel has index N/2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Transform = tuple[float, float, float, float, float, float]


class Window(NamedTuple):
    """A rectangle of pixels."""

    col: int
    row: int
    width: int
    height: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns, as numpy counts."""
        return self.height, self.width

    def intersection(self, other: Window) -> Window:
        """The common part; width or height is 0 where there is none."""
        col, row = max(self.col, other.col), max(self.row, other.row)
        right = min(self.col + self.width, other.col + other.width)
        bottom = min(self.row + self.height, other.row + other.height)
        return Window(col, row, max(0, right - col), max(0, bottom - row))


@dataclass(frozen=True)
class Grid:
    """The pixels of a raster on the ground.

    Args:
        width: columns.
        height: rows.
        transform: x and y of the raster's corner and the steps per column and row, in GDAL's order.
        crs: coordinate reference system as WKT, empty if unknown.
    """

    width: int
    height: int
    transform: Transform
    crs: str = ""

    @property
    def window(self) -> Window:
        """All pixels."""
        return Window(0, 0, self.width, self.height)

    @property
    def pixel_area(self) -> float:
        """Ground area of one pixel in squared units of the CRS."""
        _, dx_col, dx_row, _, dy_col, dy_row = self.transform
        return abs(dx_col * dy_row - dx_row * dy_col)

    def ground(self, cols: NDArray, rows: NDArray) -> tuple[NDArray, NDArray]:
        """Ground coordinates of points given in (fractional) pixels from the raster's corner."""
        x0, dx_col, dx_row, y0, dy_col, dy_row = self.transform
        return x0 + cols * dx_col + rows * dx_row, y0 + cols * dy_col + rows * dy_row

    def centres(self, cols: NDArray, rows: NDArray) -> tuple[NDArray, NDArray]:
        """Ground coordinates of pixel centres."""
        return self.ground(np.asarray(cols) + 0.5, np.asarray(rows) + 0.5)

    def places(self, x: NDArray, y: NDArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Fractional columns and rows of ground points, counted from the raster's corner; the inverse of `ground`."""
        x0, dx_col, dx_row, y0, dy_col, dy_row = self.transform
        determinant = dx_col * dy_row - dx_row * dy_col
        x, y = np.asarray(x, float) - x0, np.asarray(y, float) - y0
        return (dy_row * x - dx_row * y) / determinant, (dx_col * y - dy_col * x) / determinant

    def pixels(self, x: NDArray, y: NDArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Column and row of the pixels that hold the given ground points."""
        cols, rows = (np.floor(snapped(places)) for places in self.places(x, y))
        return cols.astype(np.int64), rows.astype(np.int64)

    def bounds(self) -> tuple[float, float, float, float]:
        """Least x, least y, greatest x, greatest y on the ground."""
        x, y = self.ground(np.array([0, self.width, 0, self.width]), np.array([0, 0, self.height, self.height]))
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def sub(self, window: Window) -> Grid:
        """The grid of a window, which may reach beyond this grid."""
        x, y = self.ground(np.array(window.col), np.array(window.row))
        _, dx_col, dx_row, _, dy_col, dy_row = self.transform
        transform = (float(x), dx_col, dx_row, float(y), dy_col, dy_row)
        return Grid(window.width, window.height, transform, self.crs)

    def coincides(self, other: Grid) -> bool:
        """Whether both have the same pixels, to a thousandth of a pixel."""
        if (self.width, self.height) != (other.width, other.height):
            return False
        corners = np.array([0, self.width, 0]), np.array([0, 0, self.height])
        tolerance = 1e-3 * self.pixel_area**0.5
        return bool(np.allclose(self.ground(*corners), other.ground(*corners), rtol=0, atol=tolerance))


def tiles(window: Window, size: int) -> Iterator[Window]:
    """Cut a window into squares of ``size`` on multiples of ``size``, row by row; those at the edges are smaller."""
    for row in range(window.row // size * size, window.row + window.height, size):
        for col in range(window.col // size * size, window.col + window.width, size):
            yield Window(col, row, size, size).intersection(window)


def patch_window(col: int, row: int, size: int) -> Window:
    """The patch of ``size`` around a pixel."""
    return Window(col - size // 2, row - size // 2, size, size)


def snapped(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fractional pixels, where those within a millionth of an edge lie on it.

    A pixel's corner that went through ground coordinates comes back a hair off.
    """
    nearest = np.round(places)
    return np.where(np.abs(places - nearest) < 1e-6, nearest, places)
