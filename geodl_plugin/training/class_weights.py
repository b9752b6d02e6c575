"""How much a labelled pixel counts, by its class."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..datasets.manifest import Dataset
from ..errors import InputError


def class_weights(way: str, given: str, dataset: Dataset) -> NDArray[np.float64]:
    """Weights by class index.

    Args:
        way: ``none``: all 1; ``balanced``: see `balanced_weights`; ``given``: as ``given`` says.
        given: such as ``water=2, forest=0.5``; classes that it does not name have the weight 1.
        dataset: whose classes they are.

    Raises:
        InputError: ``given`` cannot be read, or names a class that is none.
    """
    if way == "balanced":
        return balanced_weights(dataset.splits["train"].pixels)
    weights = np.ones(len(dataset.classes))
    if way == "given":
        for name, weight in _read(given).items():
            index = dataset.classes.index(name)
            if index is None:
                raise InputError(
                    "A class weight is given for a class that the dataset has not.",
                    expected=", ".join(dataset.classes.names),
                    received=name,
                )
            weights[index] = weight
    return weights


def balanced_weights(pixels: Sequence[int]) -> NDArray[np.float64]:
    """Weights by which all classes count the same in the sum over their pixels; their mean pixel counts 1."""
    counts = np.array(pixels, np.float64)
    present = counts > 0
    weights = np.zeros(len(counts))
    weights[present] = counts.sum() / (present.sum() * counts[present])
    return weights


def _read(text: str) -> dict[str, float]:
    weights = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = part.rpartition("=")
        try:
            weight = float(value)
        except ValueError:
            weight = -1.0
        if not name or not 0 <= weight < math.inf:
            raise _unreadable(part)
        weights[name.strip()] = weight
    if not weights:
        raise _unreadable(text)
    return weights


def _unreadable(text: str) -> InputError:
    return InputError(
        "The class weights cannot be read.",
        expected="name=weight with commas between, such as water=2, forest=0.5; weights from 0 on",
        received=text or "nothing",
    )
