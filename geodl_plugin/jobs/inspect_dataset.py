"""Look into a dataset folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..datasets.description import DatasetDescription
from ..errors import InputError
from ..labels.splits import SPLITS
from ..operations import InputPath, OutputPath
from ..runtime import files
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class InspectDataset(Job):
    """Report on the classes, values and patches of a dataset folder, and on what may spoil training.

    Args:
        dataset: dataset folder.
        report: HTML file to make.
    """

    NAME: ClassVar = "inspectdataset"
    NEEDS_TENSORFLOW: ClassVar = True

    dataset: InputPath
    report: OutputPath

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        folder = Path(self.dataset)
        dataset = DatasetDescription.read(folder)
        if not dataset.splits:
            raise InputError(f"The dataset {folder} has no split.", expected=", ".join(SPLITS))
        from ..reports.dataset import dataset_report

        html, warnings = dataset_report(folder, dataset, reporter)
        for warning in warnings:
            reporter.warning(warning)
        with files.unfinished(self.report) as part:
            part.write_text(html, encoding="utf-8")
        counts = {f"count_{name}": dataset.splits[name].samples if name in dataset.splits else 0 for name in SPLITS}
        return {"report": self.report, **counts, "classes": len(dataset.classes), "warnings": "\n".join(warnings)}
