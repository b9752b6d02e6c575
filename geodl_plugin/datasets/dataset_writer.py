"""Writing a dataset folder, sample by sample in any order."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.splits import SPLITS, TRAIN, WAYS
from ..language import tr
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from .band_statistics import BandStatistics
from .dataset_request import DatasetRequest
from .description import LABELS, DatasetDescription, SourceInfo, SplitInfo
from .label_ground import GroundCounts
from .label_statistics import LabelStatistics
from .records_writer import RecordsWriter

_MAX_SHARDS = 128  # of a split, open at the same time
_LEFT_OUT = -1  # in place of the number of a file
_TRAIN = SPLITS.index(TRAIN)
_UNCOUNTED = 2  # batches that are written before they are counted


def assign_shards(
    split_of: NDArray[np.int64], samples_per_shard: int, drop_remainder: bool, seed: int, reporter: Reporter
) -> NDArray[np.int64]:
    """Draw the file of its split that each sample goes to, [sample]; -1: none, since it would not fill a file.

    Args:
        split_of: index into `SPLITS`, [sample].
        samples_per_shard: approximate number of samples in a file; the exact one, if the remainder is dropped.
        drop_remainder: leave out the samples that do not fill a file.
        seed: the same seed gives the same files.
        reporter: receives a warning of what is left out.

    Raises:
        InputError: nothing would be left of a split.
    """
    shard_of = np.full(len(split_of), _LEFT_OUT)
    for number, split in enumerate(SPLITS):
        in_split = np.flatnonzero(split_of == number)
        count = len(in_split)
        size = max(samples_per_shard, ceil_div(count, _MAX_SHARDS))
        order = np.random.default_rng(seed).permutation(count)
        if not drop_remainder:
            shard_of[in_split] = order % max(1, ceil_div(count, size))
            continue
        if 0 < count < size:
            raise InputError(
                tr("Without the remainder the split {split} is empty.").format(split=split),
                expected=tr("at least {size} samples, which fill a file").format(size=size),
                received=tr("{count} samples").format(count=count),
                remedy=tr("Choose fewer samples in one file, or keep the remainder."),
            )
        if count % size:
            reporter.warning(
                tr("{dropped} of {count} {split} samples do not fill a file of {size} and are dropped.").format(
                    dropped=count % size, count=count, split=split, size=size
                )
            )
        shard_of[in_split] = np.where(order < count // size * size, order % max(1, count // size), _LEFT_OUT)
    return shard_of


class DatasetWriter:
    """Writes the records of all splits, and computes their statistics in a thread beside it; a context manager.

    Args:
        folder: the dataset folder, which exists.
        request: how to write records.
        sources: the inputs, without statistics.
        labels: what the labels are; counts them.
        label_size: side of the label patches in pixels.
        split_of: index into `SPLITS`, [sample].
        reporter: receives a warning of samples that are left out.

    Raises:
        InputError: nothing would be left of a split.
    """

    def __init__(
        self,
        folder: Path,
        request: DatasetRequest,
        sources: Sequence[SourceInfo],
        labels: LabelStatistics,
        label_size: int,
        split_of: NDArray[np.int64],
        reporter: Reporter,
    ) -> None:
        self._folder, self._request = folder, request
        self._sources, self._labels, self._label_size = sources, labels, label_size
        shard_of = assign_shards(split_of, request.samples_per_shard, request.drop_remainder, request.seed, reporter)
        self._split_of, self._shard_of = split_of, shard_of
        self._statistics = [BandStatistics(len(source.bands)) for source in sources]
        self._counts = np.bincount(split_of[shard_of != _LEFT_OUT], minlength=len(SPLITS)).tolist()
        self._shards = [int(shard_of[split_of == number].max(initial=-1)) + 1 for number in range(len(SPLITS))]
        self._stack = ExitStack()
        self._counter = self._stack.enter_context(ThreadPoolExecutor(1, "counter"))
        self._counting: deque[Future[None]] = deque()
        self._writers: dict[int, RecordsWriter] = {}
        types = {source.name: source.dtype for source in sources} | {LABELS: labels.dtype.name}
        shapes = {source.name: (source.patch_size, source.patch_size, len(source.bands)) for source in sources}
        for number, split in enumerate(SPLITS):
            if self._counts[number]:
                writer = RecordsWriter(folder / split, self._shards[number], compression=request.compression)
                self._writers[number] = self._stack.enter_context(writer)
                writer.describe(types, {**shapes, LABELS: (label_size, label_size, 1)})

    @property
    def written(self) -> NDArray[np.bool_]:
        """Which samples are written, [sample]: some may be dropped."""
        return self._shard_of != _LEFT_OUT

    def __enter__(self) -> DatasetWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def write(
        self,
        index: int,
        patches: Sequence[NDArray],
        labels: NDArray,
        missing: Sequence[NDArray[np.bool_] | None],
    ) -> None:
        """Add one sample, as `write_batch` adds several.

        Args:
            index: of the sample.
            patches: one for each source, [y, x, band].
            labels: [y, x].
            missing: one for each source, [y, x, band]; None: none.
        """
        absent = [None if one is None else one[None] for one in missing]
        self.write_batch(np.array([index]), [patch[None] for patch in patches], labels[None], absent)

    def write_batch(
        self,
        indices: NDArray[np.int64],
        patches: Sequence[NDArray],
        labels: NDArray,
        missing: Sequence[NDArray[np.bool_] | None],
    ) -> None:
        """Add samples.  The arrays must not change any more.

        Args:
            indices: of the samples, which have their splits and files, [sample].
            patches: those of each source, [sample, y, x, band].
            labels: class indices or continuous values, [sample, y, x].
            missing: which values of each source's patches are no data, [sample, y, x, band]; None: none.
        """
        self._wait_for_counts(_UNCOUNTED)
        self._counting.append(self._counter.submit(self._add_to_statistics, indices, patches, labels, missing))
        splits, shards = self._split_of[indices], self._shard_of[indices]
        names = [*(source.name for source in self._sources), LABELS]
        for split, shard, *sample in zip(splits.tolist(), shards.tolist(), *patches, labels[..., None]):
            if shard != _LEFT_OUT:
                self._writers[split].write(shard, dict(zip(names, sample)))

    def _wait_for_counts(self, count: int) -> None:
        """Wait until so many batches, or fewer, are left to be counted."""
        while len(self._counting) > count:
            self._counting.popleft().result()

    def _add_to_statistics(
        self,
        indices: NDArray[np.int64],
        patches: Sequence[NDArray],
        labels: NDArray,
        missing: Sequence[NDArray[np.bool_] | None],
    ) -> None:
        """Add samples to the statistics; the arguments are those of `write_batch`."""
        splits, shards = self._split_of[indices], self._shard_of[indices]
        written = shards != _LEFT_OUT
        for split in np.unique(splits[written]).tolist():
            self._labels.add_patches(split, labels[written & (splits == split)])
        train = written & (splits == _TRAIN)
        chosen: Any = slice(None) if train.all() else train  # without copies, where all are
        for statistics, images, absent in zip(self._statistics, patches, missing):
            statistics.add_patches(images[chosen], None if absent is None else absent[chosen])

    def describe(
        self,
        label_mode: str,
        *,
        crs: str,
        pixel_size: tuple[float, float],
        way: str = "",
        ground: GroundCounts | None = None,
    ) -> DatasetDescription:
        """Write ``dataset.json``, when all samples are written.

        Args:
            label_mode: where the labels came from.
            crs: WKT of source 1.
            pixel_size: of source 1, x and y.
            way: how labels were split, one of `labels.splits.WAYS`; another: unknown.
            ground: how many labels there are on the ground; None: unknown.
        """
        self._wait_for_counts(0)
        description = DatasetDescription(
            sources=[
                replace(source, statistics=statistics.to_json())
                for source, statistics in zip(self._sources, self._statistics)
            ],
            classes=self._labels.classes,
            label_mode=label_mode,
            label_size=self._label_size,
            splits={
                SPLITS[number]: SplitInfo(
                    self._counts[number],
                    self._shards[number],
                    self._labels.pixels(number),
                    **(ground.of(number) if ground else {}),
                )
                for number in self._writers
            },
            crs=crs,
            pixel_size=pixel_size,
            provenance=self._request.provenance(),
            compression=self._request.compression,
            values=self._labels.regression_target(),
            split={"way": way, "meaning": WAYS[way]} if way in WAYS else {},
        )
        description.write(self._folder)
        return description
