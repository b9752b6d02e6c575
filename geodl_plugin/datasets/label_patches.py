"""Label patches, of classes or of continuous values: how they are stored, and what is counted of them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.splits import SPLITS, TRAIN
from .description import RegressionTarget
from .statistics import BandStatistics

_TRAIN = SPLITS.index(TRAIN)


class ClassLabels:
    """Label patches of class indices.

    Args:
        classes: what the indices mean.

    Attributes:
        dtype: of the stored labels.
        unlabelled: the index that stands for no label.
    """

    def __init__(self, classes: ClassList) -> None:
        self.classes = classes
        self.dtype, self.unlabelled = classes.label_dtype, classes.unlabelled
        self._pixels = np.zeros((len(SPLITS), classes.unlabelled + 1), np.int64)

    def add(self, split: int, labels: NDArray) -> None:
        """Count a patch [y, x] of a split, an index into `SPLITS`."""
        self._pixels[split] += np.bincount(labels.ravel(), minlength=self._pixels.shape[1])

    def pixels(self, split: int) -> list[int]:
        """Labelled pixels of each class in a split."""
        return [int(count) for count in self._pixels[split, : len(self.classes)]]

    def values(self) -> RegressionTarget | None:
        """None: they are classes."""
        return None


class ValueLabels:
    """Label patches of continuous values.

    Args:
        name: what the values are.

    Attributes:
        dtype: of the stored labels.
        unlabelled: NaN.
    """

    classes = ClassList(())
    dtype, unlabelled = np.dtype(np.float32), float("nan")

    def __init__(self, name: str) -> None:
        self._name = name
        self._pixels = [0] * len(SPLITS)
        self._statistics = BandStatistics(1)

    def add(self, split: int, labels: NDArray) -> None:
        """Count a patch [y, x] of a split, an index into `SPLITS`."""
        missing = np.isnan(labels)
        self._pixels[split] += labels.size - int(missing.sum())
        if split == _TRAIN:
            self._statistics.add(labels[..., None], missing[..., None])

    def pixels(self, split: int) -> list[int]:
        """Labelled pixels in a split, one number."""
        return [self._pixels[split]]

    def values(self) -> RegressionTarget | None:
        """Statistics of the train split."""
        figures = {name: values[0] for name, values in self._statistics.to_json().items()}
        return RegressionTarget(self._name, **figures)


def labelled(patches: Iterable[tuple[int, NDArray]], train: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which samples have a labelled pixel, [sample].

    Args:
        patches: of each sample its number and continuous values, NaN where unlabelled; in any order.
        train: which samples are to train with, [sample].

    Raises:
        InputError: no sample to train with has one, or all have the same value: there is nothing to learn.
    """
    found = np.zeros(len(train), bool)
    least, greatest = np.inf, -np.inf
    for number, values in patches:
        present = values[~np.isnan(values)]
        found[number] = present.size > 0
        if found[number] and train[number]:
            least, greatest = min(least, float(present.min())), max(greatest, float(present.max()))
    if not found[train].any():
        raise InputError(
            "No patch to train with has a labelled pixel.",
            expected="labels of continuous values on the ground of the patches",
            received=f"{int(train.sum())} patches, all with no data or NaN",
            remedy="Check that labels and images overlap, and the labels' no-data value.",
        )
    if least == greatest:
        raise InputError(
            "The labels have the same value everywhere: there is nothing to learn.",
            expected="continuous values that differ in the patches to train with",
            received=f"only {least:g}",
            remedy="Choose other labels, or other positions.",
        )
    return found
