"""Flips and rotations by right angles."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ...language import mark
from .layer import AugmentationLayer, Batch, Images, map_images


@keras.saving.register_keras_serializable(package="geodl")
class RandomDihedral(AugmentationLayer):
    """One of the eight symmetries of the square for each patch: flips, and rotations by multiples of 90°.

    Seen from above, all are equally likely.  ``keras.layers.RandomFlip`` does not rotate, and
    ``keras.layers.RandomRotation`` interpolates.
    """

    NAME = "flips and turns"
    HELP = mark("Patches are flipped and rotated by multiples of 90°; pixels keep their values.")
    RANK = 10
    AUTOMATIC_FOR = ("classification", "regression")

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        symmetry = tf.random.stateless_uniform([tf.shape(labels)[0]], seed, 0, 8, tf.int32)

        def transform(image: tf.Tensor) -> tf.Tensor:
            _, height, width, bands = image.shape
            sources = tf.gather(tf.constant(_source_pixels(width)), symmetry)
            moved = tf.gather(tf.reshape(image, [-1, height * width, bands]), sources, batch_dims=1)
            return tf.reshape(moved, [-1, height, width, bands])

        return map_images(transform, images), transform(labels), transform(weights)


def _source_pixels(size: int) -> NDArray[np.int32]:
    """For each of the eight symmetries, the pixel that comes to each place, [8, size · size]."""
    pixels = np.arange(size * size, dtype=np.int32).reshape(size, size)
    rotations = [np.rot90(pixels, quarters) for quarters in range(4)]
    return np.stack([symmetry.ravel() for rotation in rotations for symmetry in (rotation, rotation.T)])
