"""How far positions are apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.rasters.grid import Window
from geodl_plugin.sampling.spacing import Occupied, select_spaced

coordinates = st.lists(st.tuples(st.integers(-20, 70), st.integers(-20, 70)), max_size=25)
windows = st.builds(Window, st.integers(0, 40), st.integers(0, 40), st.integers(1, 30), st.integers(1, 30))


def occupied(points, distance):
    """What keeps away from points."""
    result = Occupied(distance)
    for col, row in points:  # one by one: what was added before stays
        result.add(np.array([col]), np.array([row]))
    return result


@given(coordinates, windows, st.integers(1, 24))
def test_a_pixel_is_free_if_no_position_is_closer_than_the_distance(points, window, distance):
    free = occupied(points, distance).free(window)
    rows, cols = np.mgrid[window.row : window.row + window.height, window.col : window.col + window.width]
    nearest = np.full(window.shape, 10**6)
    for col, row in points:
        nearest = np.minimum(nearest, np.maximum(abs(cols - col), abs(rows - row)))
    np.testing.assert_array_equal(free, nearest >= distance)


@given(coordinates, st.integers(1, 24))
def test_patches_around_free_pixels_share_no_pixel_with_those_around_positions(points, size):
    window = Window(0, 0, 50, 50)
    taken = np.zeros((150, 150), bool)
    for col, row in points:
        taken[row - size // 2 + 50 :, col - size // 2 + 50 :][:size, :size] = True
    for row, col in np.argwhere(occupied(points, size).free(window)):
        assert not taken[row - size // 2 + 50 :, col - size // 2 + 50 :][:size, :size].any()


def test_patches_side_by_side_are_free():
    assert occupied([(0, 0)], 64).free(Window(64, 0, 1, 1)).all()


def test_patches_with_one_common_pixel_are_not():
    assert not occupied([(0, 0)], 64).free(Window(63, 63, 1, 1)).any()


@given(st.lists(st.tuples(st.integers(-30, 30), st.integers(-30, 30)), max_size=60), st.integers(1, 12))
def test_kept_pixels_keep_their_distance_and_leave_no_room(points, distance):
    cols, rows = np.array(points, np.int64).reshape(-1, 2).T
    kept = select_spaced(cols, rows, distance)
    apart = np.maximum(abs(cols[:, None] - cols), abs(rows[:, None] - rows))
    for number in range(len(points)):
        earlier = apart[number, :number][kept[:number]]
        assert kept[number] == (earlier >= distance).all()
