"""Writing folders of TFRecords in OTBTF's layout."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from .record_files import SHAPES_FILE, SUFFIX, TYPES_FILE, link_or_copy, tensorflow_compression
from .record_layout import Tensor, openings


class RecordsWriter:
    """Writes samples into the files of a folder; a context manager.

    Args:
        folder: the folder to make.
        shards: number of files.
        compression: ``none`` or ``gzip``.

    Example::

        with RecordsWriter(Path("folder"), shards=2) as writer:
            writer.describe({"image": "uint16"}, {"image": (64, 64, 4)})
            for number, image in enumerate(images):
                writer.write(number % 2, {"image": image})
    """

    def __init__(self, folder: Path, shards: int, *, compression: str = "none") -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._openings: dict[tuple[Tensor, ...], list[bytes]] = {}
        self._options = tf.io.TFRecordOptions(compression_type=tensorflow_compression(compression))
        self._writers: list[tf.io.TFRecordWriter | None] = []
        for _ in range(shards):
            self.begin()

    def __enter__(self) -> RecordsWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for shard in range(self.shards):
            self.close(shard)

    @property
    def shards(self) -> int:
        """Number of files."""
        return len(self._writers)

    def path(self, shard: int) -> Path:
        """The file with a number."""
        return self._folder / f"{shard}{SUFFIX}"

    def begin(self) -> int:
        """Begin a further file; returns its number."""
        self._writers.append(tf.io.TFRecordWriter(str(self.path(self.shards)), self._options))
        return self.shards - 1

    def add(self, file: Path, *, for_now: bool = False) -> None:
        """Add a whole file of records that was written before, as a further file: a link to it, or else a copy.

        Args:
            file: it must be compressed as this folder's files are.
            for_now: whether it will stay where it is as long as this folder is there.
        """
        link_or_copy(file, self.path(self.shards), for_now=for_now)
        self._writers.append(None)

    def close(self, shard: int) -> None:
        """Close a file that is complete."""
        writer = self._writers[shard]
        if writer is not None:
            writer.close()

    def describe(self, types: Mapping[str, str], shapes: Mapping[str, tuple[int, ...]]) -> None:
        """Write the two JSON files: type and shape of each tensor of a sample, by its name."""
        for name, content in ((TYPES_FILE, types), (SHAPES_FILE, shapes)):
            (self._folder / name).write_text(json.dumps(content, indent=4), encoding="utf-8")

    def write(self, shard: int, sample: Mapping[str, NDArray]) -> None:
        """Add one sample, tensors by name, to the file with the number ``shard``."""
        tensors = tuple((name, values.dtype, values.shape) for name, values in sample.items())
        if tensors not in self._openings:
            self._openings[tensors] = openings(tensors)
        parts = [
            part
            for opening, values in zip(self._openings[tensors], sample.values())
            for part in (opening, np.ascontiguousarray(values).data)
        ]
        writer = self._writers[shard]
        if writer is None:
            raise ValueError(f"the file {shard} is complete")
        writer.write(b"".join(parts))
