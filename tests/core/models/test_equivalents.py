"""Faster ways to compute layers, against the layers."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.models.equivalents import ends_in_softmax, equivalent
from geodl_plugin.models.layers import FillNodata

RNG = np.random.default_rng(0)
SHAPE = (2, 7, 9, 3)


def images():
    """Pixels with all kinds of missing values."""
    values = RNG.normal(500, 200, SHAPE).astype(np.float32)
    values[0, :2, :, 0], values[0, 3, 3], values[1, 1, 1, 2], values[1, 2, 2, 1] = -1, np.nan, np.inf, 7
    return values


@pytest.mark.parametrize("nodata", [(-1, -1, -1), (-1, 7, None), (None, None, None), (-1, 7, np.nan)])
@pytest.mark.parametrize("fill", [(10, 20, 30), (10, None, None)])
def test_no_data_is_filled_in_as_the_layer_does(nodata, fill):
    layer, values = FillNodata(nodata, fill), images()
    np.testing.assert_array_equal(equivalent(layer)(tf.constant(values)), layer(values))
    np.testing.assert_array_equal(equivalent(layer, tf.constant(False))(tf.constant(values)), layer(values))


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.float32])
def test_complete_images_are_only_cast(dtype):
    values = np.clip(RNG.normal(50, 20, SHAPE), 1, 100).astype(dtype)
    layer = FillNodata((0, 0, 0), (10, 20, 30))
    filled = equivalent(layer, tf.constant(True))(tf.constant(values))
    assert filled.dtype == tf.float32
    np.testing.assert_array_equal(filled, layer(values))


def test_a_block_that_is_said_to_be_complete_is_not_filled():
    values = np.zeros(SHAPE, np.uint16)
    assert not equivalent(FillNodata((0, 0, 0), (1, 2, 3)), tf.constant(True))(tf.constant(values)).numpy().any()


def test_values_are_standardised_bit_for_bit_as_keras_does():
    layer = keras.layers.Normalization(mean=[500.3, -2, 1e-3], variance=[90.7**2, 0.0, 1e-9])
    values = RNG.normal(500, 200, SHAPE).astype(np.float32)
    expected = layer(values)
    np.testing.assert_array_equal(equivalent(layer)(tf.constant(values)), expected)


def test_only_normalisation_by_band_has_an_equivalent():
    assert equivalent(keras.layers.Normalization(mean=[0.0], variance=[1.0], invert=True)) is None
    assert equivalent(keras.layers.Normalization(axis=1, mean=[0.0], variance=[1.0])) is None


@pytest.mark.parametrize("stride", [2, 3, 4])
@pytest.mark.parametrize("size", [3, 4, 5, 7, (3, 4)])
@pytest.mark.parametrize("activation", [None, "relu", "softmax"])
def test_a_transposed_convolution_of_few_filters(size, stride, activation):
    keras.utils.set_random_seed(1)
    layer = keras.layers.Conv2DTranspose(
        3, size, stride, padding="same", activation=activation, bias_initializer="random_normal"
    )
    values = tf.constant(RNG.normal(0, 1, (2, 5, 6, 4)), tf.float32)
    expected, fast = layer(values), equivalent(layer)
    if stride > np.min(size):
        assert fast is None
        return
    assert fast(values).shape == expected.shape
    np.testing.assert_allclose(fast(values), expected, rtol=0, atol=2e-6 * np.abs(expected).max())


@pytest.mark.parametrize(
    "options",
    [{"padding": "valid"}, {"filters": 32}, {"strides": 1}, {"strides": (2, 3)}, {"kernel_size": 1}],
    ids=str,
)
def test_other_transposed_convolutions_stay_as_they_are(options):
    layer = keras.layers.Conv2DTranspose(**{"filters": 3, "kernel_size": 3, "strides": 2, "padding": "same", **options})
    assert equivalent(layer) is None


@pytest.mark.parametrize(
    ("layer", "ends"),
    [
        (keras.layers.Softmax(), True),
        (keras.layers.Softmax(axis=3), True),
        (keras.layers.Softmax(axis=1), False),
        (keras.layers.Activation("softmax"), True),
        (keras.layers.Activation("sigmoid"), False),
        (keras.layers.Conv2D(3, 1, activation="softmax"), True),
        (keras.layers.Conv2D(3, 1), False),
    ],
)
def test_layers_that_end_in_a_softmax_over_the_bands(layer, ends):
    assert ends_in_softmax(layer, rank=4) == ends
