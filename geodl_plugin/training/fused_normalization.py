"""Batch normalisation as one operation of TensorFlow, in training.

Keras computes it from some ten operations in each direction, which take as long as the convolutions of a U-Net.  The
network that is trained uses TensorFlow's own operation instead, which gives the same numbers but for rounding.  The
network that is saved, and its files, have Keras' layer.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

_MINIMUM_EPSILON = 1.001e-5  # below it, TensorFlow takes this value instead
_IMAGE_RANK = 4


class FusedBatchNormalization(keras.layers.BatchNormalization):
    """Keras' layer, which normalises images [batch, y, x, channels] by TensorFlow's operation in training."""

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        if not (training and self.trainable and mask is None):
            return super().call(inputs, training=training, mask=mask)
        outputs, mean, variance = tf.compat.v1.nn.fused_batch_norm(
            tf.cast(inputs, self.compute_dtype),  # statistics are in float32 whatever this is
            tf.cast(self.gamma, tf.float32),
            tf.cast(self.beta, tf.float32),
            epsilon=self.epsilon,
            is_training=True,
        )
        count = tf.cast(tf.size(inputs) // tf.shape(inputs)[-1], tf.float32)
        variance *= (count - 1) / count  # that of the batch, as in Keras; TensorFlow estimates that of all images
        for moving, found in ((self.moving_mean, mean), (self.moving_variance, variance)):
            moving.assign(moving * self.momentum + found * (1 - self.momentum))
        return outputs


def fuse_batch_normalization(model: keras.Model) -> None:
    """Let the batch normalisations of a network be computed by one operation each in training.

    Args:
        model: built; layers that differ from the usual case stay as they are.
    """
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            fuse_batch_normalization(layer)
        elif type(layer) is keras.layers.BatchNormalization and _is_usual(layer):
            layer.__class__ = FusedBatchNormalization


def _is_usual(layer: keras.layers.BatchNormalization) -> bool:
    has_all = layer.scale and layer.center and not layer.synchronized and not getattr(layer, "renorm", False)
    rank = layer.input_spec.ndim
    return has_all and rank == _IMAGE_RANK and layer.axis in (-1, rank - 1) and layer.epsilon >= _MINIMUM_EPSILON
