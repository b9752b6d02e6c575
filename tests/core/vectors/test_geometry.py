"""Geometries cut, moved and made."""

import numpy as np
import pytest
from osgeo import ogr

from geodl_plugin.vectors.geometry import changed, clipped, moved, parts, point, polygon, rectangle, united, unwrapped


def geometry(wkt):
    """From text."""
    return ogr.CreateGeometryFromWkt(wkt)


def test_members_of_collections_are_parts_at_any_depth():
    nested = "GEOMETRYCOLLECTION(POINT(1 2),GEOMETRYCOLLECTION(LINESTRING(0 0,1 1),MULTIPOINT((1 1),(2 2))))"
    assert [part.GetGeometryName() for part in parts(geometry(nested))] == ["POINT", "LINESTRING", "MULTIPOINT"]
    assert [part.GetGeometryName() for part in parts(geometry("MULTIPOINT((1 1),(2 2))"))] == ["MULTIPOINT"]


def test_geometries_are_united():
    found = united([point(1, 2), point(3, 4)])
    assert [(part.GetX(), part.GetY()) for part in parts(found)] == [(1, 2), (3, 4)]
    assert united([point(1, 2)]).GetGeometryName() == "POINT"


@pytest.mark.parametrize("wkt", ["POINT(1 2)", "LINESTRING(0 0,1 1)", "POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))"])
def test_a_copy_is_moved_to_the_east(wkt):
    given = geometry(wkt)
    left, right, bottom, top = given.GetEnvelope()
    copy = moved(given, 360)
    assert copy.GetEnvelope() == (left + 360, right + 360, bottom, top)
    assert copy.GetGeometryName() == given.GetGeometryName()
    assert given.GetEnvelope() == (left, right, bottom, top)


def test_a_copy_has_the_points_that_it_is_given():
    copy = changed(geometry("LINESTRING(0 0,2 2)"), lambda points: np.insert(points, 1, [1, 5], axis=0))
    assert copy.GetPoints() == [(0, 0), (1, 5), (2, 2)]


def test_what_lies_in_a_rectangle_is_left():
    found = list(clipped(geometry("LINESTRING(-5 1,5 1)"), (0, 10), (0, 2)))
    assert [part.GetPoints() for part in found] == [[(0, 1), (5, 1)]]


@pytest.mark.parametrize("wkt", ["POLYGON((-1 0,0 0,0 1,-1 1,-1 0))", "POINT(11 1)"])
def test_what_only_touches_a_rectangle_is_not_in_it(wkt):
    assert list(clipped(geometry(wkt), (0, 10), (0, 2))) == []


def test_a_line_goes_on_where_the_world_repeats():
    found = unwrapped(geometry("LINESTRING(170 0,179 1,-179 2,-170 3)"), 360)
    assert found.GetPoints() == [(170, 0), (179, 1), (181, 2), (190, 3)]


def test_a_polygon_with_a_hole_goes_on_where_the_world_repeats():
    given = geometry("POLYGON((170 0,-170 0,-170 9,170 9,170 0),(-178 2,-175 2,-175 4,-178 4,-178 2))")
    found = unwrapped(given, 360)
    assert found.GetEnvelope() == (170, 190, 0, 9)
    assert found.GetArea() == pytest.approx(20 * 9 - 3 * 2)


def test_a_ring_around_the_world_is_closed_over_the_nearer_pole():
    found = unwrapped(geometry("POLYGON((0 60,90 60,180 60,-90 60,0 60))"), 360)
    assert found.GetEnvelope() == (0, 360, 60, 360)


def test_polygons_are_made_of_their_corners():
    assert rectangle((0, 2), (1, 4)).Equals(polygon([(0, 1), (2, 1), (2, 4), (0, 4), (0, 1)]))
