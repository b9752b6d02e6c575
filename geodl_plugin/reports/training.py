"""The report on a training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import keras

from ..accuracy.results import Evaluation
from ..accuracy.verdict import verdict_on
from ..datasets.description import DatasetDescription
from ..language import tr
from ..models.familiarity import without_unfamiliarity
from ..models.fields import Fields
from ..models.folder import ModelDescription
from ..runtime.devices import hardware
from ..runtime.reporter import duration_text
from . import count, render
from .calibration import calibration_section
from .evaluation import evaluation_section
from .facts import data_facts, dataset_title, named_facts
from .glossary import OF_CLASSES, OF_DATA, OF_FIELDS, OF_VALUES
from .layer_drawing import draw_layers
from .network_comparison import NetworkComparison
from .overview import overview_pictures
from .training_charts import training_curves


def training_report(
    *,
    description: ModelDescription,
    model: keras.Model,
    dataset: DatasetDescription,
    history: dict[str, list[float]],
    best_epoch: int,
    evaluations: Mapping[str, Evaluation],
    parameters: Mapping[str, Any],
    seconds: float,
    device: str,
    warnings: Sequence[str] = (),
    comparison: NetworkComparison | None = None,
    folder: Path | None = None,
) -> str:
    """HTML about a training: its course, the accuracy of the network, and what it was trained on.

    Args:
        description: description of the trained model.
        model: the network.
        dataset: description of the dataset that it was trained on.
        history: figures by epoch as Keras names them.
        best_epoch: number, from 1, of the epoch whose weights the network has.
        evaluations: by split.
        parameters: all parameters of the training, by name.
        seconds: duration of the training.
        device: what the training ran on.
        warnings: sentences to show on top.
        comparison: of the networks that were trained; None: only this one was.
        folder: the dataset folder, which holds pictures of where the splits lie; None: they are left out.
    """
    ordered = _test_first(evaluations)
    predicted = ", ".join(dataset.classes.names) or (dataset.values.name if dataset.values else "")
    bands = " + ".join(
        tr("{count} bands of {source}").format(count=len(source.bands), source=source.name)
        for source in dataset.sources
    )
    return render(
        "training.html",
        title=tr("Training of {architecture}: {predicted}").format(
            architecture=description.architecture, predicted=predicted
        ),
        lead=tr("{title}: from {bands} to {predicted}").format(
            title=dataset_title(dataset), bands=bands, predicted=predicted
        ),
        verdict=verdict_on(ordered[0], dataset, ordered[1:], history, best_epoch) if ordered else None,
        overviews=overview_pictures(folder, dataset),
        words=[
            *OF_DATA,
            *("Epoch", "Loss"),
            *(OF_VALUES if dataset.values else OF_CLASSES),
            *(OF_FIELDS if description.fields else ()),
        ],
        evaluations=[evaluation_section(evaluation, dataset) for evaluation in ordered],
        calibration=calibration_section(description.training),
        best_epoch=best_epoch,
        epochs=len(history["loss"]),
        has_valid="val_loss" in history,
        duration=duration_text(seconds),
        warnings=warnings,
        comparison=comparison,
        curves=training_curves(history, best_epoch),
        network=draw_layers(
            without_unfamiliarity(model), {source.name: source.patch_size for source in dataset.sources}
        ),
        network_facts=[
            (tr("Architecture"), description.architecture),
            (tr("Weights"), count(description.parameters)),
            *_field_facts(description.fields),
            *_familiarity_facts(description.training),
        ],
        dataset=dataset,
        data_facts=data_facts(dataset),
        parameters=[
            *([(tr("Dataset folder"), parameters["dataset"])] if "dataset" in parameters else []),
            *named_facts(parameters, without=("dataset", "output", "report", *_unused(parameters))),
            (tr("Time"), duration_text(seconds)),
            (tr("Computed on"), device),
            (tr("Hardware"), hardware()),
            (tr("Software"), f"TensorFlow {description.training['tensorflow']}, Keras {keras.__version__}"),
        ],
    )


def _unused(parameters: Mapping[str, Any]) -> list[str]:
    """Parameters that have no meaning in a training."""
    names = [] if parameters.get("architecture") == "backbone" else ["backbone", "backbone_weights"]
    return names if parameters.get("further_datasets") else [*names, "split", "weighting"]


def _field_facts(fields: Fields | None) -> list[tuple[str, str]]:
    """How a map has to be divided into blocks."""
    if fields is None:
        return [(tr("Receptive field"), tr("unlimited or unknown: maps that are made in blocks have seams"))]
    return [
        (tr("Total stride"), tr("{count} pixels").format(count=fields.total_stride)),
        (tr("Valid margin"), tr("{count} pixels").format(count=fields.valid_margin)),
        (tr("Recommended crop"), tr("{count} pixels").format(count=fields.crop)),
    ]


def _familiarity_facts(training: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Whether maps can tell where the network has never been."""
    known = tr("Apply a model shows where the network has never been (UNFAMILIARITY)")
    return [(tr("Unfamiliarity"), tr(training["unfamiliarity"]) or known)] if "unfamiliarity" in training else []


def _test_first(evaluations: Mapping[str, Evaluation]) -> list[Evaluation]:
    """The most telling evaluation first: that on patches that were not used in the training."""
    return sorted(evaluations.values(), key=lambda evaluation: evaluation.split != "test")
