"""The report on a training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras

from ..accuracy.results import Evaluation
from ..datasets.description import DatasetDescription
from ..models.familiarity import without_unfamiliarity
from ..models.fields import Fields
from ..models.folder import ModelDescription
from ..runtime.devices import hardware
from ..runtime.reporter import duration_text
from . import count, render
from .calibration import calibration_section
from .evaluation import evaluation_section
from .facts import data_facts, named_facts
from .layer_drawing import draw_layers
from .network_comparison import NetworkComparison
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
    """
    predicted = ", ".join(dataset.classes.names) or (dataset.values.name if dataset.values else "")
    bands = " + ".join(f"{len(source.bands)} bands of {source.name}" for source in dataset.sources)
    return render(
        "training.html",
        title=f"Training of a network: {description.architecture}",
        lead=f"From {bands} to {predicted}",
        evaluations=[evaluation_section(evaluation, dataset) for evaluation in _test_first(evaluations)],
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
            ("Architecture", description.architecture),
            ("Weights", count(description.parameters)),
            *_field_facts(description.fields),
            *_familiarity_facts(description.training),
        ],
        dataset=dataset,
        data_facts=data_facts(dataset),
        parameters=[
            *named_facts(parameters, without=("output", "report")),
            ("Time", duration_text(seconds)),
            ("Device", device),
            ("Hardware", hardware()),
            ("Software", f"TensorFlow {description.training['tensorflow']}, Keras {keras.__version__}"),
        ],
    )


def _field_facts(fields: Fields | None) -> list[tuple[str, str]]:
    """How a map has to be divided into blocks."""
    if fields is None:
        return [("Receptive field", "unlimited or unknown: maps that are made in blocks have seams")]
    return [
        ("Total stride", f"{fields.total_stride} pixels"),
        ("Valid margin", f"{fields.valid_margin} pixels"),
        ("Recommended crop", f"{fields.crop} pixels"),
    ]


def _familiarity_facts(training: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Whether maps can tell where the network has never been."""
    known = "Apply a model shows where the network has never been (UNFAMILIARITY)"
    return [("Unfamiliarity", training["unfamiliarity"] or known)] if "unfamiliarity" in training else []


def _test_first(evaluations: Mapping[str, Evaluation]) -> list[Evaluation]:
    """The most telling evaluation first: that on patches that were not used in the training."""
    return sorted(evaluations.values(), key=lambda evaluation: evaluation.split != "test")
