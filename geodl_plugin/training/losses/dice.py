"""Losses of class probabilities that compare areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras

from ...language import mark
from .classification import CrossEntropy
from .reduction import REDUCTION


@keras.saving.register_keras_serializable(package="geodl")
class Dice(keras.losses.Loss):
    """1 - mean Dice coefficient of the classes that the batch has labels of, each over all its labelled pixels.

    ``keras.losses.Dice`` counts the pixels without label.  Weights of pixels have no effect: a class counts the same
    however many pixels it has (Milletari et al. 2016, with plain sums as in Sudre et al. 2017).

    Args:
        class_weights: of the classes in the mean; None: all the same.
    """

    NAME = "dice"
    HELP = mark("For classes: compares areas instead of pixels, so that each class counts the same, however small.")
    RANK = 30
    TASK = "classification"

    def __init__(self, class_weights: Sequence[float] | None = None, name: str = "dice", **kwargs: Any) -> None:
        kwargs.setdefault("reduction", REDUCTION)
        super().__init__(name=name, **kwargs)
        self.class_weights = None if class_weights is None else list(class_weights)

    @classmethod
    def build(cls, class_weights: Sequence[float] | None = None) -> keras.losses.Loss:
        """Make the loss."""
        return cls(class_weights)

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """The loss of the batch, a scalar; 0 where nothing is labelled."""
        true = keras.ops.reshape(y_true, (-1, y_true.shape[-1]))
        labelled = keras.ops.sum(true, axis=-1, keepdims=True)
        predicted = keras.ops.reshape(y_pred, keras.ops.shape(true)) * labelled
        reference = keras.ops.sum(true, axis=0)
        both = reference + keras.ops.sum(predicted, axis=0)
        dice = keras.ops.divide_no_nan(2 * keras.ops.sum(true * predicted, axis=0), both)
        counts = keras.ops.cast(reference > 0, dice.dtype)
        if self.class_weights is not None:
            counts = counts * keras.ops.convert_to_tensor(self.class_weights, dice.dtype)
        return keras.ops.divide_no_nan(keras.ops.sum(counts * (1 - dice)), keras.ops.sum(counts))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "class_weights": self.class_weights}


@keras.saving.register_keras_serializable(package="geodl")
class Sum(keras.losses.Loss):
    """The sum of losses.

    Args:
        losses: what to add.
    """

    def __init__(self, losses: Sequence[keras.losses.Loss], name: str = "sum", **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.losses = list(losses)

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        return sum(loss(y_true, y_pred, sample_weight) for loss in self.losses)

    def get_config(self) -> dict[str, Any]:
        losses = [keras.saving.serialize_keras_object(loss) for loss in self.losses]
        return {**super().get_config(), "losses": losses}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Sum:
        losses = [keras.saving.deserialize_keras_object(loss) for loss in config.pop("losses")]
        return cls(losses, **config)


class CrossEntropyAndDice:
    """The sum of cross entropy and Dice loss."""

    NAME = "cross entropy + dice"
    HELP = mark("For classes: the sum of both, for small classes and exact borders at the same time.")
    RANK = 40
    TASK = "classification"

    @staticmethod
    def build(class_weights: Sequence[float] | None = None) -> keras.losses.Loss:
        """Make the loss; class weights are those of the pixels, and of the classes in the Dice coefficient."""
        return Sum([CrossEntropy.build(), Dice(class_weights)])
