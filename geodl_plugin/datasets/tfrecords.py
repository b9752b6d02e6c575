"""Folders of TFRecords in OTBTF's layout.

A folder holds ``0.records``, ``1.records``, … and two JSON files, ``output_types.json`` and
``output_shapes.json``, that name each tensor's type and shape (a leading null stands for the batch).
Every record is a ``tf.train.Example`` whose features are serialized tensors.  OTBTF's
``TFRecords(path).read`` reads these folders, and `TFRecords` reads OTBTF's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from pathlib import Path
from types import TracebackType

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..errors import InputError

_TYPES = "output_types.json"
_SHAPES = "output_shapes.json"
_SUFFIX = ".records"
Tensors = dict[str, tf.Tensor]


class RecordsWriter:
    """Writes samples into shards; use as a context manager.

    Args:
        folder: the folder to make.
        shards: number of files.
    """

    def __init__(self, folder: Path, shards: int) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._writers = [tf.io.TFRecordWriter(str(folder / f"{number}{_SUFFIX}")) for number in range(shards)]

    def __enter__(self) -> RecordsWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers:
            writer.close()

    def describe(self, types: dict[str, str], shapes: dict[str, tuple[int, ...]]) -> None:
        """Write the two JSON files: type and shape of each tensor of a sample."""
        with_batch = {name: [None, *shape] for name, shape in shapes.items()}
        (self._folder / _TYPES).write_text(json.dumps(types, indent=4), encoding="utf-8")
        (self._folder / _SHAPES).write_text(json.dumps(with_batch, indent=4), encoding="utf-8")

    def write(self, shard: int, sample: dict[str, NDArray]) -> None:
        """Add one sample to a shard."""
        features = {
            name: tf.train.Feature(bytes_list=tf.train.BytesList(value=[_serialize(values)]))
            for name, values in sample.items()
        }
        example = tf.train.Example(features=tf.train.Features(feature=features))
        self._writers[shard].write(example.SerializeToString())


class TFRecords:
    """A folder of TFRecords.

    Args:
        path: the folder.

    Raises:
        InputError: it holds no TFRecords.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.files = sorted(self.path.glob(f"*{_SUFFIX}"), key=lambda file: (len(file.name), file.name))
        try:
            if not self.files:
                raise FileNotFoundError(f"no file that ends with {_SUFFIX}")
            self.output_types: dict[str, str] = json.loads((self.path / _TYPES).read_text(encoding="utf-8"))
            self.output_shapes: dict[str, list[int | None]] = json.loads(
                (self.path / _SHAPES).read_text(encoding="utf-8")
            )
        except (OSError, ValueError) as error:
            raise InputError(
                f"{path} is no folder of TFRecords.",
                expected=f"{_TYPES}, {_SHAPES} and files that end with {_SUFFIX}",
                received=str(error),
            ) from error

    def read(
        self,
        batch_size: int,
        target_keys: Collection[str],
        *,
        drop_remainder: bool = False,
        shuffle_buffer_size: int = 0,
        seed: int | None = None,
        preprocessing_fn: Callable[[Tensors, Tensors], tuple[object, ...]] | None = None,
    ) -> tf.data.Dataset:
        """Batches of (inputs, targets), each a dictionary of tensors.

        Args:
            batch_size: samples in a batch.
            target_keys: names of the tensors that are targets; the others are inputs.
            drop_remainder: leave out a last batch that is smaller.
            shuffle_buffer_size: samples to shuffle within; 0: the order of the files.
            seed: the same seed gives the same order.
            preprocessing_fn: changes the inputs and targets of one sample.
        """
        samples = self.samples(target_keys, shuffle_buffer_size=shuffle_buffer_size, seed=seed)
        if preprocessing_fn:
            samples = samples.map(preprocessing_fn, num_parallel_calls=tf.data.AUTOTUNE)
        return samples.batch(batch_size, drop_remainder=drop_remainder).prefetch(tf.data.AUTOTUNE)

    def samples(
        self, target_keys: Collection[str], *, shuffle_buffer_size: int = 0, seed: int | None = None
    ) -> tf.data.Dataset:
        """Single samples (inputs, targets); the arguments are those of `read`."""
        names = [str(file) for file in self.files]
        records = tf.data.TFRecordDataset(names)
        if shuffle_buffer_size:
            files = tf.data.Dataset.from_tensor_slices(names).shuffle(len(names), seed=seed)
            records = files.interleave(
                tf.data.TFRecordDataset, cycle_length=8, block_length=4, num_parallel_calls=2, deterministic=True
            ).shuffle(shuffle_buffer_size, seed=seed)

        def parse(record: tf.Tensor) -> tuple[Tensors, Tensors]:
            tensors = self._parse(record)
            inputs = {name: tensor for name, tensor in tensors.items() if name not in target_keys}
            targets = {name: tensor for name, tensor in tensors.items() if name in target_keys}
            return inputs, targets

        return records.map(parse, num_parallel_calls=tf.data.AUTOTUNE)

    def _parse(self, record: tf.Tensor) -> Tensors:
        features = {name: tf.io.FixedLenFeature([], tf.string) for name in self.output_types}
        example = tf.io.parse_single_example(record, features)
        return {
            name: tf.ensure_shape(tf.io.parse_tensor(example[name], out_type=kind), self.output_shapes[name][1:])
            for name, kind in self.output_types.items()
        }


def _serialize(values: NDArray) -> bytes:
    """What ``tf.io.serialize_tensor`` gives to a reader, without a trip through an eager tensor."""
    tensor = tf.make_tensor_proto(0, dtype=values.dtype)
    tensor.ClearField("tensor_shape")
    for field, _ in tensor.ListFields():
        if field.name != "dtype":
            tensor.ClearField(field.name)
    for size in values.shape:
        tensor.tensor_shape.dim.add(size=size)
    tensor.tensor_content = np.ascontiguousarray(values).tobytes()
    return tensor.SerializeToString()
