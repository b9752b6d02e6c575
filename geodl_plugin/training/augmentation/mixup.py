"""Mixtures of two patches."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from ...language import mark
from .layer import AugmentationLayer, Batch, Images, derived_seed, map_images


@keras.saving.register_keras_serializable(package="geodl")
class MixUp(AugmentationLayer):
    """Each patch is mixed with another of the batch, images and labels alike (Zhang et al. 2018).

    Labels are mixed by their weights, so that the loss is the mixture of the two losses.  A pixel that has a label in
    one of the two patches only gets this label, with its share of the weight.  (``keras.layers.MixUp`` mixes one label
    for each image, and knows no weights.)

    Args:
        alpha: of the Beta distribution that the shares are drawn from; the smaller, the less is mixed.
    """

    NAME = "mixup"
    HELP = mark("Each patch is blended with another one, images and labels alike.")
    RANK = 50  # last: it mixes patches that were changed each in its own way
    AUTOMATIC_FOR = ()

    def __init__(self, alpha: float = 0.2, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.alpha = alpha

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        size = tf.shape(labels)[0]
        first, second = tf.unstack(tf.random.stateless_gamma([2, size, 1, 1, 1], seed, self.alpha))
        total = first + second
        share = tf.where(total > 0, first / tf.maximum(total, 1e-30), 1.0)  # both may be rounded to 0
        share = tf.maximum(share, 1 - share)
        order = tf.random.experimental.stateless_shuffle(tf.range(size), derived_seed(seed, 0))

        def mix(values: tf.Tensor) -> tf.Tensor:
            return share * values + (1 - share) * tf.gather(values, order)

        weight = mix(weights)
        return map_images(mix, images), tf.math.divide_no_nan(mix(weights * labels), weight), weight

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "alpha": self.alpha}
