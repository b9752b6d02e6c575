"""How much memory a network's tensors take while it runs, from its layer graph."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import keras

from .internals import functional_model
from .layer_fields import ValidRanges, calls_of, output_tensors, valid_ranges_of

_BYTES = 4  # of a float32


def bytes_per_pixel(model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None) -> float:
    """Maximum memory of the tensors that exist at the same time, for each pixel of the reference.

    A tensor exists from the layer that makes it to the last one that takes it.

    Args:
        model: functional, with image inputs [batch, y, x, bands].
        output: name of the output that is computed.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.

    Returns:
        Bytes.

    Raises:
        InputError: there is no rule for a layer, so that the size of its output is not known.
    """
    ranges = [valid_ranges_of(model, output, axis, ratios) for axis in (0, 1)]
    return _peak(model, [output_tensors(model)[output]], ranges)


def _peak(model: Any, outputs: list[Any], ranges: list[ValidRanges]) -> float:
    """The maximum of bytes at a time between the inputs and the outputs, both included."""
    calls = calls_of(model, outputs)
    last_use = {id(tensor): number for number, call in enumerate(calls) for tensor in call.inputs}
    last_use.update((id(tensor), len(calls)) for tensor in outputs)

    current = peak = _size(model.inputs, ranges)
    for number, call in enumerate(calls):
        made = _size((tensor for tensor in call.outputs if id(tensor) in last_use), ranges)
        inner = functional_model(call.operation)
        peak = max(peak, current + made)
        if inner is not None:
            inside = [along.inner[call] for along in ranges]
            peak = max(peak, current + _peak(inner, inner.outputs, inside) - _size(inner.inputs, inside))
        freed = (tensor for tensor in call.inputs if last_use[id(tensor)] == number)
        current += made - _size(freed, ranges)
    return peak


def _size(tensors: Iterable[Any], ranges: list[ValidRanges]) -> float:
    """Bytes of tensors for each pixel of the reference, each counted once; those that are no images take none."""
    rows, cols = ranges
    images = {id(tensor): tensor for tensor in tensors if id(tensor) in rows}
    return sum(
        _BYTES * math.prod(tensor.shape[3:]) / float(rows[key].scale * cols[key].scale)
        for key, tensor in images.items()
    )
