"""Which split a label belongs to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.datasets.label_owners import NO_SPLIT, LabelOwners
from geodl_plugin.rasters.grid import Window
from geodl_plugin.sampling.positions import Positions

places = st.lists(
    st.tuples(st.integers(0, 39), st.integers(0, 29), st.integers(0, 2)),
    min_size=1,
    max_size=12,
    unique_by=lambda p: p[:2],
)
WHOLE = Window(0, 0, 40, 30)


def positions(places, way=""):
    """Positions from columns, rows and splits."""
    cols, rows, splits = np.array(places, np.int64).T
    return Positions(cols, rows, np.zeros(len(cols), np.int64), splits, np.zeros(len(cols), np.int64), None, way)


@given(places, st.integers(1, 20))
def test_a_label_belongs_to_the_split_of_the_nearest_position_whose_patch_holds_it(places, size):
    some = positions(places)
    found = LabelOwners(some, size)(WHOLE)
    rows, cols = np.mgrid[:30, :40]
    across, down = cols[..., None] - some.cols, rows[..., None] - some.rows
    before, behind = -(size // 2), size - size // 2
    in_reach = (across >= before) & (across < behind) & (down >= before) & (down < behind)
    away = np.where(in_reach, np.maximum(abs(across), abs(down)), 999)
    nearest = np.where(away == away.min(axis=-1, keepdims=True), some.split_of, NO_SPLIT).min(axis=-1)
    np.testing.assert_array_equal(found, np.where(in_reach.any(axis=-1), nearest, NO_SPLIT))


@given(places, st.integers(1, 20), st.integers(-5, 30), st.integers(-5, 20), st.sampled_from(["", "features"]))
def test_any_window_says_the_same(places, size, col, row, way):
    parts = np.arange(70 * 60).reshape(60, 70) // 7 % 5

    def read(window):
        return parts[window.row + 10 :, window.col + 10 :][: window.height, : window.width]

    owners = LabelOwners(positions(places, way), size, read, 4)
    window = Window(col, row, 13, 9)
    whole = owners(Window(-10, -10, 60, 60))
    np.testing.assert_array_equal(owners(window), whole[row + 10 :, col + 10 :][:9, :13])


@pytest.mark.parametrize("size", [7, 8])
def test_patches_that_do_not_overlap_keep_all_their_labels(size):
    places = [(10 + size * number, 12, number % 3) for number in range(3)]
    found = LabelOwners(positions(places), size)(WHOLE)
    for col, row, split in places:
        assert (found[row - size // 2 :, col - size // 2 :][:size, :size] == split).all()


def test_whole_features_belong_to_the_split_of_their_positions():
    parts = np.repeat([0, 1, 2, 3], 10)[None, :].repeat(30, axis=0)  # the last one is no part

    def read(window):
        return parts[window.row :, window.col :][: window.height, : window.width]

    some = positions([(9, 5, 0), (10, 5, 1)], "features")
    found = LabelOwners(some, 16, read, 3)(WHOLE)
    np.testing.assert_array_equal(found[0], np.repeat([0, 1, 0, NO_SPLIT], 10))
    ungrouped = LabelOwners(positions([(9, 5, 0), (10, 5, 1)], "spatial blocks"), 16, read, 3)(WHOLE)
    assert (ungrouped[5, 15], ungrouped[5, 30]) == (1, NO_SPLIT)


def test_a_feature_with_positions_of_two_splits_is_divided_among_the_nearest():
    found = LabelOwners(positions([(10, 5, 0), (20, 5, 1)], "by field"), 16, lambda w: np.zeros(w.shape, int), 1)(WHOLE)
    assert found[5, [4, 14, 16, 25, 30]].tolist() == [0, 0, 1, 1, NO_SPLIT]
