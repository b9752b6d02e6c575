"""Patches with a piece of another one."""

from __future__ import annotations

import keras
import tensorflow as tf

from ...language import mark
from .layer import AugmentationLayer, Batch, Images, derived_seed, map_images


@keras.saving.register_keras_serializable(package="geodl")
class CutMix(AugmentationLayer):
    """A rectangle of each patch is replaced by that of another patch of the batch, with its labels (Yun et al. 2019).

    Where few places are labelled, a network could learn what lies around each of them instead of what they look like:
    the surroundings change now, as the place does not.  (``keras.layers.CutMix`` knows neither weights nor several
    images of a patch.)

    The share of the patch that stays is drawn evenly, and so is the place of the rectangle, which may reach beyond the
    patch.
    """

    NAME = "cutmix"
    HELP = mark("A rectangle of each patch is taken from another one, with its labels.")
    RANK = 45  # after the changes of a patch as a whole
    AUTOMATIC_FOR = ("few labels",)

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        size = tf.shape(labels)[0]
        share, *centre = tf.unstack(tf.random.stateless_uniform([3, size], seed))
        pixels = tf.cast(tf.reduce_min([tf.shape(image)[1] for image in images.values()]), tf.float32)
        half = tf.sqrt(1 - share) / 2
        edges = [tf.round(tf.stack([middle - half, middle + half]) * pixels) / pixels for middle in centre]
        order = tf.random.experimental.stateless_shuffle(tf.range(size), derived_seed(seed, 0))

        def mix(values: tf.Tensor) -> tf.Tensor:
            rows, columns = (_inside(tf.shape(values)[axis], edge) for axis, edge in zip((1, 2), edges))
            inside = rows[:, :, tf.newaxis] & columns[:, tf.newaxis, :]
            return tf.where(inside[..., tf.newaxis], tf.gather(values, order), values)

        return map_images(mix, images), mix(labels), mix(weights)


def _inside(count: tf.Tensor, edges: tf.Tensor) -> tf.Tensor:
    """Which of so many pixels in a row lie between two edges, [batch, pixel].

    Args:
        count: of the pixels.
        edges: [2, batch], as shares of the row.
    """
    centres = (tf.range(tf.cast(count, tf.float32)) + 0.5) / tf.cast(count, tf.float32)
    return (centres >= edges[0, :, tf.newaxis]) & (centres < edges[1, :, tf.newaxis])
