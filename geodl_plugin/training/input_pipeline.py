"""A dataset folder as batches for Keras: images, labels, and weights that are 0 for unlabelled pixels.

A batch is (images by source, labels by output, weights by output).  Images are float32 in the units of the rasters.
Missing values are replaced by the band's mean, or NaN, since augmentations would change the values that mark them.
Labels are one-hot [batch, y, x, classes], or values [batch, y, x, 1] with 0 for missing ones; weights are [batch, y,
x].  A network of the label kind ``patch`` gets one label per patch: [batch, classes] or [batch, 1], and weights
[batch].
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
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
from .augmentation import augment
from .augmentation.layer import AugmentationLayer, Batch, Images, derived_seed

_SHUFFLED = 2048  # samples that are shuffled at a time,
_SHUFFLED_BYTES = 2**28  # if they take no more memory than this
KerasBatch = tuple[Images, dict[str, tf.Tensor], dict[str, tf.Tensor]]


class InputPipeline:
    """The splits of a dataset folder as ``tf.data`` pipelines.

    Args:
        folder: the dataset folder.
        description: of the dataset.
        means: mean of each band, by source, as the network normalizes with: it replaces missing values.
        label_kind: ``image`` or ``patch``, what the network is trained with.
        marks_missing: whether the network takes notice of missing values itself: they become NaN, which augmentations
            leave as it is.
        completed: gives a batch of the split train labels where it has none, after its augmentation; None: they stay
            without.
    """

    def __init__(
        self,
        folder: Path,
        description: DatasetDescription,
        means: Mapping[str, Sequence[float]],
        label_kind: str = "image",
        marks_missing: bool = False,
        completed: Callable[[Batch], Batch] | None = None,
    ) -> None:
        self._completed = completed
        self._folder, self._description, self._label_kind = folder, description, label_kind
        self._fill = {
            source.name: FillNodata(source.nodata, [None if marks_missing else mean for mean in means[source.name]])
            for source in description.sources
        }

    @property
    def element_spec(self) -> Any:
        """The ``tf.TensorSpec`` of a batch, as a network is built from it."""
        return self.sequential("train", 1).element_spec

    def validation(self, batch_size: int) -> tf.data.Dataset:
        """The batches of the split valid, see `sequential`."""
        return self.sequential("valid", batch_size)

    def sequential(self, split: str, batch_size: int) -> tf.data.Dataset:
        """One pass over a split, in order, without augmentation and class weights.

        Args:
            split: its name.
            batch_size: patches per batch; the last one may be smaller.
        """
        ones = np.ones(len(self._description.classes))
        records = TFRecords(self._folder / split)
        batches = records.batches(records.raw(), batch_size, [LABELS])
        data = batches.map(lambda inputs, targets: self._output(self._batch(inputs, targets, ones)), tf.data.AUTOTUNE)
        steps = ceil_div(self._description.splits[split].samples, batch_size)
        unsharded = tf.data.Options()  # processes that train together see all of it each
        unsharded.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.OFF
        data = data.prefetch(tf.data.AUTOTUNE).apply(tf.data.experimental.assert_cardinality(steps))
        return data.with_options(unsharded)

    def training(
        self,
        batch_size: int,
        steps: int,
        epochs: range,
        *,
        seed: int,
        class_weights: NDArray[np.float64] | None = None,
        layers: Sequence[AugmentationLayer] = (),
        shards: int = 1,
        shard: int = 0,
    ) -> tf.data.Dataset:
        """The split train over several epochs, shuffled and augmented, without a pause between two epochs.

        Each epoch gives all samples in an order of its own, in full batches only; if ``steps`` is more than they
        fill, it starts again.  Order and augmentation follow from the seed and the epoch alone, so that a training
        that is resumed at an epoch sees what an uninterrupted one sees there.

        Args:
            batch_size: patches per batch.
            steps: batches per epoch.
            epochs: their numbers.
            seed: of order and augmentation.
            class_weights: weight of a pixel, by class index; None: 1.
            layers: augmentations, in order.
            shards: number of readers that share the samples.
            shard: the number of this one.
        """
        records = TFRecords(self._folder / "train")
        sample_bytes = sum(
            tf.as_dtype(dtype).size * math.prod(size or 1 for size in records.output_shapes[name])
            for name, dtype in records.output_types.items()
        )
        shuffled = min(_SHUFFLED, max(batch_size, _SHUFFLED_BYTES // sample_bytes))
        weights = np.ones(len(self._description.classes)) if class_weights is None else class_weights
        augmentation_seed = tf.constant([seed, shard])

        def read_epoch(number: tf.Tensor) -> tf.data.Dataset:
            tf.compat.v1.set_random_seed(1)  # of this function's graph: the argument alone shall decide
            epoch_seed = derived_seed(tf.constant([seed, 0]), number)
            shuffle_seed = tf.random.stateless_uniform([], epoch_seed, maxval=2**31 - 1, dtype=tf.int64)
            shuffled_records = records.raw(shuffle_buffer_size=shuffled, seed=shuffle_seed)
            return shuffled_records.repeat().take(steps * batch_size * shards)

        def prepare(step: tf.Tensor, samples: tuple[Images, Images]) -> KerasBatch:
            batch = self._batch(*samples, weights)
            batch = augment(layers, batch, derived_seed(augmentation_seed, step))
            return self._output(self._completed(batch) if self._completed else batch)

        epoch_records = tf.data.Dataset.range(epochs.start, epochs.stop).flat_map(read_epoch).shard(shards, shard)
        return (
            records.batches(epoch_records, batch_size, [LABELS], drop_remainder=True)
            .enumerate(epochs.start * steps)
            .map(prepare, tf.data.AUTOTUNE)
            .prefetch(tf.data.AUTOTUNE)
        )

    def _batch(self, inputs: Images, targets: Images, class_weights: NDArray[np.float64]) -> Batch:
        """Images, labels [batch, y, x, channels] and weights [batch, y, x, 1]."""
        images = {name: self._fill[name](image) for name, image in inputs.items()}
        if self._description.values:
            values = self._fit_labels(targets[LABELS], np.nan)
            known = tf.math.is_finite(values)
            return images, tf.where(known, values, 0.0), tf.cast(known, tf.float32)
        classes = self._description.classes
        weight_of_index = np.zeros(classes.unlabelled + 1, np.float32)
        weight_of_index[: len(classes)] = class_weights
        labels = self._fit_labels(tf.cast(targets[LABELS], tf.int32), classes.unlabelled)
        return images, tf.one_hot(labels[..., 0], len(classes)), tf.gather(tf.constant(weight_of_index), labels)

    def _fit_labels(self, labels: tf.Tensor, unlabelled: float) -> tf.Tensor:
        """Bring labels to the size that the network is trained with.

        One label per patch is that of its central pixel: it is cut out of the patch, or padded to its size.
        """
        size = self._description.sources[0].patch_size
        if self._label_kind == "patch":
            centre = self._description.label_size // 2
            return labels[:, centre : centre + 1, centre : centre + 1]
        if self._description.label_size == size:
            return labels
        padding = [size // 2, size - 1 - size // 2]
        return tf.pad(labels, [[0, 0], padding, padding, [0, 0]], constant_values=unlabelled)

    def _output(self, batch: Batch) -> KerasBatch:
        images, labels, weights = batch
        if self._label_kind == "patch":
            labels, weights = labels[:, 0, 0], weights[:, 0, 0]
        return images, {PREDICTIONS: labels}, {PREDICTIONS: weights[..., 0]}
