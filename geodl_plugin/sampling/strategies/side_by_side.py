"""Patches side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...language import mark
from . import Strategy


class SideBySide(Strategy):
    """A position wherever patches that lie side by side, from the image's corner on, are centred on a label."""

    NAME = "grid"
    HELP = mark("patches lie side by side, one wherever the central pixel is labelled, whatever the number.")
    RANK = 50
    SIDE_BY_SIDE = True

    def positions_per_class(self, count: int, pixels: NDArray[np.int64]) -> NDArray[np.float64] | None:
        return None
