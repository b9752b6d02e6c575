"""Score a network on a split of a dataset."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from ..accuracy.evaluate_model import EvaluateModelRequest, evaluate_model
from ..accuracy.results import ClassEvaluation
from ..accuracy.table import csv_table
from ..datasets.merging import described_together
from ..datasets.scenes import SceneRules, name_together
from ..errors import InputError
from ..language import tr
from ..operations import InputPath, OutputPath
from ..options import EVALUATED_SPLITS
from ..runtime import files
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class EvaluateModel(Job):
    """Compare what a network predicts with the labels of a dataset folder; see `evaluate_model`.

    Args:
        model: model folder.
        dataset: dataset folder.
        split: the patches to evaluate on, one of `EVALUATED_SPLITS`.
        report: HTML file to make; empty: none.
        confusion: CSV file to make, of classes only; empty: none.
        further_datasets: dataset folders of further scenes.
    """

    NAME: ClassVar = "evaluatemodel"
    NEEDS_TENSORFLOW: ClassVar = True

    model: InputPath
    dataset: InputPath
    split: str = EVALUATED_SPLITS[0]
    report: OutputPath = ""
    confusion: OutputPath = ""
    further_datasets: list[InputPath] = field(default_factory=list)

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        request = EvaluateModelRequest(self.model, self.dataset, self.split, self.further_datasets)
        if self.confusion and described_together(request.datasets(), SceneRules()).values:
            raise InputError(
                tr("Continuous values have no confusion matrix."),
                remedy=tr("Leave the confusion matrix (CONFUSION) out."),
            )
        accuracy = evaluate_model(request, reporter)
        evaluation = accuracy.evaluation
        html = ""
        if self.report:
            from ..reports.evaluation import evaluation_report

            html = evaluation_report(
                evaluation,
                model_name=Path(self.model).name,
                description=accuracy.model,
                dataset_name=name_together(request.datasets()),
                dataset=accuracy.dataset,
            )
        matrix = csv_table(evaluation.confusion) if isinstance(evaluation, ClassEvaluation) else ""
        files.write_texts({self.report: html, self.confusion: matrix})
        reporter.done(tr("Evaluated on {samples} patches").format(samples=evaluation.samples))
        return {"report": self.report, "confusion": self.confusion, "samples": evaluation.samples, **evaluation.figures}
