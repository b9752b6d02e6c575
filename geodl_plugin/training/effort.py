"""How large a network is trained and for how long: what EFFORT stands for on the computer at hand.  Pure arithmetic.

The time of a step is measured (see `step_time`), rounded to a power of two, so that a computer nearly always chooses
the same, and what was chosen is written into the model folder.  Times are those of two processor cores and differ
elsewhere: an effort is a number of epochs, of which only those are left out that would take far longer than its time,
and none of a small dataset, which needs them all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..options import EFFORTS
from ..runtime.numbers import ceil_div

QUICK, STANDARD, THOROUGH = EFFORTS


@dataclass(frozen=True)
class Effort:
    """What an effort asks for.

    Args:
        epochs: as many as are wanted.
        least_steps: as many steps are made even if they take longer than ``seconds``.
        seconds: that the training may take.
        width: of the network, by its usual width.
        levels: how much deeper than usual it is.
    """

    epochs: int
    least_steps: int
    seconds: float
    width: float = 1.0
    levels: int = 0


_LEAST_EPOCHS = 2
_STANDARD = Effort(epochs=8, least_steps=320, seconds=180)
# The second entry of thorough is a further network: the better of both is kept.
_EFFORTS: dict[str, tuple[Effort, ...]] = {
    QUICK: (Effort(epochs=4, least_steps=160, seconds=45, width=0.5, levels=-1),),
    STANDARD: (_STANDARD,),
    THOROUGH: (_STANDARD, Effort(epochs=16, least_steps=640, seconds=900, width=1.5, levels=1)),
}


@dataclass(frozen=True)
class Size:
    """How large a network is and how long it is trained; 0: as the architecture has it.

    Args:
        epochs: of the training.
        width: filters of the first level.
        depth: how often the image is halved.
    """

    epochs: int
    width: int = 0
    depth: int = 0


def networks_of(effort: str) -> tuple[Effort, ...]:
    """The networks that are trained with an effort, one or several of which the best is kept.

    Args:
        effort: one of `options.EFFORTS`.
    """
    return _EFFORTS[effort]


def size_of(effort: Effort, defaults: Mapping[str, Any], patch_size: int) -> Size:
    """The size of a network, with all the epochs that are wanted.

    Args:
        effort: what is asked for.
        defaults: the architecture's ``width`` and ``depth``; what is missing or None cannot be changed.
        patch_size: of source 1 in pixels: the network halves it to 4 pixels or more, whole ones.
    """
    width, depth = defaults.get("width"), defaults.get("depth")
    new_width = round(width * effort.width) if width and effort.width != 1 else 0
    new_depth = depth + effort.levels if depth and effort.levels else 0
    if new_depth < 1 or (effort.levels > 0 and (patch_size % 2**new_depth or patch_size < 4 * 2**new_depth)):
        new_depth = 0
    return Size(effort.epochs, new_width, new_depth)


def affordable_epochs(effort: Effort, step_seconds: float | None, steps: int) -> int:
    """The number of epochs that are trained in the time of an effort.

    Args:
        effort: what is asked for.
        step_seconds: of one step, measured; None: unknown, all epochs that are wanted are trained.
        steps: per epoch.
    """
    if step_seconds is None:
        return effort.epochs
    least = max(_LEAST_EPOCHS, ceil_div(effort.least_steps, steps))
    return min(effort.epochs, max(least, int(effort.seconds / (steps * coarse(step_seconds)))))


def coarse(seconds: float) -> float:
    """A time rounded to a power of two."""
    return 2.0 ** round(math.log2(max(seconds, 1e-6)))
