"""How much memory a network's tensors take while it runs, from its layer graph."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import keras

from .layer_fields import calls_of, extents_of, inner_model, output_tensors

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
    sizes: dict[int, float] = {}
    extents = extents_of(model, output, 0, ratios), extents_of(model, output, 1, ratios)
    for key, extent in extents[0].items():
        sizes[key] = _BYTES / float(extent.scale * extents[1][key].scale)
    return _most(model, [output_tensors(model)[output]], sizes)


def _most(model: Any, outputs: list[Any], sizes: Mapping[int, float]) -> float:
    """The most bytes at a time between the inputs and the outputs, both included."""
    calls = calls_of(model, outputs)
    taken_last = {id(tensor): number for number, call in enumerate(calls) for tensor in call.input_tensors}
    taken_last.update((id(tensor), len(calls)) for tensor in outputs)

    def size(tensors: Any) -> float:
        each = {id(tensor): tensor for tensor in tensors}
        return sum(sizes.get(key, 0.0) * math.prod(tensor.shape[3:]) for key, tensor in each.items())

    there = most = size(model.inputs)
    for number, call in enumerate(calls):
        made = size(tensor for tensor in call.output_tensors if id(tensor) in taken_last)
        inner = inner_model(call.operation)
        within = _most(inner, inner.outputs, sizes) - size(inner.inputs) if inner is not None else made
        most = max(most, there + max(made, within))
        there += made - size(tensor for tensor in call.input_tensors if taken_last[id(tensor)] == number)
    return most
