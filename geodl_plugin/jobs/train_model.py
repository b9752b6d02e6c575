"""Train a network on a dataset folder."""

from __future__ import annotations

import csv
import dataclasses
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from .. import __version__, files
from ..datasets.manifest import Dataset
from ..errors import InputError
from ..models.folder import FILE_NAME, KERAS_NAME, ModelDescription, ModelInput
from ..options import (
    ARCHITECTURES,
    AUGMENTATIONS,
    BATCH_SIZE,
    CLASS_WEIGHTS,
    CROPS,
    EPOCHS,
    LEARNING_RATE,
    PATIENCE,
)
from ..reporter import Reporter, duration_text
from . import Job, check_at_least, check_choice

REPORT_NAME = "report.html"


@dataclass
class TrainModel(Job):
    """Train a fully convolutional network and save it as a model folder.

    Args:
        dataset: dataset folder.
        output: model folder to make.
        report: HTML file to make; empty: none beside the one in the folder.
        architecture: one of `ARCHITECTURES`.
        epochs: at most so many passes over the training patches.
        batch_size: patches in a step.
        learning_rate: its highest value.
        class_weights: one of `CLASS_WEIGHTS`.
        augment: some of `AUGMENTATIONS`.
        patience: epochs without improvement after which to stop; 0: never.
        crops: pixels by which the SavedModel's outputs are cropped.
        seed: the same seed gives the same start and order.
    """

    NAME: ClassVar = "trainmodel"
    NEEDS_TENSORFLOW: ClassVar = True
    FOLDER_MARKER: ClassVar = FILE_NAME

    dataset: str
    output: str
    report: str = ""
    architecture: str = ARCHITECTURES[0]
    epochs: int = EPOCHS
    batch_size: int = BATCH_SIZE
    learning_rate: float = LEARNING_RATE
    class_weights: str = CLASS_WEIGHTS[0]
    augment: list[str] = field(default_factory=lambda: list(AUGMENTATIONS))
    patience: int = PATIENCE
    crops: list[int] = field(default_factory=lambda: list(CROPS))
    seed: int = 0

    def outputs(self) -> list[Path]:
        return [Path(path) for path in (self.output, self.report) if path]

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("The architecture", self.architecture, ARCHITECTURES)
        check_choice("The choice of class weights", self.class_weights, CLASS_WEIGHTS)
        for name in self.augment:
            check_choice("The augmentation", name, AUGMENTATIONS)
        for name, value, least in (
            ("The number of epochs", self.epochs, 1),
            ("The batch size", self.batch_size, 1),
            ("The learning rate", self.learning_rate, 1e-9),
            ("The patience", self.patience, 0),
            *(("A crop", crop, 1) for crop in self.crops),
        ):
            check_at_least(name, value, least)
        dataset = Dataset.read(Path(self.dataset))
        _check(dataset)
        reporter.progress(0, "Starting TensorFlow")
        import tensorflow as tf

        from ..models.heads import PREDICTIONS
        from ..models.layer_fields import fields_of
        from ..reports.charts import training_curves
        from ..training.trainer import Options, train

        options = Options(
            architecture=self.architecture,
            epochs=self.epochs,
            batch_size=self.batch_size,
            learning_rate=self.learning_rate,
            class_weights=self.class_weights,
            augment=tuple(self.augment),
            patience=self.patience,
            crops=tuple(self.crops),
            seed=self.seed,
        )
        started = time.monotonic()
        with files.unfinished(self.output, marker=self.FOLDER_MARKER) as folder:
            folder.mkdir()
            try:
                trained = train(Path(self.dataset), dataset, options, reporter.part(0, 0.97))
            except tf.errors.DataLossError as error:
                raise InputError(
                    f"The dataset {self.dataset} is damaged.", received=error.message, remedy="Export it again."
                ) from error
            duration = time.monotonic() - started
            reporter.progress(0.97, "Saving the network")
            trained.network.save(folder)
            trained.network.model.save(folder / KERAS_NAME)
            _write_history(folder / "history.csv", trained.history)
            figures = {
                f"{split}_{name}": value
                for split, confusion in trained.confusions.items()
                for name, value in (
                    ("accuracy", confusion.overall_accuracy),
                    ("f1", confusion.mean_f1),
                    ("iou", confusion.mean_iou),
                )
            }
            description = ModelDescription(
                architecture=self.architecture,
                inputs=[
                    ModelInput(source.name, source.bands, source.nodata, source.statistics)
                    for source in dataset.sources
                ],
                output=PREDICTIONS,
                classes=dataset.classes,
                fields=fields_of(trained.network.model, PREDICTIONS),
                crops=self.crops,
                parameters=trained.network.model.count_params(),
                training={
                    "parameters": dataclasses.asdict(self),
                    "dataset": dataset.provenance,
                    "best_epoch": trained.best_epoch,
                    "seconds": round(duration, 1),
                    "tensorflow": tf.__version__,
                    **figures,
                },
            )
            description.write(folder)
            html = _report(
                self, description, dataset, trained, duration, training_curves(trained.history, trained.best_epoch)
            )
            (folder / REPORT_NAME).write_text(html, encoding="utf-8")
        if self.report:
            with files.unfinished(self.report) as part:
                part.write_text(html, encoding="utf-8")
        reporter.progress(1, f"Trained in {duration_text(duration)}, best epoch {trained.best_epoch}")
        return {"output": self.output, "report": self.report, "best_epoch": trained.best_epoch, **figures}


def _check(dataset: Dataset) -> None:
    if dataset.label_size == 1:
        raise InputError(
            "This dataset has one label for each patch; these networks learn from one label for each pixel.",
            expected="a dataset exported with the label mode polygons or raster",
            received=f"the label mode {dataset.label_mode}",
        )
    sizes = {source.patch_size for source in dataset.sources}
    if len(sizes) > 1:
        raise InputError(
            "The sources of this dataset have different resolutions, and these networks take one resolution only.",
            expected="sources whose patches have the same number of pixels",
            received=", ".join(f"{source.name}: {source.patch_size} pixels" for source in dataset.sources),
            remedy="Train a network of your own on it, or bring the rasters to one grid first, with Warp (reproject).",
        )
    if any(size % 16 for size in sizes):
        raise InputError(
            "The patch size does not suit these networks.",
            expected="a multiple of 16",
            received=", ".join(str(size) for size in sizes),
            remedy="Sample and export again with a patch size such as 64.",
        )
    if "train" not in dataset.splits:
        raise InputError("The dataset has no split train.", received=", ".join(dataset.splits) or "no split")
    pixels = dataset.splits["train"].pixels
    missing = [name for name, count in zip(dataset.classes.names, pixels) if count == 0]
    if missing:
        raise InputError(
            f"The training patches show no pixel of {', '.join(missing)}.",
            expected="labelled pixels of each class in the split train",
            received=", ".join(f"{count} {name}" for name, count in zip(dataset.classes.names, pixels)),
            remedy="Draw more polygons of this class, or choose smaller blocks for the split.",
        )


def _write_history(path: Path, history: dict[str, list[float]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["epoch", *history])
        writer.writerows([number, *row] for number, row in enumerate(zip(*history.values()), start=1))


def _report(
    job: TrainModel, description: ModelDescription, dataset: Dataset, trained: Any, duration: float, curves: str
) -> str:
    from ..reports import render

    return render(
        "training.html",
        title=f"Training of {job.architecture}",
        version=__version__,
        date=date.today().isoformat(),
        description=description,
        dataset=dataset,
        trained=trained,
        colors=[one.color for one in dataset.classes.classes],
        duration=duration_text(duration),
        curves=curves,
        parameters=dataclasses.asdict(job),
    )
