"""A dataset folder as batches for Keras: images, labels, and weights that silence unlabelled pixels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..datasets.manifest import LABELS, Dataset
from ..datasets.tfrecords import TFRecords
from ..models.heads import PREDICTIONS
from ..models.layers import FillNodata
from .augmentation import Change, Images, apply_changes

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
        seed: shuffle, and change by chance, the same way for the same seed; None: keep order and values.
        changes: augmentations, applied in order; they need a seed.
    """
    classes = dataset.classes
    weight_of = np.zeros(classes.unlabelled + 1, np.float32)
    weight_of[: len(classes)] = class_weights
    weight_table = tf.constant(weight_of)
    fill = {source.name: FillNodata(source.nodata, source.statistics["mean"]) for source in dataset.sources}

    def prepare(sample: tuple[Images, Images], chance: tf.Tensor) -> tuple[Images, Images, Images]:
        inputs, targets = sample
        labels = tf.cast(targets[LABELS], tf.int32)
        filled = {name: fill[name](image) for name, image in inputs.items()}
        images, labels, weights = apply_changes(changes, (filled, labels, tf.gather(weight_table, labels)), chance)
        return images, {PREDICTIONS: tf.one_hot(labels[..., 0], len(classes))}, {PREDICTIONS: weights[..., 0]}

    samples = TFRecords(folder / split).samples(
        [LABELS], shuffle_buffer_size=0 if seed is None else _SHUFFLED, seed=seed
    )
    chance = tf.data.Dataset.random(seed=seed or 0, rerandomize_each_iteration=True).batch(2)
    data = tf.data.Dataset.zip((samples, chance)).map(prepare, num_parallel_calls=tf.data.AUTOTUNE)
    steps = -(-dataset.splits[split].samples // batch_size)
    batched = data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
    return batched.apply(tf.data.experimental.assert_cardinality(steps))


def balanced_weights(pixels: Sequence[int]) -> NDArray[np.float64]:
    """Weights by which all classes count the same in the sum over their pixels; their mean pixel counts 1."""
    counts = np.array(pixels, np.float64)
    present = counts > 0
    weights = np.zeros(len(counts))
    weights[present] = counts.sum() / (present.sum() * counts[present])
    return weights
