"""How well a class map agrees with a reference: `evaluate_map`."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..fieldwork.map_sample import REFERENCE
from ..labels.classes import Class, ClassList
from ..labels.colors import free_colors
from ..labels.digests import count_trained
from ..labels.geometries import read_areas
from ..labels.label_raster import read_label_raster
from ..labels.reference import read_features_or_raster
from ..language import tr
from ..operations import InputPath, Request, operation
from ..options import MAP_KINDS
from ..rasters.grid import Grid, Window, tiles
from ..rasters.ground import ground_areas
from ..rasters.raster import Source
from ..runtime.reporter import Reporter
from .confusion import AreaEstimate, ConfusionMatrix, area_estimate, count_pairs
from .labelled_sample import SampleAccuracy, compare_sample, labelled_sample
from .map_kinds import check_is_of_classes
from .table import sample_table, text_table

_TILE = 2048  # pixels along a side


@dataclass
class MapAndReference(Request):
    """A map, and a reference to compare it with.

    Args:
        map: raster of class values, or of values such as tree cover.
        reference: vector file; empty if ``reference_raster`` is given.
        class_field: field of the reference that holds the class, or the value; it may be empty for a sample that
            `sample_map` drew.
        reference_raster: label raster, or raster of values.
        exclude: vector file whose area does not count, such as the training polygons; empty: none.
    """

    map: InputPath
    reference: InputPath = ""
    class_field: str = ""
    reference_raster: InputPath = ""
    exclude: InputPath = ""


@dataclass
class EvaluateMapRequest(MapAndReference):
    """What `evaluate_map` compares.

    Args:
        map_name: what the user calls the map.
        reference_name: what the user calls the reference.
        kind: one of `options.MAP_KINDS`: what the map holds.
    """

    map_name: str = ""
    reference_name: str = ""
    kind: str = MAP_KINDS[0]


@dataclass(frozen=True)
class MapAccuracy:
    """How well a class map agrees with a reference.

    Args:
        confusion: of all reference pixels where the map has a class; the classes of the map come first, then those
            that only the reference has.
        colors: of all these classes.
        map_classes: number of classes of the map.
        mapped: how much of the map each class covers, in ``unit``.
        unit: ``ha``, or ``pixels`` if their size on the ground is unknown.
        outside: number of reference pixels where the map has no class; they do not count.
        trained: of the reference features, how many the network has seen, and how many there are.
        sample: what the reference says about the whole map if it is a random sample; None: it is none.
    """

    confusion: ConfusionMatrix
    colors: list[str]
    map_classes: int
    mapped: NDArray
    unit: str
    outside: int
    trained: tuple[int, int] = (0, 0)
    sample: SampleAccuracy | None = None

    @property
    def unknown(self) -> list[str]:
        """The classes that only the reference has."""
        return self.confusion.names[self.map_classes :]

    @property
    def unknown_pixels(self) -> int:
        """Number of reference pixels of classes that only the reference has."""
        return int(self.confusion.matrix[self.map_classes :].sum())

    @property
    def confusion_of_known(self) -> ConfusionMatrix:
        """The confusion matrix of the classes of the map only."""
        known = slice(self.map_classes)
        return ConfusionMatrix(self.confusion.matrix[known, known], self.confusion.names[known])

    @property
    def shares(self) -> NDArray[np.float64]:
        """Share of each class in the map."""
        return self.mapped / (self.mapped.sum() or 1)

    @property
    def area(self) -> AreaEstimate | None:
        """The areas of the classes, corrected for the map's errors; None: there are too few reference pixels."""
        return area_estimate(self.confusion, self.mapped)

    @property
    def text(self) -> str:
        """The figures as a table, with those of the whole map if there are any."""
        lines = [text_table(self.confusion)]
        if self.sample is not None and self.sample.estimate is not None:
            lines.append(sample_table(self.sample, self.confusion.names, self.unit))
        return "\n".join(lines)

    @property
    def warnings(self) -> list[str]:
        """What the user should know about the figures."""
        warnings = []
        if self.unknown:
            known = self.confusion_of_known
            warnings.append(
                tr(
                    "The map does not have the reference classes {unknown}: their {unknown_pixels:,} pixels count as "
                    "errors. For the classes of the map alone, the overall accuracy is {overall_accuracy:.3f} and "
                    "the mean F1 {mean_f1:.3f}."
                ).format(
                    unknown=", ".join(self.unknown),
                    unknown_pixels=self.unknown_pixels,
                    overall_accuracy=known.overall_accuracy,
                    mean_f1=known.mean_f1,
                )
            )
        if self.outside:
            warnings.append(
                tr("{outside:,} reference pixels do not count: the map has no class there.").format(
                    outside=self.outside
                )
            )
        return [
            *trained_warnings(*self.trained),
            *warnings,
            *(self.sample.notes if self.sample else []),
        ]

    @property
    def figures(self) -> dict[str, Any]:
        """The figures that sum it up, by name, as JSON values."""
        f1 = zip(self.confusion.names, self.confusion.f1.tolist())
        known = self.confusion_of_known
        return {
            "overall_accuracy": self.confusion.overall_accuracy,
            "overall_accuracy_of_known_classes": known.overall_accuracy,
            "mean_f1": self.confusion.mean_f1,
            "mean_f1_of_known_classes": known.mean_f1,
            "class_f1": {name: None if np.isnan(value) else value for name, value in f1},
            "mean_iou": self.confusion.mean_iou,
            "pixels": self.confusion.total,
            "pixels_of_unknown_classes": self.unknown_pixels,
            **(self.sample.figures if self.sample else {}),
        }


@operation
def evaluate_map(request: EvaluateMapRequest, reporter: Reporter) -> MapAccuracy:
    """Compare a class map with reference polygons, points or a label raster, pixel by pixel.

    A sample that `sample_map` drew, once it is labelled, also gives the accuracy and the areas of the whole map, with
    intervals.

    Classes are matched by name where the reference has names, else by value.  The pixels of reference classes
    that the map does not have count as errors, with a warning.

    Args:
        request: the map and the reference.
        reporter: receives progress, warnings and the table of figures.

    Returns:
        The confusion matrix, and what follows from it.

    Raises:
        InputError: the reference or its class field is missing, a file cannot be read, or map and reference have no
            class or no pixel in common.
    """
    grid = Source("map", [request.map]).grid
    name, sample, class_field = request.reference_name, None, request.class_field
    if request.reference:
        sample = labelled_sample(request.reference, class_field, grid, reporter, name=name)
        class_field = class_field or (REFERENCE if sample else "")
    reference, read_reference, _ = read_features_or_raster(
        request.reference, class_field, request.reference_raster, grid, reporter, name=name
    )
    classes, read_map = read_label_raster(request.map, grid, reporter, named=True)
    check_is_of_classes(request.map, classes, request.kind)
    lookup, unknown = _match(reference, classes, request.map_name or request.map)
    names = [*classes.names, *(unknown_class.name for unknown_class in unknown)]

    def reference_indices(window: Window) -> NDArray[np.int64]:
        return lookup[read_reference(window)]

    def map_indices(window: Window) -> NDArray[np.int64]:
        indices = read_map(window).astype(np.int64)
        indices[indices == classes.unlabelled] = len(names)
        return indices

    excluded = excluded_areas(request, grid, reporter)
    pairs, mapped, unit = _count(grid, reference_indices, map_indices, len(names), excluded, reporter)
    accuracy = MapAccuracy(
        confusion=ConfusionMatrix(pairs[:, :-1], names),
        colors=_colors(classes, len(unknown)),
        map_classes=len(classes),
        mapped=mapped,
        unit=unit,
        outside=int(pairs[:, -1].sum()),
        trained=count_trained(request.map, request.reference, request.exclude) if request.reference else (0, 0),
        sample=None
        if sample is None
        else compare_sample(sample, grid, lookup, reference, classes, map_indices, excluded, len(names), unit),
    )
    if accuracy.confusion.total == 0:
        raise InputError(
            tr("The map and the reference have no pixel in common."),
            expected=tr("reference pixels where the map has a class"),
            received=tr("none"),
            remedy=tr("Check the reference layer and the areas that are excluded."),
        )
    for warning in accuracy.warnings:
        reporter.warning(warning)
    reporter.info(accuracy.text)
    return accuracy


def trained_warnings(trained: int, features: int) -> list[str]:
    """A warning if a map is judged by features that its network was trained with.

    Args:
        trained: how many of the reference features the network has seen.
        features: how many there are.
    """
    if not trained:
        return []
    all_trained = tr(
        "All reference features are among the labels that the network was trained and chosen with: it does better "
        "there than elsewhere, so these figures are too good. Judge the map by other features, or exclude those of "
        "the training (EXCLUDE)."
    )
    some_trained = tr(
        "{trained} of {features} reference features are among the labels that the network was trained and chosen "
        "with: it does better there than elsewhere, so these figures are too good. Judge the map by other features, "
        "or exclude those of the training (EXCLUDE)."
    )
    return [all_trained if trained == features else some_trained.format(trained=trained, features=features)]


def _match(reference: ClassList, classes: ClassList, map_name: str) -> tuple[NDArray[np.int64], list[Class]]:
    """Find the classes of the reference among those of the map.

    Example:
        Of the reference classes forest, swamp and field, and a map with field (0) and forest (1), swamp becomes the
        common index 2, and no label becomes 3: ``[1, 2, 0, 3, 3, …]`` and ``[swamp]``.

    Args:
        reference: classes of the reference.
        classes: those of the map.
        map_name: what the user calls the map.

    Returns:
        Common indices by index of the reference, those of the map first; and the classes that the map does not have.
    """
    has_names = any(known.name != str(known.value) for known in reference.classes)
    matches: list[int | None] = []
    for known in reference.classes:
        index = classes.index_of(known) if has_names else None
        if index is None and known.name == str(known.value):
            index = classes.index(known.value)
        matches.append(index)
    unknown = [known for known, index in zip(reference.classes, matches) if index is None]
    if len(unknown) == len(matches):
        raise InputError(
            tr("The reference has none of the map's classes."),
            expected=tr("the classes of {map_name}: {names}").format(map_name=map_name, names=", ".join(classes.names)),
            received=", ".join(reference.names),
            remedy=tr("Choose the field whose values or names are those of the map."),
        )
    new_indices = itertools.count(len(classes))
    lookup = np.full(reference.unlabelled + 1, len(classes) + len(unknown), np.int64)
    lookup[: len(reference)] = [next(new_indices) if index is None else index for index in matches]
    return lookup, unknown


def _colors(classes: ClassList, unknown: int) -> list[str]:
    """The colours of the map's classes, and others for so many unknown ones."""
    colors = [known.color for known in classes.classes]
    return [*colors, *itertools.islice(free_colors(colors), unknown)]


def excluded_areas(request: MapAndReference, grid: Grid, reporter: Reporter) -> Callable[[Window], NDArray[np.bool_]]:
    """A function that gives the pixels of a window that do not count.

    Args:
        request: names the areas to exclude.
        grid: of the map.
        reporter: receives warnings about features that are left out.
    """
    if request.exclude:
        return read_areas(request.exclude, grid, reporter)
    return lambda window: np.zeros(window.shape, bool)


def _count(
    grid: Grid,
    reference_indices: Callable[[Window], NDArray[np.int64]],
    map_indices: Callable[[Window], NDArray[np.int64]],
    n_classes: int,
    excluded: Callable[[Window], NDArray[np.bool_]],
    reporter: Reporter,
) -> tuple[NDArray[np.int64], NDArray, str]:
    """Count the pixels of the reference by class of reference and map, and measure the classes of the map.

    Args:
        grid: of the map.
        reference_indices: gives the reference's classes in a window as common indices; ``n_classes``: none.
        map_indices: gives those of the map.
        n_classes: number of common indices.
        excluded: gives the pixels of a window that do not count.
        reporter: receives the progress.

    Returns:
        Pixels, [reference, map], with a last column where the map has no class; how much each class covers in the
        whole map; and the unit of that.
    """
    areas = ground_areas(grid)
    pairs = np.zeros((n_classes + 1, n_classes + 1), np.int64)
    mapped: NDArray = np.zeros(n_classes + 1, np.int64 if areas is None else np.float64)
    windows = list(tiles(grid.window, _TILE))
    for number, window in enumerate(windows, start=1):
        predicted = map_indices(window)
        if areas is None:
            mapped += np.bincount(predicted.ravel(), minlength=n_classes + 1)
        else:
            mapped += areas.by_class(predicted, window, n_classes + 1)
        counts = ~excluded(window)
        pairs += count_pairs(reference_indices(window)[counts], predicted[counts], n_classes + 1)
        reporter.progress(number / len(windows), tr("Comparing map and reference"))
    return pairs[:-1], mapped[:-1], "pixels" if areas is None else "ha"
