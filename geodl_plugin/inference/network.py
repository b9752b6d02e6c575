"""A trained network as a function from one block of the image to one block of each result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..errors import InputError
from ..models.base import SIGNATURE
from ..models.folder import ModelDescription

Compute = Callable[[NDArray], "tuple[NDArray, NDArray | None]"]


@dataclass(frozen=True)
class Wanted:
    """What to compute of the network's output.

    Args:
        classes: class values instead of probabilities.
        confidence: also the highest probability and the normalised entropy.
        crop: pixels to drop on each side.
    """

    classes: bool
    confidence: bool
    crop: int


def load_network(folder: Path, description: ModelDescription, wanted: Wanted) -> Compute:
    """Load a model folder.

    Returns:
        A function from a block [y, x, bands] to a map, [y, x] of class values or what the network gives, [y, x,
        classes] of probabilities or [y, x, 1] of continuous values, and the confidence [y, x, 2] or None.

    Raises:
        InputError: TensorFlow cannot load it.
    """
    try:
        model = tf.saved_model.load(str(folder))
        serve = model.signatures[SIGNATURE]
    except (OSError, KeyError, ValueError, tf.errors.OpError) as error:
        raise InputError(f"The model in {folder} cannot be loaded.", received=str(error)) from error
    values = tf.constant(description.classes.values_array())
    name = description.inputs[0].name
    crop = wanted.crop

    @tf.function(reduce_retracing=True)
    def compute(block: tf.Tensor) -> dict[str, tf.Tensor]:
        whole = serve(**{name: tf.cast(block, tf.float32)[tf.newaxis]})[description.output][0]
        probabilities = whole[crop : tf.shape(whole)[0] - crop, crop : tf.shape(whole)[1] - crop]
        results = {"map": probabilities}
        if wanted.classes:
            results["map"] = tf.gather(values, tf.argmax(probabilities, axis=-1))
        if wanted.confidence:
            results["confidence"] = _confidence(probabilities)
        return results

    def run(block: NDArray) -> tuple[NDArray, NDArray | None]:
        results = compute(tf.convert_to_tensor(block))
        confidence = results["confidence"].numpy() if wanted.confidence else None
        return results["map"].numpy(), confidence

    run.model = model  # type: ignore[attr-defined]  # the signature does not keep its variables alive
    return run


def _confidence(probabilities: tf.Tensor) -> tf.Tensor:
    """Highest probability, and entropy as a share of the greatest possible, [y, x, 2]."""
    highest = tf.reduce_max(probabilities, axis=-1)
    entropy = -tf.reduce_sum(tf.math.xlogy(probabilities, probabilities), axis=-1)
    greatest = np.log(probabilities.shape[-1])
    return tf.stack([highest, entropy / greatest], axis=-1)
