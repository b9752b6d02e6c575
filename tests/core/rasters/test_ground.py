"""How large pixels are."""

import numpy as np
import pytest
from osgeo import osr

from geodl_plugin.rasters.grid import Grid, Window
from geodl_plugin.rasters.ground import ground_areas

EARTH = 51006562172.4  # hectares of the ellipsoid of WGS 84


def grid_of(name, transform, width=1, height=1):
    """A grid in a CRS of any name."""
    crs = osr.SpatialReference()
    crs.SetFromUserInput(name)
    return Grid(width, height, tuple(float(term) for term in transform), crs.ExportToWkt())


@pytest.mark.parametrize(
    ("name", "transform", "hectares", "exact"),
    [
        ("EPSG:3857", (0, 10, 0, 8399737.89, 0, -10), 0.0025, 0.004),  # 60 degrees north
        ("EPSG:3857", (0, 10, 0, 0, 0, -10), 0.00993, 0.001),
        ("EPSG:32636", (500000, 10, 0, 4000000, 0, -10), 0.01 / 0.9996**2, 1e-6),
        ("EPSG:32636", (500000, 8, 6, 4000000, 6, -8), 0.01 / 0.9996**2, 1e-6),
        ("EPSG:32636", (500000, 10, 0, 4000000, 0, 10), 0.01 / 0.9996**2, 1e-6),
        ("EPSG:2263", (984250, 10, 0, 200000, 0, -10), 0.01 * 0.3048006096012192**2, 1e-4),
        ("EPSG:4326", (10, 0.001, 0, 0, 0, -0.001), 11.13195 * 0.1105743, 1e-4),
        ("EPSG:4326", (10, 0.001, 0, 60, 0, -0.001), 5.58 * 0.1114123, 1e-3),
        ("EPSG:4326", (179.9995, 0.001, 0, 60, 0, -0.001), 5.58 * 0.1114123, 1e-3),
        ("EPSG:4326", (359.9995, 0.001, 0, 60, 0, -0.001), 5.58 * 0.1114123, 1e-3),
        ("EPSG:3035", (4321000, 10, 0, 3210000, 0, -10), 0.01, 1e-4),
        ("EPSG:3413", (0, 10, 0, 0, 0, -10), 0.01 / 0.969858**2, 0.002),
    ],
)
def test_a_pixel_has_the_size_that_it_has_on_the_ground(name, transform, hectares, exact):
    found = ground_areas(grid_of(name, transform)).of(Window(0, 0, 1, 1))
    assert found.shape == (1, 1)
    np.testing.assert_allclose(found, hectares, rtol=exact)


@pytest.mark.parametrize("left", [-180, 0])
def test_the_pixels_of_the_world_are_the_earth(left):
    areas = ground_areas(grid_of("EPSG:4326", (left, 1, 0, 90, 0, -1), 360, 180))
    assert areas.of(Window(0, 0, 360, 180)).sum() == pytest.approx(EARTH, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "transform"),
    [
        ("EPSG:3857", (0, 20000, 0, 15000000, 0, -20000)),
        ("EPSG:3413", (-4000000, 8000, 0, 4000000, 0, -8000)),
        ("EPSG:32636", (100000, 700, 200, 4000000, 200, -700)),
    ],
)
def test_pixels_between_those_that_are_looked_at_have_their_own_size(name, transform):
    grid = grid_of(name, transform, 1000, 900)
    areas = ground_areas(grid)
    for col, row in ((0, 0), (999, 899), (123, 456), (700, 30), (501, 777)):
        alone = ground_areas(grid.sub(Window(col, row, 1, 1))).of(Window(0, 0, 1, 1))
        window = Window(col, row, 1, 1)
        np.testing.assert_allclose(areas.of(window), alone, rtol=2e-4)
        np.testing.assert_array_equal(areas.of(grid.window)[row, col], areas.of(window)[0, 0])


def test_classes_have_the_sum_of_their_pixels():
    grid = grid_of("EPSG:3857", (0, 10, 0, 8399737.89, 0, -10), 4, 3)
    indices = np.array([[0, 0, 1, 255]] * 3, np.uint8)
    found = ground_areas(grid).by_class(indices, grid.window, 3)
    np.testing.assert_allclose(found, [0.015, 0.0075, 0], rtol=0.005)


@pytest.mark.parametrize("crs", ["", 'LOCAL_CS["site",UNIT["metre",1]]'])
def test_a_crs_that_is_none_of_the_earth_tells_nothing(crs):
    assert ground_areas(Grid(1, 1, (0.0, 10.0, 0.0, 0.0, 0.0, -10.0), crs)) is None
