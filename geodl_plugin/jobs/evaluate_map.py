"""Score a class map against a reference."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..accuracy.confusion import Confusion, area_estimate, count_pairs
from ..accuracy.table import text_table, write_csv
from ..errors import InputError
from ..labels.classes import PALETTE, ClassList
from ..labels.geometries import read_areas
from ..labels.label_raster import read_label_raster
from ..labels.reference import read_features_or_raster
from ..operations import InputPath, OutputPath
from ..rasters.grid import Grid, Window, tiles
from ..rasters.ground import GroundAreas, ground_areas
from ..rasters.raster import Source
from ..reports import render
from ..runtime import files
from ..runtime.reporter import Reporter
from . import Job

_TILE = 2048


@dataclass
class EvaluateMap(Job):
    """Compare a class map with reference polygons, points or a label raster, pixel by pixel.

    Classes are matched by name where the reference has names, else by value.  The pixels of reference classes
    that the map does not know are errors, and warned about.

    Args:
        map: raster of class values.
        reference: vector file, or empty if ``reference_raster`` is given.
        class_field: field of the reference.
        reference_raster: label raster.
        exclude: vector file whose area does not count, such as the training polygons; empty: none.
        report: HTML file to make; empty: none.
        matrix: CSV file to make; empty: none.
        map_name: what the user calls the map.
        reference_name: what the user calls the reference.
    """

    NAME: ClassVar = "evaluatemap"
    NEEDS_TENSORFLOW: ClassVar = False

    map: InputPath
    reference: InputPath = ""
    class_field: str = ""
    reference_raster: InputPath = ""
    exclude: InputPath = ""
    report: OutputPath = ""
    matrix: OutputPath = ""
    map_name: str = ""
    reference_name: str = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        if self.reference and not self.class_field:
            raise InputError(
                "The class field of the reference is missing.", expected="a field (CLASS_FIELD) of the reference layer"
            )
        grid = Source("map", [self.map]).grid
        known, read_reference, _ = read_features_or_raster(
            self.reference, self.class_field, self.reference_raster, grid, reporter, name=self.reference_name
        )
        classes, read_map = read_label_raster(self.map, grid, reporter, named=True)
        warnings: list[str] = []
        to_map = _match(known, classes, self.map_name or self.map)
        unknown = [one for one, index in zip(known.classes, to_map) if index is None]
        names = [one.name for one in (*classes.classes, *unknown)]
        colors = [one.color for one in classes.classes]
        others = itertools.cycle([color for color in PALETTE if color not in colors] or PALETTE)
        colors += itertools.islice(others, len(unknown))
        lookup = np.full(known.unlabelled + 1, len(names), np.int64)
        beyond = iter(range(len(classes), len(names)))
        lookup[: len(known)] = [next(beyond) if index is None else index for index in to_map]
        areas = ground_areas(grid)
        pairs, mapped = self._count(
            grid, areas, lookup, read_reference, read_map, classes.unlabelled, len(names), reporter
        )
        without, pairs = int(pairs[:, -1].sum()), pairs[:, :-1]
        confusion = Confusion(pairs, names)
        if confusion.total == 0:
            raise InputError(
                "The map and the reference have no pixel in common.",
                expected="reference pixels where the map has a class",
                received="none",
                remedy="Check the reference layer, and what is excluded.",
            )
        strange = int(pairs[len(classes) :].sum())
        of_known = Confusion(pairs[: len(classes), : len(classes)], classes.names)
        if unknown:
            warnings.append(
                f"The map does not know {', '.join(one.name for one in unknown)}: these {strange:,} reference pixels "
                f"count as errors. Of the classes that the map has, the overall accuracy is "
                f"{of_known.overall_accuracy:.3f} and the mean F1 {of_known.mean_f1:.3f}."
            )
        if without:
            warnings.append(f"{without:,} reference pixels lie where the map has no class and do not count.")
        for warning in warnings:
            reporter.warning(warning)
        self._write(confusion, colors, mapped, areas is not None, of_known if unknown else None, warnings)
        text = text_table(confusion)
        reporter.info(text)
        return {
            "report": self.report,
            "matrix": self.matrix,
            "overall_accuracy": confusion.overall_accuracy,
            "overall_accuracy_of_known_classes": of_known.overall_accuracy,
            "mean_f1": confusion.mean_f1,
            "mean_f1_of_known_classes": of_known.mean_f1,
            "class_f1": {
                name: None if np.isnan(f1) else f1 for name, f1 in zip(confusion.names, confusion.f1.tolist())
            },
            "mean_iou": confusion.mean_iou,
            "pixels": confusion.total,
            "pixels_of_unknown_classes": strange,
            "text": text,
        }

    def _count(
        self,
        grid: Grid,
        areas: GroundAreas | None,
        lookup: NDArray[np.int64],
        read_reference: Callable[[Window], NDArray],
        read_map: Callable[[Window], NDArray],
        unlabelled: int,
        n_classes: int,
        reporter: Reporter,
    ) -> tuple[NDArray[np.int64], NDArray]:
        """Pixels by [reference, map], the map's last column where it has no class; and how much each class covers.

        Args:
            grid: of the map.
            areas: of its pixels: what classes cover is counted in hectares; None: in pixels.
            lookup: from indices of the reference to common ones; what is no class becomes ``n_classes``.
            read_reference: gives indices of the reference.
            read_map: gives indices of the map, which are the first of the common ones.
            unlabelled: the map's index for no class.
            n_classes: number of common indices.
            reporter: hears the progress.
        """
        excluded = self._excluded(grid, reporter)
        pairs = np.zeros((n_classes + 1, n_classes + 1), np.int64)
        mapped: NDArray = np.zeros(n_classes + 1, np.int64 if areas is None else np.float64)
        windows = list(tiles(grid.window, _TILE))
        for number, window in enumerate(windows, start=1):
            predicted = read_map(window).astype(np.int64)
            predicted[predicted == unlabelled] = n_classes
            if areas is None:
                mapped += np.bincount(predicted.ravel(), minlength=n_classes + 1)
            else:
                mapped += areas.by_class(predicted, window, n_classes + 1)
            counts = ~excluded(window)
            pairs += count_pairs(lookup[read_reference(window)][counts], predicted[counts], n_classes + 1)
            reporter.progress(number / len(windows), "Comparing map and reference")
        return pairs[:-1], mapped[:-1]

    def _excluded(self, grid: Grid, reporter: Reporter) -> Callable[[Window], NDArray[np.bool_]]:
        if not self.exclude:
            return lambda window: np.zeros(window.shape, bool)
        return read_areas(self.exclude, grid, reporter)

    def _write(
        self,
        confusion: Confusion,
        colors: list[str],
        mapped: NDArray,
        is_area: bool,
        of_known: Confusion | None,
        warnings: list[str],
    ) -> None:
        if self.matrix:
            with files.unfinished(self.matrix) as part:
                write_csv(part, confusion)
        if self.report:
            html = render(
                "map_accuracy.html",
                title="Map accuracy",
                map_name=self.map_name or Path(self.map).name,
                reference_name=self.reference_name or Path(self.reference or self.reference_raster).name,
                confusion=confusion,
                of_known=of_known,
                colors=colors,
                area=area_estimate(confusion, mapped),
                mapped=mapped,
                unit="ha" if is_area else "pixels",
                shares=mapped / (mapped.sum() or 1),
                warnings=warnings,
            )
            with files.unfinished(self.report) as part:
                part.write_text(html, encoding="utf-8")


def _match(known: ClassList, classes: ClassList, map_name: str) -> list[int | None]:
    """For each reference class the index of the map's class, None where the map has none."""
    has_names = any(one.name != str(one.value) for one in known.classes)
    matches: list[int | None] = []
    for one in known.classes:
        index = classes.index_of(one) if has_names else None
        if index is None and one.name == str(one.value):
            index = classes.index(one.value)
        matches.append(index)
    if all(index is None for index in matches):
        raise InputError(
            "The reference has none of the map's classes.",
            expected=f"the classes of {map_name}: {', '.join(classes.names)}",
            received=", ".join(known.names),
            remedy="Choose the field whose values or names are those of the map.",
        )
    return matches
