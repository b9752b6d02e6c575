"""Score a network on a split of a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..accuracy.table import text_table, write_csv
from ..datasets.description import DatasetDescription
from ..errors import InputError
from ..models.folder import ModelDescription
from ..operations import InputPath, OutputPath
from ..options import EVALUATED_SPLITS
from ..runtime import files
from ..runtime.checks import check_choice
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class EvaluateModel(Job):
    """Compare what a network predicts with the labels of a dataset folder, pixel by pixel.

    Classes are matched by name.  The network may know classes that the dataset lacks, not the other way.

    Args:
        model: model folder.
        dataset: dataset folder with the inputs and classes, or values, of the model.
        split: one of `EVALUATED_SPLITS`.
        report: HTML file to make; empty: none.
        confusion: CSV file to make, of classes only; empty: none.
    """

    NAME: ClassVar = "evaluatemodel"
    NEEDS_TENSORFLOW: ClassVar = True

    model: InputPath
    dataset: InputPath
    split: str = EVALUATED_SPLITS[0]
    report: OutputPath = ""
    confusion: OutputPath = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("split", self.split, EVALUATED_SPLITS)
        folder = Path(self.dataset)
        description, dataset = ModelDescription.read(Path(self.model)), DatasetDescription.read(folder)
        self._check(description, dataset)
        reporter.progress(0, "Starting TensorFlow")
        from ..accuracy.evaluation import ClassEvaluation, evaluate, of_folder
        from ..reports.evaluation import evaluation_report

        predict = of_folder(Path(self.model), description.output)
        found = evaluate(predict, folder, dataset, self.split, reporter.part(0.05, 0.95), classes=description.classes)
        if self.report:
            html = evaluation_report(
                found,
                model_name=Path(self.model).name,
                description=description,
                dataset_name=folder.name,
                dataset=dataset,
            )
            with files.unfinished(self.report) as part:
                part.write_text(html, encoding="utf-8")
        if isinstance(found, ClassEvaluation):
            reporter.info(text_table(found.confusion))
            if self.confusion:
                with files.unfinished(self.confusion) as part:
                    write_csv(part, found.confusion)
        reporter.done(f"Evaluated on {found.samples} patches")
        return {"report": self.report, "confusion": self.confusion, "samples": found.samples, **found.figures}

    def _check(self, description: ModelDescription, dataset: DatasetDescription) -> None:
        if self.split not in dataset.splits or not sum(dataset.splits[self.split].pixels):
            there = [name for name, split in dataset.splits.items() if sum(split.pixels)]
            raise InputError(
                f"The dataset {self.dataset} has no labelled pixels in the split {self.split}.",
                expected=f"one of its splits with labels: {', '.join(there) or 'there is none'}",
                received=self.split,
            )
        if bool(dataset.values) != bool(description.values):
            kinds = {True: "continuous values", False: "classes"}
            raise InputError(
                "The labels of the dataset are not what the model predicts.",
                expected=kinds[bool(description.values)],
                received=kinds[bool(dataset.values)],
            )
        unknown = [one.name for one in dataset.classes.classes if description.classes.index_of(one) is None]
        if unknown:
            raise InputError(
                f"The model does not know the classes {', '.join(unknown)} of the dataset.",
                expected=", ".join(description.classes.names),
                received=", ".join(dataset.classes.names),
            )
        if self.confusion and dataset.values:
            raise InputError("There is no confusion matrix of continuous values.", remedy="Leave CONFUSION out.")
        _check_inputs(description, dataset)


def _check_inputs(description: ModelDescription, dataset: DatasetDescription) -> None:
    """The sources must be the model's inputs: by name, each with its bands in the same order."""
    wanted = {one.name: one.bands for one in description.inputs}
    found = {source.name: source.bands for source in dataset.sources}
    misfits = [
        name
        for name in {**wanted, **found}
        if len(wanted.get(name, [])) != len(found.get(name, []))
        or (wanted[name] != found[name] and sorted(wanted[name]) == sorted(found[name]))
    ]
    if misfits:
        raise InputError(
            f"The sources of the dataset are not the inputs of the model: {', '.join(misfits)}.",
            expected=_inputs_text(wanted),
            received=_inputs_text(found),
            remedy="Export a dataset with the same sources, names and bands as the one that the model was trained on.",
        )
    fields, size = description.fields, dataset.sources[0].patch_size
    if fields is None:  # it takes patches of any size that it runs on
        return
    whole = fields.scale == fields.total_stride > 1  # one label for a patch of one size
    if size % fields.total_stride or (whole and size != fields.total_stride):
        raise InputError(
            "The patch size of the dataset does not suit the model.",
            expected=f"{fields.total_stride} pixels" + ("" if whole else ", its total stride, or a multiple"),
            received=f"{size} pixels",
            remedy="Export a dataset with another patch size.",
        )


def _inputs_text(inputs: dict[str, list[str]]) -> str:
    return "; ".join(f"{name} with the bands {', '.join(bands)}" for name, bands in inputs.items())
