"""Splits of positions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodl_plugin.sampling.splits import SPLITS, assign_blocks, far_from_other_splits

counts = st.tuples(st.integers(1, 30), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 10**6))
)
fractions = st.sampled_from([(0.7, 0.2, 0.1), (1.0, 0.0, 0.0), (0.8, 0.2, 0.0), (0.5, 0.0, 0.5), (1 / 3, 1 / 3, 1 / 3)])


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
    split_of = assign_blocks(np.full((1000, 3), 10), (0.7, 0.2, 0.1))
    assert np.bincount(split_of).tolist() == [700, 200, 100]


def test_each_class_gets_about_the_wanted_shares():
    rng = np.random.default_rng(0)
    table = np.where(rng.random((400, 4)) < 0.3, rng.integers(1, 100, (400, 4)), 0)
    split_of = assign_blocks(table, (0.7, 0.2, 0.1))
    reached = np.stack([table[split_of == split].sum(axis=0) for split in range(3)]) / table.sum(axis=0)
    np.testing.assert_allclose(reached, np.tile([[0.7], [0.2], [0.1]], 4), atol=0.03)


def test_no_block_at_all():
    assert assign_blocks(np.zeros((0, 2), np.int64), (0.7, 0.2, 0.1)).shape == (0,)


coordinates = st.integers(1, 60).flatmap(
    lambda n: st.tuples(
        arrays(np.int64, n, elements=st.integers(0, 80)),
        arrays(np.int64, n, elements=st.integers(0, 80)),
        arrays(np.int64, n, elements=st.integers(0, 2)),
    )
)


def clashes(cols, rows, split_of, size):
    """Pairs of patches of different splits that share a pixel, from the pixels themselves."""
    pictures = np.zeros((3, 200, 200), bool)
    for col, row, split in zip(cols, rows, split_of):
        pictures[split, row - size // 2 + 50 :, col - size // 2 + 50 :][:size, :size] = True
    return int((pictures.sum(axis=0) > 1).sum())


@given(coordinates, st.integers(1, 24))
def test_no_two_patches_of_different_splits_share_a_pixel(points, size):
    keep = far_from_other_splits(*points, size)
    assert clashes(*(array[keep] for array in points), size) == 0


@given(coordinates, st.integers(1, 24))
def test_only_positions_that_clash_are_dropped(points, size):
    cols, rows, split_of = points
    keep = far_from_other_splits(cols, rows, split_of, size)
    apart = np.maximum(abs(cols[:, None] - cols[None]), abs(rows[:, None] - rows[None]))
    clashing = ((apart < size) & (split_of[:, None] < split_of[None]) & keep[None]).any(axis=1)
    np.testing.assert_array_equal(~keep, clashing)


@given(coordinates, st.integers(1, 24))
def test_test_positions_stay(points, size):
    keep = far_from_other_splits(*points, size)
    assert keep[points[2] == SPLITS.index("test")].all()


def test_patches_side_by_side_stay():
    cols, rows = np.array([0, 64]), np.array([0, 0])
    assert far_from_other_splits(cols, rows, np.array([0, 1]), 64).all()


def test_patches_with_one_common_column_do_not():
    cols, rows = np.array([0, 63]), np.array([0, 63])
    assert far_from_other_splits(cols, rows, np.array([0, 1]), 64).tolist() == [False, True]


def test_no_position_at_all():
    empty = np.empty(0, np.int64)
    assert far_from_other_splits(empty, empty, empty, 64).shape == (0,)


@pytest.mark.parametrize("negative", [(-5, 3), (-70, -1)])
def test_positions_may_have_negative_pixels(negative):
    cols, rows = np.array([0, negative[0]]), np.array([0, negative[1]])
    kept = far_from_other_splits(cols, rows, np.array([0, 2]), 64)
    assert kept[0] == (max(abs(negative[0]), abs(negative[1])) >= 64)
