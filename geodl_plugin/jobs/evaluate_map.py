"""Score a map against a reference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..accuracy.evaluate_map import EvaluateMapRequest, MapAndReference, evaluate_map
from ..accuracy.evaluate_values import evaluate_values
from ..accuracy.map_kinds import holds_values
from ..accuracy.table import csv_table
from ..errors import InputError
from ..language import tr
from ..operations import OutputPath
from ..rasters.raster import gdal_exceptions
from ..reports.map_accuracy import map_accuracy_report, value_accuracy_report
from ..runtime import files
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class _Files(MapAndReference):
    """The files to make, which job files name between the layers and what these are called.

    Args:
        report: HTML file to make; empty: none.
        matrix: CSV file to make; empty: none.
    """

    report: OutputPath = ""
    matrix: OutputPath = ""


@dataclass
class EvaluateMap(EvaluateMapRequest, _Files, Job):
    """Compare a map with reference polygons, points or a raster; see `evaluate_map` and `evaluate_values`."""

    NAME: ClassVar = "evaluatemap"
    NEEDS_TENSORFLOW: ClassVar = False

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        with gdal_exceptions():
            of_values = holds_values(self.map, self.kind)
        return self._of_values(reporter) if of_values else self._of_classes(reporter)

    def _names(self) -> tuple[str, str]:
        """What to call map and reference."""
        reference_name = self.reference_name or Path(self.reference or self.reference_raster).name
        return self.map_name or Path(self.map).name, reference_name

    def _of_values(self, reporter: Reporter) -> dict[str, Any]:
        if self.matrix:
            raise InputError(
                tr("There is no confusion matrix of values."),
                expected=tr("a map of classes, or no MATRIX"),
                received=tr("the map {map_name}, which holds values").format(map_name=self.map_name or self.map),
            )
        accuracy = evaluate_values(self, reporter)
        if self.report:
            files.write_text(self.report, value_accuracy_report(accuracy, *self._names()))
        return {"report": self.report, **accuracy.figures, "text": accuracy.as_text()}

    def _of_classes(self, reporter: Reporter) -> dict[str, Any]:
        accuracy = evaluate_map(self, reporter)
        html = map_accuracy_report(accuracy, *self._names()) if self.report else ""
        files.write_texts({self.matrix: csv_table(accuracy.confusion), self.report: html})
        return {"report": self.report, "matrix": self.matrix, **accuracy.figures, "text": accuracy.text}
