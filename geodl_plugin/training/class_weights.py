"""How much a labelled pixel counts, by its class."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..datasets.description import DatasetDescription
from ..errors import InputError


def class_weights(way: str, given: str, dataset: DatasetDescription) -> NDArray[np.float64]:
    """Weights by class index.

    Args:
        way: ``none``: all 1; ``balanced``: see `balanced_weights`; ``given``: as ``given`` says.
        given: such as ``water=2, "forest, dense"=0.5``: names with commas stand in quotes, as in CSV; classes that it
            does not name have the weight 1.
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
                    expected=", ".join(_quoted(one) for one in dataset.classes.names),
                    received=_quoted(name),
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
        "The class weights cannot be read.",
        expected="name=weight with commas between, such as water=2, forest=0.5; names with commas in quotes, as in "
        '"forest, dense"=2; weights from 0 on',
        received=text or "nothing",
    )
