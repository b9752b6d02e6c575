"""The report on a network's evaluation, and the section on it that the training report has, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..accuracy.ranking import PatchResult
from ..accuracy.results import ClassEvaluation, Evaluation, RegressionEvaluation
from ..accuracy.verdict import verdict_on
from ..datasets.description import DatasetDescription
from ..datasets.image_colors import NO_DATA, Stretch
from ..language import mark, tr
from ..models.folder import ModelDescription
from . import count, render
from .calibration import calibration_section
from .evaluation_charts import error_histogram, reliability_diagram, scatter
from .facts import data_facts, dataset_title, is_counted_on_ground, labelled_pixels, parameter_name
from .glossary import OF_CLASSES, OF_DATA, OF_VALUES
from .pictures import CONFIDENCE, ERRORS, VALUES, class_colors, picture, ramp, scale_colors

_NEGLIGIBLE = 0.02  # difference of confidence and accuracy
_ORIGINS = ("source", "positions", "labels", "class_field")  # in the provenance of a dataset
_PATCHES_NOTE = mark(
    "Patches that overlap one that is shown are left out. Images show the red, green and blue bands, or the first "
    "ones, stretched from the 2nd to the 98th percentile of these patches."
)


@dataclass(frozen=True)
class Ramp:
    """A colour scale in the legend: its name, the values at its ends, and its colours as CSS."""

    name: str
    minimum: str
    maximum: str
    css: str


@dataclass(frozen=True)
class PatchRow:
    """A patch as pictures side by side, data URIs, and a line about it."""

    pictures: list[str]
    caption: str


@dataclass(frozen=True)
class EvaluationSection:
    """An evaluation as the templates show it.

    Args:
        result: its figures.
        is_of_classes: whether the network predicts classes, not continuous values.
        colors: of the classes.
        charts: SVG.
        verdict: a sentence about the probabilities.
        legend: names and colours.
        ramps: colour scales.
        headings: of the pictures of a patch.
        best: the best patches.
        worst: the worst patches.
        patches_note: a sentence about the patches.
        ground: how many pixels, and polygons, each class has on the ground, by its name; empty: unknown.
    """

    result: Evaluation
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
    ground: dict[str, str] = field(default_factory=dict)


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
        evaluation: the figures and patches.
        model_name: what to call the model.
        description: description of the model.
        dataset_name: what to call the dataset.
        dataset: description of the dataset.
        warnings: sentences to show on top.
    """
    training = description.training
    return render(
        "evaluation.html",
        title=tr("Evaluation of {architecture} on the split {split}").format(
            architecture=description.architecture, split=evaluation.split
        ),
        verdict=verdict_on(evaluation, dataset),
        words=[*OF_DATA, *(OF_VALUES if dataset.values else OF_CLASSES)],
        lead=tr("Model {model}, dataset {dataset}: {title}").format(
            model=model_name, dataset=dataset_name, title=dataset_title(dataset)
        ),
        evaluation=evaluation_section(evaluation, dataset),
        pixels=labelled_pixels(dataset.splits[evaluation.split]),
        on_ground=is_counted_on_ground(dataset),
        calibration=calibration_section(training),
        warnings=warnings,
        dataset=dataset,
        model_facts=[
            (tr("Model"), model_name),
            (tr("Architecture"), description.architecture),
            (tr("Weights"), count(description.parameters)),
            *([(tr("Best epoch"), training["best_epoch"])] if "best_epoch" in training else []),
            *(
                (tr("Trained with: {parameter}").format(parameter=parameter_name(name).lower()), value)
                for name, value in training.get("dataset", {}).items()
                if name.startswith(_ORIGINS) and value
            ),
        ],
        data_facts=data_facts(dataset),
    )


def evaluation_section(evaluation: Evaluation, dataset: DatasetDescription) -> EvaluationSection:
    """Prepare an evaluation for the templates.

    Args:
        evaluation: the figures and patches.
        dataset: description of the dataset that the network was evaluated on.
    """
    images = [patch.image for patch in (*evaluation.best, *evaluation.worst)]
    stretch = Stretch(dataset.sources[0], images or [np.zeros((1, 1, len(dataset.sources[0].bands)))])
    if isinstance(evaluation, ClassEvaluation):
        return _of_classes(evaluation, stretch, dataset)
    return _of_values(evaluation, stretch)


def _of_classes(evaluation: ClassEvaluation, stretch: Stretch, dataset: DatasetDescription) -> EvaluationSection:
    classes = evaluation.classes

    def row(patch: PatchResult) -> PatchRow:
        confidence = patch.confidence[patch.labelled].mean()
        return PatchRow(
            [
                picture(stretch(patch.image)),
                picture(class_colors(patch.labels, classes, patch.labelled)),
                picture(class_colors(patch.predicted, classes)),
                picture(scale_colors(patch.confidence, CONFIDENCE, 1 / len(classes), 1)),
            ],
            tr("{share:.1f} % of {pixels} labelled pixels correct, confidence {confidence:.2f}").format(
                share=100 * patch.score, pixels=count(patch.labelled.sum()), confidence=confidence
            ),
        )

    return EvaluationSection(
        result=evaluation,
        is_of_classes=True,
        colors=[known.color for known in classes.classes],
        charts=[reliability_diagram(evaluation.reliability)],
        verdict=_verdict(evaluation),
        legend=[*((known.name, known.color) for known in classes.classes), (tr("no label or no data"), NO_DATA)],
        ramps=[Ramp(tr("confidence"), f"{1 / len(classes):.2f}", "1", ramp(CONFIDENCE))],
        headings=[tr("image"), tr("label"), tr("prediction"), tr("confidence")],
        best=[row(patch) for patch in _as_many(evaluation.best, evaluation.worst)],
        worst=[row(patch) for patch in evaluation.worst],
        patches_note=f"{tr('Ranked by the share of labelled pixels that are correct.')} {tr(_PATCHES_NOTE)}",
        ground=_on_ground(dataset, evaluation.split),
    )


def _of_values(evaluation: RegressionEvaluation, stretch: Stretch) -> EvaluationSection:
    errors, name = evaluation.errors, evaluation.target.name
    minimum, maximum = evaluation.target.minimum, evaluation.target.maximum
    reach = 2 * errors.rmse

    def row(patch: PatchResult) -> PatchRow:
        return PatchRow(
            [
                picture(stretch(patch.image)),
                picture(scale_colors(patch.labels, VALUES, minimum, maximum, patch.labelled)),
                picture(scale_colors(patch.predicted, VALUES, minimum, maximum)),
                picture(scale_colors(patch.predicted - patch.labels, ERRORS, -reach, reach, patch.labelled)),
            ],
            tr("RMSE {error:.3g} over {pixels} labelled pixels").format(
                error=patch.score, pixels=count(patch.labelled.sum())
            ),
        )

    return EvaluationSection(
        result=evaluation,
        is_of_classes=False,
        colors=[],
        charts=[scatter(errors, name), error_histogram(errors, name)],
        verdict="",
        legend=[(tr("no label or no data"), NO_DATA)],
        ramps=[
            Ramp(name, f"{minimum:.3g}", f"{maximum:.3g}", ramp(VALUES)),
            Ramp(tr("error"), f"{-reach:.3g}", f"{reach:.3g}", ramp(ERRORS)),
        ],
        headings=[tr("image"), tr("label"), tr("prediction"), tr("error")],
        best=[row(patch) for patch in _as_many(evaluation.best, evaluation.worst)],
        worst=[row(patch) for patch in evaluation.worst],
        patches_note=f"{tr('Ranked by their root mean square error.')} {tr(_PATCHES_NOTE)}",
    )


def _as_many(best: list[PatchResult], worst: list[PatchResult]) -> list[PatchResult]:
    """No more of the best patches than there are bad ones beside them; all if there is no bad one."""
    return best[: len(worst)] if worst else best


def _on_ground(dataset: DatasetDescription, split: str) -> dict[str, str]:
    """How many labelled pixels, and polygons, each class has on the ground in a split."""
    info = dataset.splits.get(split)
    if info is None:
        return {}
    found = {name: count(pixels) for name, pixels in zip(dataset.classes.names, info.distinct_pixels)}
    for name, features in zip(dataset.classes.names, info.features):
        if dataset.label_mode == "polygons":
            text = tr("{pixels} in {count} polygon") if features == 1 else tr("{pixels} in {count} polygons")
        else:
            text = tr("{pixels} in {count} feature") if features == 1 else tr("{pixels} in {count} features")
        found[name] = text.format(pixels=found[name], count=count(features))
    return found


def _verdict(evaluation: ClassEvaluation) -> str:
    """Whether the probabilities of a network agree with how often it is correct, in a sentence."""
    confidence, accuracy = evaluation.reliability.mean_confidence, evaluation.confusion.overall_accuracy
    if evaluation.reliability.expected_error <= _NEGLIGIBLE:
        text = tr("{summary}: its probabilities are reliable.")
    elif abs(confidence - accuracy) <= _NEGLIGIBLE:
        text = tr("{summary}: the two agree on average, but not at every confidence.")
    elif confidence > accuracy:
        text = tr("{summary}: it is overconfident, less often correct than its probabilities say.")
    else:
        text = tr("{summary}: it is underconfident, more often correct than its probabilities say.")
    summary = tr(
        "The network is correct in {accuracy:.1f} % of the pixels, and gives the class that it chooses a probability "
        "of {confidence:.1f} % on average"
    ).format(accuracy=100 * accuracy, confidence=100 * confidence)
    return text.format(summary=summary)
