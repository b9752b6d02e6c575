"""What is made of the channels of a network: classes, probabilities or values, and how sure the network is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..labels.classes import ClassList
from ..models.familiarity import UNFAMILIARITY
from .output_rasters import PROBABILITY_STEPS

_CACHED_VALUES = 1 << 16  # that stay in the cache of a processor while the highest are found
_COMPARED_CHANNELS = 16  # up to which comparing channel by channel is faster than numpy's argmax


@dataclass(frozen=True)
class PredictionSpec:
    """What to compute with a network.

    Args:
        outputs: their names; several are stacked band-wise.
        output_type: one of `options.OUTPUT_TYPES`.
        classes: what the channels mean; None: they are numbers.
        confidence: also the highest probability and the normalised entropy.
        user_inputs: values of the inputs that are no images, by name.
        unfamiliarity: also the output `UNFAMILIARITY`.
    """

    outputs: tuple[str, ...]
    output_type: str
    classes: ClassList | None
    confidence: bool
    user_inputs: Mapping[str, NDArray]
    unfamiliarity: bool = False

    @property
    def computed_outputs(self) -> tuple[str, ...]:
        """Names of all outputs that are computed."""
        return (*self.outputs, UNFAMILIARITY) if self.unfamiliarity else self.outputs

    @property
    def gives_classes(self) -> bool:
        """Whether the map holds the class of the highest probability, which is that of the highest score, too."""
        return self.output_type == "classes" and self.classes is not None

    def computed(self, channels: tf.Tensor, *, temperature: float | None = None) -> list[tf.Tensor]:
        """What is computed by TensorFlow.

        Args:
            channels: of the network's outputs, [..., channels].
            temperature: if they are scores, by what they are divided before the softmax; None: they are probabilities.

        Returns:
            The channels, or with ``probabilities (uint8)`` their steps; and the confidence [..., 2] if it is wanted.
        """
        channels = tf.cast(channels, tf.float32)
        results = [channels]
        if self.output_type == "probabilities (uint8)":
            results = [tf.cast(tf.round(tf.clip_by_value(channels, 0, 1) * PROBABILITY_STEPS), tf.uint8)]
        if self.confidence:
            results.append(
                _confidence(channels) if temperature is None else _confidence_of_scores(channels / temperature)
            )
        return results

    def pixels(self, results: Sequence[NDArray]) -> list[NDArray]:
        """The pixels of the rasters.

        Args:
            results: what was `computed`, [y, x, channels] each.

        Returns:
            The map, [y, x] or [y, x, bands], and the confidence [y, x, 2] and the unfamiliarity [y, x, 1] if wanted.
        """
        first, *others = results
        if self.gives_classes and self.classes is not None:
            first = self.classes.values_array().take(highest_channel(first))
        return [first, *others]


def highest_channel(channels: NDArray) -> NDArray[np.integer]:
    """The index of the highest channel of each pixel; of several that are equal, the first.

    Args:
        channels: [y, x, channels].

    Returns:
        [y, x].
    """
    height, width, count = channels.shape
    if count > _COMPARED_CHANNELS:
        return channels.argmax(axis=-1)
    highest = np.zeros((height, width), np.uint8)
    step = max(1, _CACHED_VALUES // (width * count))
    for first in range(0, height, step):
        rows, found = channels[first : first + step], highest[first : first + step]
        maximum = rows[..., 0]
        for channel in range(1, count):
            values = rows[..., channel]
            is_higher = (values > maximum).view(np.uint8)  # later channels have higher indices, so the maximum is right
            np.maximum(found, np.multiply(is_higher, channel, out=is_higher), out=found)
            maximum = np.maximum(maximum, values)
    return highest


def _confidence(probabilities: tf.Tensor) -> tf.Tensor:
    """Highest probability, and entropy as a share of the maximum, [..., 2]."""
    highest = tf.reduce_max(probabilities, axis=-1)
    entropy = -tf.reduce_sum(tf.math.xlogy(probabilities, probabilities), axis=-1)
    return tf.stack([highest, entropy / _maximum_entropy(probabilities)], axis=-1)


def _confidence_of_scores(scores: tf.Tensor) -> tf.Tensor:
    """The same from the scores s before the softmax.

    With d = s - max(s) and z = sum(exp(d)), the highest probability is 1 / z, and the entropy
    log(z) - sum(d exp(d)) / z.
    """
    below = scores - tf.reduce_max(scores, axis=-1, keepdims=True)
    shares = tf.exp(below)
    total = tf.reduce_sum(shares, axis=-1)
    weighted = tf.reduce_sum(tf.math.multiply_no_nan(below, shares), axis=-1)
    entropy = tf.math.log(total) - weighted / total
    return tf.stack([1 / total, entropy / _maximum_entropy(scores)], axis=-1)


def _maximum_entropy(channels: tf.Tensor) -> tf.Tensor:
    return tf.math.log(tf.cast(tf.shape(channels)[-1], tf.float32))
