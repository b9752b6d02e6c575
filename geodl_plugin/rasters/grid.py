"""Windows in pixels, and grids: the affine relation between pixels and the ground.

Pure arithmetic.  Columns are counted along the raster's lines, rows across them; a point on the edge between two
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
    """A rectangle of pixels.

    Attributes:
        col: first column.
        row: first row.
        width: columns.
        height: rows.
    """

    col: int
    row: int
    width: int
    height: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns, as numpy counts."""
        return self.height, self.width

    def intersection(self, other: Window) -> Window:
        """The common part of two windows; width or height is 0 if there is none.

        Args:
            other: the other window.
        """
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
        """Ground coordinates of points that are given in pixels.

        Args:
            cols: columns from the raster's corner, which may be fractional, of any shape.
            rows: rows, likewise.

        Returns:
            x and y in the units of the CRS.
        """
        x0, dx_col, dx_row, y0, dy_col, dy_row = self.transform
        return x0 + cols * dx_col + rows * dx_row, y0 + cols * dy_col + rows * dy_row

    def centres(self, cols: NDArray, rows: NDArray) -> tuple[NDArray, NDArray]:
        """Ground coordinates of the centres of pixels.

        Args:
            cols: columns of the pixels, of any shape.
            rows: rows, likewise.

        Returns:
            x and y in the units of the CRS.
        """
        return self.ground(np.asarray(cols) + 0.5, np.asarray(rows) + 0.5)

    def fractional_pixels(self, x: NDArray, y: NDArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Fractional columns and rows of points on the ground; the inverse of `ground`.

        Args:
            x: in the units of the CRS, of any shape.
            y: likewise.

        Returns:
            Columns and rows from the raster's corner.
        """
        x0, dx_col, dx_row, y0, dy_col, dy_row = self.transform
        determinant = dx_col * dy_row - dx_row * dy_col
        x, y = np.asarray(x, float) - x0, np.asarray(y, float) - y0
        return (dy_row * x - dx_row * y) / determinant, (dx_col * y - dy_col * x) / determinant

    def pixels(self, x: NDArray, y: NDArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The pixels that hold points on the ground.

        Args:
            x: in the units of the CRS, of any shape.
            y: likewise.

        Returns:
            Columns and rows.
        """
        cols, rows = (np.floor(snapped(places)) for places in self.fractional_pixels(x, y))
        return cols.astype(np.int64), rows.astype(np.int64)

    def bounds(self) -> tuple[float, float, float, float]:
        """Minimum x, minimum y, maximum x and maximum y on the ground."""
        x, y = self.ground(np.array([0, self.width, 0, self.width]), np.array([0, 0, self.height, self.height]))
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def sub(self, window: Window) -> Grid:
        """The grid of a window.

        Args:
            window: pixels of this grid, or beyond its edges.
        """
        x, y = self.ground(np.array(window.col), np.array(window.row))
        _, dx_col, dx_row, _, dy_col, dy_row = self.transform
        transform = (float(x), dx_col, dx_row, float(y), dy_col, dy_row)
        return Grid(window.width, window.height, transform, self.crs)

    def coincides(self, other: Grid) -> bool:
        """Whether two grids have the same pixels, to a thousandth of a pixel; their CRS is not compared.

        Args:
            other: the other grid.
        """
        if (self.width, self.height) != (other.width, other.height):
            return False
        corners = np.array([0, self.width, 0]), np.array([0, 0, self.height])
        tolerance = 1e-3 * self.pixel_area**0.5
        return bool(np.allclose(self.ground(*corners), other.ground(*corners), rtol=0, atol=tolerance))


def tiles(window: Window, size: int) -> Iterator[Window]:
    """Cut a window into tiles, row by row.

    Args:
        window: the pixels.
        size: side of the tiles, which begin at multiples of it; those at the edges of the window are smaller.

    Yields:
        The tiles.
    """
    for row in range(window.row // size * size, window.row + window.height, size):
        for col in range(window.col // size * size, window.col + window.width, size):
            yield Window(col, row, size, size).intersection(window)


def patch_window(col: int, row: int, size: int) -> Window:
    """The patch around a pixel.

    Args:
        col: column of the pixel.
        row: row of the pixel.
        size: side of the patch in pixels.
    """
    return Window(col - size // 2, row - size // 2, size, size)


def snapped(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round fractional pixels that lie within a millionth of an edge to the edge.

    A pixel's corner that is transformed to ground coordinates and back differs by the rounding of numbers.

    Args:
        places: fractional columns or rows, of any shape.
    """
    nearest = np.round(places)
    return np.where(np.abs(places - nearest) < 1e-6, nearest, places)
