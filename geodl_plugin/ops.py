"""Operations on tensors that training scripts need."""

from __future__ import annotations

import tensorflow as tf


def one_hot(labels: tf.Tensor, nb_classes: int) -> tf.Tensor:
    """Labels as vectors of 0 and 1, for losses such as the categorical cross entropy.

    A label that is no class, such as 255 for *unlabelled*, becomes a vector of zeros.

    Args:
        labels: class indices from 0, of any number type, [..., 1].
        nb_classes: number of classes.

    Returns:
        float32 tensor [..., nb_classes].

    Example::

        one_hot(tf.constant([[[0], [2]]]), nb_classes=3)  # [[[1, 0, 0], [0, 0, 1]]]
    """
    return tf.one_hot(tf.squeeze(tf.cast(labels, tf.int32), axis=-1), depth=nb_classes)
