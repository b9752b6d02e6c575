"""Weights of classes."""

import dataclasses

import numpy as np
import pytest

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.training.class_weights import balanced_weights, class_weights, tempered_weights


@pytest.fixture
def dataset(dataset_folder):
    """A dataset of field, forest and water."""
    return DatasetDescription.read(dataset_folder)


@pytest.mark.parametrize(
    ("pixels", "weights"), [([10, 10], [1, 1]), ([30, 10], [2 / 3, 2]), ([10, 0, 30], [2, 0, 2 / 3]), ([0, 0], [0, 0])]
)
def test_balanced_weights(pixels, weights):
    np.testing.assert_allclose(balanced_weights(pixels), weights)


def test_balanced_classes_count_the_same():
    pixels = np.array([5, 70, 1234])
    sums = balanced_weights(pixels) * pixels
    np.testing.assert_allclose(sums, sums[0])
    assert sums.sum() == pytest.approx(pixels.sum())


@pytest.mark.parametrize(
    ("pixels", "weights"),
    [
        ([10, 100], [1, 1]),
        ([0, 0], [0, 0]),
        ([5, 0, 7], [1, 0, 1]),
        ([10, 1000], [101 / 11, 10.1 / 11]),
        ([1, 0, 100], [101 / 11, 0, 10.1 / 11]),
    ],
)
def test_tempered_weights(pixels, weights):
    np.testing.assert_allclose(tempered_weights(pixels), weights)


def test_tempered_weights_keep_the_order_of_classes_and_the_mean():
    pixels = np.array([5, 70, 1234])
    weights = tempered_weights(pixels)
    assert (weights * pixels).sum() == pytest.approx(pixels.sum())
    assert (np.diff(weights) < 0).all() and (np.diff(weights * pixels) > 0).all()


def test_each_mode_has_its_weights(dataset):
    pixels = np.array(dataset.splits["train"].pixels)
    assert class_weights("none", "", dataset).tolist() == [1, 1, 1]
    np.testing.assert_allclose(class_weights("automatic", "", dataset), tempered_weights(pixels))
    np.testing.assert_allclose(class_weights("balanced", "", dataset) * pixels, pixels.mean())


@pytest.mark.parametrize(
    ("given", "weights"),
    [("water=2", [1, 1, 2]), (" forest = 0.5 , water=3,", [1, 0.5, 3]), ("field=0", [0, 1, 1])],
)
def test_given_weights(dataset, given, weights):
    assert class_weights("given", given, dataset).tolist() == weights


@pytest.mark.parametrize(
    "given", ["", "water", "water=", "=2", "water=two", "water=-1", "water=nan", "water=inf", " =2"]
)
def test_weights_that_cannot_be_read_are_refused(dataset, given):
    with pytest.raises(InputError, match=f"such as water=2, forest=0.5.*Received: {given.strip() or 'nothing'}"):
        class_weights("given", given, dataset)


def test_weights_of_unknown_classes_are_refused_by_name(dataset):
    with pytest.raises(InputError, match=r"Expected: field, forest, water. Received: wetland"):
        class_weights("given", "wetland=2", dataset)


@pytest.mark.parametrize(
    ("given", "weights"),
    [
        ('"forest, dense"=2', [1, 2, 1]),
        (' "forest, dense" = 2 ,"a ""b"", c=d"=3,water=4', [3, 2, 4]),
        ("water=4", [1, 1, 4]),
    ],
)
def test_names_with_commas_and_quotes_stand_in_quotes(dataset, given, weights):
    classes = ClassList.from_values(["forest, dense", 'a "b", c=d', "water"])
    assert class_weights("given", given, dataclasses.replace(dataset, classes=classes)).tolist() == weights


def test_who_forgets_the_quotes_is_told(dataset):
    classes = ClassList.from_values(["forest, dense", "field", "water"])
    dataset = dataclasses.replace(dataset, classes=classes)
    with pytest.raises(InputError, match=r'quotes, as in "forest, dense"=2.*Received: forest\.'):
        class_weights("given", "forest, dense=2", dataset)
    with pytest.raises(InputError, match=r'Expected: field, "forest, dense", water. Received: dense'):
        class_weights("given", "dense=2", dataset)


def test_lines_are_refused(dataset):
    with pytest.raises(InputError, match="Invalid class weights"):
        class_weights("given", "water=2\rforest=1", dataset)
