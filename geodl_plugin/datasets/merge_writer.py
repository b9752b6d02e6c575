"""Writing a merged dataset: links to files of records, and files that are written anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..labels.splits import TRAIN
from ..language import tr
from ..options import SCENE_SPLITS
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from .description import LABELS, DatasetDescription
from .merge_parts import Part, samples_of
from .merge_plan import Merge
from .overview import copy_overviews
from .pooled_figures import FigureCounter, PooledFigures, stored_figures
from .record_files import compression_of, count_records
from .records_writer import RecordsWriter
from .tfrecords import TFRecords
from .united_sources import differs, recoded

_BATCH = 16
Patches = dict[str, NDArray]  # by source, and labels: [patch, y, x, band]


def write_merged(plan: Merge, folder: Path, reporter: Reporter, *, for_now: bool = False) -> DatasetDescription:
    """Write a merged dataset.

    Args:
        plan: what it is made of.
        folder: the dataset folder to make.
        reporter: receives progress.
        for_now: whether the scenes stay where they are as long as the merged dataset is used.

    Returns:
        Its description, which is written as well.

    Raises:
        InputError: a dataset is damaged.
    """
    folder.mkdir()
    figures = plan.pooled()
    scenes: list[dict[str, Any]] = [
        {"name": scene.name, "splits": {}, "provenance": scene.description.provenance} for scene in plan.scenes
    ]
    shards, done, total = {}, 0, sum(samples_of(plan.scenes, part) for part in plan.parts)
    for split in plan.targets:
        with RecordsWriter(folder / split, 0, compression=plan.compression) as writer:
            writer.describe(*_tensors(plan))
            for part in (part for part in plan.parts if part.target == split):
                samples, first = samples_of(plan.scenes, part), writer.shards
                share = reporter.part(done / total, (done + samples) / total)
                _PartWriter(plan, part, writer, figures[split], for_now).write(share)
                scenes[part.scene]["splits"].setdefault(split, []).append(
                    {
                        "split": part.origin,
                        "first_file": first,
                        "files": writer.shards - first,
                        "samples": part.repeats * samples + len(part.drawn),
                    }
                )
                done += samples
            shards[split] = writer.shards
    description = plan.describe(figures, shards, scenes)
    if plan.rules.split == SCENE_SPLITS[0]:  # else the colours of the splits in the pictures are no longer true
        copy_overviews([scene.folder for scene in plan.scenes], folder)
    description.write(folder)
    return description


def _tensors(plan: Merge) -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """Types and shapes of the tensors of a sample, by name."""
    sources, description = plan.sources.sources, plan.scenes[0].description
    labels = "float32" if description.values else plan.classes.classes.label_dtype.name
    size = description.label_size
    types = {source.name: source.dtype for source in sources} | {LABELS: labels}
    shapes = {source.name: (source.patch_size, source.patch_size, len(source.bands)) for source in sources}
    return types, {**shapes, LABELS: (size, size, 1)}


class _PartWriter:
    """Adds the patches of one split of a scene to a split of the merged dataset.

    Args:
        plan: of the merge.
        part: which patches.
        writer: of the split.
        figures: of the split.
        for_now: whether the files of the scene stay where they are as long as the merged dataset is used.
    """

    def __init__(self, plan: Merge, part: Part, writer: RecordsWriter, figures: PooledFigures, for_now: bool) -> None:
        self._plan, self._part, self._writer, self._figures, self._for_now = plan, part, writer, figures, for_now
        scene = plan.scenes[part.scene]
        self._own = scene.description
        self._samples = self._own.splits[part.origin].samples
        self._progress = tr("Merging {name}, {origin}").format(name=scene.name, origin=part.origin)
        self._records = TFRecords(scene.folder / part.origin)
        self._indices = plan.indices(part.scene)
        self._all_indices = range(len(figures.pixels))
        self._label_table = self._table()
        # Classes that keep their indices need not be written anew, nor what is unlabelled, unless its index is another.
        same_labels = bool(self._own.values) or (
            self._indices == list(range(len(self._indices)))
            and self._own.classes.unlabelled == plan.classes.classes.unlabelled
        )
        same_images = not any(map(differs, self._own.sources, plan.sources.sources))
        same_files = compression_of(self._records.files[0]) == plan.compression
        self._same = same_labels and same_images and same_files  # they are linked

    def write(self, reporter: Reporter) -> None:
        """Link or write all files.

        Args:
            reporter: receives progress.
        """
        part, writer, files = self._part, self._writer, self._records.files
        is_known = part.target != TRAIN or part.origin == TRAIN  # statistics are those of splits train
        counter = None if is_known else self._counter()
        per_file = ceil_div(self._samples, len(files))
        written = [] if self._same else [writer.begin() for _ in files]
        drawn = [writer.begin() for _ in range(ceil_div(len(part.drawn), per_file))]
        if written or drawn or counter is not None:
            self._read(written, drawn, per_file, counter, reporter)
        for shard in (*written, *drawn):
            writer.close(shard)
        whole = [writer.path(shard) for shard in written] or files
        for _ in range(part.repeats - bool(written)):
            for file in whole:
                writer.add(file, for_now=self._for_now)
        if counter is None:
            self._figures.add(stored_figures(self._own, part.origin), self._indices, part.repeats)
        else:
            self._figures.add(counter.figures(), self._all_indices, part.repeats)
        reporter.progress(1, self._progress)

    def _read(
        self,
        written: Sequence[int],
        drawn: Sequence[int],
        per_file: int,
        counter: FigureCounter | None,
        reporter: Reporter,
    ) -> None:
        """Read all patches, write them anew, and count them.

        Args:
            written: the files that all of them are written to, one for each file of the scene; empty: they are not.
            drawn: the files for those that are drawn.
            per_file: number of patches in each of these.
            counter: counts all; None: they are counted already.
            reporter: receives progress.
        """
        files = self._records.files
        file_of = np.repeat(np.arange(len(files)), [count_records(file) for file in files]) if written else None
        is_drawn = np.zeros(self._samples, bool)
        is_drawn[list(self._part.drawn)] = True
        place = np.cumsum(is_drawn) - 1
        start, drawn_counter = 0, self._counter()
        for batch in self._batches():
            stop = start + len(batch[LABELS])
            for index, sample in zip(range(start, stop), zip(*batch.values())):
                tensors = dict(zip(batch, sample))
                if file_of is not None:
                    self._writer.write(written[file_of[index]], tensors)
                if is_drawn[index]:
                    self._writer.write(drawn[place[index] // per_file], tensors)
            if counter is not None:
                counter.add(batch)
            if is_drawn[start:stop].any():
                drawn_counter.add({name: values[is_drawn[start:stop]] for name, values in batch.items()})
            start = stop
            reporter.progress(start / self._samples, self._progress)
        self._figures.add(drawn_counter.figures(), self._all_indices)

    def _batches(self) -> Iterator[Patches]:
        """The patches as the merged dataset holds them."""
        data = self._records.batches(self._records.raw(), _BATCH, [LABELS])
        for images, targets in self._records.walk(data):
            labels = targets[LABELS].numpy()
            sources = zip(self._own.sources, self._plan.sources.sources)
            found = {united.name: recoded(images[own.name].numpy(), own, united) for own, united in sources}
            yield {**found, LABELS: labels if self._own.values else self._label_table[labels]}

    def _table(self) -> NDArray:
        """The index in the merged dataset of each index in the scene."""
        own, classes = self._own.classes, self._plan.classes.classes
        table = np.full(own.unlabelled + 1, classes.unlabelled, classes.label_dtype)
        table[: len(own)] = self._plan.classes.indices[self._part.scene]
        return table

    def _counter(self) -> FigureCounter:
        classes = 0 if self._own.values else len(self._plan.classes.classes)
        return FigureCounter(self._plan.sources.sources, classes)
