"""The number shared equally among the classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...language import mark
from . import Strategy


class Balanced(Strategy):
    """The same number of positions from each class, however large it is."""

    NAME = "balanced"
    HELP = mark("the number of positions is shared equally among the classes.")
    RANK = 10

    def positions_per_class(self, count: int, pixels: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.full(len(pixels), count / max(1, (pixels > 0).sum()))
