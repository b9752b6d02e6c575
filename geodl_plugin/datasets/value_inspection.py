"""Looking into labels that are continuous values: how they are distributed, and what may spoil regression."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..runtime.numbers import ceil_div
from .description import DatasetDescription, RegressionTarget
from .statistics import BandStatistics

FEW_VALUES = 10
OUTSIDE = 0.01  # share of a split's labels
_OFTEN = 0.001  # share of the labels from which on one value is no chance
_BINS = 48
_PIXELS = 512  # of each patch


@dataclass(frozen=True)
class SplitValues:
    """The labels of one split, in the patches looked at.

    Args:
        values: some of them, drawn by chance.
        minimum: least value.
        maximum: greatest value.
        mean: of all.
        stddev: standard deviation.
    """

    values: NDArray[np.float32]
    minimum: float
    maximum: float
    mean: float
    stddev: float

    @classmethod
    def of(cls, patches: Iterable[NDArray]) -> SplitValues:
        """Gather them from label patches [y, x], NaN where unlabelled."""
        chance = np.random.default_rng(0)
        statistics = BandStatistics(1)
        drawn = [np.zeros(0, np.float32)]
        for labels in patches:
            present = labels[~np.isnan(labels)]
            if len(present):
                statistics.add(present.reshape(1, -1, 1))
                drawn.append(present if len(present) <= _PIXELS else chance.choice(present, _PIXELS, replace=False))
        figures = {name: values[0] for name, values in statistics.to_json().items()}
        return cls(np.concatenate(drawn), **figures)


def histogram_edges(splits: Iterable[SplitValues]) -> NDArray[np.float64]:
    """Edges of the bins in which the labels of all splits can be compared; each holds as many whole numbers."""
    found = [split for split in splits if len(split.values)]
    least, greatest = min(split.minimum for split in found), max(split.maximum for split in found)
    if all((split.values % 1 == 0).all() for split in found):
        step = ceil_div(int(greatest - least) + 1, _BINS)
        return np.arange(least - 0.5, greatest + step, step)
    return np.linspace(least, greatest if greatest > least else least + 1, _BINS + 1)


def value_warnings(dataset: DatasetDescription, values: RegressionTarget, splits: dict[str, SplitValues]) -> list[str]:
    """What may spoil regression, as sentences."""
    found = []
    for split, info in dataset.splits.items():
        if sum(info.pixels) == 0:
            found.append(f"The split {split} has no labelled pixel.")
    everything = np.concatenate([split.values for split in splits.values()])
    distinct, counts = np.unique(everything, return_counts=True)
    if len(distinct) <= FEW_VALUES:
        found.append(
            f"The labels have only {len(distinct)} different values. If they are classes, export them as labels from a "
            "raster of classes."
        )
    else:
        for end, gap, count in (
            (distinct[0], distinct[1] - distinct[0], counts[0]),
            (distinct[-1], distinct[-1] - distinct[-2], counts[-1]),
        ):
            if gap > (distinct[-1] - distinct[0]) / 2 and count >= _OFTEN * len(everything):
                found.append(
                    f"The label {end:g} occurs often and is far from all others: it may be a no-data value that the "
                    "file does not declare."
                )
    for split, one in splits.items():
        outside = (one.values < values.minimum) | (one.values > values.maximum)
        if split != "train" and len(outside) and outside.mean() > OUTSIDE:
            found.append(
                f"In the split {split}, {100 * outside.mean():.0f} % of the labels lie outside the range of the split "
                f"train, {values.minimum:g} to {values.maximum:g}: networks seldom find values that they never saw."
            )
    return found
