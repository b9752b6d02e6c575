"""The job that inspects a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..datasets.inspection import InspectRequest, inspect
from ..operations import OutputPath
from ..runtime import files
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class InspectDataset(InspectRequest, Job):
    """Write a report on the classes, values and patches of a dataset folder, and on what may spoil training.

    Args:
        dataset: dataset folder.
        report: HTML file to make.
    """

    NAME: ClassVar = "inspectdataset"
    NEEDS_TENSORFLOW: ClassVar = True

    report: OutputPath

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        from ..reports.dataset import dataset_report

        inspection = inspect(self, reporter)
        for warning in inspection.warnings:
            reporter.warning(warning)
        files.write_text(self.report, dataset_report(inspection, Path(self.dataset).name, Path(self.dataset)))
        counts = {f"count_{split}": count for split, count in inspection.description.counts.items()}
        classes, warnings = len(inspection.description.classes), "\n".join(inspection.warnings)
        return {"report": self.report, **counts, "classes": classes, "warnings": warnings}
