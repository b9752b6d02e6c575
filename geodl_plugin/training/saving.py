"""Save a trained network as a model folder."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import tensorflow as tf

from ..datasets.description import DatasetDescription
from ..models.checksums import SAVED_MODEL_NAME, checksums
from ..models.folder import KERAS_NAME, ModelDescription, ModelInput
from ..models.heads import PREDICTIONS
from .fitting import TrainedNetwork

HISTORY_NAME = "history.csv"


def save_trained_network(
    folder: Path, trained: TrainedNetwork, dataset: DatasetDescription, training: dict[str, Any]
) -> ModelDescription:
    """Write a trained network, its history and its description.

    Args:
        folder: the model folder, which exists.
        trained: the network.
        dataset: description of the dataset that it was trained on.
        training: parameters and figures of the training, for the description.

    Returns:
        The description of the model.
    """
    network, builder = trained.network, trained.builder
    network.save(folder)
    network.model.save(folder / KERAS_NAME)
    _write_history(folder / HISTORY_NAME, trained.history)
    found = checksums(folder)
    description = ModelDescription(
        architecture=builder.architecture,
        inputs=[
            ModelInput(
                source.name,
                source.bands,
                source.nodata,
                {name: values for name, values in builder.statistics[source.name].items() if name != "nodata"},
                builder.dates[source.name],
            )
            for source in dataset.sources
        ],
        output=PREDICTIONS,
        classes=dataset.classes,
        fields=trained.fields,
        crops=list(network.inference_cropping),
        parameters=network.model.count_params(),
        training={
            **training,
            "network": {"architecture": builder.architecture, "options": builder.options},
            "dataset": dataset.provenance,
            "best_epoch": trained.best_epoch,
            "device": trained.device,
            "tensorflow": tf.__version__,
            "checksum": found[SAVED_MODEL_NAME],  # all that earlier versions look for
        },
        values=dataset.values,
        checksums=found,
    )
    description.write(folder)
    return description


def _write_history(path: Path, history: dict[str, list[float]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["epoch", *history])
        writer.writerows([number, *row] for number, row in enumerate(zip(*history.values()), start=1))
