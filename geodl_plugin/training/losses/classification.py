"""Losses of class probabilities that compare pixel by pixel."""

from __future__ import annotations

from collections.abc import Sequence

import keras

from ...language import mark
from .reduction import REDUCTION

LABEL_SMOOTHING = 0.05  # polygons are drawn by people


class CrossEntropy:
    """Categorical cross entropy."""

    NAME = "cross entropy"
    HELP = mark("For classes: the usual choice, every labelled pixel counts the same.")
    RANK = 10
    TASK = "classification"

    @staticmethod
    def build(class_weights: Sequence[float] | None = None) -> keras.losses.Loss:
        """Make the loss; class weights are those of the pixels."""
        return keras.losses.CategoricalCrossentropy(label_smoothing=LABEL_SMOOTHING, reduction=REDUCTION)


class Focal:
    """Categorical focal loss (Lin et al. 2017)."""

    NAME = "focal"
    HELP = mark("For classes: pixels that are hard to classify count more.")
    RANK = 20
    TASK = "classification"

    @staticmethod
    def build(class_weights: Sequence[float] | None = None) -> keras.losses.Loss:
        """Make the loss; class weights are those of the pixels."""
        # alpha is a mere factor: classes have weights of their own
        return keras.losses.CategoricalFocalCrossentropy(
            alpha=1.0, gamma=2.0, label_smoothing=LABEL_SMOOTHING, reduction=REDUCTION
        )
