"""Weights with which a network hides nothing of how far it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray


@contextmanager
def revealing_weights(variables: Sequence[Any]) -> Iterator[Callable[[bool], None]]:
    """Gives a function that sets other weights (False) or the network's own (True), which are there again in the end.

    Kernels are positive with large corners, scaled so that a layer gives values of the size of what it takes;
    all vectors are 1, which makes normalisation by batch leave values as they are.
    """
    floating = [one for one in variables if one.dtype in ("float32", "float64", "float16", "bfloat16") and one.shape]
    own = [one.numpy() for one in floating]
    rng = np.random.default_rng(0)
    other = [_positive(rng, tuple(one.shape)) for one in floating]
    state = True

    def use_own(wanted: bool) -> None:
        nonlocal state
        if wanted != state:
            for variable, value in zip(floating, own if wanted else other):
                variable.assign(value)
            state = wanted

    try:
        yield use_own
    finally:
        use_own(True)


def _positive(rng: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float32]:
    if len(shape) == 1:
        return np.ones(shape, np.float32)
    weights = rng.uniform(0.5, 1.5, shape)
    summed = shape[-2]
    if len(shape) == 4:
        height, width, _, filters = shape
        if filters == 1 and height * width > 1:  # each channel has a kernel of its own
            summed = 1
        corners = np.ix_(sorted({0, height - 1}), sorted({0, width - 1}))
        weights[corners] *= 50
        summed *= 50 * min(4, height * width)
    return (weights / summed).astype(np.float32)
