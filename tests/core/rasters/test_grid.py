"""Windows and grids."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.rasters.grid import Grid, Window, patch_window, tiles

sizes = st.integers(1, 40)
windows = st.builds(Window, st.integers(-50, 50), st.integers(-50, 50), sizes, sizes)
TRANSFORMS = st.sampled_from(
    [
        (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0),
        (500000.0, 8.0, 3.0, 4000000.0, 3.0, -8.0),
        (500000.0, 10.0, 0.0, 3999000.0, 0.0, 10.0),
        (-61.3, 1 / 11100, 0.0, 16.7, 0.0, -1 / 11100),
        (0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
    ]
)


def mask(window, reach=120):
    """The pixels of a window, as a picture."""
    picture = np.zeros((2 * reach, 2 * reach), int)
    picture[window.row + reach :, window.col + reach :][: window.height, : window.width] = 1
    return picture


@given(windows, windows)
def test_intersection_is_what_both_windows_hold(one, other):
    np.testing.assert_array_equal(mask(one.intersection(other)), mask(one) * mask(other))


@given(windows, st.integers(1, 30))
def test_tiles_hold_each_pixel_once(window, size):
    np.testing.assert_array_equal(sum(mask(tile) for tile in tiles(window, size)), mask(window))


@given(windows, st.integers(1, 30))
def test_no_tile_crosses_a_multiple_of_its_size(window, size):
    for tile in tiles(window, size):
        assert tile.col // size == (tile.col + tile.width - 1) // size
        assert tile.row // size == (tile.row + tile.height - 1) // size


@given(TRANSFORMS, st.integers(0, 200000), st.integers(0, 200000))
def test_pixel_centres_come_back_as_their_pixel(transform, col, row):
    grid = Grid(200001, 200001, transform)
    assert [int(place) for place in grid.pixels(*grid.centres(np.array(col), np.array(row)))] == [col, row]


@given(TRANSFORMS, st.integers(0, 20000), st.integers(0, 20000))
def test_a_pixel_corner_belongs_to_the_pixel_right_and_below(transform, col, row):
    grid = Grid(20001, 20001, transform)
    assert [int(place) for place in grid.pixels(*grid.ground(np.float64(col), np.float64(row)))] == [col, row]


def test_points_left_of_the_raster_have_negative_columns(grid):
    cols, rows = grid.pixels(np.array([499999.0]), np.array([4000001.0]))
    assert (cols[0], rows[0]) == (-1, -1)


@pytest.mark.parametrize(("size", "first"), [(64, 68), (63, 69), (1, 100), (2, 99)])
def test_the_central_pixel_of_a_patch_has_index_half_its_size(size, first):
    assert patch_window(100, 100, size) == Window(first, first, size, size)


def test_bounds_hold_all_corners_of_a_rotated_raster():
    grid = Grid(10, 20, (0.0, 8.0, 3.0, 0.0, 3.0, -8.0))
    assert grid.bounds() == (0.0, -160.0, 140.0, 30.0)


def test_bounds_of_a_south_up_raster_are_ordered():
    assert Grid(10, 20, (0.0, 1.0, 0.0, 5.0, 0.0, 1.0)).bounds() == (0.0, 5.0, 10.0, 25.0)


@given(TRANSFORMS, windows)
def test_pixels_of_a_sub_grid_are_pixels_of_the_grid(transform, window):
    grid = Grid(50, 50, transform, "crs")
    sub = grid.sub(window)
    np.testing.assert_allclose(
        sub.centres(np.array(3), np.array(4)),
        grid.centres(np.array(window.col + 3), np.array(window.row + 4)),
        rtol=1e-12,
    )
    assert (sub.width, sub.height, sub.crs) == (window.width, window.height, "crs")


def test_pixel_area_of_a_rotated_grid():
    assert Grid(1, 1, (0.0, 8.0, 3.0, 0.0, 3.0, -8.0)).pixel_area == pytest.approx(73)


@pytest.mark.parametrize(("shift", "same"), [(0, True), (0.009, True), (0.02, False), (10, False)])
def test_grids_coincide_to_a_thousandth_of_a_pixel(grid, shift, same):
    moved = Grid(100, 100, (grid.transform[0] + shift, *grid.transform[1:]))
    assert grid.coincides(moved) is same


def test_grids_whose_pixels_grow_apart_do_not_coincide(grid):
    stretched = Grid(100, 100, (grid.transform[0], 10.001, *grid.transform[2:]))
    assert not grid.coincides(stretched)


def test_grids_of_other_size_do_not_coincide(grid):
    assert not grid.coincides(Grid(100, 99, grid.transform))
