"""Reading folders of TFRecords in OTBTF's layout.

A folder holds ``0.records``, ``1.records``, … and two JSON files, ``output_types.json`` and
``output_shapes.json``, that name type and shape of each tensor of a sample.  In folders of version 0.1, and of
OTBTF before 3.3, shapes begin with null for the batch: these are read too.
Every record is a ``tf.train.Example`` whose features are serialized tensors.  OTBTF's
``TFRecords(path).read`` reads what `RecordsWriter` writes, and `TFRecords` reads what OTBTF writes.  Compressed
files (GZIP) are recognised by their first bytes; OTBTF cannot read them.

Reading for training::

    records = TFRecords("dataset/train")
    data = records.read(batch_size=16, target_keys=["labels"], shuffle_buffer_size=2048, seed=1)
    model.fit(data)
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import tensorflow as tf

from ..errors import InputError
from ..language import tr
from ..runtime.checks import LARGEST, check_range
from .damage import explained_damage
from .description import FILE_NAME, LABELS, DatasetDescription
from .record_files import SHAPES_FILE, SUFFIX, TYPES_FILE, compression_of, count_records, tensorflow_compression
from .record_layout import RecordLayout

_OPEN_FILES = 8
_POLICY = tf.data.experimental.AutoShardPolicy
Tensors = dict[str, tf.Tensor]


class TFRecords:
    """A folder of TFRecords.

    Args:
        path: the folder.

    Attributes:
        files: the files of records, in the order of their numbers.
        output_types: name of the type of each tensor.
        output_shapes: shape of each tensor of a sample, without the batch; None where sizes differ.

    Raises:
        InputError: it holds no TFRecords; or it is a split of a dataset folder and does not hold the samples that
            ``dataset.json`` counts.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.files = sorted(self.path.glob(f"*{SUFFIX}"), key=lambda file: (len(file.name), file.name))
        try:
            if not self.files:
                raise FileNotFoundError(tr("no file that ends with {suffix}").format(suffix=SUFFIX))
            self.output_types = _types((self.path / TYPES_FILE).read_text(encoding="utf-8"))
            self.output_shapes = _shapes((self.path / SHAPES_FILE).read_text(encoding="utf-8"))
            if sorted(self.output_types) != sorted(self.output_shapes):
                raise ValueError(
                    tr("{types_file} and {shapes_file} name different tensors").format(
                        types_file=TYPES_FILE, shapes_file=SHAPES_FILE
                    )
                )
        except (OSError, ValueError) as error:
            raise InputError(
                tr("{path} is not a folder of TFRecords.").format(path=path),
                expected=tr("{types_file}, {shapes_file} and files that end with {suffix}").format(
                    types_file=TYPES_FILE, shapes_file=SHAPES_FILE, suffix=SUFFIX
                ),
                received=str(error),
            ) from error
        self._check_description()
        self._layout = RecordLayout.of(self.output_types, self.output_shapes)

    def _check_description(self) -> None:
        """Raise `InputError` if these are not the samples that ``dataset.json`` describes.

        A file that was cut off between two records can be read: only the description tells what is missing.
        """
        folder, split = self.path.absolute().parent, self.path.absolute().name
        if not (folder / FILE_NAME).is_file():  # OTBTF writes none
            return
        try:
            description = DatasetDescription.read(folder)
        except InputError:  # another program may have written it
            return
        if split not in description.splits:
            return
        samples, sources = description.splits[split].samples, description.sources
        types = {source.name: source.dtype for source in sources}
        shapes = {source.name: [source.patch_size, source.patch_size, len(source.bands)] for source in sources}
        types[LABELS] = self.output_types.get(LABELS, "labels")
        shapes[LABELS] = [description.label_size, description.label_size, 1]
        for what, expected, received in (
            (tr("{samples} samples").format(samples=samples), samples, self.count()),
            (tr("tensors of the types {types}").format(types=types), types, self.output_types),
            (tr("tensors of the shapes {shapes}").format(shapes=shapes), shapes, self.output_shapes),
        ):
            if received != expected:
                raise InputError(
                    tr("The dataset {folder} is damaged.").format(folder=folder),
                    expected=tr("{what} in the split {split}, as {file_name} says").format(
                        what=what, split=split, file_name=FILE_NAME
                    ),
                    received=tr("{received} in its files").format(received=received),
                    remedy=tr("Export it again, or copy all of its files."),
                )

    def count(self) -> int:
        """Number of samples, counted without reading them (but compressed files are read).

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
            preprocessing_fn: changes the dictionary of one sample, before it is divided into inputs and targets.
            shard_policy: how workers share.  ``FILE``: whole files; those that do not divide among the workers
                are left out, with a warning.  ``AUTO``: by files where they divide, else by samples.
            prefetch_buffer_size: batches to have ready.
            num_parallel_calls: batches to decode at the same time; samples, if there is a ``preprocessing_fn``.
            seed: the same seed gives the same order.
            kwargs: passed on to ``preprocessing_fn``.

        Example::

            def prepare(examples):
                return {"input_xs": examples["xs"], "predictions": one_hot(examples["labels"], nb_classes=2)}

            data = TFRecords("train").read(8, target_keys=["predictions"], preprocessing_fn=prepare)
        """
        check_range(tr("batch size"), batch_size, 1, LARGEST)
        check_range(tr("number of workers"), n_workers, 1, LARGEST)
        files, shard_policy = self._files_of_workers(n_workers, shard_policy)
        records = self._records(files, shuffle_buffer_size, seed)
        if drop_remainder:
            warn_of_remainder(sum(count_records(file) for file in files), batch_size, "batches")
        if preprocessing_fn:
            batches = records.map(
                lambda record: divide(preprocessing_fn(self._parse(record), **kwargs), target_keys),
                num_parallel_calls=num_parallel_calls,
            ).batch(batch_size, drop_remainder=drop_remainder)
        else:
            batches = self.batches(
                records, batch_size, target_keys, drop_remainder=drop_remainder, num_parallel_calls=num_parallel_calls
            )
        batches = batches.prefetch(prefetch_buffer_size)
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
        return records.map(lambda record: divide(self._parse(record), target_keys), tf.data.AUTOTUNE)

    def batches(
        self,
        records: tf.data.Dataset,
        batch_size: int,
        target_keys: Collection[str],
        *,
        drop_remainder: bool = False,
        num_parallel_calls: int = tf.data.AUTOTUNE,
    ) -> tf.data.Dataset:
        """Decode records as batches (inputs, targets).

        Args:
            records: of `raw`.
            batch_size: samples in a batch.
            target_keys: names of the tensors that are targets.
            drop_remainder: leave out a last batch that is smaller.
            num_parallel_calls: batches to decode at the same time.
        """
        layout = self._layout
        if layout is None:
            samples = records.map(lambda record: divide(self._parse(record), target_keys), num_parallel_calls)
            return samples.batch(batch_size, drop_remainder=drop_remainder)
        batches = records.batch(batch_size, drop_remainder=drop_remainder).prefetch(1)  # read while others are decoded
        return batches.map(lambda batch: divide(self._parse_batch(batch, layout), target_keys), num_parallel_calls)

    def walk(self, data: tf.data.Dataset) -> Iterator[Any]:
        """Iterate over a dataset made of these records.

        Args:
            data: made from `samples` or `batches`.

        Yields:
            Its elements.

        Raises:
            InputError: a record is damaged, or is not of the types and shapes that the folder names.
        """
        with explained_damage(self.path, tf.errors.DataLossError, tf.errors.InvalidArgumentError):
            yield from data

    def raw(self, *, shuffle_buffer_size: int = 0, seed: Any = None) -> tf.data.Dataset:
        """Undecoded records, for `batches`.

        Args:
            shuffle_buffer_size: as of `read`.
            seed: as of `read`, or a tensor.
        """
        return self._records(self.files, shuffle_buffer_size, seed)

    def _records(self, files: list[Path], shuffle_buffer_size: int, seed: Any) -> tf.data.Dataset:
        """Undecoded records, which are cheaper to shuffle and to hold than tensors."""
        names = [str(file) for file in files]
        kind = tensorflow_compression(compression_of(files[0]))
        if not shuffle_buffer_size:
            return tf.data.TFRecordDataset(names, compression_type=kind)
        return (
            tf.data.Dataset.from_tensor_slices(names)
            .shuffle(len(names), seed=seed)
            .interleave(
                lambda name: tf.data.TFRecordDataset(name, compression_type=kind),
                cycle_length=_OPEN_FILES,
                block_length=4,
            )
            .shuffle(shuffle_buffer_size, seed=seed)
        )

    def _files_of_workers(
        self, n_workers: int, policy: tf.data.experimental.AutoShardPolicy
    ) -> tuple[list[Path], tf.data.experimental.AutoShardPolicy]:
        """The files that workers read, and how they share them."""
        rest = len(self.files) % n_workers
        if not rest or policy not in (_POLICY.AUTO, _POLICY.FILE):
            return self.files, policy
        problem = tr("{count} files of {path} do not divide among {n_workers} workers").format(
            count=len(self.files), path=self.path, n_workers=n_workers
        )
        if policy == _POLICY.AUTO or rest == len(self.files):
            warnings.warn(
                tr("{problem}: each worker reads all files and keeps its share of the samples.").format(
                    problem=problem
                ),
                stacklevel=3,
            )
            return self.files, _POLICY.DATA
        left_out = sum(count_records(file) for file in self.files[-rest:])
        warnings.warn(
            tr("{problem}: {rest} files with {left_out} samples are left out.").format(
                problem=problem, rest=rest, left_out=left_out
            ),
            stacklevel=3,
        )
        return self.files[:-rest], policy

    def _parse(self, record: tf.Tensor) -> Tensors:
        features = {name: tf.io.FixedLenFeature([], tf.string) for name in self.output_types}
        example = tf.io.parse_single_example(record, features)
        return {
            name: tf.ensure_shape(tf.io.parse_tensor(example[name], out_type=kind), self.output_shapes[name])
            for name, kind in self.output_types.items()
        }

    def _parse_batch(self, records: tf.Tensor, layout: RecordLayout) -> Tensors:
        """Decode a batch at once, if all of its records have the layout, else one by one.

        One by one, decoding takes longer than reading.
        """
        kinds = {name: tf.TensorSpec(self.output_shapes[name], kind) for name, kind in self.output_types.items()}
        return tf.cond(
            layout.fits(records),
            lambda: layout.decode(records),
            lambda: tf.map_fn(self._parse, records, fn_output_signature=kinds),
        )


def _types(text: str) -> dict[str, str]:
    """The content of ``output_types.json``: types by the names of the tensors."""
    types = json.loads(text)
    if not isinstance(types, dict) or not all(isinstance(kind, str) for kind in types.values()):
        raise ValueError(
            tr("{types_file} does not map the names of tensors to their types").format(types_file=TYPES_FILE)
        )
    try:
        return {name: tf.as_dtype(kind).name for name, kind in types.items()}
    except TypeError as error:
        raise ValueError(
            tr("{types_file} names an unknown type: {error}").format(types_file=TYPES_FILE, error=error)
        ) from error


def _shapes(text: str) -> dict[str, list[int | None]]:
    """The content of ``output_shapes.json``: shapes of a sample, without the batch that they may begin with."""
    shapes = json.loads(text)
    if not isinstance(shapes, dict) or not all(map(_is_shape, shapes.values())):
        raise ValueError(
            tr("{shapes_file} does not map the names of tensors to their shapes").format(shapes_file=SHAPES_FILE)
        )
    return {name: shape[1:] if shape[:1] == [None] else shape for name, shape in shapes.items()}


def _is_shape(value: Any) -> bool:
    return isinstance(value, list) and all(size is None or (type(size) is int and size >= 0) for size in value)


def divide(tensors: Tensors, target_keys: Collection[str]) -> tuple[Tensors, Tensors]:
    """Divide the tensors of a sample into inputs and targets.

    Args:
        tensors: by name.
        target_keys: names of the targets.

    Raises:
        InputError: there is no tensor of such a name.
    """
    missing = sorted(set(target_keys) - set(tensors))
    if missing:
        raise InputError(tr("Invalid names of targets."), expected=", ".join(tensors), received=", ".join(missing))
    inputs = {name: tensor for name, tensor in tensors.items() if name not in target_keys}
    return inputs, {name: tensor for name, tensor in tensors.items() if name in target_keys}


def warn_of_remainder(samples: int, size: int, what: str) -> None:
    """Warn of samples that are dropped since they do not fill a batch or file, if there are any.

    Args:
        samples: number of samples.
        size: of a batch or file, in samples.
        what: ``batches`` or ``files``.
    """
    if samples % size:
        files = tr("{dropped} of {count} samples do not fill files of {size} and are dropped.")
        batches = tr("{dropped} of {count} samples do not fill batches of {size} and are dropped.")
        text = files if what == "files" else batches
        warnings.warn(text.format(dropped=samples % size, count=samples, size=size), stacklevel=3)
