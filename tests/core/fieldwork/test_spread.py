"""Which uncertain squares are chosen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.fieldwork.spread import choose, quotas
from geodl_plugin.fieldwork.uncertainty import Squares


def squares(uncertainty, classes, labelled=()):
    """Squares [row, column] of a map."""
    rows, cols = np.indices(uncertainty.shape).reshape(2, -1)
    pixels = np.bincount(classes.ravel()) * 64
    doubt = np.bincount(classes.ravel(), weights=uncertainty.ravel()) * 64
    places = np.array(labelled, np.int64).reshape(-1, 2)
    return Squares(8, cols, rows, classes.ravel(), uncertainty.ravel(), places, pixels, doubt)


def chosen_places(found, indices):
    """Columns and rows of chosen squares."""
    return found.cols[indices], found.rows[indices]


def test_rare_classes_get_more_than_their_share():
    assert quotas(np.array([9000.0, 900, 100]), np.array([99, 99, 99]), 28).tolist() == [20, 6, 2]
    assert quotas(np.array([100.0, 100]), np.array([1, 99]), 10).tolist() == [1, 9]


@given(st.integers(0, 9), st.integers(1, 12))
def test_nothing_is_chosen_twice(seed, count):
    rng = np.random.default_rng(seed)
    found = squares(rng.random((10, 12)), rng.integers(0, 3, (10, 12)))
    indices = choose(found, count, 3.0, rng)
    assert len(indices) == len(set(indices.tolist())) == count


def test_as_many_as_there_are():
    found = squares(np.ones((2, 3)), np.zeros((2, 3), int))
    assert sorted(choose(found, 50, 99.0, np.random.default_rng(0)).tolist()) == [0, 1, 2, 3, 4, 5]


def test_uncertain_squares_are_preferred():
    uncertainty = np.full((40, 40), 0.02)
    uncertainty[:, 20:] = 0.8
    found = squares(uncertainty, np.zeros((40, 40), int))
    cols, _ = chosen_places(found, choose(found, 20, 2.0, np.random.default_rng(1)))
    assert (cols >= 20).mean() > 0.8


def test_places_are_far_apart_and_far_from_labels():
    found = squares(np.full((30, 30), 0.5), np.zeros((30, 30), int), labelled=[(0, 0), (1, 1)])
    cols, rows = chosen_places(found, choose(found, 9, 6.0, np.random.default_rng(2)))
    distances = np.hypot(cols[:, None] - cols, rows[:, None] - rows) + 99 * np.eye(9)
    assert distances.min() >= 6
    assert np.hypot(cols, rows).min() >= 6


def test_the_distance_shrinks_where_there_is_no_room():
    found = squares(np.full((4, 4), 0.5), np.zeros((4, 4), int))
    assert len(choose(found, 12, 3.0, np.random.default_rng(3))) == 12


def test_the_same_seed_gives_the_same_places():
    rng = np.random.default_rng(4)
    found = squares(rng.random((20, 20)), rng.integers(0, 2, (20, 20)))
    first, second, other = (choose(found, 10, 2.0, np.random.default_rng(seed)).tolist() for seed in (5, 5, 6))
    assert first == second != other


def test_squares_end_at_the_edge_of_the_map():
    found = squares(np.ones((2, 2)), np.zeros((2, 2), int))
    from geodl_plugin.rasters.grid import Window

    assert found.window(3, Window(0, 0, 13, 11)) == pytest.approx(Window(8, 8, 5, 3))
