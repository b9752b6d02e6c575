"""Score a class map against a reference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .. import files
from ..accuracy.confusion import Confusion, area_estimate, count_pairs
from ..accuracy.table import text_table, write_csv
from ..classes import ClassMap
from ..errors import InputError
from ..grid import Grid, Window, tiles
from ..labels import read_label_raster
from ..raster import Source, pixel_hectares
from ..reporter import Reporter
from ..reports import render
from ..vector import read_areas
from . import InputPath, Job
from .labels import read_features_or_raster

_TILE = 2048


@dataclass
class EvaluateMap(Job):
    """Compare a class map with reference polygons, points or a label raster, pixel by pixel.

    Classes are matched by name where the reference has names, else by value.  Reference classes that the
    map does not know are left out and warned about.

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
    report: str = ""
    matrix: str = ""
    map_name: str = ""
    reference_name: str = ""

    def outputs(self) -> list[Path]:
        return [Path(path) for path in (self.report, self.matrix) if path]

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
        unknown = [name for name, index in zip(known.names, to_map) if index is None]
        if unknown:
            warnings.append(f"The map does not know {', '.join(unknown)}: these reference pixels are left out.")
            reporter.warning(warnings[-1])
        lookup = np.full(known.unlabelled + 1, len(classes), np.int64)
        lookup[: len(known)] = [len(classes) if index is None else index for index in to_map]
        excluded = self._excluded(grid, reporter)
        pairs = np.zeros((len(classes), len(classes)), np.int64)
        mapped = np.zeros(len(classes), np.int64)
        windows = list(tiles(grid.window, _TILE))
        for number, window in enumerate(windows, start=1):
            predicted = read_map(window).astype(np.int64)
            mapped += np.bincount(predicted.ravel(), minlength=classes.unlabelled + 1)[: len(classes)]
            counts = ~excluded(window)
            pairs += count_pairs(lookup[read_reference(window)][counts], predicted[counts], len(classes))
            reporter.progress(number / len(windows), "Comparing map and reference")
        confusion = Confusion(pairs, classes.names)
        if confusion.total == 0:
            raise InputError(
                "The map and the reference have no pixel in common.",
                expected="reference pixels where the map has a class",
                received="none",
                remedy="Check the reference layer, and what is excluded.",
            )
        self._write(confusion, classes, mapped, grid, warnings)
        text = text_table(confusion)
        reporter.info(text)
        return {
            "report": self.report,
            "matrix": self.matrix,
            "overall_accuracy": confusion.overall_accuracy,
            "mean_f1": confusion.mean_f1,
            "class_f1": dict(zip(confusion.names, confusion.f1.tolist())),
            "mean_iou": confusion.mean_iou,
            "pixels": confusion.total,
            "text": text,
        }

    def _excluded(self, grid: Grid, reporter: Reporter) -> Callable[[Window], NDArray[np.bool_]]:
        if not self.exclude:
            return lambda window: np.zeros(window.shape, bool)
        return read_areas(self.exclude, grid, reporter)

    def _write(
        self, confusion: Confusion, classes: ClassMap, mapped: NDArray[np.int64], grid: Grid, warnings: list[str]
    ) -> None:
        if self.matrix:
            with files.unfinished(self.matrix) as part:
                write_csv(part, confusion)
        if self.report:
            hectares = pixel_hectares(grid)
            html = render(
                "map_accuracy.html",
                title="Map accuracy",
                map_name=self.map_name or Path(self.map).name,
                reference_name=self.reference_name or Path(self.reference or self.reference_raster).name,
                confusion=confusion,
                colors=[one.color for one in classes.classes],
                area=area_estimate(confusion, mapped),
                mapped=mapped * hectares if hectares else mapped,
                unit="ha" if hectares else "pixels",
                shares=mapped / max(1, mapped.sum()),
                warnings=warnings,
            )
            with files.unfinished(self.report) as part:
                part.write_text(html, encoding="utf-8")


def _match(known: ClassMap, classes: ClassMap, map_name: str) -> list[int | None]:
    """For each reference class the index of the map's class, None where the map has none."""
    by_value = [classes.index(value) for value in known.values]
    by_name = [classes.index(name) for name in known.names]
    has_names = any(name != str(value) for name, value in zip(known.names, known.values))
    matches = by_name if has_names else by_value
    if all(index is None for index in matches):
        raise InputError(
            "The reference has none of the map's classes.",
            expected=f"the classes of {map_name}: {', '.join(classes.names)}",
            received=", ".join(known.names),
            remedy="Choose the field whose values or names are those of the map.",
        )
    return matches
