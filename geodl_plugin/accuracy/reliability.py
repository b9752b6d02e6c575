"""How well the confidence of a network agrees with its accuracy.  Pure arithmetic.

A network is *calibrated* if, of all pixels to whose class it gives a probability of 0.8, four of five are
correct.  The expected calibration error is the mean distance from that (Guo et al. 2017, On calibration of
modern neural networks, equation 3).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BINS = 15  # as in Guo et al.


class Reliability:
    """Confidence and accuracy by bins of confidence, added batch by batch.

    The confidence of a pixel is the probability that the network gives to the class it chooses.

    Args:
        bins: number of bins of equal width from 0 to 1.

    Attributes:
        edges: of the bins.
        counts: pixels in each bin.
    """

    def __init__(self, bins: int = BINS) -> None:
        self.edges = np.linspace(0, 1, bins + 1)
        self.counts = np.zeros(bins, np.int64)
        self._confidence = np.zeros(bins)
        self._correct = np.zeros(bins, np.int64)

    def add(self, confidence: NDArray, correct: NDArray[np.bool_]) -> None:
        """Count pixels: the confidence of each, and whether its class is correct."""
        bins = len(self.counts)
        place = np.clip((np.asarray(confidence, np.float64) * bins).astype(np.int64), 0, bins - 1)
        self.counts += np.bincount(place, minlength=bins)
        self._confidence += np.bincount(place, weights=confidence, minlength=bins)
        self._correct += np.bincount(place[correct], minlength=bins)

    @property
    def total(self) -> int:
        """All pixels."""
        return int(self.counts.sum())

    @property
    def confidence(self) -> NDArray[np.float64]:
        """By bin: mean confidence; NaN in an empty bin."""
        return self._mean(self._confidence)

    @property
    def accuracy(self) -> NDArray[np.float64]:
        """By bin: share of correct pixels; NaN in an empty bin."""
        return self._mean(self._correct)

    @property
    def mean_confidence(self) -> float:
        """Mean confidence of all pixels."""
        return float(self._confidence.sum() / max(1, self.total))

    @property
    def expected_error(self) -> float:
        """Expected calibration error: the mean of |accuracy − confidence| over the bins, by their pixels."""
        return float(np.abs(self._correct - self._confidence).sum() / max(1, self.total))

    def _mean(self, sums: NDArray) -> NDArray[np.float64]:
        return np.where(self.counts > 0, sums / np.maximum(self.counts, 1), np.nan)
