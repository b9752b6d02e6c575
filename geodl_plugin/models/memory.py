"""How much memory a network's tensors take while it runs, from its layer graph."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import keras

from .layer_fields import Extents, calls_of, extents_of, inner_model, output_tensors

_BYTES = 4  # of a float32


def bytes_per_pixel(model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None) -> float:
    """Bytes of the tensors that are there at a time, at most, for each pixel of the reference.

    A tensor is there from the layer that makes it to the last one that takes it.

    Args:
        model: functional, with image inputs [batch, y, x, bands].
        output: name of the output that is computed.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.

    Raises:
        InputError: the reach of a layer is not known, so that its pixels are not either.
    """
    extents = [extents_of(model, output, axis, ratios) for axis in (0, 1)]
    return _most(model, [output_tensors(model)[output]], extents)


def _most(model: Any, outputs: list[Any], extents: list[Extents]) -> float:
    """The most bytes at a time between the inputs and the outputs, both included."""
    calls = calls_of(model, outputs)
    taken_last = {id(tensor): number for number, call in enumerate(calls) for tensor in call.input_tensors}
    taken_last.update((id(tensor), len(calls)) for tensor in outputs)

    there = most = _size(model.inputs, extents)
    for number, call in enumerate(calls):
        made = _size((tensor for tensor in call.output_tensors if id(tensor) in taken_last), extents)
        inner = inner_model(call.operation)
        most = max(most, there + made)
        if inner is not None:
            within = [one.inner[id(call)] for one in extents]
            most = max(most, there + _most(inner, inner.outputs, within) - _size(inner.inputs, within))
        done = (tensor for tensor in call.input_tensors if taken_last[id(tensor)] == number)
        there += made - _size(done, extents)
    return most


def _size(tensors: Iterable[Any], extents: list[Extents]) -> float:
    """Bytes of tensors for each pixel of the reference, each counted once; those that are no images take none."""
    rows, cols = extents
    each = {id(tensor): tensor for tensor in tensors if id(tensor) in rows}
    return sum(
        _BYTES * math.prod(tensor.shape[3:]) / float(rows[key].scale * cols[key].scale) for key, tensor in each.items()
    )
