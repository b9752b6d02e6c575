"""Patches images as datasets for TensorFlow.

Samples are read by a thread of their own, ahead of who uses them, into a buffer of fixed length: reading
overlaps with training, and with ``use_streaming`` memory does not grow with the dataset.
"""

from __future__ import annotations

import functools
import itertools
import queue
import threading
import time
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..runtime import files
from ..runtime.checks import LARGEST, check_range
from ..runtime.numbers import ceil_div
from .iterators import RandomIterator
from .patches_images import PatchesImagesReader
from .tfrecords import TYPES_NAME, RecordsWriter, Tensors, divide, warn_of_remainder

_CHUNK = 16  # samples that go to TensorFlow in one call, each of which costs as much as several copies
_LOOK = 0.2  # seconds between two looks of the reading thread whether it is still wanted
MakeIterator = Callable[[PatchesImagesReader], Iterator[int]]


class Dataset:
    """Samples of a reader, walked by an iterator.

    Args:
        patches_reader: has the samples.
        buffer_length: samples to read ahead.
        iterator_cls: makes the iterator from the reader; one that ends is made anew for each epoch.
        max_nb_of_samples: use at most so many in an epoch.
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
        self._walk, self._reading = threading.Lock(), threading.Lock()
        self._waited = 0.0

    def get_stats(self) -> dict[str, dict[str, NDArray[np.float64]]]:
        """`PatchesImagesReader.get_stats`."""
        return self.patches_reader.get_stats()

    def get_total_wait_in_seconds(self) -> float:
        """For how long all epochs together have waited for samples to be read."""
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
            batch_size: samples in a batch.
            drop_remainder: leave out a last batch that is smaller, with a warning.
            preprocessing_fn: changes the dictionary of one sample.
            targets_keys: names of the targets: batches are (inputs, targets); None: one dictionary of all.

        Example::

            data = dataset.get_tf_dataset(batch_size=16, targets_keys=["labels"])
            model.fit(data, epochs=10)
        """
        check_range("batch size", batch_size, 1, LARGEST)
        if drop_remainder:
            warn_of_remainder(self.size, batch_size, "batches")
        reader = self.patches_reader
        spec = {
            name: tf.TensorSpec((None, *reader.shapes[name]), tf.as_dtype(dtype))
            for name, dtype in reader.dtypes.items()
        }
        data = tf.data.Dataset.from_generator(self._chunks, output_signature=spec).unbatch()
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
            n_samples_per_shard: samples in one file; the last one has the rest.
            drop_remainder: leave out the rest that does not fill a file, with a warning.
            compression: ``none`` or ``gzip``, which OTBTF does not read.

        Example::

            dataset.to_tfrecords("records", n_samples_per_shard=500)
        """
        check_range("number of samples in a file", n_samples_per_shard, 1, LARGEST)
        indices = self._epoch()
        if drop_remainder:
            warn_of_remainder(len(indices), n_samples_per_shard, "files")
            indices = indices[: len(indices) // n_samples_per_shard * n_samples_per_shard]
        shards = ceil_div(len(indices), n_samples_per_shard)
        if not shards:
            warnings.warn(f"No sample is left to write to {output_dir}: nothing is written.", stacklevel=2)
            return
        reader = self.patches_reader
        output = files.unfinished(output_dir, marker=TYPES_NAME)
        with output as folder, RecordsWriter(folder, shards, compression=compression) as writer:
            writer.describe({name: dtype.name for name, dtype in reader.dtypes.items()}, reader.shapes)
            for number, sample in enumerate(self._ahead(indices)):
                writer.write(number // n_samples_per_shard, sample)
                if (number + 1) % n_samples_per_shard == 0:
                    writer.close(number // n_samples_per_shard)

    def _epoch(self) -> list[int]:
        """The samples of the next epoch: drawn at once, so that an epoch left early changes no other."""
        with self._walk:
            indices = [int(index) for index in itertools.islice(self._iterator, self.size)]
            if len(indices) < self.size:
                self._iterator = iter(self._make_iterator(self.patches_reader))
                indices = indices or [int(index) for index in itertools.islice(self._iterator, self.size)]
        return indices

    def _chunks(self) -> Iterator[dict[str, NDArray]]:
        samples = self._ahead(self._epoch())
        while chunk := list(itertools.islice(samples, _CHUNK)):
            yield {name: np.stack([sample[name] for sample in chunk]) for name in chunk[0]}

    def _ahead(self, indices: Sequence[int]) -> Iterator[dict[str, NDArray]]:
        """Samples in their order, read by a thread that ends when nobody wants them any more."""
        ready: queue.Queue[dict[str, NDArray] | BaseException | None] = queue.Queue(self.buffer_length)
        unwanted = threading.Event()

        def hand_over(item: dict[str, NDArray] | BaseException | None) -> None:
            while not unwanted.is_set():
                try:
                    return ready.put(item, timeout=_LOOK)
                except queue.Full:
                    continue

        def read() -> None:
            try:
                for index in indices:
                    if unwanted.is_set():
                        return
                    with self._reading:
                        sample = self.patches_reader.get_sample(index)
                    hand_over(sample)
                hand_over(None)
            except BaseException as error:  # raised where the samples are used
                hand_over(error)

        threading.Thread(target=read, daemon=True).start()
        try:
            while True:
                started = time.monotonic()
                item = ready.get()
                self._waited += time.monotonic() - started
                if item is None:
                    return
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            unwanted.set()


class DatasetFromPatchesImages(Dataset):
    """A dataset of patches images.

    Args:
        filenames_dict: for each name of a tensor its patches images.
        use_streaming: read patches when they are needed, in flat memory; else all are read now, which is faster.
        buffer_length: samples to read ahead.
        iterator_cls: in which order to walk; see `IteratorBase`.
        max_nb_of_samples: use at most so many in an epoch.
        scalar_dict: for each name of a further tensor its values, one a sample.

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
