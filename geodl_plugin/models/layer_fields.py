"""Fields of a network: how far it looks, and on which grid it may be applied block by block.

A fully convolutional network gives the same value for a pixel in every block that is large enough around
it, provided that (1) blocks start on multiples of the *total stride*, so that strided layers see the same
phase, and (2) pixels nearer to the block's border than the *valid margin*, which padding reaches, are
cropped.  Both follow from the layer graph: going backward from the output, each layer turns an interval
of its output's pixels into the interval of input pixels that they depend on.

For a convolution of kernel ``k``, dilation ``d`` and stride ``s`` with padding *same* on an input whose
size is a multiple of ``s``, ``p = max((k-1)·d + 1 - s, 0) // 2`` pixels are padded before, and output
pixels ``a…b`` depend on inputs ``a·s - p … b·s - p + (k-1)·d``.  A transposed convolution is its
adjoint: output pixel ``o`` depends on inputs ``i`` with ``i·s - p ≤ o ≤ i·s - p + k - 1``.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import keras

from ..errors import InputError
from ..fields import Fields

Interval = tuple[int, int]

_POINTWISE = {
    "Activation", "Add", "BatchNormalization", "Cast", "Concatenate", "Dropout", "ELU", "FillNodata",
    "GELU", "InputLayer", "LeakyReLU", "Maximum", "Multiply", "Normalization", "PReLU", "ReLU", "Relu",
    "Rescaling", "Softmax", "SpatialDropout2D", "Subtract",
}  # fmt: skip
_CONVOLUTIONS = {"Conv2D", "DepthwiseConv2D", "SeparableConv2D"}
_POOLINGS = {"MaxPooling2D", "AveragePooling2D"}


def fields_of(model: keras.Model, output: str) -> Fields:
    """Fields of a Keras model with one image input grid, for one of its outputs.

    Raises:
        InputError: a layer's reach is unknown or has no end.
    """
    operations = [operation for operation in model.operations if type(operation).__name__ != "InputLayer"]
    scales = {id(tensor): Fraction(1) for tensor in model.inputs}
    for operation in operations:
        sources = _tensors(operation.input)
        scale = scales[id(sources[0])] * _step(operation)
        for tensor in _tensors(operation.output):
            scales[id(tensor)] = scale
    last = model.output[output] if isinstance(model.output, dict) else model.output
    stride = math.lcm(*(scale.numerator for scale in scales.values()))
    scale = scales[id(last)]
    if scale.denominator != 1:
        raise InputError("The output of the network is finer than its input.", received=f"pixel size × {scale}")
    period = stride // scale.numerator
    before = after = 0
    for pixel in range(period):
        first, end = _reach(operations, model.inputs, last, pixel)
        # Pixel `pixel + n·period` looks as far back from the border as `first + n·stride`.
        repeats = -(-max(0, -first) // stride)
        if repeats:
            before = max(before, pixel + (repeats - 1) * period + 1)
        repeats = max(0, end - stride) // stride + 1 if end >= stride else 0
        if repeats:
            after = max(after, period - pixel + (repeats - 1) * period)
    return Fields(stride, max(before, after), scale.numerator)


def _reach(operations: list[Any], inputs: list[Any], last: Any, pixel: int) -> Interval:
    needs: dict[int, Interval] = {id(last): (pixel, pixel)}
    for operation in reversed(operations):
        wanted = [needs[id(tensor)] for tensor in _tensors(operation.output) if id(tensor) in needs]
        if not wanted:
            continue
        reached = _backward(operation, min(first for first, _ in wanted), max(end for _, end in wanted))
        for tensor in _tensors(operation.input):
            first, end = needs.get(id(tensor), reached)
            needs[id(tensor)] = (min(first, reached[0]), max(end, reached[1]))
    found = [needs[id(tensor)] for tensor in inputs if id(tensor) in needs]
    return min(first for first, _ in found), max(end for _, end in found)


def _step(operation: Any) -> Fraction:
    """Pixel size of the output / pixel size of the input."""
    kind = type(operation).__name__
    if kind in _CONVOLUTIONS or kind in _POOLINGS:
        return Fraction(_one(operation.strides))
    if kind == "Conv2DTranspose":
        return Fraction(1, _one(operation.strides))
    if kind == "UpSampling2D":
        return Fraction(1, _one(operation.size))
    if kind in _POINTWISE:
        return Fraction(1)
    raise InputError(
        f"The reach of the layer {operation.name} ({kind}) is not known.",
        expected="convolutions, poolings, up-sampling and layers that work pixel by pixel",
        remedy="Give the receptive field, expression field and crop yourself.",
    )


def _backward(operation: Any, first: int, end: int) -> Interval:
    """The input pixels that output pixels ``first``…``end`` depend on."""
    kind = type(operation).__name__
    if kind in _CONVOLUTIONS or kind in _POOLINGS:
        size = _one(operation.kernel_size if kind in _CONVOLUTIONS else operation.pool_size)
        dilation = _one(operation.dilation_rate) if kind in _CONVOLUTIONS else 1
        stride, reach = _one(operation.strides), (size - 1) * dilation
        if operation.padding != "same" and reach + 1 > stride:
            raise InputError(
                f"The layer {operation.name} shrinks the image.", expected="padding 'same'", received=operation.padding
            )
        padded = max(reach + 1 - stride, 0) // 2
        return first * stride - padded, end * stride - padded + reach
    if kind == "Conv2DTranspose":
        size, stride = _one(operation.kernel_size), _one(operation.strides)
        padded = max(size - stride, 0) // 2
        return -((size - 1 - first - padded) // stride), (end + padded) // stride
    if kind == "UpSampling2D":
        size = _one(operation.size)
        if operation.interpolation == "nearest":
            return first // size, end // size
        return (2 * first + 1 - size) // (2 * size), (2 * end + 1 - size) // (2 * size) + 1
    return first, end


def _one(sizes: Any) -> int:
    """The size along both axes, which must be the same."""
    values = {sizes} if isinstance(sizes, int) else set(sizes)
    if len(values) > 1:
        raise InputError("A layer treats rows and columns differently.", received=str(sizes))
    return int(values.pop())


def _tensors(nested: Any) -> list[Any]:
    return keras.tree.flatten(nested)  # type: ignore[no-any-return]
