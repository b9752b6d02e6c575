"""Writing folders of TFRecords in OTBTF's layout."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from .record_files import SHAPES_FILE, SUFFIX, TYPES_FILE, tensorflow_compression
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
        options = tf.io.TFRecordOptions(compression_type=tensorflow_compression(compression))
        self._writers = [tf.io.TFRecordWriter(str(folder / f"{number}{SUFFIX}"), options) for number in range(shards)]

    def __enter__(self) -> RecordsWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers:
            writer.close()

    def close(self, shard: int) -> None:
        """Close a file that is complete."""
        self._writers[shard].close()

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
        self._writers[shard].write(b"".join(parts))
