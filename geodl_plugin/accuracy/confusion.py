"""The confusion matrix, and accuracy and areas that follow from it.  Pure arithmetic.

Rows are the reference, columns the prediction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Z = 1.959964  # 95 % of a normal distribution lies within so many standard deviations


@dataclass(frozen=True)
class ConfusionMatrix:
    """A confusion matrix.

    Args:
        matrix: number of pixels, [reference class, predicted class].
        names: names of the classes.
    """

    matrix: NDArray[np.int64]
    names: list[str]

    @property
    def total(self) -> int:
        """All pixels."""
        return int(self.matrix.sum())

    @property
    def overall_accuracy(self) -> float:
        """Share of correct pixels."""
        return float(self.matrix.trace() / max(1, self.total))

    @property
    def precision(self) -> NDArray[np.float64]:
        """By class: share of its predictions that are correct (user's accuracy); NaN without predictions."""
        return _ratio(self.matrix.diagonal(), self.matrix.sum(axis=0))

    @property
    def recall(self) -> NDArray[np.float64]:
        """By class: share of its reference that is found (producer's accuracy); NaN without reference."""
        return _ratio(self.matrix.diagonal(), self.matrix.sum(axis=1))

    @property
    def f1(self) -> NDArray[np.float64]:
        """By class: harmonic mean of precision and recall; NaN for a class that occurs nowhere."""
        return _ratio(2 * self.matrix.diagonal(), self.matrix.sum(axis=0) + self.matrix.sum(axis=1))

    @property
    def iou(self) -> NDArray[np.float64]:
        """By class: intersection over union; NaN for a class that occurs nowhere."""
        diagonal = self.matrix.diagonal()
        return _ratio(diagonal, self.matrix.sum(axis=0) + self.matrix.sum(axis=1) - diagonal)

    @property
    def mean_f1(self) -> float:
        """Mean F1 of the classes that occur in the reference."""
        return self._mean(self.f1)

    @property
    def mean_iou(self) -> float:
        """Mean IoU of the classes that occur in the reference."""
        return self._mean(self.iou)

    def _mean(self, by_class: NDArray[np.float64]) -> float:
        occurs = self.matrix.sum(axis=1) > 0
        return float(by_class[occurs].mean()) if occurs.any() else 0.0


@dataclass(frozen=True)
class AreaEstimate:
    """Accuracy and class areas, weighted by the shares of the classes in the map.

    Half-widths are those of 95 % confidence intervals.

    Args:
        overall: overall accuracy.
        overall_half_width: half-width of the overall accuracy.
        shares: share of each class in the whole area, corrected for the map's errors.
        shares_half_width: half-widths of the shares.
    """

    overall: float
    overall_half_width: float
    shares: NDArray[np.float64]
    shares_half_width: NDArray[np.float64]


def area_estimate(confusion: ConfusionMatrix, map_pixels: NDArray) -> AreaEstimate | None:
    """Area-adjusted accuracy after Olofsson et al. (2014), equations 2 to 5 and 9 to 11.

    The reference pixels count as a random sample of each mapped class.  Pixels of a few polygons are no such sample:
    the intervals are then too narrow.

    Args:
        confusion: confusion matrix of the reference pixels.
        map_pixels: number of pixels, or area, of each class in the whole map.

    Returns:
        The estimate, or None if a mapped class has fewer than two reference pixels.
    """
    sampled = confusion.matrix.sum(axis=0)  # by mapped class
    weights = map_pixels / (map_pixels.sum() or 1)
    used = weights > 0
    if (sampled[used] < 2).any() or not used.any():
        return None
    shares_in_class = np.zeros(confusion.matrix.shape)
    shares_in_class[:, used] = confusion.matrix[:, used] / sampled[used]
    proportions = shares_in_class * weights  # [reference, mapped], of the whole area
    users = shares_in_class.diagonal()
    spread = np.zeros(len(weights))
    spread[used] = weights[used] ** 2 * users[used] * (1 - users[used]) / (sampled[used] - 1)
    by_share = np.zeros(confusion.matrix.shape)
    by_share[:, used] = (
        weights[used] ** 2 * shares_in_class[:, used] * (1 - shares_in_class[:, used]) / (sampled[used] - 1)
    )
    return AreaEstimate(
        overall=float(proportions.trace()),
        overall_half_width=float(_Z * np.sqrt(spread.sum())),
        shares=proportions.sum(axis=1),
        shares_half_width=_Z * np.sqrt(by_share.sum(axis=1)),
    )


def count_pairs(reference: NDArray, predicted: NDArray, n_classes: int) -> NDArray[np.int64]:
    """Count the pairs of two arrays of class indices.

    Args:
        reference: true class indices; ``n_classes`` and above: no class, which does not count.
        predicted: predicted ones, of the same shape.
        n_classes: number of classes.

    Returns:
        Pairs, [reference, predicted].
    """
    valid = (reference < n_classes) & (predicted < n_classes)
    pairs = reference[valid].astype(np.int64) * n_classes + predicted[valid]
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)


def _ratio(numerator: NDArray, denominator: NDArray) -> NDArray[np.float64]:
    return np.where(denominator > 0, numerator / np.maximum(denominator, 1), np.nan)
