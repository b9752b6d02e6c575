"""Changes that a training patch may undergo without changing what it shows.

A sample is a tuple of images [y, x, bands], labels [y, x, 1] and weights [y, x, 1]; what moves the pixels of
one moves those of all.
"""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

Sample = tuple[dict[str, tf.Tensor], tf.Tensor, tf.Tensor]
Change = Callable[[dict[str, tf.Tensor], tf.Tensor, tf.Tensor], Sample]


def flips_and_turns(images: dict[str, tf.Tensor], labels: tf.Tensor, weights: tf.Tensor) -> Sample:
    """One of the eight ways to lay a square on itself; seen from above, all are as likely."""
    turns = tf.random.uniform([], 0, 4, tf.int32)
    mirrored = tf.random.uniform([]) < 0.5

    def move(image: tf.Tensor) -> tf.Tensor:
        turned = tf.ensure_shape(tf.image.rot90(image, turns), image.shape)
        return tf.cond(mirrored, lambda: tf.image.flip_left_right(turned), lambda: turned)

    moved = {name: move(image) for name, image in images.items()}
    return moved, move(labels), move(weights)


def brightness_and_contrast(
    means: dict[str, tf.Tensor], deviations: dict[str, tf.Tensor], strength: float = 0.1
) -> Change:
    """A change of contrast and brightness of the whole image, and of the brightness of each band.

    Args:
        means: of each band, by source.
        deviations: standard deviation of each band, by source.
        strength: standard deviation of each change, as a share of the band's own.
    """

    def change(images: dict[str, tf.Tensor], labels: tf.Tensor, weights: tf.Tensor) -> Sample:
        contrast = tf.exp(strength * tf.random.normal([]))
        brightness = strength * tf.random.normal([])
        changed = {}
        for name, image in images.items():
            shift = (brightness + strength * tf.random.normal([image.shape[-1]])) * deviations[name]
            changed[name] = (image - means[name]) * contrast + means[name] + shift
        return changed, labels, weights

    return change


def noise(deviations: dict[str, tf.Tensor], strength: float = 0.1) -> Change:
    """Independent noise in every value.

    Args:
        deviations: standard deviation of each band, by source.
        strength: standard deviation of the noise, as a share of the band's own.
    """

    def change(images: dict[str, tf.Tensor], labels: tf.Tensor, weights: tf.Tensor) -> Sample:
        noisy = {
            name: image + strength * deviations[name] * tf.random.normal(tf.shape(image))
            for name, image in images.items()
        }
        return noisy, labels, weights

    return change
