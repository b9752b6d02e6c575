"""Which of the uncertain squares to choose: of each class some, and far apart.  Pure arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .division import divided
from .uncertainty import Squares

_POOL = 20  # candidates for each square that is chosen
_CLOSER = 0.7  # the minimum distance is multiplied by that where there is no room


def quotas(doubt: NDArray[np.float64], available: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """How many squares of each class to choose.

    By the square root of what is uncertain, so that rare classes get more than their share, and certain ones less.

    Args:
        doubt: the uncertainty of all pixels of the map, summed by class, [class].
        available: squares that could be chosen, [class].
        count: how many to choose in all.
    """
    return divided(count, np.sqrt(doubt), np.zeros_like(available), available)


def choose(squares: Squares, count: int, distance: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Choose uncertain squares that are far apart and far from labels.

    Of each class, candidates are drawn at random, the uncertain ones with a higher probability: a square that is four
    times as uncertain is drawn twice as often.  Drawing them, rather than taking the most uncertain ones, keeps them
    from showing the same thing again and again, and that is often the mixed edges of things.  From the candidates that
    is taken each time which is farthest, for its uncertainty, from what is taken already and from labels.

    Args:
        squares: of the map.
        count: how many to choose; fewer if there are not so many.
        distance: minimum distance, in squares; where there is no room for so many, it shrinks.
        rng: random number generator.

    Returns:
        Their indices, in the order in which they were chosen, [chosen].
    """
    wanted = quotas(squares.doubt, np.bincount(squares.classes, minlength=len(squares.doubt)), count)
    weights = np.sqrt(squares.uncertainty)
    places = np.stack([squares.cols, squares.rows], 1).astype(float)
    taken = squares.labelled.astype(float)
    chosen: list[int] = []
    for index in np.argsort(squares.pixels, kind="stable"):  # rare classes first: they have the least choice
        members = np.flatnonzero(squares.classes == index)
        pool = _drawn(members, weights[members], _POOL * int(wanted[index]), rng)
        found = _far_apart(pool, places, weights, taken, int(wanted[index]), distance)
        chosen += found
        taken = np.concatenate([taken, places[found]])
    return np.array(chosen, np.int64)


def _drawn(
    members: NDArray[np.int64], weights: NDArray[np.float64], count: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Draw without repetition, with probabilities in proportion to weights."""
    keys = rng.exponential(size=len(members)) / np.maximum(weights, 1e-9)
    return members[np.argsort(keys, kind="stable")[:count]]


def _far_apart(
    pool: NDArray[np.int64],
    places: NDArray[np.float64],
    weights: NDArray[np.float64],
    taken: NDArray[np.float64],
    count: int,
    distance: float,
) -> list[int]:
    nearest = np.full(len(pool), np.inf)
    for place in taken:
        np.minimum(nearest, _distances(places[pool], place), out=nearest)
    found: list[int] = []
    while len(found) < min(count, len(pool)):
        free = nearest >= distance
        if not free.any():
            if distance < 1:
                break
            distance *= _CLOSER
            continue
        merit = np.where(free, weights[pool] * np.minimum(nearest, 4 * distance), -1)
        best = int(merit.argmax())
        found.append(int(pool[best]))
        np.minimum(nearest, _distances(places[pool], places[pool[best]]), out=nearest)
    return found


def _distances(places: NDArray[np.float64], place: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hypot(*(places - place).T)
