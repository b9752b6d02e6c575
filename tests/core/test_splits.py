"""Splits of positions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodl_plugin.grid import Window
from geodl_plugin.sampling.splits import SPLITS, Occupied, assign_blocks

counts = st.tuples(st.integers(1, 30), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 10**6))
)
fractions = st.sampled_from(
    [(0.7, 0.2, 0.1), (1.0, 0.0, 0.0), (0.8, 0.2, 0.0), (0.5, 0.0, 0.5), (1 / 3, 1 / 3, 1 / 3)]
).map(np.array)
MOST_TRAIN = np.array([0.7, 0.2, 0.1])


@given(counts, fractions)
def test_each_block_gets_a_split_that_is_wanted(table, shares):
    split_of = assign_blocks(table, shares)
    assert split_of.shape == (len(table),)
    assert all(shares[split] > 0 for split in split_of)


@given(counts, fractions)
def test_a_class_in_one_block_only_is_trained_if_it_has_the_block_for_itself(table, shares):
    alone = np.zeros((len(table) + 1, table.shape[1] + 1), np.int64)
    alone[1:, 1:] = table
    alone[0, 0] = 5
    assert SPLITS[assign_blocks(alone, shares)[0]] == "train"


def test_many_equal_blocks_get_the_wanted_shares():
    split_of = assign_blocks(np.full((1000, 3), 10), MOST_TRAIN)
    assert np.bincount(split_of).tolist() == [700, 200, 100]


def test_each_class_gets_about_the_wanted_shares():
    rng = np.random.default_rng(0)
    table = np.where(rng.random((400, 4)) < 0.3, rng.integers(1, 100, (400, 4)), 0)
    split_of = assign_blocks(table, MOST_TRAIN)
    reached = np.stack([table[split_of == split].sum(axis=0) for split in range(3)]) / table.sum(axis=0)
    np.testing.assert_allclose(reached, np.tile([[0.7], [0.2], [0.1]], 4), atol=0.03)


def test_no_block_at_all():
    assert assign_blocks(np.zeros((0, 2), np.int64), MOST_TRAIN).shape == (0,)


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
