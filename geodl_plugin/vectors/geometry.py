"""Geometries cut, moved, put together and made, point by point."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr

Range = tuple[float, float]
Change = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def single_parts(geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
    """The polygons, lines and points that a geometry consists of.

    Args:
        geometry: of any type.

    Yields:
        Geometries of one part.
    """
    for part in parts(geometry):
        if ogr.GT_IsSubClassOf(ogr.GT_Flatten(part.GetGeometryType()), ogr.wkbGeometryCollection):
            for number in range(part.GetGeometryCount()):
                yield from single_parts(part.GetGeometryRef(number))
        else:
            yield part


def parts(geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
    """The geometry, or the members of a collection, which may be of several kinds.

    Args:
        geometry: of any type.

    Yields:
        Geometries that are not collections; multi-polygons and the like are not taken apart.
    """
    if ogr.GT_Flatten(geometry.GetGeometryType()) != ogr.wkbGeometryCollection:
        yield geometry
        return
    for number in range(geometry.GetGeometryCount()):
        yield from parts(geometry.GetGeometryRef(number))


def clipped(geometry: ogr.Geometry, xs: Range, ys: Range) -> Iterator[ogr.Geometry]:
    """The parts of a geometry that lie in a rectangle.

    Args:
        geometry: of any type.
        xs: left and right edge of the rectangle.
        ys: lower and upper edge.

    Yields:
        Geometries of the same dimension: where a polygon only touches the rectangle, there is none.
    """
    left, right, bottom, top = geometry.GetEnvelope()
    if left > xs[1] or right < xs[0] or bottom > ys[1] or top < ys[0]:
        return
    if left >= xs[0] and right <= xs[1] and bottom >= ys[0] and top <= ys[1]:
        yield geometry
        return
    for part in parts(geometry.Intersection(rectangle(xs, ys))):
        if part.GetDimension() == geometry.GetDimension() and not part.IsEmpty():
            yield part.Clone()  # the collection is freed


def united(geometries: Sequence[ogr.Geometry]) -> ogr.Geometry:
    """A collection of geometries, or the geometry itself if there is only one.

    Args:
        geometries: of any types.
    """
    if len(geometries) == 1:
        return geometries[0]
    collection = ogr.Geometry(ogr.wkbGeometryCollection)
    for geometry in geometries:
        collection.AddGeometry(geometry)
    return collection


def moved(geometry: ogr.Geometry, distance: float) -> ogr.Geometry:
    """A copy of a geometry that is moved to the east.

    Args:
        geometry: of any type without curves.
        distance: in the units of its CRS.
    """
    return changed(geometry, lambda points: points + np.array([distance, 0])) if distance else geometry.Clone()


def changed(geometry: ogr.Geometry, change: Change) -> ogr.Geometry:
    """A copy of a geometry with other points.

    Args:
        geometry: of any type without curves.
        change: is called with the points of each ring, each line, or the single point, [point, (x, y)], and gives those
            of the copy, which may be more.
    """
    is_ring = geometry.GetGeometryName() == "LINEARRING"  # whose type says line
    copy = ogr.Geometry(ogr.wkbLinearRing if is_ring else geometry.GetGeometryType())
    for number in range(geometry.GetGeometryCount()):
        copy.AddGeometryDirectly(changed(geometry.GetGeometryRef(number), change))
    if geometry.GetGeometryCount() == 0 and geometry.GetPointCount() > 0:
        for x, y in change(np.array(geometry.GetPoints())[:, :2]).tolist():
            copy.AddPoint_2D(x, y)
    return copy


def unwrapped(geometry: ogr.Geometry, world: float) -> ogr.Geometry:
    """A copy of a geometry without the jumps in x where the world repeats.

    The line with x 170, 179, -179, -170 becomes that with x 170, 179, 181, 190.

    Args:
        geometry: of any type without curves.
        world: the difference in x after which the world repeats, such as 360.
    """

    def go_on(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([np.unwrap(points[:, 0], period=world), points[:, 1]], axis=1)

    if geometry.GetDimension() < 2:
        return changed(geometry, go_on)
    many = ogr.GT_Flatten(geometry.GetGeometryType()) == ogr.wkbMultiPolygon
    count = geometry.GetGeometryCount()
    polygons = [geometry.GetGeometryRef(number) for number in range(count)] if many else [geometry]
    return united([_polygon_unwrapped(polygon, go_on, world) for polygon in polygons])


def _polygon_unwrapped(polygon: ogr.Geometry, go_on: Change, world: float) -> ogr.Geometry:
    outer, *holes = (
        _ring_unwrapped(np.array(polygon.GetGeometryRef(number).GetPoints())[:, :2], go_on, world)
        for number in range(polygon.GetGeometryCount())
    )
    for hole in holes:
        for number in (-1, 0, 1):
            outer = outer.Difference(moved(hole, number * world))
    return outer


def _ring_unwrapped(points: NDArray[np.float64], go_on: Change, world: float) -> ogr.Geometry:
    """A ring as a polygon; one that goes all around the world is closed over the pole that is nearer."""
    points = go_on(points)
    if abs(points[-1, 0] - points[0, 0]) > world / 2:
        pole = math.copysign(world, points[:, 1].mean())
        points = np.concatenate([points, [[points[-1, 0], pole], [points[0, 0], pole], points[0]]])
    points[-1] = points[0]  # they may differ by rounding
    return polygon(points.tolist())


def rectangle(xs: Range, ys: Range) -> ogr.Geometry:
    """A rectangle as a polygon.

    Args:
        xs: left and right edge.
        ys: lower and upper edge.
    """
    return polygon([(xs[0], ys[0]), (xs[1], ys[0]), (xs[1], ys[1]), (xs[0], ys[1]), (xs[0], ys[0])])


def polygon(points: Iterable[Sequence[float]]) -> ogr.Geometry:
    """A polygon without holes.

    Args:
        points: x and y of its corners; the last is the first.
    """
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in points:
        ring.AddPoint_2D(x, y)
    made = ogr.Geometry(ogr.wkbPolygon)
    made.AddGeometry(ring)
    return made


def point(x: float, y: float) -> ogr.Geometry:
    """A point.

    Args:
        x: in the units of any CRS.
        y: likewise.
    """
    made = ogr.Geometry(ogr.wkbPoint)
    made.AddPoint_2D(x, y)
    return made
