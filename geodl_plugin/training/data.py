"""A dataset folder as batches for Keras: images, labels, and weights that silence unlabelled pixels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..datasets.manifest import LABELS, Dataset
from ..datasets.tfrecords import TFRecords
from ..models.architectures import PREDICTIONS
from ..models.layers import FillNodata
from .augmentation import Change, Sample

_SHUFFLED = 2048  # samples


def batches(
    folder: Path,
    dataset: Dataset,
    split: str,
    batch_size: int,
    class_weights: NDArray[np.float64],
    *,
    seed: int | None = None,
    changes: Sequence[Change] = (),
) -> tf.data.Dataset:
    """Batches of (images by source, one-hot labels by output, weights by output).

    Images are float32 as the rasters hold them, but for missing values, which are the band's mean: no
    augmentation may make them look present.  Labels are one-hot.  Unlabelled pixels have the weight 0.

    Args:
        folder: dataset folder.
        dataset: its manifest.
        split: which split.
        batch_size: samples in a batch.
        class_weights: weight of a pixel, by class index.
        seed: shuffle, the same way for the same seed; None: keep the order.
        changes: augmentations, applied in order.
    """
    classes = dataset.classes
    weight_of = np.zeros(classes.unlabelled + 1, np.float32)
    weight_of[: len(classes)] = class_weights
    weight_table = tf.constant(weight_of)
    fill = {source.name: FillNodata(source.nodata, source.statistics["mean"]) for source in dataset.sources}

    def prepare(inputs: dict[str, tf.Tensor], targets: dict[str, tf.Tensor]) -> Sample:
        labels = tf.cast(targets[LABELS], tf.int32)
        sample = ({name: fill[name](image) for name, image in inputs.items()}, labels, tf.gather(weight_table, labels))
        for change in changes:
            sample = change(*sample)
        images, labels, weights = sample
        return images, {PREDICTIONS: tf.one_hot(labels[..., 0], len(classes))}, {PREDICTIONS: weights[..., 0]}

    data = TFRecords(folder / split).read(
        batch_size,
        [LABELS],
        shuffle_buffer_size=0 if seed is None else _SHUFFLED,
        seed=seed,
        preprocessing_fn=prepare,
    )
    steps = -(-dataset.splits[split].samples // batch_size)
    return data.apply(tf.data.experimental.assert_cardinality(steps))


def balanced_weights(pixels: Sequence[int]) -> NDArray[np.float64]:
    """Weights by which all classes count the same in the sum over their pixels; their mean pixel counts 1."""
    counts = np.array(pixels, np.float64)
    present = counts > 0
    weights = np.zeros(len(counts))
    weights[present] = counts.sum() / (present.sum() * counts[present])
    return weights
