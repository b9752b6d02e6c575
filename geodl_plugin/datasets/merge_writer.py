"""Writing a merged dataset: links to files of records, and files that are written anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..labels.splits import TRAIN
from ..runtime.reporter import Reporter
from .description import LABELS, DatasetDescription
from .merge_plan import Part, samples_of
from .merging import Merge
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
        self._scene, self._own = scene.name, scene.description
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
        self._same = same_labels and same_images

    def write(self, reporter: Reporter) -> None:
        """Link or write all files.

        Args:
            reporter: receives progress.
        """
        part = self._part
        is_known = part.target != TRAIN or part.origin == TRAIN  # statistics are those of splits train
        counter = None if is_known else self._counter()
        start, samples = 0, self._own.splits[part.origin].samples
        for file in self._records.files:
            number = count_records(file)
            self._write_whole(file, counter)
            self._write_drawn(file, [index - start for index in part.drawn if start <= index < start + number])
            start += number
            reporter.progress(start / samples, f"Merging {self._scene}, {part.origin}")
        if counter is None:
            self._figures.add(stored_figures(self._own, part.origin), self._indices, part.repeats)
        else:
            self._figures.add(counter.figures(), self._all_indices, part.repeats)

    def _write_whole(self, file: Path, counter: FigureCounter | None) -> None:
        """Add one file as often as the part is repeated."""
        writer, repeats = self._writer, self._part.repeats
        if self._same and compression_of(file) == self._plan.compression:
            if counter is not None:
                for batch in self._batches(file):
                    counter.add(batch)
        else:
            shard, repeats = writer.begin(), repeats - 1
            for batch in self._batches(file):
                self._write_batch(shard, batch, counter)
            writer.close(shard)
            file = writer.path(shard)
        for _ in range(repeats):
            writer.add(file, for_now=self._for_now)

    def _write_drawn(self, file: Path, drawn: Sequence[int]) -> None:
        """Add the patches of a file with these numbers, if there are any, in a file of their own."""
        if not drawn:
            return
        shard, counter = self._writer.begin(), self._counter()
        start, chosen = 0, np.array(drawn)
        for batch in self._batches(file):
            size = len(batch[LABELS])
            inside = chosen[(start <= chosen) & (chosen < start + size)] - start
            self._write_batch(shard, {name: values[inside] for name, values in batch.items()}, counter)
            start += size
        self._writer.close(shard)
        self._figures.add(counter.figures(), self._all_indices)

    def _write_batch(self, shard: int, batch: Patches, counter: FigureCounter | None) -> None:
        for sample in zip(*batch.values()):
            self._writer.write(shard, dict(zip(batch, sample)))
        if counter is not None:
            counter.add(batch)

    def _batches(self, file: Path) -> Iterator[Patches]:
        """The patches of a file as the merged dataset holds them."""
        data = self._records.batches(self._records.raw(files=[file]), _BATCH, [LABELS])
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
