"""Points of any CRS in the CRS of a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .crs import period, same_crs, transform_points
from .grid import Grid


def to_grid_crs(x: NDArray, y: NDArray, crs: str, grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Transform points to the CRS of a grid, and, where the world repeats, to the repetition that the grid lies in.

    A grid in degrees may reach from 170 to 190: a point at -175 is at 185 there.

    Args:
        x: easting or longitude of the points in ``crs``, of any shape.
        y: northing or latitude, of the same shape.
        crs: of the points, as WKT; empty: that of the grid.
        grid: in whose CRS the points are wanted.

    Returns:
        x and y in the CRS of the grid; NaN where it has no such point.
    """
    if crs and grid.crs and not same_crs(crs, grid.crs):
        x, y = transform_points(x, y, crs, grid.crs)
    world = period(grid.crs)
    if world:
        x_min, _, x_max, _ = grid.bounds()
        inner = x_min + (x - x_min) % world
        x = np.where(((x < x_min) | (x > x_max)) & (inner <= x_max), inner, x)
    return x, y
