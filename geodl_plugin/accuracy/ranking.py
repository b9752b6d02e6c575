"""The best patches of many, each place once.  Pure arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_RUN = 8  # pixels in a row, by which the same place is recognised in two patches
_SAME_PLACE = 0.1  # share of runs that both patches have
_SPARE = 3  # times as many patches are held: those that overlap a better one are dropped

Merit = tuple[float, ...]


@dataclass(frozen=True)
class PatchResult:
    """A patch, and what the network predicts there.

    Args:
        score: share of the labelled pixels that are correct, or root mean square error of the values.
        image: of source 1, [y, x, bands].
        labels: [y, x], class indices or values; any value where there is no label.
        labelled: [y, x], where there is one.
        predicted: [y, x], class indices or values.
        confidence: [y, x], probability of the predicted class; of values 1.
    """

    score: float
    image: NDArray
    labels: NDArray
    labelled: NDArray[np.bool_]
    predicted: NDArray
    confidence: NDArray[np.float32]


class Ranking:
    """The few patches with the highest merit, no two of which show the same place.

    Patches overlap: without this, all of the worst ones might show one place.

    Args:
        size: number of patches to keep.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: list[tuple[Merit, NDArray, PatchResult]] = []

    def offer(self, merit: Merit, make: Callable[[], PatchResult]) -> None:
        """Consider a patch.

        Args:
            merit: compared number by number; the higher, the better.
            make: makes the patch; called only if it may be kept.
        """
        if len(self._held) == self._size * _SPARE and merit <= self._held[-1][0]:
            return
        patch = make()
        runs = np.unique(pixel_runs(patch.image))
        overlapping = [held for held in self._held if _is_same_place(runs, held[1])]
        if any(held[0] >= merit for held in overlapping):
            return
        self._held = [held for held in self._held if not any(held is other for other in overlapping)]
        self._held.append((merit, runs, patch))
        self._held.sort(key=lambda held: held[0], reverse=True)
        del self._held[self._size * _SPARE :]

    def patches(self) -> list[PatchResult]:
        """The kept patches, highest merit first; of equal ones, the one that came first."""
        return [patch for _, _, patch in self._held[: self._size]]


def pixel_runs(image: NDArray) -> NDArray[np.float64]:
    """A number for each run of neighbouring pixels: patches that overlap have many in common.

    Args:
        image: [y, x, bands].

    Returns:
        The number of the run that begins at each pixel, [y, x]; those at the right end of a row have none.
    """
    generator = np.random.default_rng(0)
    height, width, bands = image.shape
    pixels = np.zeros((height, width))
    for band, weight in enumerate(generator.random(bands)):
        pixels += weight * np.nan_to_num(image[..., band].astype(np.float64))
    length = min(_RUN, width)
    runs = np.zeros((height, width - length + 1))
    for start, weight in enumerate(generator.random(length)):
        runs += weight * pixels[:, start : start + runs.shape[1]]
    return runs


def _is_same_place(runs: NDArray, others: NDArray) -> bool:
    common = len(np.intersect1d(runs, others, assume_unique=True))
    return common > _SAME_PLACE * min(len(runs), len(others))
