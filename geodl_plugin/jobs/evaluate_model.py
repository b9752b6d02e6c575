"""Score a network on a split of a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..accuracy.evaluate_model import EvaluateModelRequest, evaluate_model
from ..accuracy.results import ClassEvaluation
from ..accuracy.table import csv_table
from ..datasets.merging import described_together
from ..datasets.scenes import SceneRules, name_together
from ..errors import InputError
from ..operations import OutputPath
from ..runtime import files
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class EvaluateModel(EvaluateModelRequest, Job):
    """Compare what a network predicts with the labels of a dataset folder; see `evaluate_model`.

    Args:
        report: HTML file to make; empty: none.
        confusion: CSV file to make, of classes only; empty: none.
    """

    NAME: ClassVar = "evaluatemodel"
    NEEDS_TENSORFLOW: ClassVar = True

    report: OutputPath = ""
    confusion: OutputPath = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        if self.confusion and described_together(self.datasets(), SceneRules()).values:
            raise InputError(
                "Continuous values have no confusion matrix.", remedy="Leave the confusion matrix (CONFUSION) out."
            )
        accuracy = evaluate_model(self, reporter)
        evaluation = accuracy.evaluation
        html = ""
        if self.report:
            from ..reports.evaluation import evaluation_report

            html = evaluation_report(
                evaluation,
                model_name=Path(self.model).name,
                description=accuracy.model,
                dataset_name=name_together(self.datasets()),
                dataset=accuracy.dataset,
            )
        matrix = csv_table(evaluation.confusion) if isinstance(evaluation, ClassEvaluation) else ""
        files.write_texts({self.report: html, self.confusion: matrix})
        reporter.done(f"Evaluated on {evaluation.samples} patches")
        return {"report": self.report, "confusion": self.confusion, "samples": evaluation.samples, **evaluation.figures}
