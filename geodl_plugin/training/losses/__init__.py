"""Loss functions that ignore pixels without label: each loss is a class in a module of this package.

A loss is a class with the constants of a choice (see `runtime.registry`), ``TASK``, what it is for, and a method:

- ``TASK = "classification"``: ``build(class_weights)`` gives a Keras loss for one-hot labels [batch, y, x, classes],
  all zero where there is no label, and probabilities of the same shape.
- ``TASK = "regression"``: ``build(stddev)`` gives a Keras loss for values [batch, y, x, 1] in their own unit, and
  ``POWER`` is the power of this unit that the loss has: 2 for squared errors.

A module with such a class is all that a new loss needs.  Weights [batch, y, x] are 0 where there is no label: Keras'
losses multiply by them, and with `REDUCTION` divide by their sum.

It may use `options` and `runtime`.
"""

from __future__ import annotations

from collections.abc import Sequence

import keras

from ...options import AUTOMATIC
from ...runtime.registry import choices
from .classification import CrossEntropy
from .regression import Huber

PACKAGE = "training.losses"


def classification_loss(name: str, class_weights: Sequence[float] | None = None) -> keras.losses.Loss:
    """Make a loss for class probabilities.

    Args:
        name: of a loss for classification; ``automatic``: cross entropy.
        class_weights: of the classes in the Dice coefficient; the other losses take the weights of the pixels.
    """
    loss = CrossEntropy if name == AUTOMATIC else choices(PACKAGE)[name].load()
    return loss.build(class_weights)


def regression_loss(name: str, stddev: float) -> tuple[keras.losses.Loss, float]:
    """Make a loss for values, and the weight that makes it independent of their unit.

    Multiplied by the weight, it is the loss of values of standard deviation 1: the same learning rate suits all units.

    Args:
        name: of a loss for regression; ``automatic``: Huber.
        stddev: standard deviation of the labels.
    """
    loss = Huber if name == AUTOMATIC else choices(PACKAGE)[name].load()
    return loss.build(stddev), 1 / stddev**loss.POWER
