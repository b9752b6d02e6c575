"""Networks and their SavedModels."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.models.architectures import ARCHITECTURES, FCNN, UNet, architecture
from geodl_plugin.models.base import SIGNATURE, ModelBase
from geodl_plugin.models.heads import PREDICTIONS, Head

STATISTICS = {"image": {"mean": [500.0, 20.0], "stddev": [100.0, 4.0], "nodata": [0, None]}}
SPEC = ({"image": tf.TensorSpec([None, 32, 32, 2], tf.float32)}, {})


def network(kind="fcnn", statistics=STATISTICS, crops=(16, 32), spec=SPEC):
    """A small network of three classes."""
    keras.utils.set_random_seed(0)
    options = {"statistics": statistics, "dataset_element_spec": spec, "inference_cropping": crops}
    return FCNN(Head.of_classes(3), **options) if kind == "fcnn" else UNet(Head.of_classes(3), width=2, **options)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A network, its folder and its signature."""
    folder = tmp_path_factory.mktemp("models") / "saved model"
    one = network()
    one.save(folder)
    loaded = tf.saved_model.load(str(folder))
    signature = loaded.signatures[SIGNATURE]
    signature.owner = loaded  # the signature does not keep its variables alive
    return one, folder, signature


def image(height=64, width=64):
    """A batch of one image."""
    return np.random.default_rng(0).normal((500, 20), (100, 4), (1, height, width, 2)).astype(np.float32)


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_the_output_is_a_probability_for_each_class_and_pixel(kind):
    output = network(kind).model({"image": image(32, 48)})[PREDICTIONS].numpy()
    assert output.shape == (1, 32, 48, 3)
    np.testing.assert_allclose(output.sum(axis=-1), 1, rtol=1e-5)


def test_the_number_of_weights_of_the_tutorial_network():
    def weights(kernel, channels, filters):
        return kernel * kernel * channels * filters + filters

    expected = sum(
        weights(3, *pair) for pair in ((2, 16), (16, 32), (32, 64), (64, 64), (64, 64), (64, 32), (32, 16), (16, 3))
    )
    assert sum(int(np.prod(one.shape)) for one in network().model.trainable_variables) == expected


def test_values_are_brought_to_mean_zero_and_deviation_one():
    one = network()
    values = one.model.get_layer("image_normalized").output
    probe = keras.Model(one.model.inputs, values)
    np.testing.assert_allclose(probe([np.array([[[[600.0, 16.0]]]])])[0, 0, 0], [1, -1], rtol=1e-5)


@pytest.mark.parametrize("missing", [0.0, np.nan])
def test_missing_values_are_brought_to_zero(missing):
    one = network()
    probe = keras.Model(one.model.inputs, one.model.get_layer("image_normalized").output)
    assert float(probe([np.array([[[[missing, 20.0]]]])])[0, 0, 0, 0]) == pytest.approx(0, abs=1e-5)


def test_a_constant_band_is_not_blown_up():
    flat = {"image": {"mean": [500.0, 20.0], "stddev": [0.0, 4.0], "nodata": [None, None]}}
    one = network(statistics=flat)
    probe = keras.Model(one.model.inputs, one.model.get_layer("image_normalized").output)
    assert float(probe([np.array([[[[501.0, 20.0]]]])])[0, 0, 0, 0]) == pytest.approx(1)


def test_the_saved_model_gives_what_the_network_gives(saved):
    one, _, signature = saved
    expected = one.model({"image": image()}, training=False)[PREDICTIONS].numpy()
    np.testing.assert_allclose(signature(image=tf.constant(image()))[PREDICTIONS].numpy(), expected, atol=1e-6)


def test_the_saved_model_takes_its_input_by_name(saved):
    assert list(saved[2].structured_input_signature[1]) == ["image"]


@pytest.mark.parametrize("crop", [16, 32])
def test_outputs_come_cropped_as_well(saved, crop):
    results = saved[2](image=tf.constant(image(96, 80)))
    cropped = results[f"{PREDICTIONS}_crop{crop}"].numpy()
    np.testing.assert_array_equal(cropped, results[PREDICTIONS].numpy()[:, crop:-crop, crop:-crop])


@pytest.mark.parametrize("side", [16, 32, 48])
def test_a_crop_that_leaves_nothing_is_empty_and_no_error(saved, side):
    results = saved[2](image=tf.constant(image(side, side)))
    assert results[f"{PREDICTIONS}_crop32"].shape == (1, 0, 0, 3)
    assert results[f"{PREDICTIONS}_crop16"].shape[1] == max(0, side - 32)


def test_a_batch_of_several_images(saved):
    batch = np.concatenate([image(), image() + 10])
    assert saved[2](image=tf.constant(batch))[PREDICTIONS].shape == (2, 64, 64, 3)


def test_the_keras_file_gives_the_same_in_safe_mode(saved, tmp_path):
    one = saved[0]
    one.model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    np.testing.assert_array_equal(again({"image": image()})[PREDICTIONS], one.model({"image": image()})[PREDICTIONS])


def test_several_inputs_are_stacked():
    spec = ({name: tf.TensorSpec([None, 32, 32, 2], tf.float32) for name in ("a", "b")}, {})
    one = network(statistics={"a": STATISTICS["image"], "b": STATISTICS["image"]}, spec=spec)
    assert one.model({"a": image(), "b": image()})[PREDICTIONS].shape == (1, 64, 64, 3)


def test_only_chosen_inputs_are_taken():
    class Identity(ModelBase):
        def get_outputs(self, normalized_inputs):
            return {"out": keras.layers.Activation("linear")(normalized_inputs["b"])}

    spec = ({name: tf.TensorSpec([None, 32, 32, 2], tf.float32) for name in ("a", "b")}, {})
    assert list(Identity(spec, input_keys=["b"]).inputs) == ["b"]


def test_outputs_that_are_no_images_are_not_cropped(tmp_path):
    class Pooled(ModelBase):
        def get_outputs(self, normalized_inputs):
            return {"out": keras.layers.GlobalAveragePooling2D()(normalized_inputs["image"])}

    Pooled(SPEC).save(tmp_path / "m")
    signature = tf.saved_model.load(str(tmp_path / "m")).signatures[SIGNATURE]
    assert list(signature.structured_outputs) == ["out"]


def test_an_unknown_architecture_is_refused():
    with pytest.raises(InputError, match="vgg"):
        architecture("vgg")
