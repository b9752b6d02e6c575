"""What networks learn where there are no labels."""

import dataclasses
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.models.folder import KERAS_NAME
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.models.keras_files import load_keras_file
from geodl_plugin.training import fitting
from geodl_plugin.training.request import TrainRequest
from geodl_plugin.training.strategy import select_devices
from geodl_plugin.training.train import train
from geodl_plugin.training.unlabelled import Teacher, is_taught


@pytest.fixture(scope="module")
def network():
    """Gives the first of two classes by the share that the only band tells."""
    image = keras.Input((None, None, 1), name="image")
    told = keras.layers.Conv2D(2, 1, name=PREDICTIONS)(image)
    model = keras.Model({"image": image}, {PREDICTIONS: told, "further": 2 * told})
    model.get_layer(PREDICTIONS).set_weights([np.array([[[[1.0, -1.0]]]]), np.array([0.0, 1.0])])
    return model


def batch(labelled, weight=3.0):
    """Two patches of which some pixels are labelled as the second class."""
    images = {"image": tf.constant(np.linspace(0, 1, 32, dtype=np.float32).reshape(2, 4, 4, 1))}
    weights = np.zeros((2, 4, 4, 1), np.float32)
    weights.reshape(-1)[:labelled] = weight
    labels = tf.one_hot(np.ones((2, 4, 4), int), 2) * weights / weight
    return images, labels, tf.constant(weights)


def test_labels_stay_and_other_pixels_are_told(network):
    images, labels, weights = batch(labelled=8)
    again, told, _ = Teacher(network)((images, labels, weights))
    assert again is images
    told = told.numpy().reshape(-1, 2)
    np.testing.assert_array_equal(told[:8], np.tile([0, 1], (8, 1)))
    share = np.linspace(0, 1, 32)[8:]
    np.testing.assert_allclose(told[8:], np.stack([share, 1 - share], axis=1), atol=1e-6)


@pytest.mark.parametrize(("labelled", "expected"), [(8, 0.5), (16, 1.5), (30, 3.0), (0, 0.0)])
def test_all_that_is_told_weighs_half_as_much_as_the_labels_and_no_pixel_more_than_one_of_them(
    network, labelled, expected
):
    weights = Teacher(network)(batch(labelled))[2].numpy().ravel()
    np.testing.assert_allclose(weights[:labelled], 3.0)
    np.testing.assert_allclose(weights[labelled:], expected, rtol=1e-6)


def test_the_teacher_stays_as_it_is_when_its_network_is_trained_further(network):
    model = keras.models.clone_model(network)
    model.set_weights(network.get_weights())
    teacher, given = Teacher(model), batch(labelled=4)
    before = teacher(given)[1].numpy()
    model.set_weights([weight + 1 for weight in model.get_weights()])
    np.testing.assert_array_equal(teacher(given)[1], before)


def test_when_a_network_is_taught(dataset_folder):
    description = DatasetDescription.read(dataset_folder)
    few = dataclasses.replace(description, split={"way": "features"})
    devices = select_devices("cpu")

    def taught(description, **options):
        return is_taught(TrainRequest("data", "model", **options), description, devices)

    assert taught(few) and not taught(description)
    assert taught(description, unlabelled="as single pixels") and not taught(few, unlabelled="nothing")
    assert not taught(few, pixel_classifier="none")


@pytest.mark.parametrize("unlabelled", ["nothing", "as single pixels"])
def test_a_training_is_the_same_twice_and_another_one_when_taught(dataset_folder, tmp_path, monkeypatch, unlabelled):
    monkeypatch.setattr(fitting, "MIN_STEPS", 1)
    small = {"architecture": "unet", "width": 4, "depth": 1, "epochs": 1, "crops": [16], "pixel_classifier": "compare"}

    def weights(name, **options):
        train(TrainRequest(str(dataset_folder), str(tmp_path / name), **{**small, **options}))
        return load_keras_file(Path(tmp_path / name) / KERAS_NAME).get_weights()

    found = weights("taught", unlabelled=unlabelled)
    if unlabelled == "nothing":
        other = weights("otherwise", unlabelled="as single pixels")
        assert any(not np.array_equal(one, two) for one, two in zip(found, other))
    else:
        again = weights("again", unlabelled=unlabelled)
        assert all(np.array_equal(one, two) for one, two in zip(found, again))
