"""Label patches, of classes or of continuous values: how they are stored, and their statistics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Union

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.splits import SPLITS, TRAIN
from ..language import tr
from .band_statistics import BandStatistics
from .description import RegressionTarget

_TRAIN = SPLITS.index(TRAIN)


class ClassLabelStatistics:
    """Counts the labels in patches of class indices.

    Args:
        classes: what the indices mean.

    Attributes:
        dtype: of the stored labels.
        unlabelled: the index of pixels without a label.
    """

    def __init__(self, classes: ClassList) -> None:
        self.classes = classes
        self.dtype, self.unlabelled = classes.label_dtype, classes.unlabelled
        self._pixels = np.zeros((len(SPLITS), classes.unlabelled + 1), np.int64)

    def add_patches(self, split: int, labels: NDArray) -> None:
        """Add patches.

        Args:
            split: index into `SPLITS`.
            labels: [patch, y, x].
        """
        self._pixels[split] += np.bincount(labels.ravel(), minlength=self._pixels.shape[1])

    def pixels(self, split: int) -> list[int]:
        """Number of labelled pixels of each class in a split."""
        return [int(count) for count in self._pixels[split, : len(self.classes)]]

    def regression_target(self) -> None:
        """None: the labels are classes."""
        return


class ContinuousLabelStatistics:
    """Statistics of the labels in patches of continuous values.

    Args:
        name: what the values are, such as ``tree cover``.

    Attributes:
        classes: none.
        dtype: of the stored labels.
        unlabelled: the value of pixels without a label, NaN.
    """

    classes = ClassList(())
    dtype, unlabelled = np.dtype(np.float32), float("nan")

    def __init__(self, name: str) -> None:
        self._name = name
        self._pixels = [0] * len(SPLITS)
        self._statistics = BandStatistics(1)

    def add_patches(self, split: int, labels: NDArray) -> None:
        """Add patches.

        Args:
            split: index into `SPLITS`.
            labels: [patch, y, x].
        """
        missing = np.isnan(labels)
        self._pixels[split] += labels.size - int(missing.sum())
        if split == _TRAIN:
            self._statistics.add_patches(labels[..., None], missing[..., None])

    def pixels(self, split: int) -> list[int]:
        """Number of labelled pixels in a split, as a list of one."""
        return [self._pixels[split]]

    def regression_target(self) -> RegressionTarget:
        """Statistics of the train split."""
        return RegressionTarget.of(self._name, self._statistics.to_json())


LabelStatistics = Union[ClassLabelStatistics, ContinuousLabelStatistics]


def find_labelled(patches: Iterable[tuple[int, NDArray]], is_train: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which samples have a labelled pixel, [sample].

    Args:
        patches: index of each sample and its continuous values, NaN where unlabelled; in any order.
        is_train: which samples belong to the train split, [sample].

    Raises:
        InputError: no sample of the train split has one, or all have the same value: there is nothing to learn.
    """
    is_labelled = np.zeros(len(is_train), bool)
    minimum, maximum = np.inf, -np.inf
    for index, values in patches:
        present = values[~np.isnan(values)]
        is_labelled[index] = present.size > 0
        if is_labelled[index] and is_train[index]:
            minimum, maximum = min(minimum, float(present.min())), max(maximum, float(present.max()))
    if not is_labelled[is_train].any():
        raise InputError(
            tr("No training patch has a labelled pixel."),
            expected=tr("labels of continuous values where the patches are"),
            received=tr("{count} patches, all with no data or NaN").format(count=int(is_train.sum())),
            remedy=tr("Check that labels and images overlap, and the labels' no-data value."),
        )
    if minimum == maximum:
        raise InputError(
            tr("The labels have the same value everywhere: there is nothing to learn."),
            expected=tr("continuous values that differ in the training patches"),
            received=tr("only {minimum:g}").format(minimum=minimum),
            remedy=tr("Choose other labels, or other positions."),
        )
    return is_labelled
