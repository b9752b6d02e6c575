"""Geometries of any CRS in the coordinates of a grid, right to a fraction of a pixel.

To transform vertices alone is not enough.  A straight edge becomes a curve: long edges are cut into pieces first.
x begins anew at the edge of the world, at 180° or elsewhere: geometries that reach over it stay in one piece, and
come once for each turn of the world that the grid shows.  What lies far away may have no place in the grid's CRS at
all: it is cut off before, which spares time, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr, osr

from ..rasters.crs import cut_meridian, period, same_crs, spatial_reference, transform_points
from ..rasters.grid import Grid

_EXACT = 0.1  # pixels that an edge may be off
_MESH = 17  # points along each side of the grid at which its place in the other CRS is looked at
_QUARTERS = np.linspace(0, 1, 5)
_MOST_CUTS = 8  # into quarters
_DEGREES = 2e-9  # left out at the meridian at which a projection tears the world apart
Range = tuple[float, float]
Change = Callable[[NDArray[np.float64]], NDArray[np.float64]]


class ToGrid:
    """Brings geometries to the CRS of a grid.

    Args:
        crs: of the geometries as WKT; empty: that of the grid.
        grid: where they are wanted.
        repeat: give what lies on the grid one turn of the world away, too.
    """

    def __init__(self, crs: str, grid: Grid, *, repeat: bool = True) -> None:
        self._grid, self._repeat = grid, repeat
        self._period = period(grid.crs)
        self._transformation: osr.CoordinateTransformation | None = None
        self._before: ToGrid | None = None
        if not crs or not grid.crs or same_crs(crs, grid.crs):
            return
        cut = cut_meridian(grid.crs)
        if cut is not None and not spatial_reference(crs).IsGeographic():  # longitudes tell what lies on which side
            degrees = spatial_reference(grid.crs).CloneGeogCS().ExportToWkt()
            self._before, crs = ToGrid(crs, _world(degrees, grid), repeat=False), degrees
        self._crs = crs
        # Pixels after which x comes again; rotated grids of the whole world are not thought of.
        self._width_of_turn = self._period / math.hypot(grid.transform[1], grid.transform[4]) or math.inf
        self._transformation = osr.CoordinateTransformation(spatial_reference(crs), spatial_reference(grid.crs))
        self._turn = period(crs)
        self._rows: Range | None = (-90.0, 90.0) if self._turn == 360 else None
        self._spans: list[Range] | None = None
        self._short = 0.0
        self._look_around(cut)

    def __call__(self, geometry: ogr.Geometry) -> ogr.Geometry:
        """The geometry in the CRS of the grid: what of it lies around the grid, or an empty one.

        Args:
            geometry: valid and flat, without curves.

        Raises:
            RuntimeError: it has no place in the CRS of the grid, such as a point beyond the pole.
        """
        if self._before is not None:
            geometry = self._before(geometry)
        if self._transformation is not None:
            geometry = _united([self._transformed(part) for part in parts(geometry) for part in self._near(part)])
        if not self._period or not self._repeat:
            return geometry
        return _united([copy for part in parts(geometry) for copy in self._copies(part)])

    def _transformed(self, geometry: ogr.Geometry) -> ogr.Geometry:
        left, right, bottom, top = geometry.GetEnvelope()
        if geometry.GetDimension() > 0 and math.hypot(right - left, top - bottom) > self._short:
            geometry = _changed(geometry, self._bent)
        there = geometry.Clone()
        there.Transform(self._transformation)
        left, right, bottom, top = there.GetEnvelope()
        if not np.isfinite([left, right, bottom, top]).all():
            raise RuntimeError("no place in this CRS")
        if self._period and right - left > self._period / 2:
            return _unwrapped(there, self._period)
        x_min, y_min, x_max, y_max = self._grid.bounds()
        if there.GetDimension() > 1 and left < x_min and right > x_max and bottom < y_min and top > y_max:
            return self._inside_in(there, geometry)
        return there

    def _inside_in(self, there: ogr.Geometry, geometry: ogr.Geometry) -> ogr.Geometry:
        """A polygon around the grid; turned inside out if it is so: that of the other pole lies around this one."""
        x, y = self._grid.ground(np.array([self._grid.width / 2]), np.array([self._grid.height / 2]))
        own_x, own_y = transform_points(x, y, self._grid.crs, self._crs)
        if not np.isfinite([own_x, own_y]).all():
            return there
        is_inside, was_inside = there.Intersects(_point(x, y)), geometry.Intersects(_point(own_x, own_y))
        if is_inside == was_inside:
            return there
        x_min, y_min, x_max, y_max = self._grid.bounds()
        return _rectangle((2 * x_min - x_max, 2 * x_max - x_min), (2 * y_min - y_max, 2 * y_max - y_min)).Difference(
            there
        )

    def _bent(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """The points of a line or ring, with further ones on those edges that are not straight on the grid."""
        start = np.flatnonzero(np.hypot(*np.diff(points, axis=0).T) > self._short)
        one, other = points[start], points[start + 1]
        first, last = np.zeros(len(start)), np.ones(len(start))  # of the pieces that are looked at, from one to other
        edges, shares = [], []
        for _ in range(_MOST_CUTS):
            at = first + _QUARTERS[:, None] * (last - first)  # [place, piece]
            inner = one + at[..., None] * (other - one)
            pixels = np.stack(self._places(inner[..., 0], inner[..., 1]), axis=-1)
            steps = np.diff(pixels, axis=0)
            steps[..., 0] = _nearest_turn(steps[..., 0], self._width_of_turn)
            way = steps.cumsum(axis=0)
            off = np.hypot(*np.moveaxis(way - _QUARTERS[1:, None, None] * way[-1], -1, 0)).max(axis=0)
            open_ = ~(off <= _EXACT) | (np.abs(way[-1, :, 0]) > self._width_of_turn / 4)
            open_ &= ~self._beside(pixels, off)
            if not open_.any():
                break
            start, one, other, at = start[open_], one[open_], other[open_], at[:, open_]
            edges.append(np.tile(start, len(at) - 2))
            shares.append(at[1:-1].ravel())
            first, last = at[:-1].ravel(), at[1:].ravel()
            start, one, other = np.tile(start, 4), np.tile(one, (4, 1)), np.tile(other, (4, 1))
        if not edges:
            return points
        edge, share = np.concatenate(edges), np.concatenate(shares)
        added = points[edge] + share[:, None] * (points[edge + 1] - points[edge])
        order = np.lexsort((np.append(share, np.zeros(len(points))), np.append(edge, np.arange(len(points)))))
        return np.concatenate([added, points])[order]

    def _beside(self, pixels: NDArray[np.float64], off: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which pieces lie on one side of the grid, farther from it than they are bent."""
        if self._period:
            pixels = pixels[..., 1:]  # x comes again
        size = np.array([self._grid.width, self._grid.height])[-pixels.shape[-1] :]
        before, behind = pixels.max(axis=0) + off[:, None] < 0, pixels.min(axis=0) - off[:, None] > size
        return (before | behind).any(axis=-1)

    def _places(self, x: NDArray, y: NDArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Fractional pixels of the grid for coordinates of the geometries' CRS."""
        return self._grid.places(*transform_points(x, y, self._crs, self._grid.crs))

    def _near(self, geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
        """What of a geometry lies around the grid, in its own CRS, brought to the same turn of the world."""
        left, right, bottom, top = geometry.GetEnvelope()
        if self._turn == 360 and (bottom > 90 or top < -90):
            raise RuntimeError("beyond the pole")
        low, high = self._rows or (bottom, top)
        for first, last in self._spans or [(left, right)]:
            turns = _turns(left, right, first, last, self._turn) if self._spans else range(1)
            for turn in turns:
                moved = _moved(geometry, turn * self._turn)
                yield from _clipped(moved, (first, last), (low, high))

    def _copies(self, geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
        left, right, _, _ = geometry.GetEnvelope()
        x_min, _, x_max, _ = self._grid.bounds()
        turns = _turns(left, right, x_min, x_max, self._period)
        for turn in turns or range(1):  # what is not on the grid is left to those who ask whether anything is
            yield _moved(geometry, turn * self._period)

    def _look_around(self, cut: float | None) -> None:
        """Find out what of the geometries' CRS lies around the grid, and how long a straight edge may be there."""
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
        if is_there.all():  # else the world ends on the grid, and nobody knows how far beyond the mesh
            self._rows = (max(low, -90.0), min(high, 90.0)) if self._turn == 360 else (low, high)
        if is_there.all() or self._turn:
            self._spans = self._columns(x[is_there], x, cut)

    def _columns(self, found: NDArray, x: NDArray, cut: float | None) -> list[Range]:
        """The ranges of x that lie around the grid; where x turns, of one turn that nothing is lost in."""
        turn = self._turn
        if not turn:
            step = _widest(np.diff(x, axis=0), np.diff(x, axis=1))
            return [(float(found.min() - step), float(found.max() + step))]
        differences = [(np.diff(x, axis=axis) + turn / 2) % turn - turn / 2 for axis in (0, 1)]
        step = _widest(*differences)
        around = np.sort(found % turn)
        gaps = np.diff(around, append=around[0] + turn)
        widest = int(gaps.argmax())
        first, last = around[(widest + 1) % len(around)] - step, around[widest] + step
        last += turn * (last < first)
        if len(found) < x.size or gaps[widest] <= max(turn / 8, 2 * step):  # all around the world
            first, last = (-turn / 2, turn / 2) if cut is None else (cut - 360, cut)
            if cut is None:
                return [(first - turn, last + turn)]
        if cut is None or turn != 360:
            return [(float(first), float(last))]
        cuts = [cut + 360 * number for number in range(-3, 4) if first < cut + 360 * number < last]
        edges = [float(first), *cuts, float(last)]
        return [(one + _DEGREES, other - _DEGREES) for one, other in zip(edges, edges[1:])]

    def _longest(self, x: NDArray, y: NDArray) -> float:
        """The length up to which edges need no look: how far they bend was measured all over the grid."""
        near = np.stack([np.hypot(np.gradient(x, axis=axis), np.gradient(y, axis=axis)) for axis in (0, 1)]).min(axis=0)
        found = []
        for dx, dy in ((1, 0), (0, 1), (0.7, 0.7), (0.7, -0.7)):
            ends = [self._places(x + sign * near / 8 * dx, y + sign * near / 8 * dy) for sign in (-1, 0, 1)]
            (col0, row0), (col1, row1), (col2, row2) = ends
            one, other = (_nearest_turn(step, self._width_of_turn) for step in (col1 - col0, col2 - col1))
            off = np.hypot(other - one, row0 + row2 - 2 * row1) / 2
            there = np.isfinite(off) & (near > 0)
            found.append((near[there] / 4 * np.sqrt(_EXACT / np.maximum(off[there], 1e-9))).min(initial=np.inf))
        return float(min(found)) / 2


def parts(geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
    """The geometry, or those of a collection, which may be of several kinds."""
    if ogr.GT_Flatten(geometry.GetGeometryType()) != ogr.wkbGeometryCollection:
        yield geometry
        return
    for number in range(geometry.GetGeometryCount()):
        yield from parts(geometry.GetGeometryRef(number))


def _world(degrees: str, grid: Grid) -> Grid:
    """All longitudes and latitudes in pixels about as large as those of a grid."""
    x, y = transform_points(*grid.centres(np.array([grid.width // 2]), np.array([grid.height // 2])), grid.crs, degrees)
    x1, y1 = transform_points(
        *grid.centres(np.array([grid.width // 2 + 1]), np.array([grid.height // 2])), grid.crs, degrees
    )
    pixel = float(np.hypot(x1 - x, y1 - y)[0])
    pixel = pixel if 0 < pixel < 10 else 0.1
    width, height = math.ceil(360 / pixel), math.ceil(180 / pixel)
    return Grid(width, height, (-180.0, 360 / width, 0.0, 90.0, 0.0, -180 / height), degrees)


def _widest(*differences: NDArray) -> float:
    every = np.abs(np.concatenate([one.ravel() for one in differences]))
    return float(every[np.isfinite(every)].max(initial=0.0))


def _turns(left: float, right: float, first: float, last: float, turn: float) -> range:
    """How many turns of the world a range of x must be moved by to lie in another; none if it does not."""
    if not turn:
        return range(1)
    return range(math.ceil((first - right) / turn), math.floor((last - left) / turn) + 1)


def _clipped(geometry: ogr.Geometry, xs: Range, ys: Range) -> Iterator[ogr.Geometry]:
    """What of a geometry lies in a rectangle, of its own dimension."""
    left, right, bottom, top = geometry.GetEnvelope()
    if left > xs[1] or right < xs[0] or bottom > ys[1] or top < ys[0]:
        return
    if left >= xs[0] and right <= xs[1] and bottom >= ys[0] and top <= ys[1]:
        yield geometry
        return
    for part in parts(geometry.Intersection(_rectangle(xs, ys))):
        if part.GetDimension() == geometry.GetDimension() and not part.IsEmpty():
            yield part.Clone()  # the collection goes


def _united(found: Sequence[ogr.Geometry]) -> ogr.Geometry:
    if len(found) == 1:
        return found[0]
    collection = ogr.Geometry(ogr.wkbGeometryCollection)
    for one in found:
        collection.AddGeometry(one)
    return collection


def _moved(geometry: ogr.Geometry, distance: float) -> ogr.Geometry:
    """A copy, so far to the east."""
    return _changed(geometry, lambda points: points + np.array([distance, 0])) if distance else geometry.Clone()


def _changed(geometry: ogr.Geometry, change: Change) -> ogr.Geometry:
    """A copy with other points [point, (x, y)] in each ring and line, or another single point."""
    is_ring = geometry.GetGeometryName() == "LINEARRING"  # whose type says line
    copy = ogr.Geometry(ogr.wkbLinearRing if is_ring else geometry.GetGeometryType())
    for number in range(geometry.GetGeometryCount()):
        copy.AddGeometryDirectly(_changed(geometry.GetGeometryRef(number), change))
    if geometry.GetGeometryCount() == 0 and geometry.GetPointCount() > 0:
        for x, y in change(np.array(geometry.GetPoints())[:, :2]).tolist():
            copy.AddPoint_2D(x, y)
    return copy


def _nearest_turn(steps: NDArray[np.float64], turn: float) -> NDArray[np.float64]:
    """The shorter way around the world."""
    return steps - turn * np.round(steps / turn) if math.isfinite(turn) else steps


def _unwrapped(geometry: ogr.Geometry, turn: float) -> ogr.Geometry:
    """A geometry whose x jumps back by a turn of the world, as one that goes on."""

    def go_on(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([np.unwrap(points[:, 0], period=turn), points[:, 1]], axis=1)

    if geometry.GetDimension() < 2:
        return _changed(geometry, go_on)
    many = ogr.GT_Flatten(geometry.GetGeometryType()) == ogr.wkbMultiPolygon
    polygons = [geometry.GetGeometryRef(one) for one in range(geometry.GetGeometryCount())] if many else [geometry]
    return _united([_polygon_unwrapped(polygon, go_on, turn) for polygon in polygons])


def _polygon_unwrapped(polygon: ogr.Geometry, go_on: Change, turn: float) -> ogr.Geometry:
    outer, *holes = (
        _ring_unwrapped(np.array(polygon.GetGeometryRef(number).GetPoints())[:, :2], go_on, turn)
        for number in range(polygon.GetGeometryCount())
    )
    for hole in holes:
        for number in (-1, 0, 1):
            outer = outer.Difference(_moved(hole, number * turn))
    return outer


def _ring_unwrapped(points: NDArray[np.float64], go_on: Change, turn: float) -> ogr.Geometry:
    """A ring as a polygon; one that goes all around the world reaches to the pole that is nearer."""
    points = go_on(points)
    if abs(points[-1, 0] - points[0, 0]) > turn / 2:
        pole = math.copysign(turn, points[:, 1].mean())
        points = np.concatenate([points, [[points[-1, 0], pole], [points[0, 0], pole], points[0]]])
    points[-1] = points[0]  # rounded
    return _polygon(points.tolist())


def _rectangle(xs: Range, ys: Range) -> ogr.Geometry:
    return _polygon([(xs[0], ys[0]), (xs[1], ys[0]), (xs[1], ys[1]), (xs[0], ys[1]), (xs[0], ys[0])])


def _polygon(points: Iterable[Sequence[float]]) -> ogr.Geometry:
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in points:
        ring.AddPoint_2D(x, y)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return polygon


def _point(x: NDArray, y: NDArray) -> ogr.Geometry:
    point = ogr.Geometry(ogr.wkbPoint)
    point.AddPoint_2D(float(x[0]), float(y[0]))
    return point
