"""The number shared in proportion to the areas of the classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...language import mark
from . import Strategy


class Proportional(Strategy):
    """More positions from large classes than from small ones."""

    NAME = "proportional"
    HELP = mark("the number of positions is shared in proportion to the areas of the classes.")
    RANK = 30

    def positions_per_class(self, count: int, pixels: NDArray[np.int64]) -> NDArray[np.float64]:
        shares: NDArray[np.float64] = count * pixels / max(1, pixels.sum())
        return shares
