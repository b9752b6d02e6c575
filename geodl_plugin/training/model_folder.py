"""What a training leaves: the model folder."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import tensorflow as tf

from ..datasets.description import DatasetDescription
from ..models.folder import KERAS_NAME, ModelDescription, ModelInput
from ..models.heads import PREDICTIONS
from ..models.loading import checksum
from .trainer import Trained

HISTORY_NAME = "history.csv"


def write_model(
    folder: Path, trained: Trained, dataset: DatasetDescription, training: dict[str, Any]
) -> ModelDescription:
    """Write the network and what is known of it.

    Args:
        folder: the model folder, which is there.
        trained: the network.
        dataset: what it was trained on.
        training: parameters and figures, for whoever reads the folder later.
    """
    network, design = trained.network, trained.design
    network.save(folder)
    network.model.save(folder / KERAS_NAME)
    _write_history(folder / HISTORY_NAME, trained.history)
    description = ModelDescription(
        architecture=design.architecture,
        inputs=[
            ModelInput(
                source.name,
                source.bands,
                source.nodata,
                {name: values for name, values in design.statistics[source.name].items() if name != "nodata"},
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
            "network": {"architecture": design.architecture, "options": design.options},
            "dataset": dataset.provenance,
            "best_epoch": trained.best_epoch,
            "device": trained.device,
            "tensorflow": tf.__version__,
            "checksum": checksum(folder),
        },
        values=dataset.values,
    )
    description.write(folder)
    return description


def _write_history(path: Path, history: dict[str, list[float]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["epoch", *history])
        writer.writerows([number, *row] for number, row in enumerate(zip(*history.values()), start=1))
