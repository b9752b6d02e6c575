"""Rotations by any angle."""

from __future__ import annotations

import math
from typing import Any

import keras
import tensorflow as tf

from ...language import mark
from .layer import AugmentationLayer, Batch, Images, map_images


@keras.saving.register_keras_serializable(package="geodl")
class RandomRotation(AugmentationLayer):
    """A rotation of each patch about its centre, by any angle.

    Images are interpolated (bilinear) and mirrored at their border.  Labels and weights are those of the nearest
    pixel, and 0 where they come from outside the patch; ``keras.layers.RandomRotation`` fills both in the same way.

    Args:
        degrees: the largest angle, in either direction.
    """

    NAME = "rotations"
    HELP = mark("Patches are rotated by any angle, which blurs them slightly and leaves their corners without labels.")
    RANK = 20
    AUTOMATIC_FOR = ()

    def __init__(self, degrees: float = 180.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.degrees = degrees

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        maximum = math.radians(self.degrees)
        angles = tf.random.stateless_uniform([tf.shape(labels)[0]], seed, -maximum, maximum)

        def rotate_nearest(image: tf.Tensor) -> tf.Tensor:
            return _rotate(image, angles, "nearest", "constant")

        rotated = map_images(lambda image: _rotate(image, angles, "bilinear", "reflect"), images)
        return rotated, rotate_nearest(labels), rotate_nearest(weights)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "degrees": self.degrees}


def _rotate(image: tf.Tensor, angles: tf.Tensor, interpolation: str, fill_mode: str) -> tf.Tensor:
    """Rotate about the centre by angles in radians, [batch]; with the fill mode ``constant``, 0 comes from outside."""
    sine, cosine = tf.sin(angles), tf.cos(angles)
    centre_y, centre_x = ((tf.cast(size, tf.float32) - 1) / 2 for size in (tf.shape(image)[1], tf.shape(image)[2]))
    zero = tf.zeros_like(angles)
    rows = (
        (cosine, -sine, centre_x - cosine * centre_x + sine * centre_y),
        (sine, cosine, centre_y - sine * centre_x - cosine * centre_y),
        (zero, zero),
    )
    matrix = tf.stack([value for row in rows for value in row], axis=1)
    rotated = keras.ops.image.affine_transform(image, matrix, interpolation, fill_mode, 0.0, "channels_last")
    return tf.ensure_shape(rotated, image.shape)
