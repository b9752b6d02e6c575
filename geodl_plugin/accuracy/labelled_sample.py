"""A labelled sample of a map: its points compared with the map, and what they say about all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..fieldwork.map_sample import REFERENCE, LabelledSample, is_sample, read_sample
from ..labels.classes import ClassList
from ..language import tr
from ..rasters.grid import Grid, Window
from ..rasters.lookup import values_at
from ..runtime.reporter import Reporter
from .stratified import StratifiedEstimate, estimate


@dataclass(frozen=True)
class SampleAccuracy:
    """What a stratified random sample says about a map.

    Args:
        estimate: accuracy and areas; None: a stratum has too few labelled points.
        points: number of labelled points.
        unlabelled: number of points without a label.
        lacking: class values of the strata that have too few labelled points.
        area: of all strata together, in the unit of the map's areas; 0: unknown.
        is_of_map: whether the map is the one that the sample was drawn from.
        is_whole: whether all points count: none is in an area that is excluded, or where the map has no class.
    """

    estimate: StratifiedEstimate | None
    points: int
    unlabelled: int
    lacking: list[int]
    area: float
    is_of_map: bool
    is_whole: bool

    @property
    def figures(self) -> dict[str, Any]:
        """The figures that sum it up, by name, as JSON values."""
        figures: dict[str, Any] = {"labelled_points": self.points, "unlabelled_points": self.unlabelled}
        if self.estimate is not None:
            figures["adjusted_accuracy"] = float(self.estimate.overall.value[0])
            figures["adjusted_accuracy_half_width"] = float(self.estimate.overall.half_width[0])
        return figures

    @property
    def notes(self) -> list[str]:
        """What the user should know about the figures."""
        notes = []
        if self.unlabelled:
            notes.append(
                tr(
                    "{unlabelled:,} of {points:,} points of the sample have no label and are left out. The intervals "
                    "hold if these points are no harder than the others: label them as well."
                ).format(unlabelled=self.unlabelled, points=self.points + self.unlabelled)
            )
        if self.lacking:
            notes.append(
                tr(
                    "The sample gives no estimates yet: fewer than two points are labelled of the map's class "
                    "{lacking}."
                ).format(lacking=", ".join(map(str, self.lacking)))
            )
        return notes


def labelled_sample(
    path: str, class_field: str, grid: Grid, reporter: Reporter, *, name: str = ""
) -> LabelledSample | None:
    """The reference as a sample of a map, if it is one.

    Args:
        path: vector file of the reference.
        class_field: its class field; empty: the one that a sample has.
        grid: of the map.
        reporter: receives warnings.
        name: what the user calls the reference, for messages.

    Returns:
        The sample; None if the file holds something else, or another field is asked for.

    Raises:
        InputError: it is a sample of which no point is labelled.
    """
    if class_field not in ("", REFERENCE) or not is_sample(path):
        return None
    sample = read_sample(path, grid, reporter, name=name)
    if all(value is None for value in sample.reference):
        raise InputError(
            tr("No point of the sample is labelled yet."),
            expected=tr("classes in the field {reference}").format(reference=REFERENCE),
            received=tr("{count} points without a class").format(count=len(sample.reference)),
            remedy=tr("Open the layer for editing, and choose for each point the class that you see."),
        )
    return sample


def compare_sample(
    sample: LabelledSample,
    grid: Grid,
    lookup: NDArray[np.int64],
    reference_classes: ClassList,
    map_classes: ClassList,
    map_indices: Callable[[Window], NDArray[np.int64]],
    excluded: Callable[[Window], NDArray[np.bool_]],
    classes: int,
    unit: str,
) -> SampleAccuracy:
    """Compare the labelled points of a sample with a map.

    Args:
        sample: the points.
        grid: of the map.
        lookup: common indices by index of the reference class.
        reference_classes: those that points on the map have.
        map_classes: those of the map, which have the first common indices.
        map_indices: gives the common indices of a window of the map; ``classes``: none.
        excluded: gives the pixels of a window that do not count.
        classes: number of common indices.
        unit: of the map's areas, ``ha`` or ``pixels``.
    """
    labelled = np.array([value is not None for value in sample.reference])
    stratum_of, cols, rows = sample.stratum_of[labelled], sample.cols[labelled], sample.rows[labelled]
    inside = (cols >= 0) & (rows >= 0) & (cols < grid.width) & (rows < grid.height)
    mapped, counted = np.full(len(cols), classes), inside.copy()
    mapped[inside] = values_at(map_indices, cols[inside], rows[inside])
    counted[inside] = ~values_at(excluded, cols[inside], rows[inside])
    drawn_from = np.array([-1 if index is None else index for index in map(map_classes.index, sample.strata)])
    values = [value for value in sample.reference if value is not None]
    indices = [reference_classes.index(value) for value in values]  # None: only points beside the map have that class
    reference = np.array([classes if index is None else lookup[index] for index in indices], np.int64)
    counts = np.bincount(stratum_of, minlength=len(sample.strata))
    lacking = np.flatnonzero((counts < 2) & (counts < sample.pixels))
    is_known = unit == "ha" and sample.hectares is not None
    sizes = sample.hectares if sample.hectares is not None and is_known else sample.pixels.astype(float)
    found = None
    if not len(lacking):
        counting = np.where(counted, mapped, classes)
        found = estimate(stratum_of, reference, counting, classes, sample.pixels, sizes)
    return SampleAccuracy(
        estimate=found,
        points=int(labelled.sum()),
        unlabelled=int((~labelled).sum()),
        lacking=[sample.strata[index] for index in lacking],
        area=float(sizes.sum()) if is_known or unit == "pixels" else 0.0,
        is_of_map=bool((mapped[inside] == drawn_from[stratum_of[inside]]).all()),
        is_whole=bool(counted.all()),
    )
