"""The output of a network that tells where it has never been."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.models.base import ModelBase
from geodl_plugin.models.familiarity import UNFAMILIARITY, features_model, with_unfamiliarity
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.models.layers import Unfamiliarity
from geodl_plugin.models.reference_points import ReferencePoints
from geodl_plugin.models.trimming import trimmed, trimmed_outputs

RNG = np.random.default_rng(0)
SIDE = 64
IMAGE = RNG.normal([500, 560, 730, 200], [180, 260, 330, 100], (1, SIDE, SIDE, 4)).astype(np.float32)
IMAGES = {"source1": IMAGE}
COARSENESS = {"unet": 1, "resunet": 1, "fcnn": 2, "backbone": 1}


def points_of(features):
    flat = features.reshape(-1, features.shape[-1])
    return ReferencePoints.fit(flat[::2], flat[1::2])


@pytest.fixture
def made(untrained):
    """Gives a network with the output, its features of the image, and their reference points."""

    def make(architecture):
        model = untrained(architecture)[1].model
        features = features_model(model)([IMAGE]).numpy()
        points = points_of(features)
        return with_unfamiliarity(model, points, COARSENESS[architecture]), features, points

    return make


def test_the_layer_gives_the_distances_of_the_points():
    features = RNG.normal(0, 3, (1, 20, 30, 5)).astype(np.float32)
    points = points_of(features)
    layer = Unfamiliarity(points.offset.tolist(), points.scale.tolist(), points.points.tolist())
    found = layer(features).numpy()
    assert found.shape == (1, 20, 30, 1) and found.dtype == np.float32
    np.testing.assert_allclose(found.ravel(), points.distances(features.reshape(-1, 5)), rtol=1e-4, atol=1e-6)


def test_a_pixel_at_a_reference_point_has_no_distance():
    points = points_of(RNG.normal(0, 3, (100, 5)).astype(np.float32) + 1000)
    layer = Unfamiliarity([0.0] * 5, [1.0] * 5, points.points.tolist())
    np.testing.assert_array_equal(layer(points.points[:7]), np.zeros((7, 1)))


@pytest.mark.parametrize("architecture", COARSENESS)
def test_every_pixel_of_the_map_has_the_distance_of_its_features(made, architecture):
    model, features, points = made(architecture)
    found = model(IMAGES)
    assert found[UNFAMILIARITY].shape == (1, SIDE, SIDE, 1)
    step = COARSENESS[architecture]
    expected = points.distances(features.reshape(-1, features.shape[-1])).reshape(SIDE // step, SIDE // step)
    expected = expected.repeat(step, axis=0).repeat(step, axis=1)
    np.testing.assert_allclose(found[UNFAMILIARITY][0, ..., 0], expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("architecture", COARSENESS)
def test_the_other_output_stays_the_same(made, untrained, architecture):
    model, _, _ = made(architecture)
    before = untrained(architecture)[1].model(IMAGES)[PREDICTIONS]
    np.testing.assert_array_equal(model(IMAGES)[PREDICTIONS], before)


@pytest.mark.parametrize("architecture", ["unet", "fcnn"])
def test_both_outputs_are_trimmed_at_once(made, architecture):
    model, _, _ = made(architecture)
    image = {"source1": tf.constant(np.tile(IMAGE, (1, 2, 2, 1)))}
    found = trimmed_outputs(model, [PREDICTIONS, UNFAMILIARITY])(image)
    whole = model(image)
    np.testing.assert_array_equal(found[PREDICTIONS], trimmed(model, PREDICTIONS)(image))
    for name, values in found.items():
        cut = (whole[name].shape[1] - values.shape[1]) // 2
        inner = slice(48 - cut, values.shape[1] - 48 + cut)  # what padding does not reach
        expected = whole[name][0, 48:-48, 48:-48]
        np.testing.assert_allclose(values[0, inner, inner], expected, rtol=1e-4, atol=2e-6)


def test_files_hold_the_points(made, tmp_path):
    model, _, _ = made("unet")
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    np.testing.assert_array_equal(again(IMAGES)[UNFAMILIARITY], model(IMAGES)[UNFAMILIARITY])
    assert again.count_params() == model.count_params()


def test_the_saved_model_has_it_whole_and_cropped(made, untrained, tmp_path):
    network = untrained("unet")[1]
    before, network.model = network.model, made("unet")[0]
    try:
        network.save(tmp_path / "saved")
    finally:
        network.model = before
    found = tf.saved_model.load(str(tmp_path / "saved")).signatures["serving_default"](source1=tf.constant(IMAGE))
    np.testing.assert_array_equal(found[f"{UNFAMILIARITY}_crop16"], found[UNFAMILIARITY][:, 16:-16, 16:-16])


class Thresholds(ModelBase):
    """No layer of it has weights."""

    def get_outputs(self, normalized_inputs):
        return {PREDICTIONS: keras.layers.Softmax(name=PREDICTIONS)(normalized_inputs["xs"])}


class Ensemble(ModelBase):
    """The mean of two networks has no features."""

    def get_outputs(self, normalized_inputs):
        ends = [keras.layers.Conv2D(2, 1)(normalized_inputs["xs"]) for _ in range(2)]
        return {PREDICTIONS: keras.layers.Average(name=PREDICTIONS)(ends)}


@pytest.mark.parametrize("kind", [Thresholds, Ensemble])
def test_some_networks_have_no_features(kind):
    spec = ({"xs": tf.TensorSpec([None, 8, 8, 4], tf.float32)}, {})
    assert features_model(kind(spec, inference_cropping=[]).model) is None


def test_a_layer_that_is_used_twice_decides_by_what_it_takes_last():
    image, layer = keras.Input((None, None, 4), name="xs"), keras.layers.Conv2D(4, 1)
    first = layer(image)
    model = keras.Model({"xs": image}, {PREDICTIONS: layer(first)})
    expected = keras.Model({"xs": image}, first)({"xs": IMAGE})
    np.testing.assert_array_equal(features_model(model)([IMAGE]), expected)
