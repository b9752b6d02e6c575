"""What a trained network knows: reference points for its features, so that maps tell where it has never been."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..datasets.description import DatasetDescription
from ..language import mark
from ..models.base import ModelBase
from ..models.familiarity import features_model, with_unfamiliarity
from ..models.heads import PREDICTIONS
from ..models.reference_points import ReferencePoints
from ..runtime.numbers import ceil_div
from .input_pipeline import InputPipeline

_PATCHES = 256  # of a split, about, that are looked at
_PIXELS = 20_000  # labelled ones of these patches


def add_unfamiliarity(
    network: ModelBase, pipeline: InputPipeline, description: DatasetDescription, batch_size: int
) -> str:
    """Give a trained network the output `UNFAMILIARITY`.

    Reference points are those of the split train; what distances are usual is told by the split valid or, without it,
    by one half of the patches against the other.

    Args:
        network: trained.
        pipeline: what it was trained with.
        description: of the dataset.
        batch_size: patches in a step.

    Returns:
        Why it cannot have it, a sentence marked for translation; empty if it has it.
    """
    model = features_model(network.model)
    if model is None:
        return mark("Unfamiliarity is not known: the network does not end in one layer that decides by features.")
    coarseness = _coarseness(network.model, model, pipeline)
    if not coarseness:
        return mark(
            "Unfamiliarity is not known: the pixels of the network's features do not nest in those of its output."
        )
    trained = _features(model, coarseness, pipeline, description, "train", batch_size)
    valid = description.splits.get("valid")
    if valid and sum(valid.pixels):
        held_out = _features(model, coarseness, pipeline, description, "valid", batch_size)
    else:
        half = len(trained) // 2  # the records are in no order
        trained, held_out = trained[: len(trained) - half], trained[len(trained) - half :]
    if not (len(trained) and len(held_out)):
        return mark("Unfamiliarity is not known: there are too few labelled pixels.")
    network.model = with_unfamiliarity(network.model, ReferencePoints.fit(trained, held_out), coarseness)
    return ""


def _coarseness(network: keras.Model, features: keras.Model, pipeline: InputPipeline) -> int:
    """Pixel size of the features / that of the network's output; 0 if it is no whole number."""
    images = {name: tf.zeros([1, *spec.shape[1:]]) for name, spec in pipeline.element_spec[0].items()}
    whole, found = network(images, training=False)[PREDICTIONS].shape, features(_in_order(features, images)).shape
    ratios = {size / part for size, part in zip(whole[1:-1], found[1:-1])} or {1.0}
    (ratio,) = ratios if len(ratios) == 1 else (0.5,)
    return int(ratio) if ratio.is_integer() else 0


def _features(
    model: keras.Model,
    coarseness: int,
    pipeline: InputPipeline,
    description: DatasetDescription,
    split: str,
    batch_size: int,
) -> NDArray:
    """The features of some labelled pixels of some patches of a split, [pixel, feature]."""

    @tf.function(reduce_retracing=True)
    def features_of(images: dict[str, tf.Tensor]) -> tf.Tensor:
        return model(_in_order(model, images), training=False)

    batches = ceil_div(description.splits[split].samples, batch_size)
    every = ceil_div(batches * batch_size, _PATCHES)
    per_batch = max(1, _PIXELS // ceil_div(batches, every))
    parts = [np.zeros((0, model.output.shape[-1]), np.float32)]
    for images, _, weights in pipeline.sequential(split, batch_size).shard(every, 0):
        given, labelled = features_of(images).numpy(), weights[PREDICTIONS].numpy() > 0
        if labelled.ndim == 3:
            labelled = labelled[:, ::coarseness, ::coarseness]
        pixels = given[labelled]
        parts.append(pixels[:: max(1, ceil_div(len(pixels), per_batch))])
    return np.concatenate(parts)


def _in_order(model: keras.Model, images: dict[str, tf.Tensor]) -> list[tf.Tensor]:
    return [images[tensor.name] for tensor in model.inputs]
