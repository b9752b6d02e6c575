"""Fields of a network from its layers: total stride, valid margin and receptive field.

A fully convolutional network gives the same value for a pixel in every block that contains enough of its surroundings,
if (1) blocks start on multiples of the *total stride*, so that strided layers put their kernels on the same pixels, and
(2) output pixels nearer to the block's border than the *valid margin*, which padding reaches, are cropped.  Both follow
from the layer graph, walked from the inputs to the output with the *valid range* of each tensor along one axis: the
pixels that would be the same if the block were larger (see `layer_rules`).

For example, a block of 16 pixels in a network with one skip connection::

    tensor                          pixel size  pixels  valid
    image                                    1      16  0 … 15
    conv, kernel 3                           1      16  1 … 14
    pool, size 2                             2       8  1 …  6
    deep, kernel 3                           2       8  2 …  5
    up, up-sampling by 2                     1      16  4 … 11
    sum of conv and up                       1      16  4 … 11   the pixels that are valid in both

4 pixels are lost on each side: the valid margin is 4.  The coarsest pixels are 2 wide: the total stride is 2.  What is
computed here is the same with a block so large that its borders do not influence each other, and gives the receptive
field as well: how far the valid range of the output shrinks if the image is valid in a part only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import keras

from ..errors import InputError
from ..language import tr
from .fields import Fields
from .internals import LayerCall, calls_by_depth, functional_model, layer_of
from .layer_rules import ValidRange, output_range
from .receptive_field import IncompatibleImageSizes, ReceptiveField, UnknownReceptiveField, receptive_field_size

# Pixels of a block that is larger than any receptive field; all usual strides divide it.
_SIZE = 2**16 * 3**6 * 5**4 * 7**3 * 11 * 13


class ValidRanges(dict[int, ValidRange]):
    """Valid ranges of the tensors of a layer graph by their id.  Tensors without one are the same at each pixel.

    Attributes:
        inner: valid ranges within models that are used as layers, by call: a model may be called several times, with
            images of different resolution.
    """

    def __init__(self) -> None:
        super().__init__()
        self.inner: dict[LayerCall, ValidRanges] = {}

    @property
    def stride(self) -> int:
        """Pixels of the reference after which all strided layers put their kernels on the same pixels again."""
        inner = (ranges.stride for ranges in self.inner.values())
        return math.lcm(*(valid.scale.numerator for valid in self.values()), *inner)


def fields_of(model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None) -> Fields:
    """Compute the fields of a Keras model for one of its outputs.

    Args:
        model: as for `receptive_field_of`.
        output: as for `receptive_field_of`.
        ratios: as for `receptive_field_of`.

    Raises:
        InputError: as for `receptive_field_of`.
    """
    return receptive_field_of(model, output, ratios).fields


def receptive_field_of(model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None) -> ReceptiveField:
    """Compute the receptive field of a Keras model for one of its outputs.

    Args:
        model: functional, with image inputs [batch, y, x, bands]; inputs of lower rank are the same for all blocks.
        output: name of an image output.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.

    Raises:
        UnlimitedReceptiveField: the output depends on the whole image.
        UnknownReceptiveField: there is no rule for a layer.
        InputError: the output does not cover the area of the reference.
    """
    result = id(output_tensors(model)[output])
    ranges = [valid_ranges_of(model, output, axis, ratios) for axis in (0, 1)]
    found = [along[result] for along in ranges]
    for valid in found:
        _check_size(valid)
    scale = found[0].scale
    if found[1].scale != scale:
        raise InputError(
            tr("The network has different strides along rows and columns."),
            expected=tr("outputs with square pixels"),
            received=tr("strides {vertical} and {horizontal}").format(vertical=scale, horizontal=found[1].scale),
        )
    stride = math.lcm(*(along.stride for along in ranges))
    before, after = max(valid.first for valid in found), max(valid.size - 1 - valid.last for valid in found)
    start, end = _SIZE // 4, _SIZE // 2
    sides = []
    for axis in (0, 1):
        shifted = [
            valid_ranges_of(model, output, axis, ratios, first=start + offset, end=end + offset)[result]
            for offset in range(stride)
        ]
        firsts = [valid.first - start // scale for valid in shifted]
        lasts = [valid.last - end // scale for valid in shifted]
        sides.append(receptive_field_size(firsts, lasts, stride, stride // scale))
    return ReceptiveField(Fields(stride, max(before, after), scale), before, after, max(sides))


def _check_size(valid: ValidRange) -> None:
    """Raise `InputError` if an output is smaller or larger than the reference."""
    expected = int(_SIZE / valid.scale)
    if valid.size * valid.scale != _SIZE:
        small, large = tr("an output {size} pixels too small"), tr("an output {size} pixels too large")
        raise InputError(
            tr("The output of the network does not cover the area of its input."),
            expected=tr("layers that pad the image by as much as they shrink it, such as those with padding 'same'"),
            received=(small if valid.size * valid.scale < _SIZE else large).format(size=abs(valid.size - expected)),
        )


def output_tensors(model: keras.Model) -> dict[str, Any]:
    """The outputs of a Keras model by name: by their keys, or else by the layers that give them.

    Returns:
        Symbolic tensors.
    """
    if isinstance(model.output, dict):
        return dict(sorted(model.output.items()))
    return {layer_of(tensor).name: tensor for tensor in model.outputs}


def valid_ranges_of(
    model: keras.Model,
    output: str,
    axis: int,
    ratios: Mapping[str, Fraction] | None = None,
    *,
    size: int = _SIZE,
    first: int = 0,
    end: int | None = None,
) -> ValidRanges:
    """Compute the valid ranges of all tensors between the inputs and an output.

    Args:
        model: as for `receptive_field_of`.
        output: as for `receptive_field_of`.
        axis: 0: along y, 1: along x.
        ratios: as for `receptive_field_of`.
        size: of the reference, in pixels.
        first: first valid pixel of the reference.
        end: the pixel behind its last valid one; None: they are valid up to the border.

    Raises:
        InputError: as for `receptive_field_of`; or the sizes of images that a layer joins differ.
    """
    tensor = output_tensors(model)[output]
    ranges = ValidRanges()
    for image in model.inputs:
        if len(image.shape) == 4:
            scale = Fraction((ratios or {}).get(image.name, 1))
            last = math.floor((size if end is None else end) / scale) - 1
            ranges[id(image)] = ValidRange(scale, int(size / scale), math.ceil(first / scale), last)
    _walk(model, [tensor], ranges, axis)
    if id(tensor) not in ranges:
        raise InputError(
            tr("The output {output} of the network is no image.").format(output=output),
            expected=tr("an output [batch, y, x, bands]"),
            received=tr("shape {shape}").format(shape=tensor.shape),
        )
    return ranges


def _walk(model: Any, outputs: list[Any], ranges: ValidRanges, axis: int) -> None:
    """Add the valid ranges of all tensors between the inputs, whose ranges are known, and the outputs."""
    for call in calls_of(model, outputs):
        given = [ranges[id(tensor)] for tensor in call.inputs if id(tensor) in ranges]
        inner = functional_model(call.operation)
        if call.is_in_training:
            raise UnknownReceptiveField(call.operation.name, tr("a call with training=True"))
        if inner is not None:
            inside = ranges.inner[call] = ValidRanges()
            for own, tensor in zip(inner.inputs, call.inputs):
                if id(tensor) in ranges:
                    inside[id(own)] = ranges[id(tensor)]
            _walk(inner, inner.outputs, inside, axis)
            for own, tensor in zip(inner.outputs, call.outputs):
                if id(own) in inside:
                    ranges[id(tensor)] = inside[id(own)]
        elif given:
            if len({(valid.scale, valid.size) for valid in given}) > 1:
                raise IncompatibleImageSizes(
                    tr("The layer {name} joins images of different sizes.").format(name=call.operation.name),
                    expected=tr("inputs whose pixel sizes have the ratios that the network was made for"),
                    received=", ".join(
                        tr("{size} pixels of size × {scale}").format(size=valid.size, scale=valid.scale)
                        for valid in given
                    ),
                )
            joined = replace(
                given[0], first=max(valid.first for valid in given), last=min(valid.last for valid in given)
            )
            for tensor in call.outputs:
                ranges[id(tensor)] = output_range(call, joined, axis)


def calls_of(model: Any, outputs: list[Any]) -> list[LayerCall]:
    """List the calls of layers that some outputs depend on, in the order of computation.

    Args:
        model: functional.
        outputs: symbolic tensors of the model.
    """
    needed, calls = {id(tensor) for tensor in outputs}, []
    for call in (call for depth in reversed(calls_by_depth(model)) for call in depth):
        if call.inputs and any(id(tensor) in needed for tensor in call.outputs):
            calls.append(call)
            needed |= {id(tensor) for tensor in call.inputs}
    return calls[::-1]
