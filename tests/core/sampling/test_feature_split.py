"""Splits of whole features."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodl_plugin.sampling.feature_split import CUTTABLE, FEWEST, cut_feature, split_features

features = st.integers(1, 30).flatmap(
    lambda count: st.tuples(
        arrays(np.int64, count, elements=st.integers(0, 4)),
        arrays(np.int64, count, elements=st.sampled_from([0, 1, 5, 12, 40, 1000])),
    )
)
fractions = st.sampled_from([(0.7, 0.2, 0.1), (0.8, 0.2, 0.0), (0.8, 0.0, 0.2), (0.4, 0.3, 0.3)]).map(np.array)


def split(class_of, pixels, shares=(0.7, 0.2, 0.1), seed=0):
    """Split features with the generator of a seed."""
    return split_features(np.array(class_of), np.array(pixels), np.array(shares), np.random.default_rng(seed))


@given(features, fractions, st.integers(0, 9))
def test_each_class_is_trained_and_judged_or_the_reason_is_known(features, shares, seed):
    class_of, pixels = features
    found = split(class_of, pixels, shares, seed)
    judged = 1 if shares[1] > 0 else 2
    assert set(found.split_of.tolist()) <= set(np.flatnonzero(shares > 0).tolist())
    for index in np.unique(class_of[pixels > 0]):
        held = found.split_of[(class_of == index) & (pixels > 0)]
        assert 0 in held
        is_cut = bool((class_of[found.cut] == index).any())
        assert (judged in held) + is_cut + (index in found.undivided) == 1
    assert (pixels[found.cut] >= CUTTABLE).all()


@given(features, fractions)
def test_a_class_of_two_features_is_always_divided(features, shares):
    class_of, pixels = features
    found = split(class_of, pixels, shares)
    counts = np.bincount(class_of[pixels > 0], minlength=5)
    assert not set(np.flatnonzero(counts >= 2)) & set(found.undivided.tolist())


@given(features, st.integers(0, 9))
def test_the_same_seed_gives_the_same_split(features, seed):
    for one, other in zip(*(vars(split(*features, seed=seed)).values() for _ in range(2))):
        np.testing.assert_array_equal(one, other)


def test_valid_comes_before_test():
    assert sorted(split([0] * 3, [50, 50, 50]).split_of.tolist()) == [0, 0, 1]
    assert sorted(split([0] * 10, [50] * 10).split_of.tolist()) == [0] * 7 + [1] * 2 + [2]


def test_without_a_share_for_others_all_is_trained():
    found = split([0, 0, 1], [50, 50, 50], (1.0, 0.0, 0.0))
    assert found.split_of.tolist() == [0, 0, 0] and len(found.cut) == len(found.undivided) == 0


def test_many_features_get_about_their_shares_of_the_pixels():
    pixels = np.random.default_rng(1).integers(20, 400, 60)
    shares = np.bincount(split([0] * 60, pixels).split_of, pixels) / pixels.sum()
    np.testing.assert_allclose(shares, [0.7, 0.2, 0.1], atol=0.05)


def test_a_class_in_one_feature_is_cut_if_it_is_large_and_trained_if_not():
    found = split([0, 1], [CUTTABLE, CUTTABLE - 1])
    assert found.cut.tolist() == [0] and found.undivided.tolist() == [1]


@given(
    arrays(np.int64, st.tuples(st.integers(6, 25), st.integers(6, 25)), elements=st.integers(0, 1)),
    fractions,
    st.integers(0, 6),
    st.integers(0, 9),
)
def test_a_cut_leaves_enough_for_training_and_validation(image, shares, gap, seed):
    columns, rows = image.sum(axis=0), image.sum(axis=1)
    if image.sum() < CUTTABLE:
        return
    cut = cut_feature(columns, rows, shares, gap, np.random.default_rng(seed))
    lines = columns if cut is None or cut.by_column else rows
    if cut is None:
        assert shares[0] < 0.7 or image.sum() < 2 * CUTTABLE or lines.max() > FEWEST
        return
    pixels = np.bincount(cut.split_of, lines, 4)
    judged = 1 if shares[1] > 0 else 2
    assert pixels[0] >= FEWEST and pixels[judged] >= min(FEWEST, image.sum() - FEWEST)
    runs = cut.split_of[np.flatnonzero(np.diff(cut.split_of, prepend=-1))].tolist()
    assert len(runs) == len(set(runs) - {3}) + runs.count(3)
