"""A dataset folder as batches for Keras: images, labels, and weights that silence unlabelled pixels.

A batch is (images by source, labels by output, weights by output).  Images are float32 as the rasters hold them, but
for missing values, which are the band's mean: no augmentation may make them look present.  Labels are one-hot
[batch, y, x, classes], or values [batch, y, x, 1] with 0 for what has none; weights are [batch, y, x].  A network of
the label kind ``patch`` gets one label a patch: [batch, classes] or [batch, 1], and weights [batch].
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..datasets.description import LABELS, DatasetDescription
from ..datasets.tfrecords import TFRecords
from ..models.heads import PREDICTIONS
from ..models.layers import FillNodata
from ..runtime.numbers import ceil_div
from .augmentation import Augmentation, Batch, Images, augmented, other_seed

_SHUFFLED = 2048  # samples that are shuffled at a time,
_SHUFFLED_BYTES = 2**28  # if they take no more memory than this
Prepared = tuple[Images, dict[str, tf.Tensor], dict[str, tf.Tensor]]


class Batches:
    """The splits of a dataset as batches.

    Args:
        folder: dataset folder.
        dataset: its manifest.
        means: of each band, by source, as the network has them: what missing values become.
        label_kind: ``image`` or ``patch``, what the network learns from.
    """

    def __init__(
        self, folder: Path, dataset: DatasetDescription, means: Mapping[str, Sequence[float]], label_kind: str = "image"
    ) -> None:
        self._folder, self._dataset, self._label_kind = folder, dataset, label_kind
        self._fill = {source.name: FillNodata(source.nodata, means[source.name]) for source in dataset.sources}

    @property
    def element_spec(self) -> Any:
        """What a batch is made of, as a network asks for it."""
        return self.in_order("train", 1).element_spec

    def in_order(self, split: str, batch_size: int) -> tf.data.Dataset:
        """One pass over a split as it is; all classes have the weight 1.

        Args:
            split: which.
            batch_size: samples in a batch; the last one may be smaller.
        """
        even = np.ones(len(self._dataset.classes))
        samples = TFRecords(self._folder / split).samples([LABELS]).batch(batch_size)
        data = samples.map(lambda inputs, targets: self._output(self._batch(inputs, targets, even)), tf.data.AUTOTUNE)
        steps = ceil_div(self._dataset.splits[split].samples, batch_size)
        whole = tf.data.Options()  # processes that train together see all of it each
        whole.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.OFF
        data = data.prefetch(tf.data.AUTOTUNE).apply(tf.data.experimental.assert_cardinality(steps))
        return data.with_options(whole)

    def stream(
        self,
        batch_size: int,
        steps: int,
        epochs: range,
        *,
        seed: int,
        class_weights: NDArray[np.float64] | None = None,
        layers: Sequence[Augmentation] = (),
        shards: int = 1,
        shard: int = 0,
    ) -> tf.data.Dataset:
        """The split train over several epochs, without a pause between two.

        Each epoch gives all samples in an order of its own; whole batches only: if ``steps`` is more than they
        fill, it begins again.  Order and augmentation follow from the seed and the epoch alone, so that a training
        that begins at a later epoch sees what an uninterrupted one sees there.

        Args:
            batch_size: samples in a batch.
            steps: batches in an epoch.
            epochs: their numbers.
            seed: source of chance.
            class_weights: weight of a pixel, by class index; None: 1.
            layers: augmentations, in order.
            shards: number of readers that share the samples.
            shard: which of them this is.
        """
        records = TFRecords(self._folder / "train")
        bytes_each = sum(
            tf.as_dtype(kind).size * math.prod(size or 1 for size in records.output_shapes[name])
            for name, kind in records.output_types.items()
        )
        shuffled = min(_SHUFFLED, max(batch_size, _SHUFFLED_BYTES // bytes_each))
        weights = np.ones(len(self._dataset.classes)) if class_weights is None else class_weights
        start = tf.constant([seed, shard])

        def epoch(number: tf.Tensor) -> tf.data.Dataset:
            tf.compat.v1.set_random_seed(1)  # of this function's graph: the argument alone shall decide
            chance = other_seed(tf.constant([seed, 0]), number)
            drawn = tf.random.stateless_uniform([], chance, maxval=2**31 - 1, dtype=tf.int64)
            order = records.raw(shuffle_buffer_size=shuffled, seed=drawn)
            return order.repeat().take(steps * batch_size * shards)

        def change(step: tf.Tensor, sample: tuple[Images, Images]) -> Prepared:
            return self._output(augmented(layers, self._batch(*sample, weights), other_seed(start, step)))

        return (
            tf.data.Dataset.range(epochs.start, epochs.stop)
            .flat_map(epoch)
            .shard(shards, shard)
            .map(lambda record: records.divided(record, [LABELS]), tf.data.AUTOTUNE)
            .batch(batch_size, drop_remainder=True)
            .enumerate(epochs.start * steps)
            .map(change, tf.data.AUTOTUNE)
            .prefetch(tf.data.AUTOTUNE)
        )

    def _batch(self, inputs: Images, targets: Images, class_weights: NDArray[np.float64]) -> Batch:
        """Images, labels [batch, y, x, channels] and weights [batch, y, x, 1]."""
        images = {name: self._fill[name](image) for name, image in inputs.items()}
        if self._dataset.values:
            values = self._at_the_centre(targets[LABELS], np.nan)
            known = tf.math.is_finite(values)
            return images, tf.where(known, values, 0.0), tf.cast(known, tf.float32)
        classes = self._dataset.classes
        table = np.zeros(classes.unlabelled + 1, np.float32)
        table[: len(classes)] = class_weights
        labels = self._at_the_centre(tf.cast(targets[LABELS], tf.int32), classes.unlabelled)
        return images, tf.one_hot(labels[..., 0], len(classes)), tf.gather(tf.constant(table), labels)

    def _at_the_centre(self, labels: tf.Tensor, unlabelled: float) -> tf.Tensor:
        """The label of the central pixel as that of the patch, or the other way round, as the network wants it."""
        size = self._dataset.sources[0].patch_size
        if self._label_kind == "patch":
            middle = self._dataset.label_size // 2
            return labels[:, middle : middle + 1, middle : middle + 1]
        if self._dataset.label_size == size:
            return labels
        around = [size // 2, size - 1 - size // 2]
        return tf.pad(labels, [[0, 0], around, around, [0, 0]], constant_values=unlabelled)

    def _output(self, batch: Batch) -> Prepared:
        images, labels, weights = batch
        if self._label_kind == "patch":
            labels, weights = labels[:, 0, 0], weights[:, 0, 0]
        return images, {PREDICTIONS: labels}, {PREDICTIONS: weights[..., 0]}
