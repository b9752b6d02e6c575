"""Geometries of any CRS in the coordinates of a grid, correct to a fraction of a pixel.

To transform vertices alone is not enough, for three reasons:

1. A straight edge becomes a curve.  Long edges are cut into pieces first, so many that each is straight on the grid.
2. The world repeats: x jumps back at its edge, at 180° or elsewhere.  Geometries that reach over the edge stay in one
   piece, and appear once for each repetition of the world that the grid shows.
3. What lies far away may have no coordinates in the grid's CRS at all.  It is cut off before, which saves time, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr, osr

from ..rasters.crs import cut_meridian, period, same_crs, spatial_reference, transform_points
from ..rasters.grid import Grid
from .geometry import Range, changed, clipped, moved, parts, point, rectangle, united, unwrapped

_EXACT = 0.1  # pixels that an edge may be off
_MESH = 17  # points along each side of the grid that are transformed to the other CRS, to see where the grid lies
_QUARTERS = np.linspace(0, 1, 5)
_MAXIMUM_CUTS = 8  # into quarters
_DEGREES = 2e-9  # left out beside the meridian at which a projection cuts the world apart


class ToGrid:
    """Transforms geometries to the CRS of a grid.

    Args:
        crs: of the geometries, as WKT; empty: that of the grid.
        grid: in whose CRS they are wanted.
        repeat: give a geometry once for each repetition of the world in which it lies on the grid.

    Example::

        to_grid = ToGrid(layer_crs, grid)
        polygon = to_grid(polygon)
    """

    def __init__(self, crs: str, grid: Grid, *, repeat: bool = True) -> None:
        self._grid, self._repeat = grid, repeat
        self._period = period(grid.crs)
        self._transformation: osr.CoordinateTransformation | None = None
        self._before: ToGrid | None = None
        if not crs or not grid.crs or same_crs(crs, grid.crs):
            return
        cut = cut_meridian(grid.crs)
        if cut is not None and not spatial_reference(crs).IsGeographic():  # longitudes say what lies on which side
            degrees = spatial_reference(grid.crs).CloneGeogCS().ExportToWkt()
            self._before, crs = ToGrid(crs, _world(degrees, grid), repeat=False), degrees
        self._crs = crs
        # Pixels after which the world repeats; rotated grids of the whole world are not supported.
        self._world_in_pixels = self._period / math.hypot(grid.transform[1], grid.transform[4]) or math.inf
        self._transformation = osr.CoordinateTransformation(spatial_reference(crs), spatial_reference(grid.crs))
        self._own_period = period(crs)
        self._rows: Range | None = (-90.0, 90.0) if self._own_period == 360 else None
        self._spans: list[Range] | None = None
        self._short = 0.0
        self._look_around(cut)

    def __call__(self, geometry: ogr.Geometry) -> ogr.Geometry:
        """Transform a geometry.

        Args:
            geometry: valid, in two dimensions and without curves.

        Returns:
            The part of it that lies around the grid, in the CRS of the grid; an empty geometry if there is none.

        Raises:
            RuntimeError: it has no coordinates in the CRS of the grid, such as a point beyond the pole.
        """
        if self._before is not None:
            geometry = self._before(geometry)
        if self._transformation is not None:
            geometry = united([self._transformed(part) for part in parts(geometry) for part in self._near(part)])
        if not self._period or not self._repeat:
            return geometry
        return united([copy for part in parts(geometry) for copy in self._copies(part)])

    def _transformed(self, geometry: ogr.Geometry) -> ogr.Geometry:
        left, right, bottom, top = geometry.GetEnvelope()
        if geometry.GetDimension() > 0 and math.hypot(right - left, top - bottom) > self._short:
            geometry = changed(geometry, self._bent)
        there = geometry.Clone()
        there.Transform(self._transformation)
        left, right, bottom, top = there.GetEnvelope()
        if not np.isfinite([left, right, bottom, top]).all():
            raise RuntimeError("no coordinates in this CRS")
        if self._period and right - left > self._period / 2:
            return unwrapped(there, self._period)
        x_min, y_min, x_max, y_max = self._grid.bounds()
        if there.GetDimension() > 1 and left < x_min and right > x_max and bottom < y_min and top > y_max:
            return self._right_side_out(there, geometry)
        return there

    def _right_side_out(self, there: ogr.Geometry, geometry: ogr.Geometry) -> ogr.Geometry:
        """A polygon around the grid, or its complement if the transformation turned it inside out.

        A polygon around the south pole becomes one around the whole grid in a projection of the north pole.  That the
        middle of the grid lies inside after the transformation and not before, or the other way round, shows it.
        """
        x, y = self._grid.ground(np.array([self._grid.width / 2]), np.array([self._grid.height / 2]))
        own_x, own_y = transform_points(x, y, self._grid.crs, self._crs)
        if not np.isfinite([own_x, own_y]).all():
            return there
        is_inside = there.Intersects(point(float(x[0]), float(y[0])))
        was_inside = geometry.Intersects(point(float(own_x[0]), float(own_y[0])))
        if is_inside == was_inside:
            return there
        x_min, y_min, x_max, y_max = self._grid.bounds()
        return rectangle((2 * x_min - x_max, 2 * x_max - x_min), (2 * y_min - y_max, 2 * y_max - y_min)).Difference(
            there
        )

    def _bent(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add points to a line or ring on those edges that are not straight on the grid.

        Each piece of an edge is looked at in five points, which divide it into quarters.  If the inner points lie more
        than a tenth of a pixel off the straight line between the outer ones, on the grid, they are added, and the
        quarters are the next pieces.  So the edge from longitude 0 to 16 gets points at 4, 8 and 12; if it is still
        bent from 0 to 4, also at 1, 2 and 3.

        Args:
            points: in the CRS of the geometries, [point, (x, y)].

        Returns:
            The same points with further ones between them.
        """
        edge = np.flatnonzero(np.hypot(*np.diff(points, axis=0).T) > self._short)
        first, last = np.zeros(len(edge)), np.ones(len(edge))  # where pieces begin and end, as fractions of their edge
        edges, fractions = [], []  # of the points that are added
        for _ in range(_MAXIMUM_CUTS):
            start, end = points[edge], points[edge + 1]
            at = first + _QUARTERS[:, None] * (last - first)  # [quarter, piece]
            inner = start + at[..., None] * (end - start)
            pixels = np.stack(self._fractional_pixels(inner[..., 0], inner[..., 1]), axis=-1)
            steps = np.diff(pixels, axis=0)
            steps[..., 0] = _shortest_way(steps[..., 0], self._world_in_pixels)
            way = steps.cumsum(axis=0)
            off = np.hypot(*np.moveaxis(way - _QUARTERS[1:, None, None] * way[-1], -1, 0)).max(axis=0)
            is_bent = ~(off <= _EXACT) | (np.abs(way[-1, :, 0]) > self._world_in_pixels / 4)
            is_bent &= ~self._beside(pixels, off)
            if not is_bent.any():
                break
            edge, at = edge[is_bent], at[:, is_bent]
            edges.append(np.tile(edge, len(at) - 2))
            fractions.append(at[1:-1].ravel())
            first, last = at[:-1].ravel(), at[1:].ravel()
            edge = np.tile(edge, 4)
        if not edges:
            return points
        of_added, fraction = np.concatenate(edges), np.concatenate(fractions)
        added = points[of_added] + fraction[:, None] * (points[of_added + 1] - points[of_added])
        order = np.lexsort((np.append(fraction, np.zeros(len(points))), np.append(of_added, np.arange(len(points)))))
        return np.concatenate([added, points])[order]

    def _beside(self, pixels: NDArray[np.float64], off: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which pieces lie on one side of the grid, farther away than they are bent: they need not be exact.

        Args:
            pixels: points of the pieces in fractional pixels of the grid, [quarter, piece, (column, row)].
            off: how far the pieces are bent, in pixels, [piece].
        """
        if self._period:
            pixels = pixels[..., 1:]  # the world repeats: no column lies on one side
        size = np.array([self._grid.width, self._grid.height])[-pixels.shape[-1] :]
        before, behind = pixels.max(axis=0) + off[:, None] < 0, pixels.min(axis=0) - off[:, None] > size
        return (before | behind).any(axis=-1)

    def _fractional_pixels(self, x: NDArray, y: NDArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Coordinates in the geometries' CRS as fractional pixels of the grid."""
        return self._grid.fractional_pixels(*transform_points(x, y, self._crs, self._grid.crs))

    def _near(self, geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
        """The parts of a geometry that lie around the grid, in its own CRS, moved to where the world repeats there."""
        left, right, bottom, top = geometry.GetEnvelope()
        if self._own_period == 360 and (bottom > 90 or top < -90):
            raise RuntimeError("beyond the pole")
        low, high = self._rows or (bottom, top)
        for first, last in self._spans or [(left, right)]:
            repetitions = _repetitions(left, right, first, last, self._own_period) if self._spans else range(1)
            for number in repetitions:
                yield from clipped(moved(geometry, number * self._own_period), (first, last), (low, high))

    def _copies(self, geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
        """The geometry in each repetition of the world in which it lies on the grid; at least one copy."""
        left, right, _, _ = geometry.GetEnvelope()
        x_min, _, x_max, _ = self._grid.bounds()
        repetitions = _repetitions(left, right, x_min, x_max, self._period)
        for number in repetitions or range(1):  # the caller finds out whether anything lies on the grid
            yield moved(geometry, number * self._period)

    def _look_around(self, cut: float | None) -> None:
        """Find out which part of the geometries' CRS lies around the grid, and how long an edge may be uncut there."""
        grid = self._grid
        share = np.linspace(-1 / (_MESH - 3), 1 + 1 / (_MESH - 3), _MESH)
        cols, rows = np.meshgrid(share * grid.width, share * grid.height)
        x, y = transform_points(*grid.ground(cols, rows), grid.crs, self._crs)
        is_there = np.isfinite(x) & np.isfinite(y)
        if not is_there.any():
            return
        step = _widest(np.diff(y, axis=0), np.diff(y, axis=1))
        low, high = float(y[is_there].min() - step), float(y[is_there].max() + step)
        self._short = min(self._longest(x, y), (high - low) / 8)
        if is_there.all():  # else the world ends on the grid, between two points of the mesh
            self._rows = (max(low, -90.0), min(high, 90.0)) if self._own_period == 360 else (low, high)
        if is_there.all() or self._own_period:
            self._spans = self._columns(x[is_there], x, cut)

    def _columns(self, found: NDArray, x: NDArray, cut: float | None) -> list[Range]:
        """The ranges of x that lie around the grid; where the world repeats, all lie within one repetition.

        The grid lies opposite the widest gap between its points: longitudes 170, 175 and -170, which is 190, leave the
        widest gap from 190 to 530, which is 170 again, so that the grid reaches from 170 to 190.

        Args:
            found: x of those points of the mesh that the geometries' CRS has, [point].
            x: of all points, [y, x]; NaN where there are none.
            cut: the longitude at which the grid's projection cuts the world apart; None: nowhere.
        """
        world = self._own_period
        if not world:
            step = _widest(np.diff(x, axis=0), np.diff(x, axis=1))
            return [(float(found.min() - step), float(found.max() + step))]
        differences = [(np.diff(x, axis=axis) + world / 2) % world - world / 2 for axis in (0, 1)]
        step = _widest(*differences)
        around = np.sort(found % world)
        gaps = np.diff(around, append=around[0] + world)
        widest = int(gaps.argmax())
        first, last = around[(widest + 1) % len(around)] - step, around[widest] + step
        last += world * (last < first)
        if len(found) < x.size or gaps[widest] <= max(world / 8, 2 * step):  # all around the world
            first, last = (-world / 2, world / 2) if cut is None else (cut - 360, cut)
            if cut is None:
                return [(first - world, last + world)]
        if cut is None or world != 360:
            return [(float(first), float(last))]
        cuts = [cut + 360 * number for number in range(-3, 4) if first < cut + 360 * number < last]
        edges = [float(first), *cuts, float(last)]
        return [(left + _DEGREES, right - _DEGREES) for left, right in zip(edges, edges[1:])]

    def _longest(self, x: NDArray, y: NDArray) -> float:
        """The length up to which edges need not be cut, from how far edges bend all over the grid.

        At each point of the mesh, edges of a quarter of the distance to its neighbour are transformed in four
        directions.  What an edge is off grows with the square of its length, so that the root of the allowed distance
        divided by the measured one gives the length.

        Args:
            x: points of the mesh in the geometries' CRS, [y, x]; NaN where there are none.
            y: likewise.
        """
        near = np.stack([np.hypot(np.gradient(x, axis=axis), np.gradient(y, axis=axis)) for axis in (0, 1)]).min(axis=0)
        found = []
        for dx, dy in ((1, 0), (0, 1), (0.7, 0.7), (0.7, -0.7)):
            ends = [self._fractional_pixels(x + sign * near / 8 * dx, y + sign * near / 8 * dy) for sign in (-1, 0, 1)]
            (col0, row0), (col1, row1), (col2, row2) = ends
            before, behind = (_shortest_way(step, self._world_in_pixels) for step in (col1 - col0, col2 - col1))
            off = np.hypot(behind - before, row0 + row2 - 2 * row1) / 2
            there = np.isfinite(off) & (near > 0)
            found.append((near[there] / 4 * np.sqrt(_EXACT / np.maximum(off[there], 1e-9))).min(initial=np.inf))
        return float(min(found)) / 2


def _world(degrees: str, grid: Grid) -> Grid:
    """A grid of all longitudes and latitudes, with pixels about as large as those of another grid."""
    x, y = transform_points(*grid.centres(np.array([grid.width // 2]), np.array([grid.height // 2])), grid.crs, degrees)
    x1, y1 = transform_points(
        *grid.centres(np.array([grid.width // 2 + 1]), np.array([grid.height // 2])), grid.crs, degrees
    )
    pixel = float(np.hypot(x1 - x, y1 - y)[0])
    pixel = pixel if 0 < pixel < 10 else 0.1
    width, height = math.ceil(360 / pixel), math.ceil(180 / pixel)
    return Grid(width, height, (-180.0, 360 / width, 0.0, 90.0, 0.0, -180 / height), degrees)


def _widest(*differences: NDArray) -> float:
    """The largest finite difference; 0 if there is none."""
    every = np.abs(np.concatenate([difference.ravel() for difference in differences]))
    return float(every[np.isfinite(every)].max(initial=0.0))


def _repetitions(left: float, right: float, first: float, last: float, world: float) -> range:
    """By how many widths of the world a range of x must be moved to lie in another; none if it never does.

    The range 170 to 175 lies in -200 to 180 without being moved, and moved by -1 × 360: ``range(-1, 1)``.
    """
    if not world:
        return range(1)
    return range(math.ceil((first - right) / world), math.floor((last - left) / world) + 1)


def _shortest_way(steps: NDArray[np.float64], world: float) -> NDArray[np.float64]:
    """Differences in x, by the shorter way around the world: 350 of 360 are -10."""
    return steps - world * np.round(steps / world) if math.isfinite(world) else steps
