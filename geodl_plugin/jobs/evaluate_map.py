"""Score a class map against a reference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..accuracy.evaluate_map import EvaluateMapRequest, MapAndReference, evaluate_map
from ..accuracy.table import csv_table
from ..operations import OutputPath
from ..reports.map_accuracy import map_accuracy_report
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
    """Compare a class map with reference polygons, points or a label raster; see `evaluate_map`."""

    NAME: ClassVar = "evaluatemap"
    NEEDS_TENSORFLOW: ClassVar = False

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        accuracy = evaluate_map(self, reporter)
        map_name = self.map_name or Path(self.map).name
        reference_name = self.reference_name or Path(self.reference or self.reference_raster).name
        html = map_accuracy_report(accuracy, map_name, reference_name) if self.report else ""
        files.write_texts({self.matrix: csv_table(accuracy.confusion), self.report: html})
        return {"report": self.report, "matrix": self.matrix, **accuracy.figures, "text": accuracy.text}
