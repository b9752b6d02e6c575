"""Noise."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from ...datasets.description import DatasetDescription
from ...language import mark
from .layer import AugmentationLayer, BandValues, Batch, Images, band_statistics, derived_seed


@keras.saving.register_keras_serializable(package="geodl")
class GaussianNoise(AugmentationLayer):
    """Independent normal noise in every value.

    ``keras.layers.GaussianNoise`` has one standard deviation for all bands, which must not exceed 1.

    Args:
        stddevs: standard deviation of each band, by source.
        strength: standard deviation of the noise, as a fraction of the band's own.
    """

    NAME = "noise"
    HELP = mark("A small random number is added to every pixel of every band.")
    RANK = 40
    AUTOMATIC_FOR = ("classification",)

    def __init__(self, stddevs: BandValues, strength: float = 0.1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stddevs, self.strength = stddevs, strength

    @classmethod
    def for_dataset(cls, description: DatasetDescription) -> GaussianNoise:
        return cls(band_statistics(description, "stddev"))

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        noisy = {}
        for number, (name, image) in enumerate(images.items()):
            noise = tf.random.stateless_normal(tf.shape(image), derived_seed(seed, number))
            noisy[name] = image + self.strength * tf.constant(self.stddevs[name]) * noise
        return noisy, labels, weights

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "stddevs": self.stddevs, "strength": self.strength}
