"""What training makes small: losses that pixels without label have no part in.

Class labels are one-hot [batch, y, x, classes], all zero where there is no label; predictions are probabilities.
Values are [batch, y, x, 1] in their own unit.  Weights [batch, y, x] are 0 where there is no label: Keras' losses
multiply by them and divide by their sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras

LABEL_SMOOTHING = 0.05  # polygons are drawn by people
_REDUCTION = "mean_with_sample_weight"


@keras.saving.register_keras_serializable(package="geodl")
class Dice(keras.losses.Loss):
    """1 - mean Dice coefficient of the classes that the batch has labels of, each over all its labelled pixels.

    Keras' own Dice counts the pixels without label.  Weights of pixels have no effect: a class counts the same
    however many pixels it has (Milletari et al. 2016, with plain sums as in Sudre et al. 2017).

    Args:
        class_weights: of the classes in the mean; None: all the same.
    """

    def __init__(self, class_weights: Sequence[float] | None = None, name: str = "dice", **kwargs: Any) -> None:
        kwargs.setdefault("reduction", _REDUCTION)
        super().__init__(name=name, **kwargs)
        self.class_weights = None if class_weights is None else list(class_weights)

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


def loss_of_classes(name: str, class_weights: Sequence[float] | None = None) -> keras.losses.Loss:
    """A loss for probabilities.

    Args:
        name: ``automatic`` (cross entropy), ``cross entropy``, ``focal``, ``dice`` or ``cross entropy + dice``.
        class_weights: of the classes in the Dice coefficient; the other losses take those of the pixels.
    """
    cross_entropy = keras.losses.CategoricalCrossentropy(label_smoothing=LABEL_SMOOTHING, reduction=_REDUCTION)
    if name == "focal":
        # alpha is a mere factor: classes have weights of their own
        return keras.losses.CategoricalFocalCrossentropy(
            alpha=1.0, gamma=2.0, label_smoothing=LABEL_SMOOTHING, reduction=_REDUCTION
        )
    if name == "dice":
        return Dice(class_weights)
    if name == "cross entropy + dice":
        return Sum([cross_entropy, Dice(class_weights)])
    return cross_entropy


def loss_of_values(name: str, stddev: float) -> tuple[keras.losses.Loss, float]:
    """A loss for values, and the weight that makes it one of values of standard deviation 1.

    So the same learning rate suits values of any unit.

    Args:
        name: ``automatic`` (Huber: squares up to an error of ``stddev``, absolute values beyond, so that wrong
            labels do not rule), ``mean squared error`` or ``mean absolute error``.
        stddev: of the labels.
    """
    if name == "mean absolute error":
        return keras.losses.MeanAbsoluteError(reduction=_REDUCTION), 1 / stddev
    if name == "mean squared error":
        return keras.losses.MeanSquaredError(reduction=_REDUCTION), 1 / stddev**2
    return keras.losses.Huber(delta=stddev, reduction=_REDUCTION), 1 / stddev**2
