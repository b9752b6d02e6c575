"""Changes of brightness and contrast."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from ...datasets.description import DatasetDescription
from ...language import mark
from .layer import AugmentationLayer, BandValues, Batch, Images, band_statistics, derived_seed


@keras.saving.register_keras_serializable(package="geodl")
class RandomBrightnessContrast(AugmentationLayer):
    """A change of contrast and brightness of each patch, and of the brightness of each of its bands.

    ``keras.layers.RandomBrightness`` and ``RandomContrast`` have one range of values for all bands, such as 0 to 255,
    and cut off what leaves it.

    Args:
        means: mean of each band, by source.
        stddevs: standard deviation of each band, by source.
        strength: standard deviation of each change, as a fraction of the band's own.
    """

    NAME = "brightness and contrast"
    HELP = mark("Patches become a little brighter or darker, as a whole and band by band, and their contrast changes.")
    RANK = 30
    AUTOMATIC_FOR = ("classification",)  # a forest stays a forest in other light; an estimated value does not

    def __init__(self, means: BandValues, stddevs: BandValues, strength: float = 0.1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.means, self.stddevs, self.strength = means, stddevs, strength

    @classmethod
    def for_dataset(cls, description: DatasetDescription) -> RandomBrightnessContrast:
        return cls(band_statistics(description, "mean"), band_statistics(description, "stddev"))

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        size = tf.shape(labels)[0]
        shift, contrast = tf.unstack(self.strength * tf.random.stateless_normal([2, size, 1, 1, 1], seed))
        changed = {}
        for number, (name, image) in enumerate(images.items()):
            band_shift = tf.random.stateless_normal([size, 1, 1, image.shape[-1]], derived_seed(seed, number))
            mean, stddev = tf.constant(self.means[name]), tf.constant(self.stddevs[name])
            brightness = (shift + self.strength * band_shift) * stddev
            changed[name] = (image - mean) * tf.exp(contrast) + mean + brightness
        return changed, labels, weights

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "means": self.means, "stddevs": self.stddevs, "strength": self.strength}
