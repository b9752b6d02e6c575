"""What the evaluation of a network on one split of a dataset gives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Union

from ..datasets.description import RegressionTarget
from ..labels.classes import ClassList
from .confusion import ConfusionMatrix
from .patch_errors import PatchErrors
from .ranking import PatchResult
from .regression import RegressionErrors
from .reliability import Reliability


@dataclass(frozen=True)
class _Evaluation(ABC):
    """How well a network does on one split.

    Args:
        split: its name.
        samples: number of patches.
        best: patches with the best predictions, best first.
        worst: patches with the worst predictions, worst first; of classes, only patches with wrong pixels.
        patch_errors: of each patch the number of its wrong pixels, or the sum of the squared errors of its values.
    """

    split: str
    samples: int
    best: list[PatchResult]
    worst: list[PatchResult]
    patch_errors: PatchErrors

    @property
    @abstractmethod
    def figures(self) -> dict[str, float]:
        """The figures that sum it up, by name."""


@dataclass(frozen=True)
class ClassEvaluation(_Evaluation):
    """How well a network predicts classes.

    Args:
        classes: those of the network.
        confusion: confusion matrix of the labelled pixels.
        reliability: of the probabilities.
    """

    classes: ClassList
    confusion: ConfusionMatrix
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
class RegressionEvaluation(_Evaluation):
    """How well a network predicts continuous values.

    Args:
        target: what the values are.
        errors: of the labelled pixels.
    """

    target: RegressionTarget
    errors: RegressionErrors

    @property
    def figures(self) -> dict[str, float]:
        return {"r2": self.errors.r2, "rmse": self.errors.rmse, "mae": self.errors.mae, "bias": self.errors.bias}


Evaluation = Union[ClassEvaluation, RegressionEvaluation]
