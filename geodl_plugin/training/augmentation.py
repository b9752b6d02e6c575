"""Changes that a training patch may undergo without changing what it shows.

A sample is a tuple of images [y, x, bands], labels [y, x, 1] and weights [y, x]; what moves the pixels of
one moves those of all.
"""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

Sample = tuple[dict[str, tf.Tensor], tf.Tensor, tf.Tensor]


def flips_and_turns(images: dict[str, tf.Tensor], labels: tf.Tensor, weights: tf.Tensor) -> Sample:
    """One of the eight ways to lay a square on itself; seen from above, all are as likely."""
    turns = tf.random.uniform([], 0, 4, tf.int32)
    mirrored = tf.random.uniform([]) < 0.5

    def move(image: tf.Tensor) -> tf.Tensor:
        turned = tf.ensure_shape(tf.image.rot90(image, turns), image.shape)
        return tf.cond(mirrored, lambda: tf.image.flip_left_right(turned), lambda: turned)

    moved = {name: move(image) for name, image in images.items()}
    return moved, move(labels), move(weights[..., tf.newaxis])[..., 0]


def brightness_and_contrast(
    deviations: dict[str, tf.Tensor], means: dict[str, tf.Tensor], strength: float = 0.1
) -> Callable[[dict[str, tf.Tensor], tf.Tensor, tf.Tensor], Sample]:
    """A change of brightness and contrast, all bands by one factor and each by a little of its own.

    Args:
        deviations: standard deviation of each band, by source.
        means: mean of each band, by source.
        strength: standard deviation of the change, as a share of a band's own.
    """

    def change(images: dict[str, tf.Tensor], labels: tf.Tensor, weights: tf.Tensor) -> Sample:
        changed = {}
        for name, image in images.items():
            bands = image.shape[-1]
            contrast = 1 + strength * tf.random.normal([1])
            shift = strength * (tf.random.normal([1]) + tf.random.normal([bands])) * deviations[name]
            changed[name] = (image - means[name]) * contrast + means[name] + shift
        return changed, labels, weights

    return change
