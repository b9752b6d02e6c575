"""Which of two networks does better, by patches that the tests make up."""

import numpy as np
import pytest

from geodl_plugin.accuracy.comparison import Comparison, compare, mean_difference
from geodl_plugin.accuracy.confusion import ConfusionMatrix
from geodl_plugin.accuracy.patch_errors import PatchErrors
from geodl_plugin.accuracy.reliability import Reliability
from geodl_plugin.accuracy.results import ClassEvaluation
from geodl_plugin.labels.classes import ClassList

SIZE = 16


def evaluation(wrong, matrix=((50, 0), (0, 50)), seeds=None):
    """An evaluation of patches, all of whose pixels are labelled, with so many wrong ones; same seed, same place."""
    errors = PatchErrors()
    for number, count in enumerate(wrong):
        image = np.random.default_rng(number if seeds is None else seeds[number]).random((SIZE, SIZE, 3))
        errors.add(image, np.ones((SIZE, SIZE), bool), np.arange(SIZE * SIZE).reshape(SIZE, SIZE) < count)
    classes = ClassList.from_values(["field", "water"])
    confusion = ConfusionMatrix(np.array(matrix), classes.names)
    return ClassEvaluation("valid", len(wrong), [], [], errors, classes, confusion, Reliability())


def test_the_gain_is_the_difference_of_the_share_of_wrong_pixels():
    comparison = compare(evaluation([0, 64]), evaluation([64, 128]))
    assert comparison.gain == pytest.approx(64 / SIZE**2)


@pytest.mark.parametrize(
    ("network", "other", "better", "worse"),
    [
        ([10, 12, 9, 11, 8], [60, 58, 61, 59, 60], True, False),
        ([60, 58, 61, 59, 60], [10, 12, 9, 11, 8], False, True),
        ([10, 60, 10, 60, 30], [60, 10, 62, 10, 30], False, False),
        ([5, 5, 5, 5, 5], [5, 5, 5, 5, 5], False, False),
    ],
    ids=["better", "worse", "mixed", "equal"],
)
def test_only_what_is_more_than_chance_counts(network, other, better, worse):
    comparison = compare(evaluation(network), evaluation(other))
    assert (comparison.is_better, comparison.is_worse) == (better, worse)


def test_patches_of_the_same_place_count_once():
    seeds = [0, 1, 2, 3] + [4] * 20
    network, other = [30, 60, 30, 60, *[10] * 20], [60, 30, 60, 30, *[60] * 20]
    alone = compare(evaluation(network), evaluation(other))
    together = compare(evaluation(network, seeds=seeds), evaluation(other, seeds=seeds))
    assert alone.gain == pytest.approx(together.gain)
    assert alone.is_better and together.standard_error > alone.standard_error
    assert not alone.has_few_places and not together.has_few_places


def test_a_clear_loss_in_few_places_counts():
    seeds = [0] * 10 + [1] * 10
    network, other = [200] * 10 + [20] * 10, [20] * 10 + [40] * 10
    comparison = compare(evaluation(network, seeds=seeds), evaluation(other, seeds=seeds))
    assert comparison.has_few_places and comparison.is_worse


def test_a_lost_class_is_worse_whatever_the_gain():
    network, other = evaluation([0, 0, 0], [[90, 0], [10, 0]]), evaluation([40, 41, 42], [[60, 30], [2, 8]])
    comparison = compare(network, other)
    assert comparison.gain > 0 and comparison.lost == ("water",)
    assert comparison.is_worse and not comparison.is_better


def test_a_class_that_neither_finds_is_not_lost():
    assert compare(evaluation([5], [[90, 0], [10, 0]]), evaluation([6], [[90, 0], [10, 0]])).lost == ()


def test_the_standard_error_is_that_of_independent_places():
    rng = np.random.default_rng(0)
    pixels = rng.integers(50, 150, 400).astype(float)
    shares = rng.normal(0.1, 0.2, 400)
    mean, error = mean_difference(shares * pixels, pixels)
    assert mean == pytest.approx(0.1, abs=0.04) and error == pytest.approx(0.2 / 20, rel=0.2)


def test_without_labels_nothing_is_better_or_worse():
    assert mean_difference(np.zeros(3), np.zeros(3)) == (0.0, 0.0)
    assert not Comparison(0.0, 0.0).is_better and not Comparison(0.0, 0.0).is_worse
