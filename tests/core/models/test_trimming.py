"""Networks that leave out what would be cropped anyway."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.models.internals import KEEPS_TRAINING
from geodl_plugin.models.layer_fields import fields_of
from geodl_plugin.models.receptive_field import UnknownReceptiveField
from geodl_plugin.models.trimming import trimmed
from geodl_plugin.runtime.numbers import round_up

from .test_layer_fields import NETWORKS, RATIOS, predict, randomised, scene

TRIMMED = {
    "branches",
    "flat pixels",
    "unet",
    "unet of depth 1",
    "resunet",
}  # whose branches differ in their valid margins by a stride or more


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_left_is_the_same(name):
    keras.utils.set_random_seed(1)
    model = randomised(NETWORKS[name]())
    fields = fields_of(model, PREDICTIONS, RATIOS)
    images = scene(
        model, 4 * fields.total_stride + round_up(2 * fields.valid_margin * fields.scale, fields.total_stride)
    )
    whole = predict(model, images)
    inputs = {one: tf.constant(image[None], tf.float32) for one, image in images.items()}
    found = trimmed(model, PREDICTIONS, RATIOS)(inputs)[0].numpy()
    cut = (len(whole) - len(found)) // 2
    assert len(found) == len(whole) - 2 * cut
    assert cut <= fields.valid_margin and cut * fields.scale % fields.total_stride == 0
    assert cut > 0 or name not in TRIMMED
    rim = fields.valid_margin
    inner = found[rim - cut : len(found) - rim + cut, rim - cut : len(found) - rim + cut]
    expected = whole[rim : len(whole) - rim, rim : len(whole) - rim]
    np.testing.assert_allclose(inner, expected, rtol=0, atol=2e-6 * np.abs(whole).max())


@pytest.mark.parametrize(
    "layer",
    [
        lambda image: keras.layers.BatchNormalization()(image, training=True),
        lambda image: keras.layers.SpatialDropout2D(0.9)(image, training=True),
        lambda image: keras.Sequential([keras.Input((None, None, 2)), keras.layers.BatchNormalization()])(
            image, training=True
        ),
    ],
)
def test_layers_that_were_called_as_in_training_do_as_in_use(layer):
    image = keras.Input((None, None, 2), name="image")
    model = keras.Model({"image": image}, {PREDICTIONS: layer(image)})
    if KEEPS_TRAINING:
        with pytest.raises(UnknownReceptiveField, match="a call with training=True"):
            trimmed(model, PREDICTIONS, RATIOS)
        return
    images = scene(model, 8)
    found = trimmed(model, PREDICTIONS, RATIOS)({"image": tf.constant(images["image"][None], tf.float32)})[0]
    np.testing.assert_allclose(found, predict(model, images), rtol=1e-6)
