"""What a network ends in: probabilities of classes, or values of a continuous quantity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras

from .layers import Quantity

PREDICTIONS = "predictions"  # the output that is trained, and that maps are made of


@dataclass(frozen=True)
class Head:
    """The end of a network; make it with `of_classes` or `of_values`.

    Args:
        outputs: number of channels that the last trained layer needs.
        mean: of the labelled values; None for classes.
        stddev: their standard deviation; None for classes.
        least: the least of them; None: values are not limited.
        greatest: the greatest of them; None: values are not limited.
    """

    outputs: int
    mean: float | None = None
    stddev: float | None = None
    least: float | None = None
    greatest: float | None = None

    @classmethod
    def of_classes(cls, count: int) -> Head:
        """Probabilities of so many classes."""
        return cls(count)

    @classmethod
    def of_values(cls, mean: float, stddev: float, least: float | None = None, greatest: float | None = None) -> Head:
        """One value in the units of the labels, whose statistics the network starts from."""
        return cls(1, mean, stddev or 1.0, least, greatest)

    @property
    def is_of_classes(self) -> bool:
        """Whether the network gives probabilities of classes."""
        return self.mean is None

    def __call__(self, tensor: Any) -> Any:
        """Finish ``tensor`` [..., outputs] into the float32 tensor of the same shape that is named `PREDICTIONS`."""
        if self.mean is None or self.stddev is None:
            return keras.layers.Softmax(name=PREDICTIONS, dtype="float32")(tensor)
        return Quantity(self.mean, self.stddev, self.least, self.greatest, name=PREDICTIONS)(tensor)
