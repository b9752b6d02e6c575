"""The job that exports patches and labels from rasters as TFRecords."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..datasets.export_request import ExportRequest
from ..datasets.inspection import inspect_folder
from ..datasets.raster_export import unpublished_export
from ..operations import OutputPath
from ..runtime import files
from ..runtime.reporter import Reporter
from . import Job

_EXPORT = 0.85  # share of the progress, if there is a report


@dataclass
class ExportTFRecords(ExportRequest, Job):
    """Export patches and labels as TFRecords, and write a report on them.

    Args:
        report: HTML file to make; empty: none.  The others are those of `ExportRequest`.
    """

    NAME: ClassVar = "exporttfrecords"
    NEEDS_TENSORFLOW: ClassVar = True

    report: OutputPath = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        share = _EXPORT if self.report else 1.0
        with unpublished_export(self, reporter.part(0, share)) as (folder, result):
            if self.report:
                from ..reports.dataset import dataset_report

                inspection = inspect_folder(folder, result.description, reporter.part(share, 1))
                html = dataset_report(inspection, Path(self.output).name, folder)
        if self.report:
            files.write_text(self.report, html)
        return {
            "output": result.output,
            "report": self.report,
            "count_rejected": result.count_rejected,
            "counts": result.description.counts,
            "classes": result.description.classes.names,
        }
