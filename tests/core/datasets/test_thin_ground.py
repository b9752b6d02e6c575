"""Figures that rest on one or two polygons."""

import pytest

from geodl_plugin.datasets.description import DatasetDescription, SourceInfo, SplitInfo
from geodl_plugin.datasets.thin_ground import thin_ground
from geodl_plugin.labels.classes import ClassList


@pytest.fixture
def dataset():
    """A description whose split test has some counts."""

    def make(label_mode="polygons", **counts):
        classes = ClassList.from_values(["crops", "forest", "water"])
        many = SplitInfo(9, 1, [500] * 3, [400] * 3, [9] * 3, [0] * 3)
        splits = {"train": many, "valid": many, "test": SplitInfo(9, 1, [500] * 3, **counts)}
        return DatasetDescription([SourceInfo("s", ["b"], "uint8", 8, [None], {})], classes, label_mode, 8, splits,
                                  "", (1, 1), {})  # fmt: skip

    return make


def test_classes_that_one_or_two_polygons_judge_are_told(dataset):
    (sentence,) = thin_ground(dataset(distinct_pixels=[100] * 3, features=[1, 2, 1], shared_features=[0] * 3))
    assert "The split test judges crops and water by one polygon each, forest by two polygons" in sentence
    assert "Draw more of crops, water and forest" in sentence


def test_a_polygon_in_two_splits_is_told(dataset):
    (sentence,) = thin_ground(dataset(distinct_pixels=[100] * 3, features=[5] * 3, shared_features=[0, 1, 0]))
    assert sentence.startswith("A polygon of forest lies in the split test and in another one")


def test_a_handful_of_pixels_is_told(dataset):
    (sentence,) = thin_ground(dataset("raster", distinct_pixels=[100, 12, 0]))
    assert "only a handful of labelled pixels of forest (12)" in sentence


def test_enough_is_not_told_nor_what_is_unknown(dataset):
    assert thin_ground(dataset(distinct_pixels=[100] * 3, features=[3] * 3, shared_features=[0] * 3)) == []
    assert thin_ground(dataset()) == []


def test_only_the_splits_that_are_asked_for(dataset):
    thin = dataset(distinct_pixels=[100] * 3, features=[1] * 3, shared_features=[0] * 3)
    assert thin_ground(thin, ["valid"]) == []
    assert thin_ground(thin, ["test"])
