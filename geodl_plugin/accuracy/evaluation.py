"""How well a network does on a split of a dataset: one pass over its records, in memory that does not grow.

The network sees the patches as the rasters hold them, like in mapping.  Unlabelled pixels never count.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..datasets.description import LABELS, DatasetDescription, RegressionTarget
from ..datasets.tfrecords import TFRecords
from ..errors import InputError
from ..labels.classes import ClassList
from ..models.heads import PREDICTIONS
from ..models.loading import open_model
from ..runtime.reporter import Reporter
from .confusion import Confusion, count_pairs
from .ranking import Merit, PatchResult, Ranking
from .regression import RegressionErrors
from .reliability import Reliability

PATCHES = 4  # best ones, and as many worst ones
_BATCH = 16
_MARGIN = 0.1  # of the histograms beyond the values of the train split, as a share of their range

Images = dict[str, tf.Tensor]
Predict = Callable[[Images], tf.Tensor]


@dataclass(frozen=True)
class _Evaluation(ABC):
    """What was found on one split.

    Args:
        split: its name.
        samples: number of patches.
        best: patches that the network does best on, best first.
        worst: patches that it does worst on, worst first; of classes, only such as have wrong pixels.
    """

    split: str
    samples: int
    best: list[PatchResult]
    worst: list[PatchResult]

    @property
    @abstractmethod
    def figures(self) -> dict[str, float]:
        """The figures that sum it up, by name."""


@dataclass(frozen=True)
class ClassEvaluation(_Evaluation):
    """What was found of classes.

    Args:
        classes: those of the network.
        confusion: of the labelled pixels.
        reliability: of the probabilities.
    """

    classes: ClassList
    confusion: Confusion
    reliability: Reliability

    @property
    def figures(self) -> dict[str, float]:
        return {
            "accuracy": self.confusion.overall_accuracy,
            "f1": self.confusion.mean_f1,
            "iou": self.confusion.mean_iou,
            "ece": self.reliability.expected_error,
        }


@dataclass(frozen=True)
class ValueEvaluation(_Evaluation):
    """What was found of values.

    Args:
        values: what they are.
        errors: of the labelled pixels.
    """

    values: RegressionTarget
    errors: RegressionErrors

    @property
    def figures(self) -> dict[str, float]:
        return {"r2": self.errors.r2, "rmse": self.errors.rmse, "mae": self.errors.mae, "bias": self.errors.bias}


Evaluation = Union[ClassEvaluation, ValueEvaluation]


def of_model(model: Any) -> Predict:
    """The predictions of a Keras model that takes and gives dictionaries."""
    return lambda images: model(images, training=False)[PREDICTIONS]


def of_folder(folder: Path, output: str) -> Predict:
    """The predictions of a SavedModel.

    Args:
        folder: the model folder.
        output: name of the output.

    Raises:
        InputError: TensorFlow cannot load it.
    """
    model = open_model(folder)
    return lambda images: model(images)[output]


def evaluate(
    predict: Predict,
    folder: Path,
    dataset: DatasetDescription,
    split: str,
    reporter: Reporter,
    *,
    classes: ClassList | None = None,
    batch_size: int = _BATCH,
) -> Evaluation:
    """Compare a network's predictions with the labels of a split.

    Args:
        predict: gives class probabilities or values, [batch, y, x, channels] or [batch, channels], of
            float32 images.
        folder: the dataset.
        dataset: its manifest.
        split: which of its splits.
        reporter: hears the progress.
        classes: those of the network, which has all of the dataset's by name; None: the same ones.
        batch_size: patches in a step.

    Raises:
        InputError: predictions and labels are not of the same pixels, or the dataset is damaged.
    """
    found: _Found = _Values(dataset.values) if dataset.values else _Classes(dataset.classes, classes or dataset.classes)
    best, worst = Ranking(PATCHES), Ranking(PATCHES)

    @tf.function(reduce_retracing=True)
    def step(images: Images) -> tuple[tf.Tensor, tf.Tensor]:
        predicted = predict({name: tf.cast(image, tf.float32) for name, image in images.items()})
        # One prediction a patch is an image of one pixel.
        return found.decide(predicted if len(predicted.shape) == 4 else predicted[:, tf.newaxis, tf.newaxis])

    done = 0
    records = TFRecords(folder / split)
    for images, targets in records.walk(records.samples([LABELS]).batch(batch_size).prefetch(2)):
        predicted, confidence = (tensor.numpy() for tensor in step(images))
        labels, labelled = found.known(_on_pixels(targets[LABELS].numpy()[..., 0], predicted.shape, found.blank))
        found.add(labels[labelled], predicted[labelled], confidence[labelled])
        for patch in zip(images[dataset.sources[0].name].numpy(), labels, labelled, predicted, confidence):
            if patch[2].any():
                _rank(found, patch, best, worst)
        done += len(labels)
        reporter.progress(done / dataset.splits[split].samples, f"Evaluating the split {split}")
    return found.evaluation(split, done, best.patches(), worst.patches())


def _on_pixels(labels: NDArray, shape: tuple[int, ...], blank: float) -> NDArray:
    """The labels on the pixels that are predicted: one label a patch is that of its central pixel."""
    if labels.shape[1:] == (1, 1):
        whole = np.full(shape, blank, labels.dtype)
        whole[:, shape[1] // 2, shape[2] // 2] = labels[:, 0, 0]
        return whole
    if labels.shape != shape:
        raise InputError(
            "The predictions of the network and the labels of the dataset are not of the same pixels.",
            expected="one prediction for each label",
            received=f"predictions of {shape[1]} × {shape[2]} pixels, labels of {labels.shape[1]} × {labels.shape[2]}",
            remedy="Use a dataset with one label for each patch, or another network.",
        )
    return labels


def _rank(found: _Found, patch: tuple[NDArray, ...], best: Ranking, worst: Ranking) -> None:
    image, labels, labelled, predicted, confidence = patch
    score, merit_best, merit_worst = found.merits(labels[labelled], predicted[labelled], confidence[labelled])

    def make() -> PatchResult:
        parts = (part.copy() for part in (image, labels, labelled, predicted, confidence))  # not the whole batch
        return PatchResult(score, *parts)

    best.offer(merit_best, make)
    if merit_worst:
        worst.offer(merit_worst, make)


class _Found(ABC):
    """What has been found so far."""

    blank: float  # what stands for no label

    @abstractmethod
    def decide(self, predicted: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Predicted classes or values and their confidence, each [batch, y, x], of [batch, y, x, channels]."""

    @abstractmethod
    def known(self, labels: NDArray) -> tuple[NDArray, NDArray[np.bool_]]:
        """Labels as the network counts, and where there are any."""

    @abstractmethod
    def add(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> None:
        """Count labelled pixels."""

    @abstractmethod
    def merits(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> tuple[float, Merit, Merit]:
        """The score of a patch by its labelled pixels, and its merit among the best and the worst; ``()``: none."""

    @abstractmethod
    def evaluation(self, split: str, samples: int, best: list[PatchResult], worst: list[PatchResult]) -> Evaluation:
        """All that was found."""


class _Classes(_Found):
    def __init__(self, labelled: ClassList, classes: ClassList) -> None:
        self.blank = labelled.unlabelled
        self._classes = classes
        self._index = np.full(labelled.unlabelled + 1, len(classes))
        self._index[: len(labelled)] = [classes.index_of(one) for one in labelled.classes]
        self._pairs = np.zeros((len(classes), len(classes)), np.int64)
        self._reliability = Reliability()

    def decide(self, predicted: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        confidence = tf.cast(tf.reduce_max(predicted, axis=-1), tf.float32)
        return tf.argmax(predicted, axis=-1), tf.where(tf.math.is_finite(confidence), confidence, 0)

    def known(self, labels: NDArray) -> tuple[NDArray, NDArray[np.bool_]]:
        indices = self._index[labels]
        return indices, indices < len(self._classes)

    def add(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> None:
        self._pairs += count_pairs(labels, predicted, len(self._classes))
        self._reliability.add(confidence, predicted == labels)

    def merits(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> tuple[float, Merit, Merit]:
        right, sure = float((labels == predicted).mean()), float(confidence.mean())
        # Of patches that are all right, those with several classes show more; of wrong ones, those it was sure of.
        return right, (right, len(np.unique(labels)), sure), (-right, sure) if right < 1 else ()

    def evaluation(self, split: str, samples: int, best: list[PatchResult], worst: list[PatchResult]) -> Evaluation:
        confusion = Confusion(self._pairs, self._classes.names)
        return ClassEvaluation(split, samples, best, worst, self._classes, confusion, self._reliability)


class _Values(_Found):
    blank = np.nan

    def __init__(self, values: RegressionTarget) -> None:
        self._values = values
        margin = _MARGIN * (values.maximum - values.minimum)
        self._errors = RegressionErrors(values.minimum - margin, values.maximum + margin)

    def decide(self, predicted: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return predicted[..., 0], tf.ones_like(predicted[..., 0])

    def known(self, labels: NDArray) -> tuple[NDArray, NDArray[np.bool_]]:
        return labels, np.isfinite(labels)

    def add(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> None:
        self._errors.add(labels, predicted)

    def merits(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> tuple[float, Merit, Merit]:
        rmse = float(np.nan_to_num(np.sqrt(((predicted - labels) ** 2).mean()), nan=np.inf))
        return rmse, (-rmse,), (rmse,)

    def evaluation(self, split: str, samples: int, best: list[PatchResult], worst: list[PatchResult]) -> Evaluation:
        return ValueEvaluation(split, samples, best, worst, self._values, self._errors)
