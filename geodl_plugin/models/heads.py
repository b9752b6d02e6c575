"""What a network ends in: probabilities of classes, or values of a continuous quantity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras

PREDICTIONS = "predictions"  # the output that is trained, and that maps are made of


@dataclass(frozen=True)
class Head:
    """The end of a network; make it with `of_classes` or `of_values`.

    Args:
        outputs: number of channels that the last trained layer needs.
        mean: of the labelled values; None for classes.
        stddev: their standard deviation; None for classes.
    """

    outputs: int
    mean: float | None = None
    stddev: float | None = None

    @classmethod
    def of_classes(cls, count: int) -> Head:
        """Probabilities of so many classes."""
        return cls(count)

    @classmethod
    def of_values(cls, mean: float, stddev: float) -> Head:
        """One value in the units of the labels, whose mean and standard deviation the network starts from."""
        return cls(1, mean, stddev or 1.0)

    def __call__(self, tensor: Any) -> Any:
        """Finish ``tensor`` [..., outputs] into the float32 tensor of the same shape that is named `PREDICTIONS`."""
        if self.mean is None:
            return keras.layers.Softmax(name=PREDICTIONS, dtype="float32")(tensor)
        return keras.layers.Rescaling(self.stddev, self.mean, name=PREDICTIONS, dtype="float32")(tensor)
