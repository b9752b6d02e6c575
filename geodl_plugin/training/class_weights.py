"""The weights of classes: how much a labelled pixel counts in the loss."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..datasets.description import DatasetDescription
from ..errors import InputError
from ..language import tr
from ..options import AUTOMATIC

_IMBALANCE = 10  # pixels of the most frequent class for one of the rarest, from which on `tempered_weights` differ


def class_weights(mode: str, given: str, description: DatasetDescription) -> NDArray[np.float64]:
    """The weights by class index.

    Args:
        mode: one of `options.CLASS_WEIGHTS`: ``automatic`` (see `tempered_weights`), ``none`` (all 1), ``balanced``
            (see `balanced_weights`) or ``given``.
        given: such as ``water=2, "forest, dense"=0.5``: names with commas are quoted, as in CSV; classes that are not
            named have the weight 1.
        description: the dataset with these classes.

    Raises:
        InputError: ``given`` cannot be read, or names a class that the dataset lacks.
    """
    if mode == "balanced":
        return balanced_weights(description.splits["train"].pixels)
    if mode == AUTOMATIC and not description.values:
        return tempered_weights(description.splits["train"].pixels)
    weights = np.ones(len(description.classes))
    if mode == "given":
        for name, weight in _parse(given).items():
            index = description.classes.index(name)
            if index is None:
                raise InputError(
                    tr("Invalid class weights: the dataset has no such class."),
                    expected=", ".join(_quoted(class_name) for class_name in description.classes.names),
                    received=_quoted(name),
                )
            weights[index] = weight
    return weights


def balanced_weights(pixels: Sequence[int]) -> NDArray[np.float64]:
    """The weights with which all classes have the same total weight, and the mean weight of a pixel is 1.

    Args:
        pixels: number of labelled pixels of each class; a class without any gets the weight 0.
    """
    counts = np.array(pixels, np.float64)
    present = counts > 0
    weights = np.zeros(len(counts))
    weights[present] = counts.sum() / (present.sum() * counts[present])
    return weights


def tempered_weights(pixels: Sequence[int]) -> NDArray[np.float64]:
    """Weights with which rare classes are not lost: 1, unless some have over ten times as many pixels as others.

    If so, a class with a hundredth of the pixels counts a tenth as much as the other, in sum; with `balanced_weights`,
    the few pixels of a tiny class would rule each step that has some.  The mean weight of a pixel is 1.

    Args:
        pixels: as for `balanced_weights`.
    """
    counts = np.array(pixels, np.float64)
    present = counts > 0
    if not present.any() or counts[present].max() <= _IMBALANCE * counts[present].min():
        return present.astype(np.float64)
    weights = np.zeros(len(counts))
    weights[present] = counts[present] ** -0.5
    return weights * counts.sum() / (weights * counts).sum()


def _parse(text: str) -> dict[str, float]:
    try:
        parts = [part.strip() for row in csv.reader([text], skipinitialspace=True) for part in row]
    except csv.Error as error:
        raise _unreadable(text) from error
    weights = {}
    for part in filter(None, parts):
        name, _, value = part.rpartition("=")
        try:
            weight = float(value)
        except ValueError:
            weight = -1.0
        if not name.strip() or not 0 <= weight < math.inf:
            raise _unreadable(part)
        weights[name.strip()] = weight
    if not weights:
        raise _unreadable(text)
    return weights


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if set(name) & set(',"') else name


def _unreadable(text: str) -> InputError:
    return InputError(
        tr("Invalid class weights."),
        expected=tr(
            "name=weight, separated by commas, such as water=2, forest=0.5; names with commas in quotes, as in "
            '"forest, dense"=2; weights of 0 or more'
        ),
        received=text or tr("nothing"),
    )
