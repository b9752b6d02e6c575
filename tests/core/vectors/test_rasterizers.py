"""Geometries burnt onto pixels; whole layers are in tests/core/labels/test_geometries.py."""

import numpy as np
import pytest
from osgeo import ogr

from geodl_plugin.rasters.grid import Grid, Window, tiles
from geodl_plugin.vectors.rasterizers import LineRasterizer, PointRasterizer, PolygonRasterizer

GRID = Grid(8, 6, (0.0, 1.0, 0.0, 6.0, 0.0, -1.0))  # x is the column, 6 - y is the row


def of(kind, *wkts):
    """A rasterizer of geometries whose values are (1, 10), (2, 20), …"""
    values = [(number, 10 * number) for number in range(1, len(wkts) + 1)]
    return kind.from_geometries([ogr.CreateGeometryFromWkt(wkt) for wkt in wkts], values)


def burnt(rasterizer, window=GRID.window, attribute=0):
    """The image of a window."""
    image = np.zeros(window.shape, np.uint8)
    rasterizer.burner(GRID)(image, window, attribute)
    return image


def test_a_line_covers_every_pixel_that_it_touches():
    image = burnt(of(LineRasterizer, "LINESTRING(0.5 5.5,2.5 4.5)"))
    assert np.argwhere(image).tolist() == [[0, 0], [0, 1], [1, 1], [1, 2]]


def test_a_level_line_covers_its_row():
    assert np.argwhere(burnt(of(LineRasterizer, "LINESTRING(3.5 2.5,1.5 2.5)"))).tolist() == [[3, 1], [3, 2], [3, 3]]


def test_a_point_covers_the_pixel_that_it_lies_in():
    image = burnt(of(PointRasterizer, "MULTIPOINT((0.1 5.9),(3 3))"))
    assert np.argwhere(image).tolist() == [[0, 0], [3, 3]]  # on an edge: the pixel with the higher index


def test_a_polygon_covers_the_pixels_whose_centre_it_holds():
    image = burnt(of(PolygonRasterizer, "POLYGON((0.4 5.6,1.6 5.6,1.6 4.6,0.4 4.6,0.4 5.6))"))
    assert np.argwhere(image).tolist() == [[0, 0], [0, 1]]


GEOMETRIES = {
    LineRasterizer: ["LINESTRING(0.2 0.3,7.7 5.1)", "MULTILINESTRING((1 1,1 5,6 2),(7 0,0 6))"],
    PointRasterizer: ["POINT(3.5 3.5)", "MULTIPOINT((3.5 3.5),(7 1),(0.2 5.9))"],
    PolygonRasterizer: ["POLYGON((0 0,7 1,3 6,0 0))", "POLYGON((2 1,8 1,8 4,2 4,2 1))"],
}


@pytest.mark.parametrize("kind", GEOMETRIES)
@pytest.mark.parametrize("attribute", [0, 1])
def test_windows_hold_what_the_whole_holds_and_later_geometries_win(kind, attribute):
    rasterizer = of(kind, *GEOMETRIES[kind])
    whole = burnt(rasterizer, attribute=attribute)
    assert set(np.unique(whole)) <= {0, *((1, 2) if attribute == 0 else (10, 20))}
    assert (whole == (2, 20)[attribute]).any()
    for window in tiles(GRID.window, 3):
        part = whole[window.row : window.row + window.height, window.col : window.col + window.width]
        np.testing.assert_array_equal(burnt(rasterizer, window, attribute), part)
    alone = burnt(of(kind, GEOMETRIES[kind][1]))
    assert (whole[alone > 0] == (2, 20)[attribute]).all()


@pytest.mark.parametrize("kind", [PointRasterizer, PolygonRasterizer])
def test_geometries_are_counted(kind):
    rasterizer, window = of(kind, *GEOMETRIES[kind]), Window(1, 1, 6, 4)
    image = np.zeros(window.shape, np.uint16)
    rasterizer.counter(GRID)(image, window)
    expected = sum((burnt(of(kind, wkt), window) > 0).astype(int) for wkt in GEOMETRIES[kind])
    np.testing.assert_array_equal(image, expected)
    assert image.max() == 2
