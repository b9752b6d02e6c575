"""Which part of a grid a source covers, in whatever CRS it is."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from .coordinates import to_grid_crs
from .grid import Grid, Window
from .nesting import TOLERANCE
from .opening import describe_grid
from .raster import Source

_MESH = np.linspace(0, 1, 33)  # fractions of a raster's sides at which it and its edges are looked at


def covered(reference: Grid, source: Source) -> Window:
    """A rectangle of pixels of a grid that lie in a source: all of them, or else a large one.

    Args:
        reference: the grid.
        source: in any CRS, on any grid.

    Returns:
        Pixels of ``reference``.

    Raises:
        InputError: there is none.
    """
    cols, rows = np.meshgrid(_MESH * reference.width, _MESH * reference.height)
    inside = _inside(reference, source.grid, cols, rows)
    if inside.all():
        return reference.window
    found = _between_edges(reference, source.grid)
    if min(found.shape) == 0:
        found = _largest(inside, reference)
    if min(found.shape) == 0:
        raise InputError(
            tr("The source {name} and the first source do not overlap.").format(name=source.name),
            expected=tr("a raster on the ground of {grid}").format(grid=describe_grid(reference)),
            received=describe_grid(source.grid),
        )
    return found


def _inside(reference: Grid, grid: Grid, cols: NDArray, rows: NDArray) -> NDArray[np.bool_]:
    """Which points, in fractional pixels of a grid, lie in another grid."""
    own_cols, own_rows = grid.fractional_pixels(*to_grid_crs(*reference.ground(cols, rows), reference.crs, grid))
    inside: NDArray[np.bool_] = (own_cols >= -TOLERANCE) & (own_cols <= grid.width + TOLERANCE)
    return inside & (own_rows >= -TOLERANCE) & (own_rows <= grid.height + TOLERANCE)


def _between_edges(reference: Grid, grid: Grid) -> Window:
    """The pixels of a grid between the edges of another: exact where both are parallel, none if one is rotated."""
    zeros, ones = np.zeros(len(_MESH)), np.ones(len(_MESH))
    edges = [(zeros, _MESH), (ones, _MESH), (_MESH, zeros), (_MESH, ones)]
    cols, rows = [], []
    for edge_cols, edge_rows in edges:
        x, y = grid.ground(edge_cols * grid.width, edge_rows * grid.height)
        edge = reference.fractional_pixels(*to_grid_crs(x, y, grid.crs, reference))
        cols.append(edge[0])
        rows.append(edge[1])
    nothing = Window(0, 0, 0, 0)
    if not np.isfinite([cols, rows]).all():
        return nothing
    left, right = sorted(cols[:2], key=np.mean)
    top, bottom = sorted(rows[2:], key=np.mean)
    col, row = math.ceil(left.max() - TOLERANCE), math.ceil(top.max() - TOLERANCE)
    width, height = math.floor(right.min() + TOLERANCE) - col, math.floor(bottom.min() + TOLERANCE) - row
    found = Window(col, row, max(0, width), max(0, height)).intersection(reference.window)
    inner = np.meshgrid(found.col + _MESH * found.width, found.row + _MESH * found.height)
    return found if _inside(reference, grid, *inner).all() else nothing


def _largest(inside: NDArray[np.bool_], reference: Grid) -> Window:
    """The largest rectangle of pixels whose corners on the mesh, and all between them, are inside.

    Each pair of mesh rows is tried, and the longest run of mesh columns that are inside in all rows between them.

    Args:
        inside: which points of the mesh are, [y, x].
        reference: the grid that the mesh lies on.
    """
    best, best_area = Window(0, 0, 0, 0), 0
    for top in range(len(_MESH) - 1):
        for bottom in range(top + 1, len(_MESH)):
            is_inside = inside[top : bottom + 1].all(axis=0)
            # Columns that are outside, with one before the first and one behind the last: runs lie between them.
            outside = np.flatnonzero(~np.append(np.insert(is_inside, 0, False), False))
            run = int(np.diff(outside).argmax())
            first, last = outside[run], outside[run + 1] - 2
            col, row = math.ceil(_MESH[first] * reference.width), math.ceil(_MESH[top] * reference.height)
            right, lower = math.floor(_MESH[last] * reference.width), math.floor(_MESH[bottom] * reference.height)
            area = (right - col) * (lower - row)
            if last > first and area > best_area and right > col:
                best, best_area = Window(col, row, right - col, lower - row), area
    return best
