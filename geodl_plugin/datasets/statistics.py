"""Statistics of bands that are gathered patch by patch."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class BandStatistics:
    """Least and greatest value, mean and standard deviation of each band; missing values do not count.

    Means and squared deviations are merged by the pairwise rule of Chan, Golub and LeVeque (1979), which
    keeps its precision for any number of values.
    """

    def __init__(self, bands: int) -> None:
        self._count = np.zeros(bands)
        self._mean = np.zeros(bands)
        self._deviations = np.zeros(bands)
        self._least = np.full(bands, np.inf)
        self._greatest = np.full(bands, -np.inf)

    def add(self, values: NDArray, missing: NDArray[np.bool_]) -> None:
        """Count values [y, x, bands] except where ``missing``."""
        pixels = np.ma.masked_array(values.astype(np.float64), missing).reshape(-1, values.shape[-1])
        count = pixels.count(axis=0)
        present = count > 0
        mean = np.where(present, pixels.mean(axis=0).filled(0), 0)
        deviations = np.where(present, ((pixels - mean) ** 2).sum(axis=0).filled(0), 0)
        total = np.maximum(self._count + count, 1)
        step = mean - self._mean
        self._deviations += deviations + step**2 * self._count * count / total
        self._mean += step * count / total
        self._count += count
        self._least = np.minimum(self._least, pixels.min(axis=0).filled(np.inf))
        self._greatest = np.maximum(self._greatest, pixels.max(axis=0).filled(-np.inf))

    def to_json(self) -> dict[str, Any]:
        """Lists with one entry a band; a band without any value counts as constant 0."""
        present = self._count > 0
        return {
            "minimum": np.where(present, self._least, 0).tolist(),
            "maximum": np.where(present, self._greatest, 0).tolist(),
            "mean": self._mean.tolist(),
            "stddev": np.sqrt(self._deviations / np.maximum(self._count, 1)).tolist(),
        }
