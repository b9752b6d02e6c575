"""A number of points, divided among classes.  Pure arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def divided(count: int, weights: NDArray, lower: NDArray[np.int64], upper: NDArray[np.int64]) -> NDArray[np.int64]:
    """Divide a number in proportion to weights, between bounds.

    Whatever a class would get below its lower bound, or above its upper one, is taken from the others, or given to
    them, in proportion to their weights.

    >>> none, many = np.zeros(3, int), np.full(3, 99)
    >>> divided(10, np.array([5, 3, 2]), none, many).tolist()
    [5, 3, 2]
    >>> divided(10, np.array([5, 3, 2]), np.array([0, 0, 4]), many).tolist()
    [4, 2, 4]
    >>> divided(10, np.array([5, 3, 2]), none, np.array([1, 99, 99])).tolist()
    [1, 5, 4]

    Args:
        count: the number.
        weights: of the classes, [class]; a class of weight 0 gets its lower bound.
        lower: what each gets at least, [class].
        upper: what each gets at most, [class].

    Returns:
        Whole numbers, [class].  Their sum is ``count``, or as near to it as the bounds and the weights of 0 allow.
    """
    lower = np.minimum(lower, upper)
    weights = np.asarray(weights, float)
    target = float(np.clip(count, lower.sum(), upper.sum()))
    # Each class gets a level times its weight, within its bounds; the level that uses all up is found by bisection.
    low, high = 0.0, float(upper.max(initial=0)) / weights[weights > 0].min(initial=1.0)

    def shares(level: float) -> NDArray[np.float64]:
        return np.clip(level * weights, lower, upper)

    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if shares(middle).sum() < target else (low, middle)
    exact = shares(high)
    found = np.floor(exact + 1e-6).astype(np.int64)
    left = round(target) - int(found.sum())
    room = np.flatnonzero((found < upper) & (weights > 0))
    order = room[np.argsort(found[room] - exact[room], kind="stable")]  # the largest remainders first
    found[order[: max(left, 0)]] += 1
    return found
