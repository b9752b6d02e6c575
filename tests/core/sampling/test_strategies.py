"""Sampling strategies: the tests of all of them find new ones by themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.options import STRATEGIES
from geodl_plugin.rasters.raster import Source
from geodl_plugin.rasters.sources import Sources
from geodl_plugin.runtime import registry
from geodl_plugin.sampling import splits
from geodl_plugin.sampling.drawing import draw_positions
from geodl_plugin.sampling.rules import Rules
from geodl_plugin.sampling.strategies import load_strategy

pixel_counts = arrays(np.int64, st.integers(1, 6), elements=st.integers(0, 10**6))


def test_known_strategies_keep_their_names_and_order():
    known = ["balanced", "per class", "proportional", "all", "grid"]
    assert [name for name in STRATEGIES if name in known] == known
    assert STRATEGIES[0] == "balanced"


@pytest.mark.parametrize("name", STRATEGIES)
def test_each_has_a_help_text_that_is_a_sentence(name):
    text = registry.choices("sampling.strategies")[name].help
    assert text[0].islower() and text.endswith(".") and len(text) > 20


def test_an_unknown_strategy_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match=r"Invalid strategy\. Expected: one of balanced, per class.*Received: some"):
        load_strategy("some")


@pytest.mark.parametrize("name", STRATEGIES)
@given(pixels=pixel_counts, count=st.integers(1, 10**4))
def test_each_says_a_number_for_each_class_or_takes_all(name, pixels, count):
    found = load_strategy(name).positions_per_class(count, pixels)
    if found is not None:
        assert found.shape == pixels.shape and found.dtype == float
        assert np.isfinite(found).all() and (found >= 0).all()


@given(pixel_counts, st.integers(1, 10**4))
def test_balanced_shares_the_count_among_the_classes_that_are_there(pixels, count):
    found = load_strategy("balanced").positions_per_class(count, pixels)
    assert len(set(found.tolist())) == 1
    if pixels.any():
        assert found[pixels > 0].sum() == pytest.approx(count)


@given(pixel_counts, st.integers(1, 10**4))
def test_proportional_shares_the_count_by_areas(pixels, count):
    found = load_strategy("proportional").positions_per_class(count, pixels)
    np.testing.assert_allclose(found * pixels.sum(), count * pixels)


@pytest.fixture
def draw(make_raster, reporter, monkeypatch):
    """Draw positions of three classes in squares of 30 pixels, with a strategy; the split need not be the best one."""
    monkeypatch.setattr(splits, "_MAX_TRIES", 60)
    rows, cols = np.mgrid[:120, :210]
    classes = ((cols // 30 + rows // 30) % 4).astype(np.uint8)  # the last one is none
    sources = Sources([Source("image", [make_raster(np.ones((120, 210), np.uint8))])])

    def read(window):
        return classes[window.row : window.row + window.height, window.col : window.col + window.width]

    def run(name, split="spatial blocks", seed=0, count=60):
        rules = Rules(8, load_strategy(name), count, split, 0.2, 0.1, block_size=30, seed=seed)
        found = draw_positions(read, ClassList.from_values([1, 2, 3]), sources, rules, reporter, name="labels")
        return found.positions, classes

    return run


@pytest.mark.parametrize("name", STRATEGIES)
@pytest.mark.parametrize("split", ["none", "spatial blocks", "chessboard"])
def test_positions_of_each_strategy_have_their_class_and_share_no_pixel_with_other_splits(draw, name, split):
    positions, classes = draw(name, split)
    assert len(positions) > 20
    assert classes[positions.rows, positions.cols].tolist() == positions.labels.tolist()
    assert len(set(zip(positions.cols.tolist(), positions.rows.tolist()))) == len(positions)
    covered = np.zeros((3, 120, 210), bool)  # by the patches of a split
    for col, row, number in zip(positions.cols, positions.rows, positions.split_of):
        covered[number, row - 4 : row + 4, col - 4 : col + 4] = True
    assert covered.sum(axis=0).max() == 1


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_same_seed_gives_the_same_positions(draw, name):
    first, second = (vars(draw(name, seed=4)[0]) for _ in range(2))
    for column, values in first.items():
        np.testing.assert_array_equal(values, second[column])
