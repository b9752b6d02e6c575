"""Folders of TFRecords in OTBTF's layout.

A folder holds ``0.records``, ``1.records``, … and two JSON files, ``output_types.json`` and
``output_shapes.json``, that name type and shape of each tensor of a sample.  In folders of version 0.1, and of
OTBTF before 3.3, shapes begin with null for the batch: these are read too.
Every record is a ``tf.train.Example`` whose features are serialized tensors.  OTBTF's
``TFRecords(path).read`` reads these folders, and `TFRecords` reads OTBTF's.  Compressed files (GZIP) are
told from others by their first bytes; OTBTF does not read those.

Reading for training::

    records = TFRecords("dataset/train")
    data = records.read(batch_size=16, target_keys=["labels"], shuffle_buffer_size=2048, seed=1)
    model.fit(data)

Writing, without knowing the folder's layout::

    with RecordsWriter(Path("folder"), shards=2) as writer:
        writer.describe({"image": "uint16"}, {"image": (64, 64, 4)})
        for number, image in enumerate(images):
            writer.write(number % 2, {"image": image})
"""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..errors import InputError
from ..runtime.checks import LARGEST, check_range
from .damage import explained_damage
from .description import FILE_NAME, LABELS, DatasetDescription
from .framing import compression_of, count_records

TYPES_NAME = "output_types.json"
_SHAPES = "output_shapes.json"
_SUFFIX = ".records"
_FILES_AT_ONCE = 8
_POLICY = tf.data.experimental.AutoShardPolicy
Tensors = dict[str, tf.Tensor]
_Kind = tuple[str, str, tuple[int, ...]]  # name, type and shape of a tensor


class RecordsWriter:
    """Writes samples into shards; use as a context manager.

    Args:
        folder: the folder to make.
        shards: number of files.
        compression: ``none`` or ``gzip``.
    """

    def __init__(self, folder: Path, shards: int, *, compression: str = "none") -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._prefixes: dict[tuple[_Kind, ...], list[bytes]] = {}
        options = tf.io.TFRecordOptions(compression_type=_compression_type(compression))
        self._writers = [tf.io.TFRecordWriter(str(folder / f"{number}{_SUFFIX}"), options) for number in range(shards)]

    def __enter__(self) -> RecordsWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers:
            writer.close()

    def close(self, shard: int) -> None:
        """Close a file that nothing more is written to."""
        self._writers[shard].close()

    def describe(self, types: dict[str, str], shapes: dict[str, tuple[int, ...]]) -> None:
        """Write the two JSON files: type and shape of each tensor of a sample."""
        (self._folder / TYPES_NAME).write_text(json.dumps(types, indent=4), encoding="utf-8")
        (self._folder / _SHAPES).write_text(json.dumps(shapes, indent=4), encoding="utf-8")

    def write(self, shard: int, sample: dict[str, NDArray]) -> None:
        """Add one sample to a shard."""
        kinds = tuple((name, values.dtype.name, values.shape) for name, values in sample.items())
        if kinds not in self._prefixes:
            self._prefixes[kinds] = _prefixes(kinds)
        parts = [
            part
            for prefix, values in zip(self._prefixes[kinds], sample.values())
            for part in (prefix, np.ascontiguousarray(values).data)
        ]
        self._writers[shard].write(b"".join(parts))


class TFRecords:
    """A folder of TFRecords.

    Args:
        path: the folder.

    Attributes:
        files: the files of records, in the order of their numbers.
        output_types: name of the type of each tensor.
        output_shapes: shape of each tensor of a sample, without the batch; None where sizes differ.

    Raises:
        InputError: it holds no TFRecords; or it is a split of a dataset folder and does not hold the samples that the
            manifest counts.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.files = sorted(self.path.glob(f"*{_SUFFIX}"), key=lambda file: (len(file.name), file.name))
        try:
            if not self.files:
                raise FileNotFoundError(f"no file that ends with {_SUFFIX}")
            self.output_types = _types((self.path / TYPES_NAME).read_text(encoding="utf-8"))
            self.output_shapes = _shapes((self.path / _SHAPES).read_text(encoding="utf-8"))
            if sorted(self.output_types) != sorted(self.output_shapes):
                raise ValueError(f"{TYPES_NAME} and {_SHAPES} name different tensors")
        except (OSError, ValueError) as error:
            raise InputError(
                f"{path} is no folder of TFRecords.",
                expected=f"{TYPES_NAME}, {_SHAPES} and files that end with {_SUFFIX}",
                received=str(error),
            ) from error
        self._check_manifest()

    def _check_manifest(self) -> None:
        """A file that was cut off between two records reads well: only the manifest knows what is missing."""
        folder, split = self.path.absolute().parent, self.path.absolute().name
        if not (folder / FILE_NAME).is_file():  # the records of OTBTF have no manifest
            return
        try:
            dataset = DatasetDescription.read(folder)
        except InputError:  # it may be that of another program
            return
        if split not in dataset.splits:
            return
        types = {source.name: source.dtype for source in dataset.sources}
        shapes = {source.name: [source.patch_size, source.patch_size, len(source.bands)] for source in dataset.sources}
        types[LABELS] = self.output_types.get(LABELS, "labels")
        shapes[LABELS] = [dataset.label_size, dataset.label_size, 1]
        for what, expected, found in (
            (f"{dataset.splits[split].samples} samples", dataset.splits[split].samples, self.count()),
            (f"tensors of the types {types}", types, self.output_types),
            (f"tensors of the shapes {shapes}", shapes, self.output_shapes),
        ):
            if found != expected:
                raise InputError(
                    f"The dataset {folder} is damaged.",
                    expected=f"{what} in the split {split}, as {FILE_NAME} says",
                    received=f"{found} in its files",
                    remedy="Export it again, or copy all of its files.",
                )

    def count(self) -> int:
        """Number of samples; walks over the files without reading the samples (compressed ones are read).

        Raises:
            InputError: a file ends within a sample.
        """
        return sum(count_records(file) for file in self.files)

    def read(
        self,
        batch_size: int,
        target_keys: Collection[str],
        n_workers: int = 1,
        drop_remainder: bool = False,
        shuffle_buffer_size: int = 0,
        preprocessing_fn: Callable[..., Tensors] | None = None,
        shard_policy: tf.data.experimental.AutoShardPolicy = _POLICY.AUTO,
        prefetch_buffer_size: int = tf.data.AUTOTUNE,
        num_parallel_calls: int = tf.data.AUTOTUNE,
        *,
        seed: int | None = None,
        **kwargs: Any,
    ) -> tf.data.Dataset:
        """Batches of (inputs, targets), each a dictionary of tensors.

        Args:
            batch_size: samples in a batch.
            target_keys: names of the tensors that are targets; the others are inputs.
            n_workers: number of workers that share the files (`tf.distribute.MultiWorkerMirroredStrategy`).
            drop_remainder: leave out a last batch that is smaller, with a warning.
            shuffle_buffer_size: samples to shuffle within; 0: the order of the files.
            preprocessing_fn: changes the dictionary of one sample, before inputs and targets are told apart.
            shard_policy: how workers share.  ``FILE``: whole files; those that do not divide among the workers
                are left out, with a warning.  ``AUTO``: by files where they divide, else by samples.
            prefetch_buffer_size: batches to have ready.
            num_parallel_calls: samples to decode at the same time.
            seed: the same seed gives the same order.
            kwargs: passed on to ``preprocessing_fn``.

        Example::

            def prepare(examples):
                return {"input_xs": examples["xs"], "predictions": one_hot(examples["labels"], nb_classes=2)}

            data = TFRecords("train").read(8, target_keys=["predictions"], preprocessing_fn=prepare)
        """
        check_range("batch size", batch_size, 1, LARGEST)
        check_range("number of workers", n_workers, 1, LARGEST)
        files, shard_policy = self._shared(n_workers, shard_policy)
        records = self._records(files, shuffle_buffer_size, seed)

        def prepare(record: tf.Tensor) -> tuple[Tensors, Tensors]:
            tensors = self._parse(record)
            return divide(preprocessing_fn(tensors, **kwargs) if preprocessing_fn else tensors, target_keys)

        if drop_remainder:
            warn_of_remainder(sum(count_records(file) for file in files), batch_size, "batches")
        batches = records.map(prepare, num_parallel_calls=num_parallel_calls)
        batches = batches.batch(batch_size, drop_remainder=drop_remainder).prefetch(prefetch_buffer_size)
        if n_workers > 1:
            options = tf.data.Options()
            options.experimental_distribute.auto_shard_policy = shard_policy
            batches = batches.with_options(options)
        return batches

    def samples(
        self, target_keys: Collection[str], *, shuffle_buffer_size: int = 0, seed: int | None = None
    ) -> tf.data.Dataset:
        """Single samples (inputs, targets); the arguments are those of `read`."""
        records = self.raw(shuffle_buffer_size=shuffle_buffer_size, seed=seed)
        return records.map(lambda record: self.divided(record, target_keys), num_parallel_calls=tf.data.AUTOTUNE)

    def walk(self, data: tf.data.Dataset) -> Iterator[Any]:
        """What a dataset made of these records gives.

        Raises:
            InputError: a record is damaged, or holds something else than the folder says.
        """
        with explained_damage(self.path, tf.errors.DataLossError, tf.errors.InvalidArgumentError):
            yield from data

    def raw(self, *, shuffle_buffer_size: int = 0, seed: Any = None) -> tf.data.Dataset:
        """Records as they are in the files, for `divided`; the arguments are those of `read`, or a tensor as seed."""
        return self._records(self.files, shuffle_buffer_size, seed)

    def divided(self, record: tf.Tensor, target_keys: Collection[str]) -> tuple[Tensors, Tensors]:
        """The sample (inputs, targets) of a record."""
        return divide(self._parse(record), target_keys)

    def _records(self, files: list[Path], shuffle_buffer_size: int, seed: Any) -> tf.data.Dataset:
        """Undecoded records: they are what is cheap to shuffle and to hold."""
        names = [str(file) for file in files]
        kind = _compression_type(compression_of(files[0]))
        if not shuffle_buffer_size:
            return tf.data.TFRecordDataset(names, compression_type=kind)
        return (
            tf.data.Dataset.from_tensor_slices(names)
            .shuffle(len(names), seed=seed)
            .interleave(
                lambda name: tf.data.TFRecordDataset(name, compression_type=kind),
                cycle_length=_FILES_AT_ONCE,
                block_length=4,
            )
            .shuffle(shuffle_buffer_size, seed=seed)
        )

    def _shared(
        self, n_workers: int, policy: tf.data.experimental.AutoShardPolicy
    ) -> tuple[list[Path], tf.data.experimental.AutoShardPolicy]:
        """The files that workers read, and how they share them."""
        rest = len(self.files) % n_workers
        if not rest or policy not in (_POLICY.AUTO, _POLICY.FILE):
            return self.files, policy
        problem = f"{len(self.files)} files of {self.path} do not divide among {n_workers} workers"
        if policy == _POLICY.AUTO or rest == len(self.files):
            warnings.warn(f"{problem}: each worker reads all files and keeps its share of the samples.", stacklevel=3)
            return self.files, _POLICY.DATA
        left_out = sum(count_records(file) for file in self.files[-rest:])
        warnings.warn(f"{problem}: {rest} files with {left_out} samples are left out.", stacklevel=3)
        return self.files[:-rest], policy

    def _parse(self, record: tf.Tensor) -> Tensors:
        features = {name: tf.io.FixedLenFeature([], tf.string) for name in self.output_types}
        example = tf.io.parse_single_example(record, features)
        return {
            name: tf.ensure_shape(tf.io.parse_tensor(example[name], out_type=kind), self.output_shapes[name])
            for name, kind in self.output_types.items()
        }


def _types(text: str) -> dict[str, str]:
    """The types that are named in JSON."""
    types = json.loads(text)
    if not isinstance(types, dict) or not all(isinstance(kind, str) for kind in types.values()):
        raise ValueError(f"{TYPES_NAME} does not name the types of tensors")
    try:
        return {name: tf.as_dtype(kind).name for name, kind in types.items()}
    except TypeError as error:
        raise ValueError(f"{TYPES_NAME} names an unknown type: {error}") from error


def _shapes(text: str) -> dict[str, list[int | None]]:
    """The shapes of a sample that are named in JSON, without the batch that they may begin with."""
    shapes = json.loads(text)
    if not isinstance(shapes, dict) or not all(map(_is_shape, shapes.values())):
        raise ValueError(f"{_SHAPES} does not name the shapes of tensors")
    return {name: shape[1:] if shape[:1] == [None] else shape for name, shape in shapes.items()}


def _is_shape(value: Any) -> bool:
    return isinstance(value, list) and all(size is None or (type(size) is int and size >= 0) for size in value)


def divide(tensors: Tensors, target_keys: Collection[str]) -> tuple[Tensors, Tensors]:
    """Inputs and targets of a sample.

    Raises:
        InputError: a target is not there.
    """
    missing = sorted(set(target_keys) - set(tensors))
    if missing:
        raise InputError("A target is none of the tensors.", expected=", ".join(tensors), received=", ".join(missing))
    inputs = {name: tensor for name, tensor in tensors.items() if name not in target_keys}
    return inputs, {name: tensor for name, tensor in tensors.items() if name in target_keys}


def warn_of_remainder(samples: int, size: int, what: str) -> None:
    """Warn that samples which do not fill a batch or file are left out, if there are any."""
    if samples % size:
        warnings.warn(
            f"{samples % size} of {samples} samples do not fill {what} of {size} and are dropped.", stacklevel=3
        )


def _compression_type(compression: str) -> str:
    return {"none": "", "gzip": "GZIP"}[compression]


def _prefixes(kinds: tuple[_Kind, ...]) -> list[bytes]:
    """What stands before the values of each tensor in a record.

    Samples of one shape differ in their values only, and all lengths are known: the messages ``Example``,
    ``Features``, ``Feature``, ``BytesList`` and ``TensorProto`` around them need to be spelt out but once.
    """
    entries = []
    for name, dtype, shape in kinds:
        number = np.dtype(dtype).itemsize * math.prod(shape)
        described = tf.TensorShape(shape).as_proto()
        tensor = _tensor_start(dtype, described) + _opening(4, number)
        value, size = tensor, len(tensor) + number
        for _ in range(2):  # Feature, BytesList
            opening = _opening(1, size)
            value, size = opening + value, len(opening) + size
        key = _opening(1, len(name.encode())) + name.encode()
        opening = key + _opening(2, size)
        entry = len(opening) + size
        entries.append((_opening(1, entry) + opening + value, number))
    whole = sum(len(prefix) + number for prefix, number in entries)
    prefixes = [prefix for prefix, _ in entries]
    return [_opening(1, whole) + prefixes[0], *prefixes[1:]]


def _tensor_start(dtype: str, shape: Any) -> bytes:
    """Type and shape of a tensor as the beginning of a ``TensorProto``."""
    proto = tf.make_tensor_proto(0, dtype=dtype)
    proto.tensor_shape.CopyFrom(shape)
    for field, _ in proto.ListFields():
        if field.name not in ("dtype", "tensor_shape"):
            proto.ClearField(field.name)
    return bytes(proto.SerializeToString())


def _opening(field: int, length: int) -> bytes:
    """Tag and length of a field of so many bytes, in protobuf's encoding."""
    encoded = bytearray([field << 3 | 2])
    while length > 0x7F:
        encoded.append(length & 0x7F | 0x80)
        length >>= 7
    encoded.append(length)
    return bytes(encoded)
