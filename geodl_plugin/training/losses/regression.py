"""Losses of continuous values."""

from __future__ import annotations

import keras

from ...language import mark
from .reduction import REDUCTION


class MeanSquaredError:
    """Mean squared error."""

    NAME = "mean squared error"
    HELP = mark("For values: large errors count far more than small ones.")
    RANK = 50
    TASK = "regression"
    POWER = 2

    @staticmethod
    def build(stddev: float) -> keras.losses.Loss:
        """Make the loss."""
        return keras.losses.MeanSquaredError(reduction=REDUCTION)


class MeanAbsoluteError:
    """Mean absolute error."""

    NAME = "mean absolute error"
    HELP = mark("For values: errors count in proportion to their size, so that single wrong labels do little harm.")
    RANK = 60
    TASK = "regression"
    POWER = 1

    @staticmethod
    def build(stddev: float) -> keras.losses.Loss:
        """Make the loss."""
        return keras.losses.MeanAbsoluteError(reduction=REDUCTION)


class Huber:
    """Huber loss: squares of errors up to one standard deviation, absolute values of larger ones.

    So a few wrong labels do not dominate.  It is what ``automatic`` stands for, and has no name of its own.
    """

    POWER = 2

    @staticmethod
    def build(stddev: float) -> keras.losses.Loss:
        """Make the loss for labels of a standard deviation."""
        return keras.losses.Huber(delta=stddev, reduction=REDUCTION)
