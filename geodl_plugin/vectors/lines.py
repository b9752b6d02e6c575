"""Lines and points on pixels: every pixel that a line touches or a point lies in, the same in any window.

GDAL clips a line to the raster that it is drawn into, so that the pixels at the edge of a tile differ from those of
the whole, and it knows no tolerance: a corner of pixels may come out on either side.  Here all arithmetic is on the
pixels of the whole grid.  A point on the edge of two pixels belongs to the one with the higher index, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr

from ..rasters.grid import Grid, Window, snapped


@dataclass(frozen=True)
class Lines:
    """Straight pieces of lines.

    Args:
        ends: x and y of the start and of the end on the ground, [piece, 4].
        values: what to burn, [piece, attribute].
    """

    ends: NDArray[np.float64]
    values: NDArray[np.int64]

    @classmethod
    def from_geometries(cls, geometries: Sequence[ogr.Geometry], values: Sequence[tuple[int, ...]]) -> Lines:
        """The pieces of (multi-)lines; each has the values of its geometry."""
        ends, of_piece = [], []
        for geometry, value in zip(geometries, values):
            many = geometry.GetGeometryCount()
            for line in [geometry.GetGeometryRef(number) for number in range(many)] if many else [geometry]:
                points = np.array(line.GetPoints())[:, :2]
                ends.append(np.concatenate([points[:-1], points[1:]], axis=1))
                of_piece.append(np.tile(value, (len(points) - 1, 1)))
        return cls(np.concatenate(ends), np.concatenate(of_piece))

    def on(self, grid: Grid) -> NDArray[np.float64]:
        """Column and row of the start and of the end of each piece in fractional pixels of a grid, [piece, 4]."""
        start, end = grid.places(*self.ends[:, :2].T), grid.places(*self.ends[:, 2:].T)
        return snapped(np.stack([*start, *end], axis=1))

    def burner(self, grid: Grid) -> Callable[[NDArray, Window, int], None]:
        """A function that burns an attribute, by its number, into the image of a window; the later wins."""
        pieces = self.on(grid)
        return lambda image, window, number: draw(image, window, pieces, self.values[:, number])


@dataclass(frozen=True)
class Spots:
    """Single points.

    Args:
        places: x and y on the ground, [point, 2].
        values: what to burn, [point, attribute].
    """

    places: NDArray[np.float64]
    values: NDArray[np.int64]

    @classmethod
    def from_geometries(cls, geometries: Sequence[ogr.Geometry], values: Sequence[tuple[int, ...]]) -> Spots:
        """(Multi-)points; each has the values of its geometry."""
        places, of_point = [], []
        for geometry, value in zip(geometries, values):
            many = geometry.GetGeometryCount()
            for point in [geometry.GetGeometryRef(number) for number in range(many)] if many else [geometry]:
                places.append((point.GetX(), point.GetY()))
                of_point.append(value)
        return cls(np.array(places, float), np.array(of_point, np.int64))

    def burner(self, grid: Grid) -> Callable[[NDArray, Window, int], None]:
        """A function that burns an attribute, by its number, into the image of a window; the later wins."""
        inside = self.finder(grid)

        def burn(image: NDArray, window: Window, number: int) -> None:
            rows, cols, points = inside(window)
            image[rows, cols] = self.values[points, number]

        return burn

    def finder(self, grid: Grid) -> Callable[[Window], tuple[NDArray, NDArray, NDArray]]:
        """A function that gives row and column in a window, and number, of the points that lie in it."""
        cols, rows = grid.pixels(*self.places.T)

        def inside(window: Window) -> tuple[NDArray, NDArray, NDArray]:
            own_cols, own_rows = cols - window.col, rows - window.row
            there = (own_cols >= 0) & (own_cols < window.width) & (own_rows >= 0) & (own_rows < window.height)
            points = np.flatnonzero(there)
            return own_rows[points], own_cols[points], points

        return inside


def draw(image: NDArray, window: Window, pieces: NDArray[np.float64], values: NDArray[np.int64]) -> None:
    """Burn pieces of lines into the image of a window; the later wins.

    Args:
        image: pixels of the window, [y, x].
        window: where they lie.
        pieces: ends of the pieces in pixels, [piece, 4].
        values: what to burn, [piece].
    """
    low, high = np.floor(np.minimum(pieces[:, :2], pieces[:, 2:])), np.floor(np.maximum(pieces[:, :2], pieces[:, 2:]))
    first, last = (window.col, window.row), (window.col + window.width - 1, window.row + window.height - 1)
    for piece in np.flatnonzero(((high >= first) & (low <= last)).all(axis=1)):
        col0, row0, col1, row1 = pieces[piece]
        rows = np.arange(max(low[piece, 1], first[1]), min(high[piece, 1], last[1]) + 1)
        if row0 == row1:
            left, right = np.array([min(col0, col1)]), np.array([max(col0, col1)])
        else:
            upper, lower = np.clip([rows, rows + 1], min(row0, row1), max(row0, row1))
            one, other = (col0 + (place - row0) * ((col1 - col0) / (row1 - row0)) for place in (upper, lower))
            left, right = np.minimum(one, other), np.maximum(one, other)
        starts = np.clip(np.floor(left) - window.col, 0, window.width).astype(int)
        ends = np.clip(np.floor(right) + 1 - window.col, 0, window.width).astype(int)
        for row, start, end in zip((rows - window.row).astype(int).tolist(), starts.tolist(), ends.tolist()):
            image[row, start:end] = values[piece]
