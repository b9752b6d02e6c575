"""Rules for positions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.errors import InputError
from geodl_plugin.rasters.grid import Window
from geodl_plugin.sampling.centres import Lattice
from geodl_plugin.sampling.rules import Rules
from geodl_plugin.sampling.strategies import load_strategy


def rules(**options):
    """Rules with some values of their own."""
    defaults = {"patch_size": 64, "count": 10, "split": "spatial blocks", "valid_fraction": 0.2, "test_fraction": 0.1}
    return Rules(strategy=load_strategy("balanced"), **{**defaults, **options})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"patch_size": 0}, r"Invalid patch size\. Expected: 1 or more\. Received: 0\."),
        ({"count": 0}, r"Invalid number of positions\. Expected: 1 or more\. Received: 0\."),
        ({"block_size": -1}, r"Invalid block size\. Expected: 0 or more\. Received: -1\."),
        ({"split_buffer": -2}, r"Invalid buffer between splits\. Expected: 0 or more\. Received: -2\."),
        ({"min_distance": -3}, r"Invalid minimum distance\. Expected: 0 or more\. Received: -3\."),
        ({"seed": -1}, "Invalid seed"),
        ({"valid_fraction": 0.95}, "Nothing would be left to train with"),
        ({"split": "chessboard", "valid_fraction": 0, "test_fraction": 0}, "white squares"),
    ],
)
def test_invalid_values_are_refused_by_their_name(wrong, message):
    with pytest.raises(InputError, match=message):
        rules(**wrong)


@given(st.integers(1, 60), st.integers(1, 25))
def test_cells_beyond_the_reach_are_far_enough_apart_and_those_within_are_not(distance, cell):
    reach = rules(split_buffer=distance).reach(cell)
    cols = np.arange(200)
    too_close = np.abs(cols[:, None] - cols) < distance
    cells_apart = np.abs(cols[:, None] // cell - cols // cell)
    assert cells_apart[too_close].max() <= reach
    assert reach <= cells_apart[too_close].max() + 1


@given(st.integers(1, 60), st.integers(1, 25))
def test_the_reach_on_a_lattice_is_exact(distance, step):
    reach = rules(split_buffer=distance, lattice=Lattice(step, 0, 0)).reach(step)
    assert reach * step < distance <= (reach + 1) * step


def test_sizes_grow_with_very_large_images():
    small, large = Window(0, 0, 5000, 5000), Window(0, 0, 400_000, 400_000)
    assert (rules().block_side(small), rules().cell_side(small)) == (192, 28)
    assert 400_000**2 / rules().block_side(large) ** 2 < 20_100
    assert 400_000**2 / rules().cell_side(large) ** 2 < 30_100


def test_without_a_split_all_is_for_training():
    assert rules(split="none").fractions.tolist() == [1, 0, 0]
