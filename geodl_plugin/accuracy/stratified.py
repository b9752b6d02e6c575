"""What a stratified random sample says about a map.  Pure arithmetic.

With the map's classes as strata, the estimates are those of Olofsson et al. (2014), and of Stehman (2014) where the
sample was drawn from another map, or where only a part of the area counts: every figure is the ratio of two estimated
totals, whose variance follows from the points of each stratum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Z = 1.959964  # 95 % of a normal distribution lies within so many standard deviations


@dataclass(frozen=True)
class Estimate:
    """Estimates with the half-widths of their 95 % intervals.

    Args:
        value: estimates; NaN where there is nothing to estimate from.
        half_width: half-widths.
    """

    value: NDArray[np.float64]
    half_width: NDArray[np.float64]


@dataclass(frozen=True)
class StratifiedEstimate:
    """Accuracy and areas of a map.

    Args:
        overall: overall accuracy, [1].
        users: user's accuracy, [class].
        producers: producer's accuracy, [class].
        shares: share of each class in the area, as the reference has it, [class].
    """

    overall: Estimate
    users: Estimate
    producers: Estimate
    shares: Estimate


def estimate(
    stratum_of: NDArray[np.int64],
    reference: NDArray[np.int64],
    mapped: NDArray[np.int64],
    classes: int,
    pixels: NDArray[np.int64],
    sizes: NDArray,
) -> StratifiedEstimate:
    """Estimate accuracy and areas.

    Args:
        stratum_of: index of each point's stratum, [point].
        reference: true class index, [point].
        mapped: class index in the map, [point]; ``classes``: the point lies outside what counts.
        classes: number of classes.
        pixels: of each stratum, [stratum].
        sizes: how much each stratum weighs, in pixels or as an area, [stratum].

    Returns:
        The estimates.

    Raises:
        ValueError: a stratum has fewer than two points, though it has more pixels.
    """
    counts = np.bincount(stratum_of, minlength=len(pixels))
    if ((counts < 2) & (counts < pixels)).any():
        raise ValueError("a stratum has fewer than two points")
    strata = _Strata(stratum_of, counts, pixels, sizes / sizes.sum())
    inside = mapped < classes
    is_reference = (reference[:, None] == np.arange(classes)) & inside[:, None]
    is_mapped = mapped[:, None] == np.arange(classes)
    is_right = is_reference & is_mapped
    return StratifiedEstimate(
        overall=strata.ratio(is_right.any(axis=1)[:, None], inside[:, None]),
        users=strata.ratio(is_right, is_mapped),
        producers=strata.ratio(is_right, is_reference),
        shares=strata.ratio(is_reference, np.repeat(inside[:, None], classes, axis=1)),
    )


@dataclass(frozen=True)
class _Strata:
    """The strata of a sample: of each point its stratum, and of each stratum its points, pixels and weight."""

    stratum_of: NDArray[np.int64]
    counts: NDArray[np.int64]
    pixels: NDArray[np.int64]
    weights: NDArray[np.float64]

    def ratio(self, part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> Estimate:
        """The ratio of two totals: equations 27 and 28 of Stehman (2014), column by column.

        Args:
            part: what is counted, [point, column].
            whole: what it is a part of, [point, column].
        """
        total = self.weights @ self._means(whole)
        with np.errstate(invalid="ignore", divide="ignore"):
            value = np.where(total > 0, (self.weights @ self._means(part)) / total, np.nan)
            residuals: NDArray[np.float64] = part - np.nan_to_num(value) * whole
            spread = self._means(residuals**2) - self._means(residuals) ** 2
            of_mean = spread.clip(0) / np.maximum(self.counts - 1, 1)[:, None]
            left = 1 - self.counts / self.pixels  # of a stratum that is known as a whole nothing is left to chance
            variance = (self.weights**2 * left) @ of_mean / total**2
        return Estimate(value, np.where(total > 0, _Z * np.sqrt(variance), np.nan))

    def _means(self, values: NDArray) -> NDArray[np.float64]:
        """The mean of each stratum, [stratum, column]."""
        sums = np.zeros((len(self.counts), values.shape[1]))
        np.add.at(sums, self.stratum_of, values)
        return sums / np.maximum(self.counts, 1)[:, None]
