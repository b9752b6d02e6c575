"""Networks that are trained on the same dataset, of which the best is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tensorflow as tf

from .. import options
from ..accuracy.evaluation import evaluate, keras_predictor
from ..accuracy.results import Evaluation
from ..datasets.description import DatasetDescription
from ..language import mark, tr
from ..models.architectures.pixel import Pixel
from ..runtime.reporter import Reporter
from . import fitting
from .checkpoints import Checkpoints
from .effort import STANDARD, Effort, networks_of
from .input_pipeline import InputPipeline
from .request import TrainRequest
from .sizing import scalable_options, sized
from .strategy import TrainingDevices
from .unlabelled import Teacher

_PIXEL_EPOCHS = 8
_STRONG_WEIGHT_DECAY = 0.01
_SHOWN = ("architecture", "epochs", "width", "depth", "weight_decay")


@dataclass(frozen=True)
class Candidate:
    """A trained network.

    Args:
        name: what it is, for people.
        request: the parameters that it was trained with.
        trained: the network.
        pipeline: the batches that it was trained with.
        evaluations: by split.
        teacher: what it learned from where there are no labels; None: nothing.
    """

    name: str
    request: TrainRequest
    trained: fitting.TrainedNetwork
    pipeline: InputPipeline
    evaluations: dict[str, Evaluation]
    teacher: Candidate | None = None

    def to_json(self) -> dict[str, Any]:
        """Parameters and figures as JSON values."""
        figures = {
            f"{split}_{name}": value
            for split, evaluation in self.evaluations.items()
            for name, value in evaluation.figures.items()
        }
        parameters = {name: getattr(self.request, name) for name in _SHOWN}
        return {"name": self.name, **parameters, "best_epoch": self.trained.best_epoch, **figures}


class CandidateTrainer:
    """Trains networks on one dataset.

    Args:
        description: of the dataset.
        devices: what to train on.
        checkpoints: those of the training; each network has its own among them.
    """

    def __init__(self, description: DatasetDescription, devices: TrainingDevices, checkpoints: Checkpoints) -> None:
        self.description = description
        self._devices, self._checkpoints = devices, checkpoints

    def train(
        self,
        name: str,
        request: TrainRequest,
        effort: Effort,
        part: str,
        splits: Sequence[str],
        reporter: Reporter,
        teacher: Candidate | None = None,
    ) -> Candidate:
        """Train a network, or resume its training.

        Args:
            name: what it is, for people; marked for translation.
            request: its parameters; where epochs, width and depth are 0, the effort chooses them.
            effort: how large it is, and for how long it is trained.
            part: name of its checkpoints; empty: they are those of the training itself.
            splits: on which it is evaluated.
            reporter: receives progress and epochs.
            teacher: tells what is learned where there are no labels; None: nothing.
        """
        checkpoints = self._checkpoints.of_part(part) if part else self._checkpoints
        request = sized(request, effort, self.description, self._devices, checkpoints, reporter)
        told_by = Teacher(teacher.trained.network.model) if teacher else None
        fitted = fitting.fit(request, self.description, self._devices, checkpoints, reporter.part(0, 0.95), told_by)
        trained = fitting.restore_best_epoch(fitted, request, self._devices, checkpoints)
        evaluations = {}
        if not trained.cancelled:
            predict = keras_predictor(trained.network.model)
            for split in splits:
                evaluations[split] = evaluate(
                    predict,
                    Path(request.dataset),
                    self.description,
                    split,
                    reporter.part(0.95, 1),
                    batch_size=request.batch_size,
                )
        return Candidate(name, request, trained, fitted.pipeline, evaluations, teacher)

    def train_pixels(self, request: TrainRequest, reporter: Reporter, part: str = "pixels") -> Candidate:
        """Train a network that sees single pixels, and evaluate it on all splits but train.

        Args:
            request: the parameters of the network that it is compared with.
            reporter: receives the progress.
            part: name of its checkpoints.
        """
        pixels = replace(
            _plain(request),
            architecture=Pixel.NAME,
            width=0,
            depth=0,
            epochs=_PIXEL_EPOCHS,
            batch_size=options.BATCH_SIZE,
            learning_rate=0.0,
            precision="float32",
            resume=False,
        )
        splits = [split for split in self.description.splits if split != "train"]
        devices = TrainingDevices(tf.distribute.get_strategy(), self._devices.description)
        trainer = CandidateTrainer(self.description, devices, self._checkpoints)
        (effort,) = networks_of(STANDARD)
        reporter = reporter.silent(tr("Training a network of single pixels for comparison"))
        return trainer.train(mark("single pixels"), pixels, effort, part, splits, reporter)


def smaller(request: TrainRequest) -> TrainRequest | None:
    """The parameters of a network that learns less by heart: smaller, and with stronger weight decay.

    Args:
        request: those of a network that did, with its epochs.

    Returns:
        None if the network has a fixed size.
    """
    defaults = scalable_options(request)
    if not defaults:
        return None
    width, depth = (request.width or defaults["width"], request.depth or defaults.get("depth") or 0)
    return replace(
        _plain(request),
        width=max(1, width // 2),
        depth=max(1, depth - 1) if depth else 0,
        weight_decay=max(request.weight_decay, _STRONG_WEIGHT_DECAY),
    )


def _plain(request: TrainRequest) -> TrainRequest:
    """The parameters of another network than the user's, without what is only for that."""
    return replace(request, model_file="", init_model="", keep_best=False, tensorboard=False)
