"""Train a network on a dataset folder."""

from __future__ import annotations

import dataclasses
import importlib.util
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from .. import options as choices
from ..datasets.description import DatasetDescription
from ..errors import InputError
from ..models.folder import FILE_NAME
from ..operations import InputPath, OutputPath
from ..runtime import files
from ..runtime.process import is_chief
from ..runtime.reporter import Reporter, duration_text
from ..systems.sharing import replace
from ..training.checks import check_dataset, check_options
from ..training.options import Options
from . import Job

REPORT_NAME = "report.html"
_SAVING = 60.0  # seconds, far more than it takes


@dataclass
class TrainModel(Job):
    """Train a network and save it as a model folder.

    Args:
        dataset: dataset folder.
        output: model folder to make.
        report: HTML file to make; empty: none beside the one in the folder.
        architecture: one of `ARCHITECTURES`.
        model_file: Python file of a custom network.
        init_model: model folder to start from, which then says what network it is; empty: a new network.
        width: filters of the network's first level; 0: its own choice.
        depth: how often it halves the image; 0: its own choice.
        backbone: name of a network in ``keras.applications``, for the architecture ``backbone``.
        backbone_weights: ``none``, ``imagenet`` or a file.
        epochs: at most so many.
        batch_size: patches in a step, on all devices together.
        learning_rate: its highest value; 0: automatic.
        weight_decay: share of the weights that each step takes off, by a learning rate of 1.
        loss: one of `LOSSES`.
        class_weights: one of `CLASS_WEIGHTS`.
        class_weight_values: such as ``water=2, forest=1``.
        augment: some of `AUGMENTATIONS`.
        patience: stop after so many epochs without improvement of the valid loss; 0: never.
        precision: ``float32``, ``mixed bfloat16`` or ``mixed float16``.
        device: one of `DEVICES`.
        crops: pixels by which the SavedModel's outputs are cropped.
        seed: source of chance.
        keep_best: who stops the training gets the best epoch so far.
        resume: keep the state of the training beside the output, and go on with what is there of an earlier run.
        tensorboard: write logs for TensorBoard into the model folder.
    """

    NAME: ClassVar = "trainmodel"
    NEEDS_TENSORFLOW: ClassVar = True
    FOLDER_MARKER: ClassVar = FILE_NAME

    dataset: InputPath
    output: OutputPath
    report: OutputPath = ""
    architecture: str = choices.ARCHITECTURES[0]
    model_file: InputPath = ""
    init_model: InputPath = ""
    width: int = 0
    depth: int = 0
    backbone: str = choices.BACKBONES[0]
    backbone_weights: InputPath = choices.BACKBONE_WEIGHTS
    epochs: int = choices.EPOCHS
    batch_size: int = choices.BATCH_SIZE
    learning_rate: float = choices.LEARNING_RATE
    weight_decay: float = choices.WEIGHT_DECAY
    loss: str = choices.LOSSES[0]
    class_weights: str = choices.CLASS_WEIGHTS[0]
    class_weight_values: str = ""
    augment: list[str] = field(default_factory=lambda: list(choices.AUGMENT))
    patience: int = choices.PATIENCE
    precision: str = choices.PRECISIONS[0]
    device: str = choices.DEVICES[0]
    crops: list[int] = field(default_factory=lambda: list(choices.CROPS))
    seed: int = 0
    resume: bool = False
    keep_best: bool = False
    tensorboard: bool = False

    def grace(self) -> float:
        return _SAVING if self.keep_best else super().grace()

    def writes(self) -> bool:
        return self.device != "automatic" or is_chief()

    def options(self) -> Options:
        """The choices of this job."""
        values: dict[str, Any] = {one.name: getattr(self, one.name) for one in dataclasses.fields(Options)}
        return Options(**{**values, "augment": tuple(self.augment), "crops": tuple(self.crops)})

    def checked(self) -> DatasetDescription:
        """The dataset.

        Raises:
            InputError: it is none, or cannot be trained on in this way.
        """
        check_options(self.options())
        dataset = DatasetDescription.read(Path(self.dataset))
        check_dataset(dataset, self.options())
        patches = dataset.splits["train"].samples
        if self.batch_size > max(patches, choices.BATCH_SIZE):
            raise InputError(
                "The batch size is greater than the number of patches to train on.",
                expected=f"at most {patches}, the patches of the split train; {choices.BATCH_SIZE} is usual",
                received=str(self.batch_size),
            )
        return dataset

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        dataset = self.checked()
        if self.tensorboard and importlib.util.find_spec("tensorboard") is None:
            raise InputError(
                "The logs for TensorBoard cannot be written: the package tensorboard is missing.",
                remedy="Run Set up the environment again, or train without the logs.",
            )
        reporter.progress(0, "Starting TensorFlow")
        from ..training.state import State, resumable
        from ..training.strategy import devices

        used = devices(self.device)
        beside = State(resumable(Path(self.output).absolute()), writes=used.chief)
        if not used.chief:
            self._trained(dataset, reporter, used, beside)
            return {"output": self.output, "report": ""}
        started = time.monotonic()
        with files.unfinished(self.output, marker=self.FOLDER_MARKER) as folder:
            folder.mkdir()
            state = beside if self.resume else State(folder / "state")
            trained = self._trained(dataset, reporter, used, state)
            if trained.cancelled:
                reporter = reporter.finishing()
            found, html = self._written(folder, dataset, trained, reporter.part(0.95, 1), time.monotonic() - started)
            if self.tensorboard:
                replace(state.logs, folder / "logs")
            if not self.resume:
                state.remove()
        beside.remove()
        if self.report:
            with files.unfinished(self.report) as part:
                part.write_text(html, encoding="utf-8")
        seconds = duration_text(time.monotonic() - started)
        reporter.done(f"Trained in {seconds}, best epoch {trained.best_epoch}")
        return {"output": self.output, "report": self.report, "best_epoch": trained.best_epoch, **found}

    def _trained(self, dataset: DatasetDescription, reporter: Reporter, used: Any, state: Any) -> Any:
        from ..training.trainer import train

        with self._explained():
            return train(
                Path(self.dataset),
                dataset,
                self.options(),
                reporter.part(0, 0.95),
                used,
                state,
                logs=self.tensorboard,
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Damaged records and too little memory become errors that say what to do."""
        import tensorflow as tf

        try:
            yield
        except tf.errors.DataLossError as error:
            # Of a network that trains, the message begins with where: all but the last line that is not indented.
            told = [line for line in error.message.splitlines() if line[:1].strip()]
            raise InputError(
                f"The dataset {self.dataset} is damaged.",
                expected="whole records, whose check sums are right",
                received=told[-1] if told else "others",
                remedy="Export it again.",
            ) from error
        except (tf.errors.ResourceExhaustedError, MemoryError) as error:
            raise InputError(
                f"There is not enough memory to train on batches of {self.batch_size} patches.",
                received=" ".join(str(error).split())[:300],
                remedy="Choose a smaller batch size, smaller patches, or a network of less width or depth.",
            ) from error

    def _written(
        self, folder: Path, dataset: DatasetDescription, trained: Any, reporter: Reporter, seconds: float
    ) -> tuple[dict[str, float], str]:
        """Evaluate the network and write the model folder; returns figures and report."""
        from ..accuracy.evaluation import evaluate, keras_predictor
        from ..reports.training import training_report
        from ..training.model_folder import write_model

        splits = [split for split in dataset.splits if split != "train"]
        evaluations = {}
        for number, split in enumerate(splits):
            part = reporter.part(0.5 * number / len(splits), 0.5 * (number + 1) / len(splits))
            predict = keras_predictor(trained.network.model)
            with self._explained():
                evaluations[split] = evaluate(
                    predict, Path(self.dataset), dataset, split, part, batch_size=self.batch_size
                )
        figures = {
            f"{split}_{name}": value for split, found in evaluations.items() for name, value in found.figures.items()
        }
        reporter.progress(0.5, "Saving the network")
        parameters = dataclasses.asdict(self)
        description = write_model(
            folder, trained, dataset, {"parameters": parameters, "seconds": round(seconds, 1), **figures}
        )
        html = training_report(
            description=description,
            model=trained.network.model,
            dataset=dataset,
            history=trained.history,
            best_epoch=trained.best_epoch,
            evaluations=evaluations,
            parameters=parameters,
            seconds=seconds,
            device=trained.device,
            warnings=[trained.problem] if trained.problem else [],
        )
        (folder / REPORT_NAME).write_text(html, encoding="utf-8")
        return figures, html
