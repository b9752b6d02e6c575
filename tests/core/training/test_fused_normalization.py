"""Batch normalisation as one operation gives what Keras' layer gives."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.training.fused_normalization import FusedBatchNormalization, fuse_batch_normalization

pytestmark = pytest.mark.rounding


def network(policy="float32", **options):
    """A convolution, a batch normalisation and a ReLU, always with the same weights."""
    image = keras.Input((None, None, 3))
    weights = keras.initializers.RandomNormal(seed=1)
    tensor = keras.layers.Conv2D(5, 3, use_bias=False, kernel_initializer=weights, dtype=policy)(image)
    tensor = keras.layers.BatchNormalization(momentum=0.8, dtype=policy, **options)(tensor)
    return keras.Model(image, keras.layers.ReLU(dtype=policy)(tensor))


def normalizations(model):
    """The classes of the layers that normalise."""
    return [type(layer) for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]


def step(model, *, training=True):
    """Outputs, gradients and moving averages of a batch, in float32."""
    images = np.random.default_rng(0).normal(3, 5, (4, 9, 8, 3)).astype(np.float32)
    with tf.GradientTape() as tape:
        outputs = tf.cast(model(images, training=training), tf.float32)
        loss = tf.reduce_sum(outputs**2)
    gradients = tape.gradient(loss, model.trainable_variables)
    moving = [tf.convert_to_tensor(variable) for variable in model.non_trainable_variables]
    return [tensor.numpy() for tensor in (outputs, *gradients, *moving)]


@pytest.mark.parametrize(
    ("policy", "tolerance"), [("float32", 1e-5), ("mixed_bfloat16", 1e-2), ("mixed_float16", 1e-2)]
)
def test_a_step_is_the_same_but_for_rounding(policy, tolerance):
    usual, fused = network(policy), network(policy)
    fuse_batch_normalization(fused)
    assert normalizations(fused) == [FusedBatchNormalization]
    for expected, found in zip(step(usual), step(fused)):
        np.testing.assert_allclose(found, expected, rtol=0, atol=tolerance * np.abs(expected).max())


def test_a_step_is_repeated_to_the_byte():
    first, second = network(), network()
    for model in (first, second):
        fuse_batch_normalization(model)
    for one, other in zip(step(first), step(second)):
        np.testing.assert_array_equal(one, other)


def test_the_network_in_use_is_that_of_keras():
    usual, fused = network(), network()
    fuse_batch_normalization(fused)
    for expected, found in zip(step(usual, training=False), step(fused, training=False)):
        np.testing.assert_array_equal(found, expected)


def test_a_frozen_layer_keeps_its_averages():
    model = network()
    fuse_batch_normalization(model)
    (layer,) = (layer for layer in model.layers if isinstance(layer, FusedBatchNormalization))
    layer.trainable = False
    before = [variable.numpy() for variable in layer.variables]
    step(model)
    for one, other in zip(before, layer.variables):
        np.testing.assert_array_equal(one, other.numpy())


def test_layers_of_a_network_within_are_replaced():
    image = keras.Input((None, None, 3))
    model = keras.Model(image, network()(image))
    fuse_batch_normalization(model)
    assert normalizations(model.layers[1]) == [FusedBatchNormalization]


@pytest.mark.parametrize("options", [{"scale": False}, {"center": False}, {"epsilon": 1e-7}, {"axis": 1}], ids=str)
def test_unusual_layers_stay(options):
    image = keras.Input((6, 5, 3))
    model = keras.Model(image, keras.layers.BatchNormalization(**options)(image))
    fuse_batch_normalization(model)
    assert normalizations(model) == [keras.layers.BatchNormalization]


def test_layers_for_vectors_and_layers_of_users_stay():
    class Special(keras.layers.BatchNormalization):
        """A layer of a user's."""

    vector, image = keras.Input((4,)), keras.Input((None, None, 4))
    model = keras.Model([vector, image], [keras.layers.BatchNormalization()(vector), Special()(image)])
    fuse_batch_normalization(model)
    assert normalizations(model) == [keras.layers.BatchNormalization, Special]
