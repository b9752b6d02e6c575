"""Reference points of a trained network."""

import dataclasses

import keras
import numpy as np
import pytest

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.models.base import ModelBase
from geodl_plugin.models.familiarity import UNFAMILIARITY
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.training.familiarity import add_unfamiliarity
from geodl_plugin.training.input_pipeline import InputPipeline


class OfBands(ModelBase):
    """Its features are the bands, or means of 2 × 2 pixels of them."""

    coarseness = 1

    def get_outputs(self, normalized_inputs):
        image = normalized_inputs["source1"]
        if self.coarseness == 1:
            return {PREDICTIONS: keras.layers.Conv2D(3, 1, name=PREDICTIONS)(image)}
        last = keras.layers.Conv2DTranspose(3, self.coarseness, self.coarseness, name=PREDICTIONS)
        return {PREDICTIONS: last(keras.layers.AveragePooling2D(self.coarseness)(image))}


class OfMeans(OfBands):
    """The coarser one."""

    coarseness = 2


class OfPatches(ModelBase):
    """One answer for a patch."""

    label_kind = "patch"

    def get_outputs(self, normalized_inputs):
        pooled = keras.layers.GlobalAveragePooling2D()(normalized_inputs["source1"])
        return {PREDICTIONS: keras.layers.Dense(3, name=PREDICTIONS)(pooled)}


class WithoutWeights(ModelBase):
    """It has no features."""

    def get_outputs(self, normalized_inputs):
        return {PREDICTIONS: keras.layers.Softmax(name=PREDICTIONS)(normalized_inputs["source1"][..., :3])}


@pytest.fixture
def dataset(dataset_folder):
    """The description of the dataset."""
    return DatasetDescription.read(dataset_folder)


@pytest.fixture
def make(dataset_folder, dataset):
    """A network and what it was trained with."""

    def make(kind):
        means = {"source1": dataset.sources[0].statistics["mean"]}
        pipeline = InputPipeline(dataset_folder, dataset, means, kind.label_kind)
        return kind(pipeline.element_spec), pipeline

    return make


def unfamiliarity(network, pipeline, change=0.0):
    """That of some validation patches whose bands are brighter."""
    images, _, weights = next(iter(pipeline.validation(16)))
    found = network.model({"source1": images["source1"] + change})[UNFAMILIARITY].numpy()
    return found[weights[PREDICTIONS].numpy() > 0]


@pytest.mark.parametrize("kind", [OfBands, OfMeans, OfPatches])
def test_labelled_pixels_are_familiar_and_brighter_ones_are_not(make, dataset, kind):
    network, pipeline = make(kind)
    assert add_unfamiliarity(network, pipeline, dataset, 8) == ""
    assert (unfamiliarity(network, pipeline) > 1).mean() < 0.15
    assert (unfamiliarity(network, pipeline, change=5000) > 1).all()


def test_without_validation_patches_one_half_of_the_others_tells_what_is_usual(make, dataset):
    network, pipeline = make(OfBands)
    only_train = dataclasses.replace(dataset, splits={"train": dataset.splits["train"]})
    assert add_unfamiliarity(network, pipeline, only_train, 8) == ""
    assert (unfamiliarity(network, pipeline) > 1).mean() < 0.3
    assert (unfamiliarity(network, pipeline, change=5000) > 1).all()


def test_the_same_dataset_gives_the_same_points(make, dataset):
    found = []
    for _ in range(2):
        network, pipeline = make(OfBands)
        add_unfamiliarity(network, pipeline, dataset, 8)
        found.append(network.model.get_layer(UNFAMILIARITY).points)
    np.testing.assert_array_equal(*found)


def test_a_network_without_features_stays_as_it_is(make, dataset):
    network, pipeline = make(WithoutWeights)
    assert "not known" in add_unfamiliarity(network, pipeline, dataset, 8)
    assert list(network.model.output) == [PREDICTIONS]
