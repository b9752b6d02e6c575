"""Receptive fields of networks."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.models.fields import Fields
from geodl_plugin.models.layer_fields import receptive_field_of
from geodl_plugin.models.receptive_field import ReceptiveField
from geodl_plugin.runtime.numbers import round_up

from .test_layer_fields import NETWORKS, randomised

CHECKED = ("pointwise", "even kernel", "dilated", "down 5 and up 4", "bilinear", "two levels", "coarser output", "fcnn")


def pixels_that_matter(model, output_pixel, length):
    """Number of input columns from the first to the last on which an output column depends, by its gradient."""
    image = tf.Variable(np.random.default_rng(0).uniform(0, 1, (1, length, length, 2)).astype(np.float32))
    with tf.GradientTape() as tape:
        column = model({"image": image}, training=False)["predictions"][0, :, output_pixel]
        wanted = tf.reduce_sum(column)
    columns = np.flatnonzero(np.abs(tape.gradient(wanted, image).numpy()).max(axis=(0, 1, 3)))
    return columns[-1] - columns[0] + 1


@pytest.mark.parametrize("name", CHECKED)
def test_the_receptive_field_is_what_gradients_reach(name):
    model = randomised(NETWORKS[name]())
    field = receptive_field_of(model, "predictions")
    stride, scale = field.fields.total_stride, field.fields.scale
    length = round_up(3 * field.size, stride) + 2 * stride
    middle = length // 2 // stride * stride // scale
    period = range(middle, middle + stride // scale)
    assert max(pixels_that_matter(model, pixel, length) for pixel in period) == field.size


def test_branches_of_different_reach_count_with_the_farthest():
    image = keras.Input((None, None, 1), name="image")
    near = keras.layers.Conv2D(1, 3, padding="same")(image)
    far = keras.layers.Conv2D(1, 3, dilation_rate=5, padding="same")(image)
    model = keras.Model({"image": image}, {"out": keras.layers.add([near, far])})
    assert receptive_field_of(model, "out") == ReceptiveField(Fields(1, 5), 5, 5, 11)


@pytest.mark.parametrize(("size", "valid"), [(64, 33), (32, 1), (16, 0)])
def test_valid_pixels(size, valid):
    assert ReceptiveField(Fields(16, 16), 15, 16, 47).valid_size(size) == valid


def test_valid_pixels_of_a_coarser_output():
    assert ReceptiveField(Fields(4, 2, 2), 1, 2, 11).valid_size(64) == 29


@pytest.mark.parametrize(("crop", "exact"), [(16, True), (32, True), (24, False), (0, False)])
def test_crops_that_are_exact(crop, exact):
    assert Fields(16, 10).is_exact(crop) == exact
