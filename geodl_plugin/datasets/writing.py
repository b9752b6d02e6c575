"""Writing a dataset folder, sample by sample in any order."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.splits import SPLITS, TRAIN
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from .description import LABELS, SourceInfo, SplitInfo
from .label_patches import ClassLabels, ValueLabels
from .statistics import BandStatistics
from .tfrecords import RecordsWriter

_MOST_SHARDS = 128  # of a split, open at the same time
_TRAIN = SPLITS.index(TRAIN)


def deal(
    split_of: NDArray[np.int64], samples_per_shard: int, drop_remainder: bool, seed: int, reporter: Reporter
) -> NDArray[np.int64]:
    """In which file of its split each sample goes, by chance; -1: none, since it would not fill a file.

    Args:
        split_of: index into `SPLITS`, [sample].
        samples_per_shard: about so many samples in a file; exactly, if the remainder is dropped.
        drop_remainder: leave out the samples that do not fill a file.
        seed: the same seed deals the same way.
        reporter: warned of what is left out.

    Raises:
        InputError: nothing would be left of a split.
    """
    shard_of = np.full(len(split_of), -1)
    for number, split in enumerate(SPLITS):
        chosen = np.flatnonzero(split_of == number)
        count = len(chosen)
        size = max(samples_per_shard, ceil_div(count, _MOST_SHARDS))
        order = np.random.default_rng(seed).permutation(count)
        if not drop_remainder:
            shard_of[chosen] = order % max(1, ceil_div(count, size))
            continue
        if 0 < count < size:
            raise InputError(
                f"Without the remainder the split {split} is empty.",
                expected=f"at least {size} samples, which fill a file",
                received=f"{count} samples",
                remedy="Choose fewer samples in one file, or keep the remainder.",
            )
        if count % size:
            reporter.warning(f"{count % size} of {count} {split} samples do not fill a file of {size} and are dropped.")
        shard_of[chosen] = np.where(order < count // size * size, order % max(1, count // size), -1)
    return shard_of


class DatasetWriter:
    """Writes the records of all splits and gathers what the manifest tells of them; a context manager.

    Args:
        folder: the dataset folder, which is there.
        sources: the inputs, without statistics.
        labels: what the labels are; counts them.
        label_size: side of the label patches.
        split_of: index into `SPLITS`, [sample].
        shard_of: file within the split, [sample]; -1: the sample is left out.
        compression: ``none`` or ``gzip``.
    """

    def __init__(
        self,
        folder: Path,
        sources: Sequence[SourceInfo],
        labels: ClassLabels | ValueLabels,
        label_size: int,
        split_of: NDArray[np.int64],
        shard_of: NDArray[np.int64],
        *,
        compression: str = "none",
    ) -> None:
        self._sources, self._labels = sources, labels
        self._split_of, self._shard_of = split_of.tolist(), shard_of.tolist()
        self._statistics = [BandStatistics(len(source.bands)) for source in sources]
        self._counts = np.bincount(split_of[shard_of >= 0], minlength=len(SPLITS)).tolist()
        self._shards = [int(shard_of[split_of == number].max(initial=-1)) + 1 for number in range(len(SPLITS))]
        self._stack = ExitStack()
        self._writers: dict[int, RecordsWriter] = {}
        types = {source.name: source.dtype for source in sources} | {LABELS: labels.dtype.name}
        shapes = {source.name: (source.patch_size, source.patch_size, len(source.bands)) for source in sources}
        for number, split in enumerate(SPLITS):
            if self._counts[number]:
                writer = RecordsWriter(folder / split, self._shards[number], compression=compression)
                self._writers[number] = self._stack.enter_context(writer)
                writer.describe(types, {**shapes, LABELS: (label_size, label_size, 1)})

    def __enter__(self) -> DatasetWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def write(
        self,
        number: int,
        patches: Sequence[NDArray],
        labels: NDArray,
        missing: Sequence[NDArray[np.bool_] | None],
    ) -> None:
        """Add one sample.

        Args:
            number: which; it has its split and file.
            patches: one a source, [y, x, bands].
            labels: class indices or values, [y, x].
            missing: which values of each patch are no data; None: none.
        """
        split, shard = self._split_of[number], self._shard_of[number]
        if shard < 0:
            return
        sample = {source.name: patch for source, patch in zip(self._sources, patches)}
        self._writers[split].write(shard, {**sample, LABELS: labels[..., None]})
        self._labels.add(split, labels)
        if split == _TRAIN:
            for statistics, patch, absent in zip(self._statistics, patches, missing):
                statistics.add(patch, absent)

    def sources(self) -> list[SourceInfo]:
        """The inputs with the statistics of their train patches."""
        return [
            replace(source, statistics=statistics.to_json())
            for source, statistics in zip(self._sources, self._statistics)
        ]

    def splits(self) -> dict[str, SplitInfo]:
        """What was written, by split."""
        return {
            SPLITS[number]: SplitInfo(self._counts[number], self._shards[number], self._labels.pixels(number))
            for number in self._writers
        }
