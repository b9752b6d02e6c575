"""Changes that a training patch may undergo without changing what it shows.

A sample is a tuple of images [y, x, bands], labels [y, x, 1] and weights [y, x, 1]; what moves the pixels of
one moves those of all.  Chance comes from a seed, a pair of integers, so that the same seed gives the same
patch in whatever thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tensorflow as tf

Images = dict[str, tf.Tensor]
Sample = tuple[Images, tf.Tensor, tf.Tensor]
Change = Callable[[Images, tf.Tensor, tf.Tensor, tf.Tensor], Sample]


def flips_and_turns(images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Sample:
    """One of the eight ways to lay a square on itself; seen from above, all are as likely."""
    way = tf.random.stateless_uniform([], seed, 0, 8, tf.int32)
    turns, mirrored = way % 4, way >= 4

    def move(image: tf.Tensor) -> tf.Tensor:
        turned = tf.ensure_shape(tf.image.rot90(image, turns), image.shape)
        return tf.cond(mirrored, lambda: tf.image.flip_left_right(turned), lambda: turned)

    moved = {name: move(image) for name, image in images.items()}
    return moved, move(labels), move(weights)


def brightness_and_contrast(means: Images, deviations: Images, strength: float = 0.1) -> Change:
    """A change of contrast and brightness of the whole image, and of the brightness of each band.

    Args:
        means: of each band, by source.
        deviations: standard deviation of each band, by source.
        strength: standard deviation of each change, as a share of the band's own.
    """

    def change(images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Sample:
        common = strength * tf.random.stateless_normal([2], seed)
        changed = {}
        for number, (name, image) in enumerate(images.items()):
            own = strength * tf.random.stateless_normal([image.shape[-1]], _other(seed, number))
            shift = (common[0] + own) * deviations[name]
            changed[name] = (image - means[name]) * tf.exp(common[1]) + means[name] + shift
        return changed, labels, weights

    return change


def noise(deviations: Images, strength: float = 0.1) -> Change:
    """Independent noise in every value.

    Args:
        deviations: standard deviation of each band, by source.
        strength: standard deviation of the noise, as a share of the band's own.
    """

    def change(images: Images, labels: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor) -> Sample:
        noisy = {}
        for number, (name, image) in enumerate(images.items()):
            drawn = tf.random.stateless_normal(tf.shape(image), _other(seed, number))
            noisy[name] = image + strength * deviations[name] * drawn
        return noisy, labels, weights

    return change


def apply_changes(changes: Sequence[Change], sample: Sample, seed: tf.Tensor) -> Sample:
    """All changes one after the other, each with chance of its own."""
    for number, change in enumerate(changes):
        sample = change(*sample, _other(seed, number))
    return sample


def _other(seed: tf.Tensor, number: int) -> tf.Tensor:
    """Another seed that follows from this one."""
    return tf.random.experimental.stateless_fold_in(seed, number + 1)
