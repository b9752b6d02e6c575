"""Points of any CRS in the CRS of a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .crs import period, same_crs, transformed
from .grid import Grid


def to_grid_crs(x: NDArray, y: NDArray, crs: str, grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points in the CRS of a grid, on the grid's own turn of the world; NaN where a point has no place there.

    Args:
        x: coordinates of the points in ``crs``, [point].
        y: as ``x``.
        crs: as WKT; empty: that of the grid.
        grid: where the points are wanted.
    """
    if crs and grid.crs and not same_crs(crs, grid.crs):
        x, y = transformed(x, y, crs, grid.crs)
    turn = period(grid.crs)
    if turn:
        x_min, _, x_max, _ = grid.bounds()
        inner = x_min + (x - x_min) % turn
        x = np.where(((x < x_min) | (x > x_max)) & (inner <= x_max), inner, x)
    return x, y
