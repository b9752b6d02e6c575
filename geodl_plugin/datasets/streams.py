"""Patches images as datasets for TensorFlow.

Samples are read ahead by a thread into a buffer of fixed length: reading overlaps with training, and with
``use_streaming`` memory does not grow with the dataset.
"""

from __future__ import annotations

import functools
import itertools
import threading
import time
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..language import tr
from ..runtime import files
from ..runtime.checks import LARGEST, check_range
from ..runtime.numbers import ceil_div
from .iterators import RandomIterator
from .patches_images import PatchesImagesReader
from .read_ahead import read_ahead
from .record_files import TYPES_FILE
from .records_writer import RecordsWriter
from .tfrecords import Tensors, divide, warn_of_remainder

_CHUNK = 16  # samples that go to TensorFlow in one call, each of which costs as much as several copies
Chunk = dict[str, NDArray]  # tensors of several samples by name, [sample, …]
MakeIterator = Callable[[PatchesImagesReader], Iterator[int]]


class Dataset:
    """Samples of a reader in the order of an iterator.

    Args:
        patches_reader: has the samples.
        buffer_length: number of samples to read ahead.
        iterator_cls: makes the iterator from the reader; if the iterator ends, another is made for the next epoch.
        max_nb_of_samples: maximum number of samples in an epoch; None: all.
    """

    def __init__(
        self,
        patches_reader: PatchesImagesReader,
        buffer_length: int = 128,
        iterator_cls: MakeIterator = RandomIterator,
        max_nb_of_samples: int | None = None,
    ) -> None:
        self.patches_reader = patches_reader
        self.buffer_length = buffer_length
        self.size = min(patches_reader.size, max_nb_of_samples or patches_reader.size)
        self._make_iterator = iterator_cls
        self._iterator = iter(iterator_cls(patches_reader))
        self._iterating, self._reading = threading.Lock(), threading.Lock()
        self._waited = 0.0  # seconds

    def get_stats(self) -> dict[str, dict[str, NDArray[np.float64]]]:
        """`PatchesImagesReader.get_stats`."""
        return self.patches_reader.get_stats()

    def get_total_wait_in_seconds(self) -> float:
        """Seconds that all epochs together have waited for samples to be read."""
        return self._waited

    def get_tf_dataset(
        self,
        batch_size: int,
        drop_remainder: bool = False,
        preprocessing_fn: Callable[[Tensors], Tensors] | None = None,
        targets_keys: Collection[str] | None = None,
    ) -> tf.data.Dataset:
        """Batches for Keras.

        Args:
            batch_size: number of samples in a batch.
            drop_remainder: leave out a last batch that is smaller, with a warning.
            preprocessing_fn: changes the dictionary of one sample.
            targets_keys: names of the targets: batches are (inputs, targets); None: one dictionary of all.

        Example::

            data = dataset.get_tf_dataset(batch_size=16, targets_keys=["labels"])
            model.fit(data, epochs=10)
        """
        check_range(tr("batch size"), batch_size, 1, LARGEST)
        if drop_remainder:
            warn_of_remainder(self.size, batch_size, "batches")
        reader = self.patches_reader
        spec = {
            name: tf.TensorSpec((None, *reader.shapes[name]), tf.as_dtype(dtype))
            for name, dtype in reader.dtypes.items()
        }
        data = tf.data.Dataset.from_generator(lambda: self._chunks(self._epoch()), output_signature=spec).unbatch()
        if isinstance(self._iterator, RandomIterator):
            data = data.apply(tf.data.experimental.assert_cardinality(self.size))
        if preprocessing_fn:
            data = data.map(preprocessing_fn, num_parallel_calls=tf.data.AUTOTUNE)
        if targets_keys is not None:
            data = data.map(functools.partial(divide, target_keys=targets_keys))
        return data.batch(batch_size, drop_remainder=drop_remainder).prefetch(tf.data.AUTOTUNE)

    def to_tfrecords(
        self,
        output_dir: str | Path,
        n_samples_per_shard: int = 100,
        drop_remainder: bool = False,
        compression: str = "none",
    ) -> None:
        """Write one epoch as a folder of TFRecords, which `TFRecords` and OTBTF read.

        Args:
            output_dir: a new folder, or one of TFRecords, which is replaced.
            n_samples_per_shard: number of samples in a file; the last file has the rest.
            drop_remainder: leave out the rest that does not fill a file, with a warning.
            compression: ``none`` or ``gzip``, which OTBTF cannot read.

        Example::

            dataset.to_tfrecords("records", n_samples_per_shard=500)
        """
        check_range(tr("number of samples in a file"), n_samples_per_shard, 1, LARGEST)
        indices = self._epoch()
        if drop_remainder:
            warn_of_remainder(len(indices), n_samples_per_shard, "files")
            indices = indices[: len(indices) // n_samples_per_shard * n_samples_per_shard]
        shards = ceil_div(len(indices), n_samples_per_shard)
        if not shards:
            warnings.warn(
                tr("No sample is left to write to {output_dir}: nothing is written.").format(output_dir=output_dir),
                stacklevel=2,
            )
            return
        reader = self.patches_reader
        output = files.unfinished(output_dir, marker=TYPES_FILE)
        with output as folder, RecordsWriter(folder, shards, compression=compression) as writer:
            writer.describe({name: dtype.name for name, dtype in reader.dtypes.items()}, reader.shapes)
            number = 0
            for chunk in self._chunks(indices):
                for values in zip(*chunk.values()):
                    shard, number = number // n_samples_per_shard, number + 1
                    writer.write(shard, dict(zip(chunk, values)))
                    if number % n_samples_per_shard == 0:
                        writer.close(shard)

    def _epoch(self) -> list[int]:
        """Numbers of the samples of the next epoch: drawn at once, so that an epoch left early changes no other."""
        with self._iterating:
            indices = [int(index) for index in itertools.islice(self._iterator, self.size)]
            if len(indices) < self.size:
                self._iterator = iter(self._make_iterator(self.patches_reader))
                indices = indices or [int(index) for index in itertools.islice(self._iterator, self.size)]
        return indices

    def _chunks(self, indices: Sequence[int]) -> Iterator[Chunk]:
        """The samples of so many numbers, in their order, read ahead."""
        length = max(1, self.buffer_length)
        size = min(_CHUNK, length)
        starts, depth = range(0, len(indices), size), ceil_div(length, size)
        with closing(read_ahead(lambda start: self._read(indices[start : start + size]), starts, depth)) as chunks:
            while True:
                started = time.monotonic()
                chunk = next(chunks, None)
                self._waited += time.monotonic() - started
                if chunk is None:
                    return
                yield chunk

    def _read(self, indices: Sequence[int]) -> Chunk:
        with self._reading:  # several epochs may be under way at the same time
            samples = [self.patches_reader.get_sample(index) for index in indices]
        return {name: np.stack([sample[name] for sample in samples]) for name in samples[0]}


class DatasetFromPatchesImages(Dataset):
    """A dataset of patches images.

    Args:
        filenames_dict: the patches images of each tensor, by its name.
        use_streaming: read patches when they are needed, in flat memory; else all are read now, which is faster.
        buffer_length: number of samples to read ahead.
        iterator_cls: decides the order; see `IteratorBase`.
        max_nb_of_samples: maximum number of samples in an epoch; None: all.
        scalar_dict: values of further tensors by their name, one for each sample.

    Example::

        dataset = DatasetFromPatchesImages(
            filenames_dict={
                "input_xs_patches": ["xs_1.tif", "xs_2.tif"],
                "labels_patches": ["labels_1.tif", "labels_2.tif"],
            },
            use_streaming=True,
        )
        data = dataset.get_tf_dataset(batch_size=8, targets_keys=["labels_patches"])
    """

    def __init__(
        self,
        filenames_dict: Mapping[str, Sequence[str]],
        use_streaming: bool = False,
        buffer_length: int = 128,
        iterator_cls: MakeIterator = RandomIterator,
        max_nb_of_samples: int | None = None,
        scalar_dict: Mapping[str, Sequence[object]] | None = None,
    ) -> None:
        reader = PatchesImagesReader(filenames_dict, use_streaming=use_streaming, scalar_dict=scalar_dict)
        super().__init__(reader, buffer_length, iterator_cls, max_nb_of_samples)
