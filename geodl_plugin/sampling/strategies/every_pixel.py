"""Every labelled pixel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...language import mark
from . import Strategy


class EveryPixel(Strategy):
    """A position at each labelled pixel, for small layers such as points."""

    NAME = "all"
    HELP = mark("every labelled pixel is a position, whatever the number.")
    RANK = 40
    KEEPS_TINY = True

    def positions_per_class(self, count: int, pixels: NDArray[np.int64]) -> NDArray[np.float64] | None:
        return None
