"""Fields of a network: how far it looks, and on which grid it may be applied block by block.

A fully convolutional network gives the same value for a pixel in every block that is large enough around
it, provided that (1) blocks start on multiples of the *total stride*, so that strided layers see the same
phase, and (2) pixels nearer to the block's border than the *valid margin*, which padding reaches, are
cropped.  Both follow from the layer graph, walked from the inputs to the output with the extent of each
tensor along one axis: its size, and its first and last valid pixel, those that would be the same if the
block were larger.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import keras

from ..errors import InputError
from .fields import Fields
from .layer_rules import Extent, through
from .reach import ImagesDoNotFit, Reach, receptive_field

# More pixels than any network looks through; all usual strides divide it.
_SIZE = 2**16 * 3**6 * 5**4 * 7**3 * 11 * 13


class Extents(dict[int, Extent]):
    """Extents of a layer graph's tensors by their id; tensors without extent are the same at each pixel.

    Attributes:
        inner: extents within models that are used as layers, by the id of the call: a model may be called several
            times, with images of different resolution.
    """

    def __init__(self) -> None:
        super().__init__()
        self.inner: dict[int, Extents] = {}

    @property
    def stride(self) -> int:
        """Pixels of the reference after which all strided layers see the same phase."""
        within = (extents.stride for extents in self.inner.values())
        return math.lcm(*(extent.scale.numerator for extent in self.values()), *within)


def fields_of(model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None) -> Fields:
    """Fields of a Keras model for one of its outputs; arguments and errors are those of `reach_of`."""
    return reach_of(model, output, ratios).fields


def reach_of(model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None) -> Reach:
    """How far a Keras model looks for one of its outputs.

    Args:
        model: functional, with image inputs [batch, y, x, bands]; inputs of lower rank are the same for all blocks.
        output: name of an image output.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.

    Raises:
        WholeImage: a layer's reach has no end.
        UnknownReach: a layer is not known.
        InputError: the output does not lie on the reference's ground.
    """
    result = id(output_tensors(model)[output])
    extents = [extents_of(model, output, axis, ratios) for axis in (0, 1)]
    found = [one[result] for one in extents]
    for one in found:
        if one.size * one.scale != _SIZE:
            raise InputError(
                "The output of the network does not cover the ground of its input.",
                expected="layers that pad the image by as much as they shrink it, such as those with padding 'same'",
                received=f"an output {abs(one.size - int(_SIZE / one.scale))} pixels too "
                + ("small" if one.size * one.scale < _SIZE else "large"),
            )
    scale = found[0].scale
    if found[1].scale != scale:
        raise InputError(
            "The network treats rows and columns differently.", received=f"strides {scale}, {found[1].scale}"
        )
    stride = math.lcm(*(one.stride for one in extents))
    before, after = max(one.first for one in found), max(one.size - 1 - one.last for one in found)
    start, end = _SIZE // 4, _SIZE // 2
    sides = []
    for axis in (0, 1):
        inner = [
            extents_of(model, output, axis, ratios, first=start + offset, end=end + offset)[result]
            for offset in range(stride)
        ]
        firsts = [one.first - start // scale for one in inner]
        lasts = [one.last - end // scale for one in inner]
        sides.append(receptive_field(firsts, lasts, stride, stride // scale))
    return Reach(Fields(stride, max(before, after), scale), before, after, max(sides))


def output_tensors(model: keras.Model) -> dict[str, Any]:
    """The outputs by name: by their keys, or else by the layers that give them."""
    if isinstance(model.output, dict):
        return dict(sorted(model.output.items()))
    return {tensor._keras_history.operation.name: tensor for tensor in model.outputs}


def extents_of(
    model: keras.Model,
    output: str,
    axis: int,
    ratios: Mapping[str, Fraction] | None = None,
    *,
    size: int = _SIZE,
    first: int = 0,
    end: int | None = None,
) -> Extents:
    """Extents of all tensors between the inputs and an output.

    Args:
        model: as for `reach_of`.
        output: as for `reach_of`.
        axis: 0 from row to row, 1 from column to column.
        ratios: as for `reach_of`.
        size: of the reference, in pixels.
        first: its first valid pixel.
        end: the pixel behind its last valid one; None: they are valid up to the border.

    Raises:
        InputError: as for `reach_of`; or images of this size do not fit together in the network.
    """
    tensor = output_tensors(model)[output]
    extents = Extents()
    for given in model.inputs:
        if len(given.shape) == 4:
            scale = Fraction((ratios or {}).get(given.name, 1))
            last = math.floor((size if end is None else end) / scale) - 1
            extents[id(given)] = Extent(scale, int(size / scale), math.ceil(first / scale), last)
    _walk(model, [tensor], extents, axis)
    if id(tensor) not in extents:
        raise InputError("The output of the network is no image.", received=f"{output} of shape {tensor.shape}")
    return extents


def _walk(model: Any, outputs: list[Any], extents: Extents, axis: int) -> None:
    """Add the extents of all tensors between the inputs, whose extents are there, and the outputs."""
    for node in calls_of(model, outputs):
        operation = node.operation
        given = [extents[id(tensor)] for tensor in node.input_tensors if id(tensor) in extents]
        inner = inner_model(operation)
        if inner is not None:
            within = extents.inner[id(node)] = Extents()
            for own, tensor in zip(inner.inputs, node.input_tensors):
                if id(tensor) in extents:
                    within[id(own)] = extents[id(tensor)]
            _walk(inner, inner.outputs, within, axis)
            for own, tensor in zip(inner.outputs, node.output_tensors):
                if id(own) in within:
                    extents[id(tensor)] = within[id(own)]
        elif given:
            if len({(extent.scale, extent.size) for extent in given}) > 1:
                raise ImagesDoNotFit(
                    f"The layer {operation.name} joins images of different size.",
                    received=", ".join(f"{extent.size} pixels of size × {extent.scale}" for extent in given),
                )
            valid = replace(given[0], first=max(one.first for one in given), last=min(one.last for one in given))
            for tensor in node.output_tensors:
                extents[id(tensor)] = through(node, valid, axis)


def inner_model(operation: Any) -> Any:
    """The layer graph of a model that is used as a layer; None for other layers, and for models without graph."""
    inner = operation._functional if isinstance(operation, keras.Sequential) else operation
    return inner if isinstance(inner, keras.Model) and hasattr(inner, "_nodes_by_depth") else None


def calls_of(model: Any, outputs: list[Any]) -> list[Any]:
    """The calls of layers that the outputs depend on, in the order of computation."""
    depths = model._nodes_by_depth
    needed, nodes = {id(tensor) for tensor in outputs}, []
    for node in (node for depth in sorted(depths) for node in depths[depth]):
        if not node.is_input and any(id(tensor) in needed for tensor in node.output_tensors):
            nodes.append(node)
            needed |= {id(tensor) for tensor in node.input_tensors}
    return nodes[::-1]
