"""Metrics of the labelled pixels, from Keras' own confusion matrix."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from ..accuracy.confusion import ConfusionMatrix


@keras.saving.register_keras_serializable(package="geodl")
class MeanF1(keras.metrics.MeanIoU):
    """Mean F1 of the classes, each weighted the same; classes that neither occur nor are predicted do not count.

    It takes one-hot labels and probabilities [batch, y, x, classes], and weights [batch, y, x].

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
