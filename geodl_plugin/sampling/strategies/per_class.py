"""The number for each class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...language import mark
from . import Strategy


class PerClass(Strategy):
    """As many positions from each class as the user asks for."""

    NAME = "per class"
    HELP = mark("each class gets the number of positions.")
    RANK = 20

    def positions_per_class(self, count: int, pixels: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.full(len(pixels), float(count))
