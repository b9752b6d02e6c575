"""Sampling strategies: how many positions are drawn from each class.

A strategy is one class in a module of its own in this package.  `runtime.registry` finds it: job files, the dialogs of
QGIS, their help and the tests know a new strategy as soon as its module is there.  A whole one::

    class OfEach(Strategy):
        \"\"\"As many positions as are asked for, whatever the classes are.\"\"\"

        NAME = "of each"
        HELP = "each class gets the number of positions."
        RANK = 60

        def positions_per_class(self, count, pixels):
            return np.full(len(pixels), float(count))
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ...language import tr
from ...runtime import registry
from ...runtime.checks import check_choice

_PACKAGE = "sampling.strategies"


class Strategy(ABC):
    """How many positions are drawn from each class.

    Attributes:
        NAME: value of the parameter STRATEGY.
        HELP: what it does, as a sentence that follows the name and a colon.
        RANK: place in lists; the first is the default.
        SIDE_BY_SIDE: patches lie side by side, in steps of the patch size.
        KEEPS_TINY: a polygon that contains no pixel centre labels one pixel, else none.
    """

    NAME: ClassVar[str]
    HELP: ClassVar[str]
    RANK: ClassVar[int]
    SIDE_BY_SIDE: ClassVar[bool] = False
    KEEPS_TINY: ClassVar[bool] = False

    @abstractmethod
    def positions_per_class(self, count: int, pixels: NDArray[np.int64]) -> NDArray[np.float64] | None:
        """How many positions to draw, in all splits together.

        Args:
            count: the number that the user asks for.
            pixels: labelled pixels that a patch can be centred on, [class].

        Returns:
            Positions of each class, [class], which may be more than there are pixels; None: every pixel.
        """


def load_strategy(name: str) -> Strategy:
    """The strategy of a name.

    Raises:
        InputError: there is no such strategy.
    """
    check_choice(tr("strategy"), name, registry.names(_PACKAGE))
    strategy: Strategy = registry.choices(_PACKAGE)[name].load()()
    return strategy
