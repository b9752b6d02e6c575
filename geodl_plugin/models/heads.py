"""The end of a network: probabilities of classes, or values of a continuous quantity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .layers import Quantity, TemperedSoftmax

PREDICTIONS = "predictions"  # the output that is trained, and that maps are made of


@dataclass(frozen=True)
class Head:
    """The last layer of a network, for classification or regression; make it with `of_classes` or `of_values`.

    A network calls it on a tensor with `outputs` channels::

        {PREDICTIONS: head(keras.layers.Conv2D(head.outputs, 1)(tensor))}

    Args:
        outputs: number of channels of the tensor it is called on.
        mean: of the labelled values; None for classes.
        stddev: standard deviation of the labelled values; None for classes.
        minimum: of the labelled values; None: predicted values have no lower limit.
        maximum: of the labelled values; None: predicted values have no upper limit.
    """

    outputs: int
    mean: float | None = None
    stddev: float | None = None
    minimum: float | None = None
    maximum: float | None = None

    @classmethod
    def of_classes(cls, count: int) -> Head:
        """Probabilities of classes.

        Args:
            count: number of classes.
        """
        return cls(count)

    @classmethod
    def of_values(cls, mean: float, stddev: float, minimum: float | None = None, maximum: float | None = None) -> Head:
        """One value in the units of the labels, whose statistics an untrained network predicts.

        Args:
            mean: of the labelled values.
            stddev: standard deviation of the labelled values; 0 counts as 1.
            minimum: predicted values are not smaller; None: no lower limit.
            maximum: predicted values are not larger; None: no upper limit.
        """
        return cls(1, mean, stddev or 1.0, minimum, maximum)

    @property
    def is_classification(self) -> bool:
        """Whether the network gives probabilities of classes."""
        return self.mean is None

    def __call__(self, tensor: Any) -> Any:
        """Add the last layer.

        Args:
            tensor: symbolic tensor [..., outputs].

        Returns:
            The output of the layer `PREDICTIONS`: float32, of the same shape.
        """
        if self.mean is None or self.stddev is None:
            return TemperedSoftmax(name=PREDICTIONS)(tensor)
        return Quantity(self.mean, self.stddev, self.minimum, self.maximum, name=PREDICTIONS)(tensor)
