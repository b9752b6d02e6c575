"""What is said of labels that are continuous values."""

import numpy as np
import pytest

from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SplitInfo
from geodl_plugin.datasets.regression_inspection import LabelDistribution, histogram_edges, regression_warnings
from geodl_plugin.labels.classes import ClassList

EVEN = np.linspace(0, 100, 300)


def split_values(values):
    """Labels of a split that all were looked at."""
    return LabelDistribution.of([np.asarray(values, np.float32).reshape(1, -1)])


def test_bins_hold_the_same_number_of_whole_numbers():
    edges = histogram_edges([split_values(range(101)), split_values([40, 120])])
    counts, _ = np.histogram(np.arange(121), edges)
    assert set(counts[:-1].tolist()) == {3}
    assert histogram_edges([split_values([0.5, 2.5])])[[0, -1]].tolist() == [0.5, 2.5]


@pytest.fixture
def warnings_of():
    """What is said of labels of the splits train and valid."""

    def said(train, valid=()):
        splits = {"train": split_values(train), "valid": split_values(valid)}
        infos = {name: SplitInfo(500, 1, [len(split.values)]) for name, split in splits.items()}
        found = splits["train"]
        values = RegressionTarget("cover", found.mean, found.stddev, found.minimum, found.maximum)
        dataset = DatasetDescription([], ClassList(()), "values", 16, infos, "", (1, 1), {}, values=values)
        return regression_warnings(dataset, values, splits)

    return said


def test_good_values_have_no_warning(warnings_of):
    assert warnings_of(EVEN, EVEN[10:-10]) == []


def test_values_that_look_like_classes_are_warned_of(warnings_of):
    assert any("only 4 different values" in text for text in warnings_of([1, 2, 3, 4] * 20, [2, 3]))


def test_a_split_without_labelled_pixel_is_warned_of(warnings_of):
    assert "The split valid has no labelled pixel." in warnings_of(EVEN)


@pytest.mark.parametrize("value", [-9999, 65535])
def test_a_value_that_may_be_no_data_is_warned_of(warnings_of, value):
    assert any(text.startswith(f"The label {value} occurs often") for text in warnings_of([*EVEN, value, value], EVEN))


def test_values_beyond_those_of_train_are_warned_of(warnings_of):
    said = warnings_of(EVEN / 2, EVEN)
    assert any(text.startswith("In the split valid, 50 % of the labels lie outside") for text in said)
