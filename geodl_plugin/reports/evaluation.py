"""What is shown of a network's evaluation, and the report on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..accuracy.evaluation import ClassEvaluation, Evaluation, ValueEvaluation
from ..accuracy.ranking import PatchResult
from ..datasets.description import DatasetDescription
from ..models.folder import ModelDescription
from . import count, render
from .charts import error_histogram, reliability_diagram, scatter
from .facts import data_facts
from .pictures import CONFIDENCE, ERRORS, NOTHING, VALUES, Stretch, class_colors, picture, ramp, scale_colors

_FAIR = 0.02  # difference of confidence and accuracy that does not matter
_ORIGINS = ("source", "positions", "labels", "class_field")  # in the provenance of a dataset
_PATCHES_NOTE = (
    "By {}. Patches that overlap one that is shown are left out. Images: the bands red, green and blue, or the first "
    "ones, from the 2nd to the 98th percentile of these patches."
)


@dataclass(frozen=True)
class Ramp:
    """A scale of colours in the legend: what it means, its ends, and its colours as CSS."""

    name: str
    least: str
    greatest: str
    css: str


@dataclass(frozen=True)
class PatchRow:
    """A patch as pictures side by side, data URIs, and a line about it."""

    pictures: list[str]
    caption: str


@dataclass(frozen=True)
class Shown:
    """An evaluation as the templates show it.

    Args:
        found: its figures.
        is_of_classes: or of values.
        colors: of the classes.
        charts: SVG.
        verdict: a sentence on the probabilities.
        legend: names and colours.
        ramps: scales of colours.
        headings: of the pictures of a patch.
        best: the best patches.
        worst: the worst patches.
        patches_note: a sentence on the patches.
    """

    found: Evaluation
    is_of_classes: bool
    colors: list[str]
    charts: list[str]
    verdict: str
    legend: list[tuple[str, str]]
    ramps: list[Ramp]
    headings: list[str]
    best: list[PatchRow]
    worst: list[PatchRow]
    patches_note: str


def evaluation_report(
    evaluation: Evaluation,
    *,
    model_name: str,
    description: ModelDescription,
    dataset_name: str,
    dataset: DatasetDescription,
    warnings: Sequence[str] = (),
) -> str:
    """HTML about how well a network does on a split of a dataset.

    Args:
        evaluation: what was found.
        model_name: what to call the model.
        description: of the model.
        dataset_name: what to call the dataset.
        dataset: its manifest.
        warnings: sentences to show on top.
    """
    training = description.training
    return render(
        "evaluation.html",
        title=f"Evaluation of {model_name}",
        lead=f"The network {description.architecture} on the split {evaluation.split} of {dataset_name}",
        evaluation=shown(evaluation, dataset),
        pixels=sum(dataset.splits[evaluation.split].pixels),
        warnings=warnings,
        dataset=dataset,
        model_facts=[
            ("Model", model_name),
            ("Architecture", description.architecture),
            ("Weights", count(description.parameters)),
            *([("Trained in epochs", training["best_epoch"])] if "best_epoch" in training else []),
            *(
                (f"Trained on: {name.lower().replace('_', ' ')}", value)
                for name, value in training.get("dataset", {}).items()
                if name.startswith(_ORIGINS) and value
            ),
        ],
        data_facts=data_facts(dataset),
    )


def shown(evaluation: Evaluation, dataset: DatasetDescription) -> Shown:
    """Prepare an evaluation for the templates.

    Args:
        evaluation: what was found.
        dataset: the manifest of what it was evaluated on.
    """
    images = [patch.image for patch in (*evaluation.best, *evaluation.worst)]
    stretch = Stretch(dataset.sources[0], images or [np.zeros((1, 1, len(dataset.sources[0].bands)))])
    if isinstance(evaluation, ClassEvaluation):
        return _of_classes(evaluation, stretch)
    return _of_values(evaluation, stretch)


def _of_classes(evaluation: ClassEvaluation, stretch: Stretch) -> Shown:
    classes = evaluation.classes

    def row(patch: PatchResult) -> PatchRow:
        sure = patch.confidence[patch.labelled].mean()
        return PatchRow(
            [
                picture(stretch(patch.image)),
                picture(class_colors(patch.labels, classes, patch.labelled)),
                picture(class_colors(patch.predicted, classes)),
                picture(scale_colors(patch.confidence, CONFIDENCE, 1 / len(classes), 1)),
            ],
            f"{100 * patch.score:.1f} % right of {count(patch.labelled.sum())} labelled pixels; confidence {sure:.2f}",
        )

    return Shown(
        found=evaluation,
        is_of_classes=True,
        colors=[one.color for one in classes.classes],
        charts=[reliability_diagram(evaluation.reliability)],
        verdict=_verdict(evaluation),
        legend=[*((one.name, one.color) for one in classes.classes), ("no label, no data", NOTHING)],
        ramps=[Ramp("confidence", f"{1 / len(classes):.2f}", "1", ramp(CONFIDENCE))],
        headings=["image", "label", "prediction", "confidence"],
        best=[row(patch) for patch in evaluation.best],
        worst=[row(patch) for patch in evaluation.worst],
        patches_note=_PATCHES_NOTE.format("the share of labelled pixels that are right"),
    )


def _of_values(evaluation: ValueEvaluation, stretch: Stretch) -> Shown:
    errors, values = evaluation.errors, evaluation.values
    name, least, greatest = (values.name, values.minimum, values.maximum)
    reach = 2 * errors.rmse

    def row(patch: PatchResult) -> PatchRow:
        return PatchRow(
            [
                picture(stretch(patch.image)),
                picture(scale_colors(patch.labels, VALUES, least, greatest, patch.labelled)),
                picture(scale_colors(patch.predicted, VALUES, least, greatest)),
                picture(scale_colors(patch.predicted - patch.labels, ERRORS, -reach, reach, patch.labelled)),
            ],
            f"RMSE {patch.score:.3g} of {count(patch.labelled.sum())} labelled pixels",
        )

    return Shown(
        found=evaluation,
        is_of_classes=False,
        colors=[],
        charts=[scatter(errors, name), error_histogram(errors, name)],
        verdict="",
        legend=[("no label, no data", NOTHING)],
        ramps=[
            Ramp(name, f"{least:.3g}", f"{greatest:.3g}", ramp(VALUES)),
            Ramp("error", f"{-reach:.3g}", f"{reach:.3g}", ramp(ERRORS)),
        ],
        headings=["image", "label", "prediction", "error"],
        best=[row(patch) for patch in evaluation.best],
        worst=[row(patch) for patch in evaluation.worst],
        patches_note=_PATCHES_NOTE.format("their root mean square error"),
    )


def _verdict(evaluation: ClassEvaluation) -> str:
    sure, right = evaluation.reliability.mean_confidence, evaluation.confusion.overall_accuracy
    said = (
        f"The network is right in {100 * right:.1f} % of the pixels, and gives its choice a probability of "
        f"{100 * sure:.1f} % on average"
    )
    if evaluation.reliability.expected_error <= _FAIR:
        return f"{said}: its confidence can be taken at its word."
    if abs(sure - right) <= _FAIR:
        return f"{said}: on the whole the two agree, but not at each confidence."
    return f"{said}: it is {'surer than it should be' if sure > right else 'more cautious than it needs to be'}."
