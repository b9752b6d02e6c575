"""The base of all augmentations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from ...datasets.description import DatasetDescription

Images = dict[str, tf.Tensor]
Batch = tuple[Images, tf.Tensor, tf.Tensor]
BandValues = dict[str, list[float]]  # one value per band, by source


class AugmentationLayer(keras.layers.Layer):
    """A random change of a batch of patches; implement `call`.

    The same seed gives the same change, in whatever thread and process.  Pixels of images, labels and weights that
    belong together are moved together.
    """

    def __init__(self, **kwargs: Any) -> None:
        # float32 in any precision: images hold the values of rasters
        super().__init__(**{**kwargs, "dtype": "float32", "trainable": False})

    @classmethod
    def for_dataset(cls, description: DatasetDescription) -> AugmentationLayer:
        """Make the layer for the patches of a dataset."""
        return cls()

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        """Change a batch.

        Args:
            images: by source [batch, y, x, bands], in the units of the rasters.
            labels: one-hot classes or values [batch, y, x, channels].
            weights: [batch, y, x, 1], 0 where a pixel has no label.
            seed: two integers.

        Returns:
            Images, labels and weights in the same shapes.
        """
        raise NotImplementedError


def derived_seed(seed: tf.Tensor, number: Any) -> tf.Tensor:
    """Derive another seed from a seed and a number."""
    return tf.random.experimental.stateless_fold_in(seed, number + 1)


def map_images(function: Callable[[tf.Tensor], tf.Tensor], images: Images) -> Images:
    """Apply a function to the image of each source."""
    return {name: function(image) for name, image in images.items()}


def band_statistics(description: DatasetDescription, name: str) -> BandValues:
    """A statistic of each band, by source.

    Args:
        description: the dataset.
        name: of the statistic, such as ``mean`` or ``stddev``.
    """
    return {source.name: source.statistics[name] for source in description.sources}
