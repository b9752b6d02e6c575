"""Look into a dataset folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from .. import files
from ..datasets.manifest import Dataset
from ..errors import InputError
from ..reporter import Reporter
from ..sampling.splits import SPLITS
from . import InputPath, Job


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
    report: str

    def outputs(self) -> list[Path]:
        return [Path(self.report)]

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        folder = Path(self.dataset)
        dataset = Dataset.read(folder)
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
