"""Confidence that can be trusted: the temperature of a trained network, fitted on the split valid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..accuracy.patch_errors import PatchErrors
from ..accuracy.temperature import Calibration, CalibrationFigures, fit_temperature, observations
from ..datasets.description import DatasetDescription
from ..language import mark
from ..models.base import ModelBase
from ..models.heads import PREDICTIONS
from ..models.layers import TemperedSoftmax
from ..runtime.numbers import ceil_div
from .input_pipeline import InputPipeline

_NO_LABELS = mark("The probabilities are not calibrated, since the dataset has no labels in the split valid.")
_PIXELS = 50_000  # so many tell the temperature; all of them could be too many for the memory


@dataclass(frozen=True)
class _Labelled:
    """Some labelled pixels of a split.

    Args:
        scores: [pixel, class].
        labels: class indices, [pixel].
        patches: number of those with labels.
        observations: how many independent ones the pixels count as.
    """

    scores: NDArray
    labels: NDArray
    patches: int
    observations: int


def calibrate(
    network: ModelBase, pipeline: InputPipeline, description: DatasetDescription, batch_size: int
) -> Calibration | str:
    """Fit the temperature of a network and set it.

    Args:
        network: trained.
        pipeline: what it was trained with.
        description: of the dataset.
        batch_size: patches in a step.

    Returns:
        The temperature, and how well probabilities and labels agreed before and after; or why the probabilities stay
        as they are, a sentence marked for translation, which is empty if the network gives no probabilities.
    """
    if description.values:
        return ""
    labelled = {name for name, split in description.splits.items() if sum(split.pixels)}
    if "valid" not in labelled:
        return _NO_LABELS
    softmax = _tempered(network)
    if softmax is None:
        return mark("The probabilities are not calibrated, since the network does not end in self.head(…).")
    scores_of = _scores_function(keras.Model(network.model.inputs, softmax.input))
    reference = description.sources[0].name
    found: dict[str, _Labelled] = {}
    for name in ("valid", "test"):
        if name in labelled:
            batches, pixels = pipeline.sequential(name, batch_size), sum(description.splits[name].pixels)
            found[name] = _labelled_scores(scores_of, batches, pixels, reference)
    valid = found["valid"]
    if not valid.patches:  # a network of patches takes the label in the middle only
        return _NO_LABELS
    softmax.temperature = fit_temperature(valid.scores, valid.labels, valid.observations)
    figures = {
        name: CalibrationFigures.of(labelled.scores, labelled.labels, softmax.temperature)
        for name, labelled in found.items()
        if labelled.patches
    }
    return Calibration(softmax.temperature, valid.patches, figures)


def take_over_temperature(calibrated: ModelBase, other: ModelBase) -> None:
    """Give a network the temperature of another one of the same kind, if it has any.

    Args:
        calibrated: has a temperature.
        other: gets it.
    """
    given, taken = _tempered(calibrated), _tempered(other)
    if given is not None and taken is not None:
        taken.temperature = given.temperature


def _tempered(network: ModelBase) -> TemperedSoftmax | None:
    """The layer that gives the probabilities, if a temperature can be set there."""
    found = next((layer for layer in network.model.layers if isinstance(layer, TemperedSoftmax)), None)
    return found if found is not None and found.name == PREDICTIONS else None


def _scores_function(model: keras.Model) -> Callable[[dict[str, tf.Tensor]], tf.Tensor]:
    @tf.function(reduce_retracing=True)
    def scores_of(images: dict[str, tf.Tensor]) -> tf.Tensor:
        return model([images[tensor.name] for tensor in model.inputs], training=False)

    return scores_of


def _labelled_scores(
    scores_of: Callable[[dict[str, tf.Tensor]], tf.Tensor], batches: tf.data.Dataset, pixels: int, reference: str
) -> _Labelled:
    """The scores of some labelled pixels.

    Args:
        scores_of: gives the scores of images.
        batches: of `InputPipeline`.
        pixels: number of labelled ones in them.
        reference: name of source 1.
    """
    step = ceil_div(pixels, _PIXELS) | 1  # an odd one meets all columns of patches, whose sides are even
    scores, classes, found = [], [], PatchErrors()
    for images, targets, weights in batches:
        given, labels = scores_of(images).numpy(), targets[PREDICTIONS].numpy().argmax(axis=-1)
        is_labelled = weights[PREDICTIONS].numpy() > 0
        pictures = images[reference].numpy()
        for patch, mask in enumerate(is_labelled):
            chosen = np.flatnonzero(mask)[::step]
            scores.append(given[patch].reshape(-1, given.shape[-1])[chosen])
            classes.append(labels[patch].ravel()[chosen])
            found.add(pictures[patch], np.atleast_2d(mask), np.zeros(np.atleast_2d(mask).shape))
    of_patch = found.sums[:, 1]
    places = len(np.unique(found.places()[of_patch > 0]))
    return _Labelled(
        np.concatenate(scores),
        np.concatenate(classes),
        int((of_patch > 0).sum()),
        observations(places, int(of_patch.sum()), np.atleast_2d(is_labelled[0]).size),
    )
