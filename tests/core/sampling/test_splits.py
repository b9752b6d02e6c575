"""Splits of positions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodl_plugin.sampling import splits as module
from geodl_plugin.sampling.splits import SPLITS, Cells, assign_blocks

counts = st.tuples(st.integers(1, 12), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 10**6))
)
MOST_TRAIN = np.array([0.7, 0.2, 0.1])
fractions = st.sampled_from(
    [(0.7, 0.2, 0.1), (1.0, 0.0, 0.0), (0.8, 0.2, 0.0), (0.5, 0.0, 0.5), (1 / 3, 1 / 3, 1 / 3)]
).map(np.array)


@pytest.fixture(autouse=True, scope="module")
def _few_tries():
    """A short search."""
    patch = pytest.MonkeyPatch()
    patch.setattr(module, "_MAX_TRIES", 200)
    yield
    patch.undo()


def scattered(table):
    """Blocks of one cell each, far from each other."""
    table = np.asarray(table, np.int64)
    return Cells(np.arange(len(table)) * 3, np.arange(len(table)) * 100, np.zeros(len(table), np.int64), table)


def assign(table, shares=MOST_TRAIN, seed=0):
    """The split of each block of scattered cells."""
    blocks, split_of = assign_blocks(scattered(table), shares, 4, np.random.default_rng(seed))
    assert blocks.tolist() == (np.arange(len(table)) * 3).tolist()
    return split_of


@given(counts, fractions)
def test_each_block_gets_a_split_that_is_wanted(table, shares):
    assert all(shares[split] > 0 for split in assign(table, shares))


@given(counts, fractions)
def test_a_class_in_one_block_only_is_trained_if_it_has_the_block_for_itself(table, shares):
    alone = np.zeros((len(table) + 1, table.shape[1] + 1), np.int64)
    alone[1:, 1:] = table
    alone[0, 0] = 5
    assert SPLITS[assign(alone, shares)[0]] == "train"


@given(counts, fractions, st.integers(1, 30))
def test_train_can_use_pixels_of_each_class(table, shares, reach):
    count = len(table)
    cells = Cells(np.arange(count), np.arange(count) * 9, np.zeros(count, np.int64), table)
    blocks, split_of = assign_blocks(cells, shares, reach, np.random.default_rng(0))
    split_of_cell, usable = module.usable_cells(cells, blocks, split_of, reach)
    there = table.any(axis=0)
    assert table[usable & (split_of_cell == 0)].any(axis=0)[there].all()


def test_many_equal_blocks_get_the_wanted_shares():
    np.testing.assert_allclose(np.bincount(assign(np.full((200, 3), 10))), [140, 40, 20], atol=4)


def test_each_class_gets_about_the_wanted_shares():
    rng = np.random.default_rng(0)
    table = np.where(rng.random((200, 4)) < 0.3, rng.integers(1, 100, (200, 4)), 0)
    split_of = assign(table)
    reached = np.stack([table[split_of == split].sum(axis=0) for split in range(3)]) / table.sum(axis=0)
    np.testing.assert_allclose(reached, np.tile([[0.7], [0.2], [0.1]], 4), atol=0.06)


def test_the_same_seed_gives_the_same_splits():
    table = np.random.default_rng(0).integers(0, 50, (40, 3))
    np.testing.assert_array_equal(assign(table, seed=4), assign(table, seed=4))


def test_a_block_may_have_many_cells():
    cells = Cells(np.array([7, 7, 2, 2, 9]), np.array([0, 1, 50, 51, 90]), np.zeros(5, np.int64), np.full((5, 1), 3))
    blocks, split_of = assign_blocks(cells, MOST_TRAIN, 2, np.random.default_rng(0))
    assert blocks.tolist() == [2, 7, 9] and split_of.shape == (3,)


def test_neighbours_that_would_waste_each_other_share_a_split():
    # Two pairs of blocks side by side: to split a pair leaves nothing to use of one of it.
    cells = Cells(np.arange(4), np.array([0, 1, 50, 51]), np.zeros(4, np.int64), np.full((4, 1), 10))
    _, split_of = assign_blocks(cells, np.array([0.5, 0.5, 0.0]), 2, np.random.default_rng(0))
    assert split_of[0] == split_of[1] != split_of[2] == split_of[3]
