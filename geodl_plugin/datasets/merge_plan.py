"""What several scenes become as one dataset, known from their descriptions: no record is read for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..errors import InputError
from ..labels.splits import SPLITS, TRAIN
from ..language import tr
from ..runtime.reporter import Reporter
from .description import GROUND_COUNTS, DatasetDescription, SplitInfo
from .merge_parts import Part, plan_parts, samples_of
from .pooled_figures import PooledFigures, lacks_counts, stored_figures
from .scenes import Scene, SceneRules, open_scenes
from .united_classes import UnitedClasses, unite_classes
from .united_sources import UnitedSources, unite_sources

LABEL_MODE = "scenes"  # if they differ
_SAME_SIZE = 0.01  # share of a pixel's size


@dataclass(frozen=True)
class Merge:
    """What several scenes become, known from their descriptions.

    Args:
        scenes: what is merged.
        rules: how.
        parts: which patches go where.
        classes: all classes.
        sources: all sources.
        compression: of the records.
    """

    scenes: list[Scene]
    rules: SceneRules
    parts: list[Part]
    classes: UnitedClasses
    sources: UnitedSources
    compression: str

    def indices(self, scene: int) -> list[int]:
        """Which class, or number of labelled values, each one of a scene is."""
        return [0] if self.scenes[scene].description.values else self.classes.indices[scene]

    def pooled(self) -> dict[str, PooledFigures]:
        """Empty figures, by split."""
        classes = len(self.classes.classes) or 1
        return {split: PooledFigures(self.sources.sources, classes) for split in self.targets}

    @property
    def targets(self) -> list[str]:
        """The splits of the merged dataset."""
        return [split for split in SPLITS if any(part.target == split for part in self.parts)]

    def samples(self, split: str) -> int:
        """Number of patches in a split of the merged dataset."""
        parts = [part for part in self.parts if part.target == split]
        return sum(part.repeats * samples_of(self.scenes, part) + len(part.drawn) for part in parts)

    def tell(self, reporter: Reporter) -> None:
        """Report what is stored in another way than in the scenes, and what may be a mistake."""
        if self.classes.changes:
            reporter.info(
                tr(
                    "Class values differ between the scenes. A class keeps that of the first scene that has it, if "
                    "no other class has it: {changes}."
                ).format(changes=", ".join(self.classes.changes))
            )
        for message in self.sources.messages:
            reporter.info(message)
        for warning in (*self.sources.warnings, *_differences(self.scenes)):
            reporter.warning(warning)
        pixels = self.expected().splits[TRAIN].pixels
        missing = [name for name, count in zip(self.classes.classes.names, pixels) if not count]
        if missing:
            reporter.warning(
                tr(
                    "No patch to train with has labelled pixels of {missing}: no network can be trained on it. Hold "
                    "out other scenes, or draw polygons of these classes elsewhere."
                ).format(missing=", ".join(missing))
            )

    def describe(
        self, figures: dict[str, PooledFigures], shards: dict[str, int], scenes: list[dict[str, Any]]
    ) -> DatasetDescription:
        """The description of the merged dataset.

        Args:
            figures: by split.
            shards: number of files, by split.
            scenes: what each scene gave, for the provenance.
        """
        first = self.scenes[0].description
        modes = {scene.description.label_mode for scene in self.scenes}
        crs = {scene.description.crs for scene in self.scenes}
        sources = [
            replace(source, statistics=statistics)
            for source, statistics in zip(self.sources.sources, figures[TRAIN].bands)
        ]
        rules = self.rules
        return DatasetDescription(
            sources=sources,
            classes=self.classes.classes,
            label_mode=modes.pop() if len(modes) == 1 else LABEL_MODE,
            label_size=first.label_size,
            splits={
                split: SplitInfo(self.samples(split), shards[split], figures[split].pixels, **self._on_ground(split))
                for split in figures
            },
            crs=crs.pop() if len(crs) == 1 else "",
            pixel_size=first.pixel_size,
            provenance={
                "split": rules.split,
                "valid_scenes": list(rules.valid_scenes),
                "test_scenes": list(rules.test_scenes),
                "weighting": rules.weighting,
                "seed": rules.seed,
                "scenes": scenes,
            },
            compression=self.compression,
            values=figures[TRAIN].regression_target(first.values.name) if first.values else None,
        )

    def _on_ground(self, split: str) -> dict[str, list[int]]:
        """Distinct pixels and features of a split: those of all scenes, however often their patches are repeated."""
        parts = [part for part in self.parts if part.target == split]
        found = {}
        for name in GROUND_COUNTS:
            known = [getattr(self.scenes[part.scene].description.splits[part.origin], name) for part in parts]
            if all(known):
                total = np.zeros(len(self.classes.classes) or 1, np.int64)
                for part, counts in zip(parts, known):
                    np.add.at(total, self.indices(part.scene), counts)
                found[name] = total.tolist()
        return found

    def expected(self) -> DatasetDescription:
        """The description of the merged dataset, as far as it is known before records are read.

        Figures of patches of which only some are taken, or that were not in a split train before, are left out.
        """
        figures = self.pooled()
        for part in self.parts:
            known = stored_figures(self.scenes[part.scene].description, part.origin)
            figures[part.target].add(known, self.indices(part.scene), part.repeats)
        return self.describe(figures, dict.fromkeys(figures, 1), [])


def plan_merge(folders: Sequence[str], rules: SceneRules) -> Merge:
    """Find out what several dataset folders become; no record is read.

    Args:
        folders: the dataset folders.
        rules: how they are merged.

    Raises:
        InputError: a rule is invalid, a folder is none, or the datasets do not fit together.
    """
    rules.check()
    scenes = open_scenes(folders, rules.names)
    sources = unite_sources(scenes)
    _check_labels(scenes)
    parts = plan_parts(scenes, rules)
    compressed = all(scene.description.compression == "gzip" for scene in scenes)
    return Merge(scenes, rules, parts, unite_classes(scenes), sources, "gzip" if compressed else "none")


def _check_labels(scenes: Sequence[Scene]) -> None:
    """Raise `InputError` unless the labels of all scenes are of one kind and size."""
    first = scenes[0]
    for scene in scenes[1:]:
        for what, expected, received in (
            (tr("task"), first.description.task, scene.description.task),
            (tr("size of the labels"), first.description.label_size, scene.description.label_size),
        ):
            if expected != received:
                raise InputError(
                    tr("The scenes {one} and {other} differ in the {what}.").format(
                        one=first.name, other=scene.name, what=what
                    ),
                    expected=tr("{expected}, as in {name}").format(expected=expected, name=first.name),
                    received=tr("{received} in {name}").format(received=received, name=scene.name),
                    remedy=tr("Export the labels of all scenes in the same way."),
                )


def _differences(scenes: Sequence[Scene]) -> Iterator[str]:
    """What differs between scenes and may be a mistake, as sentences."""
    first = scenes[0]
    for scene in scenes[1:]:
        sizes = list(zip(first.description.pixel_size, scene.description.pixel_size))
        if any(abs(one - other) > _SAME_SIZE * one for one, other in sizes):
            yield (
                tr(
                    "The pixels of {scene} are of {size}, those of {first} of {first_size}, in the units of their CRS: "
                    "things have another size there."
                ).format(scene=scene.name, size=_size(scene), first=first.name, first_size=_size(first))
            )
        values, others = first.description.values, scene.description.values
        if values and others and values.name != others.name:
            yield (
                tr(
                    "The labels of {scene} are called {own}, those of {first} {known}: they are taken for the same."
                ).format(scene=scene.name, own=others.name, first=first.name, known=values.name)
            )
    for scene in scenes:
        if lacks_counts(scene.description):
            yield (
                tr(
                    "The dataset of {name} was made by an earlier version: pixels without data count in the pooled "
                    "statistics as its mean. Export it again for exact statistics."
                ).format(name=scene.name)
            )


def _size(scene: Scene) -> str:
    return " × ".join(f"{size:g}" for size in scene.description.pixel_size)
