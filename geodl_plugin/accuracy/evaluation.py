"""How well a network does on a split of a dataset: one pass over its records, with constant memory.

The network sees the patches as the rasters hold them, like in mapping.  Unlabelled pixels never count.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..datasets.description import LABELS, DatasetDescription, RegressionTarget
from ..datasets.tfrecords import TFRecords
from ..errors import InputError
from ..labels.classes import ClassList
from ..language import tr
from ..models.heads import PREDICTIONS
from ..models.loading import open_model
from ..runtime.reporter import Reporter
from .confusion import ConfusionMatrix, count_pairs
from .patch_errors import PatchErrors
from .ranking import Merit, PatchResult, Ranking
from .regression import RegressionErrors
from .reliability import Reliability
from .results import ClassEvaluation, Evaluation, RegressionEvaluation

PATCHES = 4  # best ones, and as many worst ones
_BATCH = 16
_MARGIN = 0.1  # of the histograms beyond the values of the train split, as a share of their range

Images = dict[str, tf.Tensor]
Predictor = Callable[[Images], tf.Tensor]


def keras_predictor(model: Any) -> Predictor:
    """A function that gives the predictions of a Keras model, which takes and returns dictionaries."""
    return lambda images: model(images, training=False)[PREDICTIONS]


def saved_model_predictor(folder: Path, output: str) -> Predictor:
    """A function that gives the predictions of a SavedModel.

    Args:
        folder: the model folder.
        output: name of the output.

    Raises:
        InputError: TensorFlow cannot load it.
    """
    model = open_model(folder)
    return lambda images: model(images)[output]


def evaluate(
    predict: Predictor,
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
            float32 images [batch, y, x, bands] by source.
        folder: the dataset folder.
        dataset: its description.
        split: name of the split.
        reporter: receives the progress.
        classes: those of the network, among which all of the dataset's are by name; None: those of the dataset.
        batch_size: patches in a step.

    Returns:
        Figures, and the best and worst patches.

    Raises:
        InputError: predictions and labels are not of the same pixels, or the dataset is damaged.
    """
    scorer: _Scorer = (
        _RegressionScorer(dataset.values)
        if dataset.values
        else _ClassScorer(dataset.classes, classes or dataset.classes)
    )
    best, worst = Ranking(PATCHES), Ranking(PATCHES)

    @tf.function(reduce_retracing=True)
    def step(images: Images) -> tuple[tf.Tensor, tf.Tensor]:
        predicted = predict({name: tf.cast(image, tf.float32) for name, image in images.items()})
        # One prediction a patch is an image of one pixel.
        return scorer.decide(predicted if len(predicted.shape) == 4 else predicted[:, tf.newaxis, tf.newaxis])

    samples, patch_errors = 0, PatchErrors()
    records = TFRecords(folder / split)
    for images, targets in records.walk(records.batches(records.raw(), batch_size, [LABELS]).prefetch(2)):
        predicted, confidence = (tensor.numpy() for tensor in step(images))
        stored = _on_pixels(targets[LABELS].numpy()[..., 0], predicted.shape, scorer.no_label)
        labels, labelled = scorer.network_labels(stored)
        scorer.add(labels[labelled], predicted[labelled], confidence[labelled])
        for patch in zip(images[dataset.sources[0].name].numpy(), labels, labelled, predicted, confidence):
            patch_errors.add(patch[0], patch[2], scorer.errors(patch[1], patch[3]))
            if patch[2].any():
                _rank(scorer, patch, best, worst)
        samples += len(labels)
        reporter.progress(
            samples / dataset.splits[split].samples, tr("Evaluating the split {split}").format(split=split)
        )
    return scorer.evaluation(split, samples, best.patches(), worst.patches(), patch_errors)


def _on_pixels(labels: NDArray, shape: tuple[int, ...], no_label: float) -> NDArray:
    """The labels of the pixels that are predicted: one label a patch is that of its central pixel."""
    if labels.shape[1:] == (1, 1):
        whole = np.full(shape, no_label, labels.dtype)
        whole[:, shape[1] // 2, shape[2] // 2] = labels[:, 0, 0]
        return whole
    if labels.shape != shape:
        raise InputError(
            tr("The predictions of the network and the labels of the dataset are not of the same pixels."),
            expected=tr("one prediction for each label"),
            received=tr("predictions of {height} × {width} pixels, labels of {label_height} × {label_width}").format(
                height=shape[1], width=shape[2], label_height=labels.shape[1], label_width=labels.shape[2]
            ),
            remedy=tr("Use a dataset with one label for each patch, or another network."),
        )
    return labels


def _rank(scorer: _Scorer, patch: tuple[NDArray, ...], best: Ranking, worst: Ranking) -> None:
    """Offer a patch (image, labels, labelled, predicted, confidence) to both rankings."""
    image, labels, labelled, predicted, confidence = patch
    score, merit_best, merit_worst = scorer.merits(labels[labelled], predicted[labelled], confidence[labelled])

    def make() -> PatchResult:
        parts = (part.copy() for part in (image, labels, labelled, predicted, confidence))  # not the whole batch
        return PatchResult(score, *parts)

    best.offer(merit_best, make)
    if merit_worst:
        worst.offer(merit_worst, make)


class _Scorer(ABC):
    """Compares predictions with labels, batch by batch."""

    no_label: float  # the value of unlabelled pixels in the dataset

    @abstractmethod
    def decide(self, predicted: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Predicted classes or values and their confidence, each [batch, y, x], of [batch, y, x, channels]."""

    @abstractmethod
    def network_labels(self, labels: NDArray) -> tuple[NDArray, NDArray[np.bool_]]:
        """Labels of the dataset as what the network predicts, and where there are any."""

    @abstractmethod
    def add(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> None:
        """Count labelled pixels."""

    @abstractmethod
    def errors(self, labels: NDArray, predicted: NDArray) -> NDArray:
        """What each pixel of a patch is wrong by, [y, x]; of unlabelled pixels any number."""

    @abstractmethod
    def merits(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> tuple[float, Merit, Merit]:
        """The score of a patch by its labelled pixels, and its merit among the best and the worst; ``()``: none."""

    @abstractmethod
    def evaluation(
        self, split: str, samples: int, best: list[PatchResult], worst: list[PatchResult], patch_errors: PatchErrors
    ) -> Evaluation:
        """The figures of all pixels that were added."""


class _ClassScorer(_Scorer):
    """Compares classes.

    Args:
        labelled: classes of the dataset.
        classes: classes of the network.
    """

    def __init__(self, labelled: ClassList, classes: ClassList) -> None:
        self.no_label = labelled.unlabelled
        self._classes = classes
        self._index = np.full(labelled.unlabelled + 1, len(classes))
        self._index[: len(labelled)] = [classes.index_of(known) for known in labelled.classes]
        self._pairs = np.zeros((len(classes), len(classes)), np.int64)
        self._reliability = Reliability()

    def decide(self, predicted: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        confidence = tf.cast(tf.reduce_max(predicted, axis=-1), tf.float32)
        return tf.argmax(predicted, axis=-1), tf.where(tf.math.is_finite(confidence), confidence, 0)

    def network_labels(self, labels: NDArray) -> tuple[NDArray, NDArray[np.bool_]]:
        indices = self._index[labels]
        return indices, indices < len(self._classes)

    def add(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> None:
        self._pairs += count_pairs(labels, predicted, len(self._classes))
        self._reliability.add(confidence, predicted == labels)

    def errors(self, labels: NDArray, predicted: NDArray) -> NDArray:
        return labels != predicted

    def merits(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> tuple[float, Merit, Merit]:
        correct, confident = float((labels == predicted).mean()), float(confidence.mean())
        # Of patches without an error, those with several classes show more; of wrong ones, the confident ones.
        worst = (-correct, confident) if correct < 1 else ()
        return correct, (correct, len(np.unique(labels)), confident), worst

    def evaluation(
        self, split: str, samples: int, best: list[PatchResult], worst: list[PatchResult], patch_errors: PatchErrors
    ) -> Evaluation:
        confusion = ConfusionMatrix(self._pairs, self._classes.names)
        return ClassEvaluation(split, samples, best, worst, patch_errors, self._classes, confusion, self._reliability)


class _RegressionScorer(_Scorer):
    """Compares continuous values."""

    no_label = np.nan

    def __init__(self, target: RegressionTarget) -> None:
        self._target = target
        margin = _MARGIN * (target.maximum - target.minimum)
        self._errors = RegressionErrors(target.minimum - margin, target.maximum + margin)

    def decide(self, predicted: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return predicted[..., 0], tf.ones_like(predicted[..., 0])

    def network_labels(self, labels: NDArray) -> tuple[NDArray, NDArray[np.bool_]]:
        return labels, np.isfinite(labels)

    def add(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> None:
        self._errors.add(labels, predicted)

    def errors(self, labels: NDArray, predicted: NDArray) -> NDArray:
        return (predicted.astype(np.float64) - labels) ** 2

    def merits(self, labels: NDArray, predicted: NDArray, confidence: NDArray) -> tuple[float, Merit, Merit]:
        rmse = float(np.nan_to_num(np.sqrt(((predicted - labels) ** 2).mean()), nan=np.inf))
        return rmse, (-rmse,), (rmse,)

    def evaluation(
        self, split: str, samples: int, best: list[PatchResult], worst: list[PatchResult], patch_errors: PatchErrors
    ) -> Evaluation:
        return RegressionEvaluation(split, samples, best, worst, patch_errors, self._target, self._errors)
