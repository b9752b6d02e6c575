"""Errors of predicted continuous values.  Pure arithmetic."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

BINS = 64


class RegressionErrors:
    """Figures and histograms of predicted against true values, added batch by batch.

    Memory is constant: values beyond the range of the histograms count in their first and last bins.

    Args:
        minimum: lower end of the histograms, in the unit of the values.
        maximum: their upper end.
        bins: number of bins along each axis.

    Attributes:
        total: number of values.
        edges: of the histogram's bins, the same for both axes.
        histogram: number of values, [true, predicted].
        error_edges: of the bins of errors.
        error_counts: number of errors, predicted − true, in each bin.
    """

    def __init__(self, minimum: float, maximum: float, bins: int = BINS) -> None:
        if not maximum > minimum:
            minimum, maximum = minimum - 0.5, minimum + 0.5
        self.total = 0
        self.edges = np.linspace(minimum, maximum, bins + 1)
        self.histogram = np.zeros((bins, bins), np.int64)
        reach = (maximum - minimum) / 2
        self.error_edges = np.linspace(-reach, reach, bins + 2)  # an odd number of bins: one is around 0
        self.error_counts = np.zeros(bins + 1, np.int64)
        self._error = self._absolute = self._squared = 0.0
        self._mean = self._deviations = 0.0  # of the true values

    def add(self, true: NDArray, predicted: NDArray) -> None:
        """Count pairs of values, both of the same shape."""
        true, predicted = (np.asarray(values, np.float64).ravel() for values in (true, predicted))
        if not len(true):
            return
        errors = predicted - true
        self._error += errors.sum()
        self._absolute += np.abs(errors).sum()
        self._squared += (errors**2).sum()
        self._merge(len(true), float(true.mean()), float(((true - true.mean()) ** 2).sum()))
        ends, error_ends = self.edges[[0, -1]], self.error_edges[[0, -1]]
        pairs, *_ = np.histogram2d(true.clip(*ends), predicted.clip(*ends), len(self.histogram), range=[ends, ends])
        self.histogram += pairs.astype(np.int64)
        self.error_counts += np.histogram(errors.clip(*error_ends), bins=self.error_edges)[0]

    def _merge(self, count: int, mean: float, deviations: float) -> None:
        """Mean and squared deviations of the true values, by the rule of Chan, Golub and LeVeque (1979)."""
        total = self.total + count
        step = mean - self._mean
        self._deviations += deviations + step**2 * self.total * count / total
        self._mean += step * count / total
        self.total = total

    @property
    def bias(self) -> float:
        """Mean of predicted − true."""
        return self._error / max(1, self.total)

    @property
    def mae(self) -> float:
        """Mean absolute error."""
        return self._absolute / max(1, self.total)

    @property
    def rmse(self) -> float:
        """Root mean square error."""
        return math.sqrt(self._squared / max(1, self.total))

    @property
    def r2(self) -> float:
        """Coefficient of determination; NaN if the true values are all the same."""
        return 1 - self._squared / self._deviations if self._deviations else math.nan
