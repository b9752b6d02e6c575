"""Splits of whole features: which polygon, line or point trains a network, and which tells how good it is.

Pure arithmetic.  Each class is divided for itself, since a feature has one class.  Valid comes before test where there
are few features.  A class whose features cannot be divided keeps all of them for training, unless the largest is large
enough to be cut: then its ends are for valid and test, and what lies between for training.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..labels.splits import SPLITS, TEST, TRAIN, VALID

FEWEST = 10  # pixels: fewer tell nothing, since one of them is more than a tenth of the figure
CUTTABLE = 3 * FEWEST  # pixels: a third for valid at most
_FOR_TEST = 30  # pixels that test must get of a feature for it to be cut in three
_FEWEST_FEATURES_FOR_TEST = 4
_DEALS = 64
_GAP_SHARE = 10  # of the length of a feature that is cut, 1 / 10 lies between its splits

_TRAIN, _VALID, _TEST = (SPLITS.index(split) for split in (TRAIN, VALID, TEST))


@dataclass(frozen=True)
class FeatureSplit:
    """Which split each feature belongs to.

    Args:
        split_of: index into `SPLITS`, [feature]; that of train for those that are cut.
        cut: the features to be cut, sorted.
        undivided: the classes of which valid gets nothing, sorted.
    """

    split_of: NDArray[np.int64]
    cut: NDArray[np.int64]
    undivided: NDArray[np.int64]


@dataclass(frozen=True)
class Cut:
    """How a feature is cut, across its longer side.

    Args:
        by_column: columns belong to a split; else rows.
        split_of: index into `SPLITS` of each column or row of the image, their number where it belongs to none.
    """

    by_column: bool
    split_of: NDArray[np.int64]


def split_features(
    class_of: NDArray[np.int64], pixels: NDArray[np.int64], fractions: NDArray[np.float64], rng: np.random.Generator
) -> FeatureSplit:
    """Give each feature to a split.

    Three features of one class, of which valid is to get about a fifth of the pixels:

    >>> shares = np.array([0.8, 0.2, 0.0])
    >>> rng = np.random.default_rng(0)
    >>> split_features(np.zeros(3, np.int64), np.array([500, 200, 30]), shares, rng).split_of.tolist()
    [0, 1, 0]

    Args:
        class_of: class index, [feature].
        pixels: labelled pixels, [feature]; features without any are for training.
        fractions: wanted shares of train, valid and test, [split].
        rng: random number generator.
    """
    split_of = np.full(len(class_of), _TRAIN, np.int64)
    cut, undivided = [], []
    order = np.argsort(class_of, kind="stable")
    order = order[pixels[order] > 0]
    for features in np.split(order, np.flatnonzero(np.diff(class_of[order])) + 1):
        if len(features) == 0 or fractions[_TRAIN] == 1:
            continue
        dealt = _deal(pixels[features], fractions, rng)
        largest = int(features[pixels[features].argmax()])
        judged = _VALID if fractions[_VALID] > 0 else _TEST
        found = int(pixels[features][dealt == judged].sum())
        could_have = int(pixels[largest] * fractions[judged])
        if found < FEWEST and pixels[largest] >= CUTTABLE and max(FEWEST, could_have) > found:
            cut.append(largest)
        elif found == 0:
            undivided.append(int(class_of[largest]))
        else:
            split_of[features] = dealt
    return FeatureSplit(split_of, np.array(sorted(cut), np.int64), np.array(sorted(undivided), np.int64))


def cut_feature(
    columns: NDArray[np.int64],
    rows: NDArray[np.int64],
    fractions: NDArray[np.float64],
    gap: int,
    rng: np.random.Generator,
) -> Cut | None:
    """Cut a feature across its longer side: one end is for valid, the other for test if that gets enough.

    A feature of 40 columns and one row, half of which is for valid, with a gap of up to 4 columns:

    >>> cut = cut_feature(np.ones(40, int), np.array([40]), np.array([0.5, 0.5, 0.0]), 4, np.random.default_rng(1))
    >>> cut.by_column, np.bincount(cut.split_of).tolist()
    (True, [16, 20, 0, 4])

    Args:
        columns: pixels in each column of the image.
        rows: pixels in each row.
        fractions: wanted shares of train, valid and test, [split].
        gap: columns or rows between two splits that belong to none, at most.
        rng: random number generator; it chooses the end for valid.

    Returns:
        The cut; None if it would leave too little for training.
    """
    by_column = np.ptp(np.flatnonzero(columns)) >= np.ptp(np.flatnonzero(rows))
    pixels = columns if by_column else rows
    is_turned = rng.random() < 0.5
    pixels = pixels[::-1] if is_turned else pixels
    total, held = int(pixels.sum()), np.cumsum(pixels)
    first, last = (int(place) for place in np.flatnonzero(pixels)[[0, -1]])
    split_of = np.full(len(pixels), _TRAIN, np.int64)
    gap = min(gap, (last - first + 1) // _GAP_SHARE)
    ends = [(_VALID, fractions[_VALID])] if fractions[_VALID] > 0 else []
    if fractions[_TEST] > 0 and (not ends or total * fractions[_TEST] >= _FOR_TEST):
        ends.append((_TEST, fractions[_TEST]))
    for number, (split, fraction) in enumerate(ends):
        wanted = max(FEWEST, math.ceil(fraction * total))
        if number == 0:  # at the beginning
            end = int(np.searchsorted(held, wanted)) + 1
            split_of[:end], split_of[end : end + gap] = split, len(SPLITS)
        else:
            start = int(np.searchsorted(held, total - wanted, side="right"))
            split_of[start:], split_of[max(0, start - gap) : start] = split, len(SPLITS)
    if pixels[split_of == _TRAIN].sum() < FEWEST:
        return None
    return Cut(bool(by_column), split_of[::-1] if is_turned else split_of)


def _deal(pixels: NDArray[np.int64], fractions: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """The split of each feature of one class, [feature]: the best of some random deals.

    How many features a split gets is fixed: its share of them, but one at least, for test only if there are four or
    more.  A deal is the better the closer the splits' shares of the pixels are to the wanted ones, as ratios.
    """
    count = len(pixels)
    counts = np.zeros(len(SPLITS), np.int64)
    for split, fewest in ((_VALID, 2), (_TEST, _FEWEST_FEATURES_FOR_TEST if fractions[_VALID] > 0 else 2)):
        if fractions[split] > 0 and count >= fewest:
            counts[split] = max(split == _VALID or fractions[_VALID] == 0, math.floor(fractions[split] * count + 0.5))
    counts[_TRAIN] = count - counts[1:].sum()
    dealt = np.repeat(np.arange(len(SPLITS)), counts)
    if counts[_TRAIN] == count:
        return dealt
    used = np.flatnonzero(counts)
    best, lowest = dealt, math.inf
    for _ in range(_DEALS):
        trial = rng.permutation(dealt)
        reached = np.bincount(trial, pixels, len(SPLITS))[used] / pixels.sum()
        ratios = reached / fractions[used]
        cost = float(np.maximum(ratios, 1 / ratios).sum())
        if cost < lowest:
            best, lowest = trial, cost
    return best
