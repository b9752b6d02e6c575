"""The receptive fields of networks, measured, against what their layers tell."""

import dataclasses

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.models.base import ModelBase
from geodl_plugin.models.fields import Fields
from geodl_plugin.models.layer_fields import receptive_field_of
from geodl_plugin.models.loading import OpenModel, open_model
from geodl_plugin.models.probing import probe
from geodl_plugin.models.receptive_field import ReceptiveField

from .test_layer_fields import NETWORKS, RATIOS, C, T, stacked

CHECKED = (
    "even kernel",
    "down and up by 3",
    "tiny kernel up",
    "bilinear",
    "coarser output",
    "fcnn",
)


def opened(model, path) -> OpenModel:
    """The model, saved as a Keras file and opened."""
    file = path / "network.keras"
    model.save(file)
    return open_model(file)


def saved(path, function, *specs):
    """A SavedModel of a function, opened."""
    tf.saved_model.save(tf.Module(), str(path), {"serving_default": tf.function(function, list(specs))})
    return open_model(path)


def image(dtype=tf.float32, size=None):
    """An input of a SavedModel, of two bands."""
    return tf.TensorSpec([None, size, size, 2], dtype, "image")


def box(values, size):
    """The mean over squares, with padding."""
    return tf.nn.avg_pool2d(tf.cast(values, tf.float32), size, 1, "SAME")


@pytest.mark.parametrize("name", CHECKED)
def test_a_measurement_agrees_with_the_layers(name, tmp_path):
    keras.utils.set_random_seed(1)
    model = NETWORKS[name]()
    assert probe(opened(model, tmp_path), "predictions", RATIOS) == receptive_field_of(model, "predictions", RATIOS)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["unet", "resunet", "unet with a coarse source"])
def test_a_measurement_agrees_with_the_layers_of_shipped_networks(name, tmp_path):
    keras.utils.set_random_seed(1)
    model = NETWORKS[name]()
    assert probe(opened(model, tmp_path), "predictions", RATIOS) == receptive_field_of(model, "predictions", RATIOS)


def test_a_folder_without_layers(untrained, tmp_path):
    _, network = untrained("fcnn")
    network.save(tmp_path / "bare")
    model = open_model(tmp_path / "bare")
    assert model.keras_model is None
    assert probe(model, "predictions") == ReceptiveField(Fields(16, 16), 15, 16, 47)


def test_weights_come_back(tmp_path):
    model = opened(stacked([C(3, 3, padding="same")]), tmp_path)
    before = [variable.numpy() for variable in model.variables]
    probe(model, "predictions")
    for value, variable in zip(before, model.variables):
        np.testing.assert_array_equal(value, variable.numpy())


def test_weights_come_back_after_a_failure(tmp_path):
    model = opened(stacked([C(3, 3, padding="same"), keras.layers.GlobalAveragePooling2D(keepdims=True)]), tmp_path)
    before = [variable.numpy() for variable in model.variables]
    with pytest.raises(InputError):
        probe(model, "predictions")
    for value, variable in zip(before, model.variables):
        np.testing.assert_array_equal(value, variable.numpy())


def test_a_dead_network_shows_its_reach_with_other_weights(tmp_path):
    model = stacked([C(3, 5, padding="same", activation="relu"), C(3, 3, padding="same", activation="relu")])
    for variable in model.trainable_variables:
        variable.assign(tf.fill(variable.shape, -1.0))
    assert probe(opened(model, tmp_path), "predictions") == ReceptiveField(Fields(1, 3), 3, 3, 7)


def test_weights_that_are_constants_of_the_graph(tmp_path):
    kernel = tf.constant(np.random.default_rng(0).normal(size=(5, 3, 2, 4)), tf.float32)
    model = saved(tmp_path, lambda image: {"out": tf.nn.conv2d(image, kernel, 1, "SAME")}, image())
    assert model.variables == ()
    assert probe(model, "out") == ReceptiveField(Fields(1, 2), 2, 2, 5)


@pytest.mark.parametrize("dtype", [tf.uint8, tf.int16, tf.int32, tf.float16, tf.float64])
def test_inputs_of_any_type(tmp_path, dtype):
    model = saved(tmp_path, lambda image: {"out": box(image, 3)}, image(dtype))
    assert probe(model, "out") == ReceptiveField(Fields(1, 1), 1, 1, 3)


def test_scalar_inputs_are_fed(tmp_path):
    def scaled(image, factor):
        return {"out": box(image, 3) * factor[:, None, None, None]}

    model = saved(tmp_path, scaled, image(), tf.TensorSpec([None], tf.float32, "factor"))
    assert probe(model, "out").fields == Fields(1, 1)


@pytest.mark.parametrize("crop", [4, 40])
def test_a_cropped_output_has_the_margin_of_the_whole_one(tmp_path, crop):
    def cropped(image):
        return {"out_crop": box(image, 5)[:, crop:-crop, crop:-crop]}

    field = probe(saved(tmp_path, cropped, image()), "out_crop")
    assert field.fields.total_stride == 1
    assert field.size == 5
    assert field.fields.valid_margin == 2


def test_rows_and_columns_may_look_differently_far(tmp_path):
    model = opened(stacked([C(1, (7, 3), padding="same")]), tmp_path)
    assert probe(model, "predictions") == ReceptiveField(Fields(1, 3), 3, 3, 7)


def test_the_stride_of_one_axis_counts_for_both(tmp_path):
    layers = [C(1, (2, 1), (2, 1), padding="same"), T(1, (2, 3), (2, 1), padding="same")]
    assert probe(opened(stacked(layers), tmp_path), "predictions").fields == Fields(2, 1)


def test_a_network_that_looks_at_the_whole_image_has_no_end(tmp_path):
    def brightness(image):
        return {"out": image - tf.reduce_mean(image, [1, 2], keepdims=True)}

    with pytest.raises(InputError, match="is unlimited"):
        probe(saved(tmp_path, brightness, image()), "out")


@pytest.mark.parametrize("size", [16, 32])
def test_a_network_of_fixed_size_is_not_measured(tmp_path, size):
    model = saved(tmp_path, lambda image: {"out": box(image, 3)}, image(size=size))
    with pytest.raises(InputError, match=rf"not fully convolutional.*image \[any, {size}, {size}, 2\]"):
        probe(model, "out")


def test_an_output_that_is_no_image_is_not_measured(tmp_path):
    model = saved(tmp_path, lambda image: {"out": tf.reduce_mean(image, [1, 2])}, image())
    with pytest.raises(InputError, match="not fully convolutional"):
        probe(model, "out")


def test_an_output_that_does_not_depend_on_the_image_is_told(tmp_path):
    model = saved(tmp_path, lambda image: {"out": tf.zeros_like(image)}, image())
    with pytest.raises(InputError, match="does not change with its input"):
        probe(model, "out")


def test_an_output_that_depends_on_the_place_is_told(tmp_path):
    def placed(image):
        return {"out": image * (1 + tf.cast(tf.range(tf.shape(image)[2]), tf.float32)[None, None, :, None])}

    with pytest.raises(InputError, match="no shift of the input shifts the output"):
        probe(saved(tmp_path, placed, image()), "out")


def test_an_output_off_centre_is_told(tmp_path):
    model = saved(tmp_path, lambda image: {"out": image[:, 1:, 1:]}, image())
    with pytest.raises(InputError, match="does not cover the area"):
        probe(model, "out")


def test_an_output_that_depends_on_the_size_of_the_block_is_told(tmp_path):
    def sized(image):
        return {"out": image * tf.cast(tf.shape(image)[2], tf.float32)}

    with pytest.raises(InputError, match="however far from the border"):
        probe(saved(tmp_path, sized, image()), "out")


def test_batch_normalisation_hides_nothing(tmp_path):
    layers = [
        layer
        for _ in range(4)
        for layer in (C(4, 3, padding="same"), keras.layers.BatchNormalization(), keras.layers.ReLU())
    ]
    assert probe(opened(stacked(layers), tmp_path), "predictions") == ReceptiveField(Fields(1, 4), 4, 4, 9)


def test_a_network_of_anybodys_with_crops(tmp_path):
    class Blurred(ModelBase):
        def get_outputs(self, normalized_inputs):
            tensor = keras.ops.cast(normalized_inputs["xs"], "float32")
            return {"blurred": C(1, 9, padding="same", name="blurred")(tensor)}

    Blurred(({"xs": tf.TensorSpec([None, 32, 32, 3], tf.uint16)}, {}), inference_cropping=[16]).save(tmp_path)
    model = open_model(tmp_path)
    whole, cropped = (probe(model, name) for name in ("blurred", "blurred_crop16"))
    assert whole == ReceptiveField(Fields(1, 4), 4, 4, 9)
    assert dataclasses.replace(cropped, fields=whole.fields) == whole
