"""The calibration of a network after its training."""

import dataclasses

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SplitInfo
from geodl_plugin.models.base import ModelBase
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.models.layers import TemperedSoftmax
from geodl_plugin.training import calibration
from geodl_plugin.training.calibration import calibrate
from geodl_plugin.training.input_pipeline import InputPipeline


class OfPixels(ModelBase):
    """The class of a pixel from its bands, with scores that are far too small."""

    def get_outputs(self, normalized_inputs):
        scores = keras.layers.Conv2D(3, 1, kernel_initializer=keras.initializers.RandomNormal(stddev=1e-3, seed=3))
        return {PREDICTIONS: Head.of_classes(3)(scores(normalized_inputs["source1"]))}


class OfPatches(OfPixels):
    """The class of the central pixel."""

    label_kind = "patch"

    def get_outputs(self, normalized_inputs):
        pooled = keras.layers.GlobalAveragePooling2D()(normalized_inputs["source1"] / 1000)
        return {PREDICTIONS: Head.of_classes(3)(keras.layers.Dense(3)(pooled))}


class WithItsOwnEnd(ModelBase):
    """A network that does not end in the head."""

    def get_outputs(self, normalized_inputs):
        last = keras.layers.Conv2D(3, 1, activation="softmax", name=PREDICTIONS)
        return {PREDICTIONS: last(normalized_inputs["source1"])}


@pytest.fixture
def dataset(dataset_folder):
    """The description of the dataset."""
    return DatasetDescription.read(dataset_folder)


@pytest.fixture
def make(dataset_folder, dataset):
    """A network and what it is calibrated with."""

    def make(kind):
        pipeline = InputPipeline(
            dataset_folder, dataset, {"source1": dataset.sources[0].statistics["mean"]}, kind.label_kind
        )
        return kind(pipeline.element_spec), pipeline

    return make


def images(pipeline):
    return next(iter(pipeline.validation(4)))[0]


@pytest.mark.parametrize("kind", [OfPixels, OfPatches])
def test_probabilities_change_but_not_the_classes(make, dataset, kind):
    network, pipeline = make(kind)
    before = network.model(images(pipeline))[PREDICTIONS].numpy()
    found = calibrate(network, pipeline, dataset, 8)
    after = network.model(images(pipeline))[PREDICTIONS].numpy()
    assert found.temperature != 1 and list(found.splits) == ["valid", "test"]
    assert np.abs(after - before).max() > 1e-3
    np.testing.assert_array_equal(after.argmax(axis=-1), before.argmax(axis=-1))
    expected = before ** (1 / found.temperature)
    np.testing.assert_allclose(after, expected / expected.sum(axis=-1, keepdims=True), rtol=1e-3, atol=1e-6)


def test_the_likelihood_of_the_labels_rises(make, dataset):
    network, pipeline = make(OfPixels)
    valid = calibrate(network, pipeline, dataset, 8).splits["valid"]
    assert valid.nll_after < valid.nll_before


def test_figures_are_those_of_the_network(make, dataset):
    network, pipeline = make(OfPixels)
    valid = calibrate(network, pipeline, dataset, 8).splits["valid"]
    network.compile(loss={PREDICTIONS: keras.losses.CategoricalCrossentropy(reduction="mean_with_sample_weight")})
    assert network.evaluate(pipeline.validation(1000), verbose=0) == pytest.approx(valid.nll_after, rel=1e-3)


def test_a_few_pixels_of_each_patch_do(make, dataset, monkeypatch):
    network, pipeline = make(OfPixels)
    whole = calibrate(network, pipeline, dataset, 8)
    monkeypatch.setattr(calibration, "_PIXELS", 2000)
    part = calibrate(network, pipeline, dataset, 8)
    assert part.splits["valid"].pixels < 2000 + dataset.splits["valid"].samples < whole.splits["valid"].pixels
    assert part.temperature == pytest.approx(whole.temperature, rel=0.15)
    assert part.patches == whole.patches


def test_saved_networks_have_the_temperature(make, dataset, tmp_path):
    network, pipeline = make(OfPixels)
    calibrate(network, pipeline, dataset, 8)
    given, expected = images(pipeline), network.model(images(pipeline))[PREDICTIONS].numpy()
    network.save(tmp_path / "saved")
    network.model.save(tmp_path / "model.keras")
    signature = tf.saved_model.load(str(tmp_path / "saved")).signatures["serving_default"]
    again = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    assert isinstance(again.get_layer(PREDICTIONS), TemperedSoftmax)
    for found in (signature(**given), again(given)):
        np.testing.assert_allclose(found[PREDICTIONS], expected, rtol=1e-5, atol=1e-6)


def test_a_network_with_an_end_of_its_own_stays_as_it_is(make, dataset):
    network, pipeline = make(WithItsOwnEnd)
    before = network.model(images(pipeline))[PREDICTIONS].numpy()
    assert "does not end in self.head" in calibrate(network, pipeline, dataset, 8)
    np.testing.assert_array_equal(network.model(images(pipeline))[PREDICTIONS], before)


@pytest.mark.parametrize("valid", [{}, {"valid": SplitInfo(1, 1, [0, 0, 0])}])
def test_without_labels_to_validate_with_it_says_so(make, dataset, valid):
    network, pipeline = make(OfPixels)
    splits = {"train": dataset.splits["train"], **valid}
    found = calibrate(network, pipeline, dataclasses.replace(dataset, splits=splits), 8)
    assert "no labels in the split valid" in found
    assert network.model.get_layer(PREDICTIONS).temperature == 1


def test_values_have_no_probabilities(make, dataset):
    network, pipeline = make(OfPixels)
    values = RegressionTarget("tree cover", 50.0, 20.0, 0.0, 100.0)
    assert calibrate(network, pipeline, dataclasses.replace(dataset, values=values), 8) == ""
