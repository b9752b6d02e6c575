"""Weights for measuring the receptive field of a network: every pixel that it depends on shows in its output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray


@contextmanager
def positive_weights(variables: Sequence[Any]) -> Iterator[Callable[[bool], None]]:
    """Yield a function that sets positive weights (False) or the network's own (True), which are restored at the end.

    Positive kernels leave no unit dead and let nothing cancel.  Their corners, which depend on the farthest pixels, are
    the largest.  They are scaled so that a layer gives values of the magnitude of its input; all vectors are 1, so that
    batch normalisation leaves values unchanged.

    Args:
        variables: of the network.
    """
    floating = [
        variable
        for variable in variables
        if variable.dtype in ("float32", "float64", "float16", "bfloat16") and variable.shape
    ]
    own = [variable.numpy() for variable in floating]
    rng = np.random.default_rng(0)
    positive = [_positive(rng, tuple(variable.shape)) for variable in floating]
    are_own = True

    def use_own(wanted: bool) -> None:
        nonlocal are_own
        if wanted != are_own:
            for variable, value in zip(floating, own if wanted else positive):
                variable.assign(value)
            are_own = wanted

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
