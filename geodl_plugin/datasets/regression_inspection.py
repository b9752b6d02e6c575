"""Inspecting labels that are continuous values: their distribution, and what may spoil regression."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..language import tr
from ..runtime.numbers import ceil_div
from .band_statistics import BandStatistics
from .description import DatasetDescription, RegressionTarget

FEW_VALUES = 10
OUTSIDE = 0.01  # share of a split's labels
_OFTEN = 0.001  # share of the labels that one value does not have by chance
_BINS = 48
_PIXELS = 512  # of each patch


@dataclass(frozen=True)
class LabelDistribution:
    """The distribution of the labels of one split, in the inspected patches.

    Args:
        values: some of the labels, drawn at random.
        minimum: of all labels.
        maximum: of all labels.
        mean: of all labels.
        stddev: standard deviation.
    """

    values: NDArray[np.float32]
    minimum: float
    maximum: float
    mean: float
    stddev: float

    @classmethod
    def of(cls, patches: Iterable[NDArray]) -> LabelDistribution:
        """The distribution of the labels in label patches [y, x], NaN where unlabelled."""
        generator = np.random.default_rng(0)
        statistics = BandStatistics(1)
        drawn = [np.zeros(0, np.float32)]
        for labels in patches:
            present = labels[~np.isnan(labels)]
            if len(present):
                statistics.add(present.reshape(1, -1, 1))
                drawn.append(present if len(present) <= _PIXELS else generator.choice(present, _PIXELS, replace=False))
        figures = statistics.to_json()
        return cls(
            np.concatenate(drawn), **{name: figures[name][0] for name in ("minimum", "maximum", "mean", "stddev")}
        )


def histogram_edges(splits: Iterable[LabelDistribution]) -> NDArray[np.float64]:
    """Edges of bins in which the labels of all splits can be compared.

    Bins of integers hold the same number of integers each.

    Args:
        splits: the distribution of each split, of which one or more have labels.
    """
    labelled = [split for split in splits if len(split.values)]
    minimum, maximum = min(split.minimum for split in labelled), max(split.maximum for split in labelled)
    if all((split.values % 1 == 0).all() for split in labelled):
        step = ceil_div(int(maximum - minimum) + 1, _BINS)
        return np.arange(minimum - 0.5, maximum + step, step)
    return np.linspace(minimum, maximum if maximum > minimum else minimum + 1, _BINS + 1)


def regression_warnings(
    description: DatasetDescription, target: RegressionTarget, splits: dict[str, LabelDistribution]
) -> list[str]:
    """What may spoil regression, as sentences.

    Args:
        description: of the dataset.
        target: what its labels are.
        splits: distribution of the labels of each split.
    """
    found = []
    for split, info in description.splits.items():
        if sum(info.pixels) == 0:
            found.append(tr("The split {split} has no labelled pixel.").format(split=split))
    labels = np.concatenate([split.values for split in splits.values()])
    distinct, counts = np.unique(labels, return_counts=True)
    if len(distinct) <= FEW_VALUES:
        found.append(
            tr(
                "The labels have only {count} different values. If they are classes, export them as labels from a "
                "raster of classes."
            ).format(count=len(distinct))
        )
    else:
        for end, gap, count in (
            (distinct[0], distinct[1] - distinct[0], counts[0]),
            (distinct[-1], distinct[-1] - distinct[-2], counts[-1]),
        ):
            if gap > (distinct[-1] - distinct[0]) / 2 and count >= _OFTEN * len(labels):
                found.append(
                    tr(
                        "The label {end:g} occurs often and is far from all others: it may be a no-data value that "
                        "the file does not declare."
                    ).format(end=end)
                )
    for split, distribution in splits.items():
        outside = (distribution.values < target.minimum) | (distribution.values > target.maximum)
        if split != "train" and len(outside) and outside.mean() > OUTSIDE:
            found.append(
                tr(
                    "In the split {split}, {outside:.0f} % of the labels lie outside the range of the split train, "
                    "{minimum:g} to {maximum:g}: networks seldom predict values that they were not trained on."
                ).format(split=split, outside=100 * outside.mean(), minimum=target.minimum, maximum=target.maximum)
            )
    return found
