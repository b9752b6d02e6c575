"""How many points a sample of a map needs, and how many of each class (Olofsson et al. 2014).  Pure arithmetic."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .division import divided

_CLOSE = 1.01  # times the standard error that is wanted: sizes are rounded, and the expectation is a guess
LEAST = 2  # points of a class: of one alone, nothing can be said about the spread


def sample_size(pixels: NDArray[np.int64], users_accuracy: NDArray[np.float64], standard_error: float) -> int:
    """How many points give the overall accuracy with a standard error: equation 13.

    Args:
        pixels: size of each class in the map, [class].
        users_accuracy: what is expected of each class, 0…1, [class].
        standard_error: the one that is wanted.
    """
    weights = pixels / pixels.sum()
    variance = users_accuracy * (1 - users_accuracy)
    needed = (weights * np.sqrt(variance)).sum() ** 2
    return math.ceil(needed / (standard_error**2 + (weights * variance).sum() / pixels.sum()) - 1e-9)


def allocate(pixels: NDArray[np.int64], count: int, allocation: str, minimum: int) -> NDArray[np.int64]:
    """Divide a sample among the classes of a map.

    In proportion to their areas, the overall accuracy and the areas are known best; with equal numbers, the user's
    accuracy of each class.  Between both, classes that are too small for a minimum get that many points, and the others
    share the rest in proportion.

    Args:
        pixels: size of each class in the map, [class].
        count: of points in all.
        allocation: one of `options.ALLOCATIONS`.
        minimum: ``mixed``: points that a rare class gets.

    Returns:
        Points of each class that occurs, [class]: two or more, but no more than it has pixels.
    """
    occurs = pixels > 0
    if allocation == "mixed":
        minimum = min(minimum, count // max(1, int(occurs.sum())))
    lower = np.where(occurs, max(LEAST, minimum if allocation == "mixed" else LEAST), 0)
    return divided(count, occurs if allocation == "equal" else pixels, lower, pixels)


def standard_error(pixels: NDArray[np.int64], users_accuracy: NDArray[np.float64], points: NDArray[np.int64]) -> float:
    """The standard error of the overall accuracy that a sample will give: equation 5, for a finite number of pixels.

    Args:
        pixels: size of each class in the map, [class].
        users_accuracy: what is expected of each class, 0…1, [class].
        points: of each class, [class].
    """
    drawn = points >= LEAST
    weights = (pixels / pixels.sum())[drawn]
    variances = (users_accuracy * (1 - users_accuracy))[drawn] * (1 - points[drawn] / pixels[drawn])
    return float(np.sqrt((weights**2 * variances / (points[drawn] - 1)).sum()))


def allocate_for(
    pixels: NDArray[np.int64], users_accuracy: NDArray[np.float64], wanted: float, allocation: str, minimum: int
) -> NDArray[np.int64]:
    """Divide as many points among the classes of a map as a standard error of the overall accuracy asks for.

    Points that rare classes get beyond their share do little for the overall accuracy: they come on top of the size
    after `sample_size`, so that the standard error is kept.

    Args:
        pixels: size of each class in the map, [class].
        users_accuracy: what is expected of each class, 0…1, [class].
        wanted: the standard error.
        allocation: one of `options.ALLOCATIONS`.
        minimum: ``mixed``: points that a rare class gets.

    Returns:
        Points of each class that occurs, [class].
    """

    def points(count: int) -> NDArray[np.int64]:
        return allocate(pixels, count, allocation, minimum)

    fewest, most = sample_size(pixels, users_accuracy, wanted), int(pixels.sum())
    if allocation == "mixed":
        fewest = max(fewest, minimum * int((pixels > 0).sum()))
    while fewest < most:
        middle = (fewest + most) // 2
        if standard_error(pixels, users_accuracy, points(middle)) <= wanted * _CLOSE:
            most = middle
        else:
            fewest = middle + 1
    return points(most)
