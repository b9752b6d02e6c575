"""Changes that training patches may undergo, as Keras layers.

A layer takes a batch: images by source [batch, y, x, bands], labels [batch, y, x, channels] (one-hot classes, or
a value), weights [batch, y, x, 1] and a seed of two integers; it returns images, labels and weights.  What moves
the pixels of one moves those of all.  The same seed gives the same change, in whatever thread and process.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..datasets.description import DatasetDescription

Images = dict[str, tf.Tensor]
Batch = tuple[Images, tf.Tensor, tf.Tensor]
Bands = dict[str, list[float]]  # a figure of each band, by source
# What "automatic" stands for.  A forest stays a forest in other light; what is estimated from the light does not.
_FOR_CLASSES = ("flips and turns", "brightness and contrast", "noise")
_FOR_VALUES = ("flips and turns",)


class Augmentation(keras.layers.Layer):
    """Base of all changes: implement `change`."""

    def __init__(self, **kwargs: Any) -> None:
        # float32 in any precision: images hold the values of rasters
        super().__init__(**{**kwargs, "dtype": "float32", "trainable": False})

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        """Change a batch; see the module for the shapes."""
        raise NotImplementedError


@keras.saving.register_keras_serializable(package="geodl")
class FlipsAndTurns(Augmentation):
    """One of the eight ways to lay a square on itself, for each patch; seen from above, all are as likely."""

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        way = tf.random.stateless_uniform([tf.shape(labels)[0]], seed, 0, 8, tf.int32)

        def move(image: tf.Tensor) -> tf.Tensor:
            _, height, width, bands = image.shape
            places = tf.gather(tf.constant(_ways_to_lay(width)), way)
            moved = tf.gather(tf.reshape(image, [-1, height * width, bands]), places, batch_dims=1)
            return tf.reshape(moved, [-1, height, width, bands])

        return _moved(move, images), move(labels), move(weights)


@keras.saving.register_keras_serializable(package="geodl")
class Rotations(Augmentation):
    """A turn of each patch about its centre, by any angle.

    Images are interpolated (bilinear), and mirrored at their border; labels and weights are those of the nearest
    pixel, and 0 where they come from outside.

    Args:
        degrees: the largest angle, to either side.
    """

    def __init__(self, degrees: float = 180.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.degrees = degrees

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        largest = math.radians(self.degrees)
        angles = tf.random.stateless_uniform([tf.shape(labels)[0]], seed, -largest, largest)

        def nearest(image: tf.Tensor) -> tf.Tensor:
            return _rotated(image, angles, "nearest", "constant")

        turned = _moved(lambda image: _rotated(image, angles, "bilinear", "reflect"), images)
        return turned, nearest(labels), nearest(weights)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "degrees": self.degrees}


@keras.saving.register_keras_serializable(package="geodl")
class BrightnessAndContrast(Augmentation):
    """A change of contrast and brightness of each patch, and of the brightness of each of its bands.

    Args:
        means: of each band, by source.
        deviations: standard deviation of each band, by source.
        strength: standard deviation of each change, as a share of the band's own.
    """

    def __init__(self, means: Bands, deviations: Bands, strength: float = 0.1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.means, self.deviations, self.strength = means, deviations, strength

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        size = tf.shape(labels)[0]
        shift, contrast = tf.unstack(self.strength * tf.random.stateless_normal([2, size, 1, 1, 1], seed))
        changed = {}
        for number, (name, image) in enumerate(images.items()):
            drawn = tf.random.stateless_normal([size, 1, 1, image.shape[-1]], other_seed(seed, number))
            mean, deviation = tf.constant(self.means[name]), tf.constant(self.deviations[name])
            change = (shift + self.strength * drawn) * deviation
            changed[name] = (image - mean) * tf.exp(contrast) + mean + change
        return changed, labels, weights

    def get_config(self) -> dict[str, Any]:
        own = {"means": self.means, "deviations": self.deviations, "strength": self.strength}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="geodl")
class Noise(Augmentation):
    """Independent noise in every value.

    Args:
        deviations: standard deviation of each band, by source.
        strength: standard deviation of the noise, as a share of the band's own.
    """

    def __init__(self, deviations: Bands, strength: float = 0.1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.deviations, self.strength = deviations, strength

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        noisy = {}
        for number, (name, image) in enumerate(images.items()):
            drawn = tf.random.stateless_normal(tf.shape(image), other_seed(seed, number))
            noisy[name] = image + self.strength * tf.constant(self.deviations[name]) * drawn
        return noisy, labels, weights

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "deviations": self.deviations, "strength": self.strength}


@keras.saving.register_keras_serializable(package="geodl")
class Mixup(Augmentation):
    """Each patch mixed with another of the batch, images and labels alike (Zhang et al. 2018).

    Labels are mixed by their weights, so that the loss is the mixture of the two losses, and what has no label in
    one patch has that of the other, with its share of the weight.

    Args:
        alpha: of the Beta distribution that shares are drawn from; towards 0, patches stay as they are.
    """

    def __init__(self, alpha: float = 0.2, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.alpha = alpha

    def call(self, images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Batch:
        size = tf.shape(labels)[0]
        one, two = tf.unstack(tf.random.stateless_gamma([2, size, 1, 1, 1], seed, self.alpha))
        share = tf.where(one + two > 0, one / tf.maximum(one + two, 1e-30), 1.0)  # both may be rounded to 0
        share = tf.maximum(share, 1 - share)
        order = tf.random.experimental.stateless_shuffle(tf.range(size), other_seed(seed, 0))

        def mixed(values: tf.Tensor) -> tf.Tensor:
            return share * values + (1 - share) * tf.gather(values, order)

        weight = mixed(weights)
        return _moved(mixed, images), tf.math.divide_no_nan(mixed(weights * labels), weight), weight

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "alpha": self.alpha}


def augmentations(names: Sequence[str], dataset: DatasetDescription) -> list[Augmentation]:
    """The layers of these names, in the order in which they are to be applied.

    Args:
        names: some of `options.AUGMENTATIONS`.
        dataset: whose patches are changed.
    """
    if "automatic" in names:
        names = [*names, *(_FOR_VALUES if dataset.values else _FOR_CLASSES)]
    means, deviations = (
        {source.name: source.statistics[key] for source in dataset.sources} for key in ("mean", "stddev")
    )
    known: dict[str, Callable[[], Augmentation]] = {
        "flips and turns": FlipsAndTurns,
        "rotations": Rotations,
        "brightness and contrast": lambda: BrightnessAndContrast(means, deviations),
        "noise": lambda: Noise(deviations),
        "mixup": Mixup,
    }
    return [make() for name, make in known.items() if name in names]


def augmented(layers: Sequence[Augmentation], batch: Batch, seed: tf.Tensor) -> Batch:
    """The batch after all changes, each with chance of its own."""
    for number, layer in enumerate(layers):
        batch = layer(*batch, other_seed(seed, number))
    return batch


def other_seed(seed: tf.Tensor, number: Any) -> tf.Tensor:
    """Another seed that follows from this one."""
    return tf.random.experimental.stateless_fold_in(seed, number + 1)


def _moved(move: Callable[[tf.Tensor], tf.Tensor], images: Images) -> Images:
    return {name: move(image) for name, image in images.items()}


def _ways_to_lay(size: int) -> NDArray[np.int32]:
    """For each of the eight ways to lay a square, which pixel comes to each place, [8, size · size]."""
    place = np.arange(size * size, dtype=np.int32).reshape(size, size)
    turned = [np.rot90(place, turns) for turns in range(4)]
    return np.stack([one.ravel() for way in turned for one in (way, way.T)])


def _rotated(image: tf.Tensor, angles: tf.Tensor, interpolation: str, border: str) -> tf.Tensor:
    """Turned about the centre by angles in radians; where border is ``constant``, 0 comes from outside."""
    sine, cosine = tf.sin(angles), tf.cos(angles)
    middle_y, middle_x = ((tf.cast(size, tf.float32) - 1) / 2 for size in (tf.shape(image)[1], tf.shape(image)[2]))
    nothing = tf.zeros_like(angles)
    rows = (
        (cosine, -sine, middle_x - cosine * middle_x + sine * middle_y),
        (sine, cosine, middle_y - sine * middle_x - cosine * middle_y),
        (nothing, nothing),
    )
    transform = tf.stack([value for row in rows for value in row], axis=1)
    turned = keras.ops.image.affine_transform(image, transform, interpolation, border, 0.0, "channels_last")
    return tf.ensure_shape(turned, image.shape)
