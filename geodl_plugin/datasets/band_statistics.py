"""Statistics of bands, computed patch by patch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PATCHES_AT_ONCE = 8  # numpy's calls cost as much as the sums over one patch
_VALUES_AT_ONCE = 1 << 18  # two megabytes of float64


class BandStatistics:
    """Minimum, maximum, mean and standard deviation of each band; missing values do not count.

    Values of integer types of up to 16 bits, as most images have, are summed exactly.  For others, means and squared
    deviations are merged by the pairwise rule of Chan, Golub and LeVeque (1979), which keeps its precision for any
    number of values.

    Args:
        bands: number of bands.
    """

    def __init__(self, bands: int) -> None:
        self._waiting: list[NDArray] = []  # patches [patch, y, x, band], fewer than `_PATCHES_AT_ONCE` in all
        self._sums = _ExactSums(bands)
        self._count = np.zeros(bands)
        self._mean = np.zeros(bands)
        self._deviations = np.zeros(bands)
        self._minimum = np.full(bands, np.inf)
        self._maximum = np.full(bands, -np.inf)

    def add(self, values: NDArray, missing: NDArray[np.bool_] | None = None) -> None:
        """Add a patch, or any values.

        Args:
            values: [y, x, band].
            missing: which of them do not count, [y, x, band]; None: none.
        """
        self.add_patches(values[None], None if missing is None else missing[None])

    def add_patches(self, patches: NDArray, missing: NDArray[np.bool_] | None = None) -> None:
        """Add patches; the figures are those of `add` for one after the other, to the last bit.

        Args:
            patches: [patch, y, x, band].
            missing: which of their values do not count, [patch, y, x, band]; None: none.
        """
        if patches.dtype.kind in "iu" and patches.dtype.itemsize <= 2:
            self._sums.add(patches, missing)
            return
        done = 0
        if missing is not None:
            for index in np.flatnonzero(missing.any(axis=(1, 2, 3))).tolist():
                self._add_whole(patches[done:index])
                self._add_part(patches[index], missing[index])
                done = index + 1
        self._add_whole(patches[done:])

    def add_figures(self, figures: Mapping[str, Sequence[float]], times: int = 1) -> None:
        """Add what `to_json` gave for other values, as if these had been added here.

        Args:
            figures: of the other values; one for each band.
            times: how often they are added.
        """
        count = np.array(figures["count"], np.float64) * times
        stddev = np.array(figures["stddev"], np.float64)
        minimum = np.where(count > 0, figures["minimum"], np.inf)
        maximum = np.where(count > 0, figures["maximum"], -np.inf)
        self._merge_waiting()
        self._merge(count, np.array(figures["mean"], np.float64), stddev**2 * count, minimum, maximum)

    def _add_whole(self, patches: NDArray) -> None:
        """Add patches of which no value is missing."""
        if self._waiting and self._waiting[0].shape[1:] != patches.shape[1:]:
            self._merge_waiting()
        while len(patches):
            room = _PATCHES_AT_ONCE - sum(map(len, self._waiting))
            self._waiting.append(patches[:room])
            if len(patches) >= room:
                self._merge_waiting()
            patches = patches[room:]

    def _add_part(self, values: NDArray, missing: NDArray[np.bool_]) -> None:
        """Add a patch of which values are missing."""
        pixels = np.ma.masked_array(values.astype(np.float64), missing).reshape(-1, values.shape[-1])
        count = pixels.count(axis=0)
        mean = np.where(count > 0, pixels.mean(axis=0).filled(0), 0)
        deviations = np.where(count > 0, ((pixels - mean) ** 2).sum(axis=0).filled(0), 0)
        self._merge(count, mean, deviations, pixels.min(axis=0).filled(np.inf), pixels.max(axis=0).filled(-np.inf))

    def _merge_waiting(self) -> None:
        if self._waiting:
            patches = np.concatenate(self._waiting) if len(self._waiting) > 1 else self._waiting[0]
            self._merge(*_figures(patches.reshape(-1, *patches.shape[2:])))
            self._waiting.clear()

    def _merge(self, count: NDArray, mean: NDArray, deviations: NDArray, minimum: NDArray, maximum: NDArray) -> None:
        total = np.maximum(self._count + count, 1)
        step = mean - self._mean
        self._deviations += deviations + step**2 * self._count * count / total
        self._mean += step * count / total
        self._count += count
        self._minimum = np.minimum(self._minimum, minimum)
        self._maximum = np.maximum(self._maximum, maximum)

    def to_json(self) -> dict[str, Any]:
        """Lists with one entry for each band; a band without any value counts as constant 0.

        ``count`` is the number of values that are not missing.
        """
        self._merge_waiting()
        self._merge(*self._sums.figures())
        self._sums = _ExactSums(len(self._count))
        present = self._count > 0
        return {
            "minimum": np.where(present, self._minimum, 0).tolist(),
            "maximum": np.where(present, self._maximum, 0).tolist(),
            "mean": self._mean.tolist(),
            "stddev": np.sqrt(self._deviations / np.maximum(self._count, 1)).tolist(),
            "count": self._count.astype(np.int64).tolist(),
        }


class _ExactSums:
    """Sums of small integers, which have no rounding, so that their order does not matter."""

    def __init__(self, bands: int) -> None:
        # Python's integers, which have no limit.
        self._count, self._sum, self._squares = (np.zeros(bands, object) for _ in range(3))
        self._minimum = np.full(bands, np.inf)
        self._maximum = np.full(bands, -np.inf)

    def add(self, patches: NDArray, missing: NDArray[np.bool_] | None) -> None:
        """Add patches [patch, y, x, band] of a type of up to 16 bits, of which values may be missing."""
        width, bands = patches.shape[2:]
        rows = patches.reshape(-1, width * bands)
        absent = None if missing is None else missing.reshape(rows.shape)
        step = max(1, _VALUES_AT_ONCE // (width * bands))
        for first in range(0, len(rows), step):
            part = slice(first, first + step)
            self._add_rows(rows[part], None if absent is None else absent[part], bands)

    def _add_rows(self, rows: NDArray, missing: NDArray[np.bool_] | None, bands: int) -> None:
        """Add rows of pixels [row, value].  Float64 is exact here: all sums are below 2**53."""

        def of_bands(by_column: NDArray) -> NDArray:
            return by_column.reshape(-1, bands)

        numbers = rows.astype(np.float64)
        count: Any = len(rows) * rows.shape[1] // bands
        lowest = highest = rows
        if missing is not None and missing.any():
            count = count - of_bands(missing.sum(axis=0)).sum(axis=0).astype(object)
            numbers[missing] = 0
            lowest, highest = np.where(missing, np.inf, rows), np.where(missing, -np.inf, rows)
        squares = np.einsum("ij,ij->j", numbers, numbers)
        self._count += count
        self._sum += of_bands(numbers.sum(axis=0)).sum(axis=0).astype(np.int64).astype(object)
        self._squares += of_bands(squares).sum(axis=0).astype(np.int64).astype(object)
        self._minimum = np.minimum(self._minimum, of_bands(lowest.min(axis=0)).min(axis=0))
        self._maximum = np.maximum(self._maximum, of_bands(highest.max(axis=0)).max(axis=0))

    def figures(self) -> tuple[NDArray, NDArray, NDArray, NDArray, NDArray]:
        """Count, mean, squared deviations, minimum and maximum of each band."""
        count = np.maximum(self._count, 1)
        deviations = (self._squares * count - self._sum**2) / count
        numbers = (self._count, self._sum / count, deviations)
        count, mean, deviations = (values.astype(np.float64) for values in numbers)
        return count, mean, deviations, self._minimum, self._maximum


def _figures(values: NDArray) -> tuple[NDArray, NDArray, NDArray, NDArray, NDArray]:
    """Count, mean, squared deviations, minimum and maximum of each band, where no value is missing.

    Sums run down columns of whole rows of pixels first: numpy does that many times faster than over pixels.
    """
    height, width, bands = values.shape
    count = np.full(bands, height * width)
    rows = values.reshape(height, width * bands)

    def of_bands(by_column: NDArray) -> NDArray:
        return by_column.reshape(width, bands)

    numbers = rows.astype(np.float64)
    mean = of_bands(numbers.sum(axis=0)).sum(axis=0) / count
    numbers -= np.tile(mean, width)
    numbers *= numbers
    deviations = of_bands(numbers.sum(axis=0)).sum(axis=0)
    return count, mean, deviations, of_bands(rows.min(axis=0)).min(axis=0), of_bands(rows.max(axis=0)).max(axis=0)
