"""Where a map is wanted."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.rasters.extent import extent_window
from geodl_plugin.rasters.grid import Grid, Window

ROTATED = (500000.0, 8.0, 3.0, 4000000.0, 3.0, -8.0)


@pytest.mark.parametrize(
    ("extent", "expected"),
    [
        ((500100, 500200, 3999800, 3999900), Window(10, 10, 10, 10)),
        ((500101, 500101.5, 3999895, 3999896), Window(10, 10, 1, 1)),
        ((400000, 500010, 3999990, 5000000), Window(0, 0, 1, 1)),
        ((0, 9e6, 0, 9e6), Window(0, 0, 100, 100)),
    ],
)
def test_an_extent_takes_the_pixels_that_it_meets(grid, extent, expected):
    assert extent_window(extent, grid) == expected


def test_an_extent_that_went_through_ground_coordinates_takes_no_pixel_more():
    grid = Grid(1000, 1000, (0.1, 1 / 3e3, 0.0, 45.7, 0.0, -1 / 3e3))
    x, y = grid.ground(np.array([100, 250]), np.array([300, 900]))
    assert extent_window((*x, *y[::-1]), grid) == Window(100, 300, 150, 600)


def test_an_extent_of_a_rotated_raster_takes_the_rectangle_of_its_pixels():
    grid = Grid(100, 100, ROTATED)
    x, y = grid.ground(np.array([30.0, 50.0]), np.array([40.0, 45.0]))
    found = extent_window((*sorted(x), *sorted(y)), grid)
    assert found.intersection(Window(30, 40, 20, 5)) == Window(30, 40, 20, 5)


def test_an_extent_elsewhere_is_refused(grid):
    with pytest.raises(InputError, match="do not overlap"):
        extent_window((0, 10, 0, 10), grid)


def test_an_extent_that_was_rounded_takes_no_pixel_more():
    """As QGIS writes extents: 9 digits behind the point."""
    grid = Grid(1000, 1000, (0.1, 1 / 3e5, 0.0, 45.7, 0.0, -1 / 3e5))
    x, y = grid.ground(np.array([100, 250]), np.array([300, 900]))
    extent = tuple(round(float(one), 9) for one in (*x, *y[::-1]))
    assert extent_window(extent, grid) == Window(100, 300, 150, 600)
