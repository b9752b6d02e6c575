"""Metrics of the labelled pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from ..accuracy.confusion import ConfusionMatrix
from ..accuracy.temperature import GREATEST, LEAST

_TEMPERATURES = np.geomspace(LEAST, GREATEST, 9).tolist()
_LEAST_PROBABILITY = 1e-7  # as Keras' losses have it


@keras.saving.register_keras_serializable(package="geodl")
class MeanF1(keras.metrics.MeanIoU):
    """Mean F1 of the classes, each weighted the same; classes that neither occur nor are predicted do not count.

    It comes from Keras' own confusion matrix, of one-hot labels and probabilities [batch, y, x, classes], and weights
    [batch, y, x].

    Args:
        num_classes: number of classes.
        name: of the metric in the history.
        **kwargs: as for ``keras.metrics.MeanIoU``.
    """

    def __init__(self, num_classes: int, name: str = "f1", **kwargs: Any) -> None:
        # float32: weights are floats, and float32 counts exactly up to 2^24 steps of a pixel each
        kwargs.update(sparse_y_true=False, sparse_y_pred=False, dtype="float32")
        super().__init__(num_classes=num_classes, name=name, **kwargs)

    def result(self) -> Any:
        matrix = keras.ops.cast(self.total_cm, "float32")
        both = keras.ops.sum(matrix, axis=0) + keras.ops.sum(matrix, axis=1)
        f1 = 2 * keras.ops.diagonal(matrix) / keras.ops.maximum(both, 1)
        present = keras.ops.cast(both > 0, "float32")
        return keras.ops.sum(f1) / keras.ops.maximum(keras.ops.sum(present), 1)

    def confusion(self, names: list[str]) -> ConfusionMatrix:
        """The confusion matrix so far, with these class names."""
        return ConfusionMatrix(np.rint(keras.ops.convert_to_numpy(self.total_cm)).astype(np.int64), names)


@keras.saving.register_keras_serializable(package="geodl")
class CalibratedLoss(keras.metrics.Metric):
    """The mean cross entropy that the probabilities have once they are calibrated by the best of some temperatures.

    A network that is trained for longer becomes more accurate, and more confident than it should be: its loss rises
    before its errors do.  The temperature is corrected when the training ends, so that epochs are compared by what is
    left (Berta et al. 2025).

    It takes one-hot labels and probabilities [batch, y, x, classes], and weights [batch, y, x], which only tell where
    labels are: classes have the weights that the network is trained with, on the split valid as well.

    Args:
        class_weights: by class index.
        name: of the metric in the history.
        **kwargs: as for ``keras.metrics.Metric``.
    """

    def __init__(self, class_weights: Sequence[float], name: str = "calibrated_loss", **kwargs: Any) -> None:
        super().__init__(name=name, **{"dtype": "float32", **kwargs})
        self.class_weights = list(class_weights)
        self._sums = self.add_weight(shape=(len(_TEMPERATURES),), initializer="zeros", name="sums")
        self._weight = self.add_weight(initializer="zeros", name="weight")

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        scores = keras.ops.log(keras.ops.maximum(keras.ops.cast(y_pred, "float32"), _LEAST_PROBABILITY))
        true = keras.ops.cast(y_true, "float32")
        weights = keras.ops.matmul(true, keras.ops.convert_to_tensor(self.class_weights, "float32"))
        if sample_weight is not None:
            weights = weights * keras.ops.sign(keras.ops.cast(sample_weight, "float32"))
        score_of_label = keras.ops.sum(true * scores, axis=-1)
        losses = [
            keras.ops.logsumexp(scores / temperature, axis=-1) - score_of_label / temperature
            for temperature in _TEMPERATURES
        ]
        self._sums.assign_add(keras.ops.stack([keras.ops.sum(weights * loss) for loss in losses]))
        self._weight.assign_add(keras.ops.sum(weights))

    def result(self) -> Any:
        return keras.ops.divide_no_nan(keras.ops.min(self._sums), self._weight)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "class_weights": self.class_weights}
