"""Fields of a network: how far it looks, and on which grid it may be applied block by block.

A fully convolutional network gives the same value for a pixel in every block that is large enough around
it, provided that (1) blocks start on multiples of the *total stride*, so that strided layers see the same
phase, and (2) pixels nearer to the block's border than the *valid margin*, which padding reaches, are
cropped.  Both follow from the layer graph, walked from the inputs to the output with the extent of each
tensor along one axis: its size, and its first and last valid pixel, those that would be the same if the
block were larger.

For a convolution of reach ``r = (kernel - 1)·dilation`` and stride ``s`` that pads ``p`` pixels before,
output pixel ``o`` depends on inputs ``o·s - p … o·s - p + r``.  A transposed convolution is its adjoint:
``o`` depends on inputs ``i`` with ``i·s - p ≤ o ≤ i·s - p + r``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import keras

from ..errors import InputError
from ..fields import Fields

# More pixels than any network looks through; all usual strides divide it.
_SIZE = 2**16 * 3**6 * 5**4 * 7**3 * 11 * 13

_POINTWISE = {
    "Abs", "Absolute", "Activation", "Add", "ApplyMask", "Cast", "Clip", "Divide", "Dropout", "ELU", "Elu",
    "Equal", "Exp", "FillNodata", "GaussianDropout", "GaussianNoise", "GELU", "Gelu", "Greater", "GreaterEqual",
    "HardSigmoid", "HardSilu", "LayerScale", "LeakyReLU", "LeakyRelu", "Less", "LessEqual", "Log", "Log1p",
    "LogicalAnd", "LogicalNot", "LogicalOr", "Maximum", "Minimum", "Multiply", "Negative", "NotEqual", "Power",
    "PReLU", "ReLU", "Relu", "Relu6", "Rescaling", "ScalarsTile", "Sigmoid", "Silu", "Softplus", "SpatialDropout2D",
    "Sqrt", "Square", "StochasticDepth", "Subtract", "Tanh", "TrueDivide", "Where",
}  # fmt: skip
_POINTWISE_FUNCTIONS = {
    "cast", "clip_by_value", "identity", "stop_gradient", "where", "math.abs", "math.add", "math.divide",
    "math.divide_no_nan", "math.exp", "math.log", "math.log1p", "math.maximum", "math.minimum", "math.multiply",
    "math.negative", "math.pow", "math.sigmoid", "math.sqrt", "math.square", "math.subtract", "math.tanh", "nn.relu",
    "nn.relu6",
}  # fmt: skip
# Over the bands of a pixel, if their axis is the last.
_ACROSS_BANDS = {
    "Argmax", "Average", "BatchNormalization", "Concatenate", "LayerNormalization", "LogSoftmax", "Max", "Mean", "Min",
    "Normalization", "Softmax", "Sum", "UnitNormalization",
}  # fmt: skip
_WHOLE_IMAGE = {
    "AdditiveAttention", "Attention", "Flatten", "GlobalAveragePooling2D", "GlobalMaxPooling2D",
    "GroupNormalization", "GroupQueryAttention", "MultiHeadAttention",
}  # fmt: skip


@dataclass(frozen=True)
class _Extent:
    """A tensor along one axis.

    Args:
        scale: pixel size / that of the reference.
        size: in pixels.
        first: first valid pixel.
        last: last valid pixel.
    """

    scale: Fraction
    size: int
    first: int
    last: int


_Extents = dict[int, _Extent]  # by the id of the tensor; those without extent are the same at each pixel


def fields_of(model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None) -> Fields:
    """Fields of a Keras model for one of its outputs.

    Args:
        model: functional, with image inputs [batch, y, x, bands]; inputs of lower rank are the same for all blocks.
        output: name of an image output.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.

    Raises:
        InputError: a layer's reach is unknown or has no end, or the output does not lie on the reference's ground.
    """
    last = model.output[output] if isinstance(model.output, dict) else model.output
    strides, margins, scales = [], [], []
    for axis in (0, 1):
        extents = {}
        for tensor in model.inputs:
            if len(tensor.shape) == 4:
                scale = Fraction((ratios or {}).get(tensor.name, 1))
                size = int(_SIZE / scale)
                extents[id(tensor)] = _Extent(scale, size, 0, size - 1)
        _walk(model, [last], extents, axis)
        if id(last) not in extents:
            raise InputError("The output of the network is no image.", received=f"{output} of shape {last.shape}")
        result = extents[id(last)]
        if result.size * result.scale != _SIZE:
            raise InputError(
                "The output of the network does not cover the ground of its input.",
                expected="layers that pad the image by as much as they shrink it, such as those with padding 'same'",
                received=f"an output {abs(result.size - int(_SIZE / result.scale))} pixels too "
                + ("small" if result.size * result.scale < _SIZE else "large"),
            )
        strides += [extent.scale.numerator for extent in extents.values()]
        margins += [result.first, result.size - 1 - result.last]
        scales.append(result.scale)
    if scales[0] != scales[1]:
        raise InputError(
            "The network treats rows and columns differently.", received=f"strides {scales[0]}, {scales[1]}"
        )
    if scales[0].denominator != 1:
        raise InputError("The output of the network is finer than its input.", received=f"pixel size × {scales[0]}")
    return Fields(math.lcm(*strides), max(margins), scales[0].numerator)


def _walk(model: Any, outputs: list[Any], extents: _Extents, axis: int) -> None:
    """Add the extents of all tensors between the inputs, whose extents are there, and the outputs."""
    for node in _nodes(model, outputs):
        operation = node.operation
        given = [extents[id(tensor)] for tensor in node.input_tensors if id(tensor) in extents]
        if not given:
            continue
        inner = operation._functional if isinstance(operation, keras.Sequential) else operation
        if isinstance(inner, keras.Model):
            extents |= {
                id(own): extents[id(tensor)]
                for own, tensor in zip(inner.inputs, node.input_tensors)
                if id(tensor) in extents
            }
            _walk(inner, inner.outputs, extents, axis)
            found = {id(tensor): extents.get(id(own)) for own, tensor in zip(inner.outputs, node.output_tensors)}
            extents |= {key: extent for key, extent in found.items() if extent}
        else:
            if len({(extent.scale, extent.size) for extent in given}) > 1:
                raise InputError(
                    f"The layer {operation.name} joins images of different size.",
                    received=", ".join(f"pixel size × {extent.scale}" for extent in given),
                )
            valid = replace(given[0], first=max(one.first for one in given), last=min(one.last for one in given))
            for tensor in node.output_tensors:
                extents[id(tensor)] = _through(node, valid, axis)


def _nodes(model: Any, outputs: list[Any]) -> list[Any]:
    """The calls of layers that the outputs depend on, in the order of computation."""
    depths = model._nodes_by_depth
    needed, nodes = {id(tensor) for tensor in outputs}, []
    for node in (node for depth in sorted(depths) for node in depths[depth]):
        if not node.is_input and any(id(tensor) in needed for tensor in node.output_tensors):
            nodes.append(node)
            needed |= {id(tensor) for tensor in node.input_tensors}
    return nodes[::-1]


def _through(node: Any, given: _Extent, axis: int) -> _Extent:
    """The extent of a layer's output."""
    operation, kind = node.operation, type(node.operation).__name__
    if kind in _RULES:
        return _RULES[kind](operation, given, axis)
    if _is_pointwise(node):
        return given
    if kind in _WHOLE_IMAGE:
        raise InputError(
            f"The layer {operation.name} ({kind}) looks at the whole image: the network's field has no end.",
            expected="a fully convolutional network, if it is to be applied block by block without seams",
            remedy="Give the receptive field, expression field and crop yourself.",
        )
    raise InputError(
        f"The reach of the layer {operation.name} ({kind}) is not known.",
        expected="convolutions, poolings, up-sampling and layers that work pixel by pixel",
        remedy="Give the receptive field, expression field and crop yourself.",
    )


def _is_pointwise(node: Any) -> bool:
    """Whether each pixel of the output depends on the same pixel of the inputs only."""
    operation, kind = node.operation, type(node.operation).__name__
    if kind == "TensorFlowFunction":
        return operation.function in _POINTWISE_FUNCTIONS
    if kind == "GetItem":  # as in tensor[..., :3]
        key = node.arguments.args[1]
        return isinstance(key, tuple) and (
            (len(key) == 2 and key[0] is Ellipsis) or (len(key) == 4 and all(one == slice(None) for one in key[:3]))
        )
    if kind in _ACROSS_BANDS:
        axes = getattr(operation, "axis", -1)
        axes = {axes} if isinstance(axes, int) else set(axes or ())
        return axes in ({-1}, {3}) and all(len(tensor.shape) == 4 for tensor in node.output_tensors)
    return kind in _POINTWISE


def _convolution(operation: Any, given: _Extent, axis: int) -> _Extent:
    reach = (_along(operation.kernel_size, axis) - 1) * _along(operation.dilation_rate, axis)
    return _convolved(given, reach, _along(operation.strides, axis), operation.padding)


def _pooling(operation: Any, given: _Extent, axis: int) -> _Extent:
    reach = _along(operation.pool_size, axis) - 1
    return _convolved(given, reach, _along(operation.strides, axis), operation.padding)


def _convolved(given: _Extent, reach: int, stride: int, padding: str) -> _Extent:
    if padding == "same":
        size = -(-given.size // stride)
        before = max((size - 1) * stride + reach + 1 - given.size, 0) // 2
    else:
        size, before = (given.size - reach - 1) // stride + 1, 0
    first = -(-(given.first + before) // stride)
    last = min((given.last + before - reach) // stride, size - 1)
    return _Extent(given.scale * stride, size, first, last)


def _transposed_convolution(operation: Any, given: _Extent, axis: int) -> _Extent:
    stride = _along(operation.strides, axis)
    reach = (_along(operation.kernel_size, axis) - 1) * _along(operation.dilation_rate, axis)
    size, before, more = given.size * stride, 0, max(reach + 1 - stride, 0)
    if operation.padding == "same":
        before = more // 2
    else:
        size += more
    first = max((given.first - 1) * stride - before + reach + 1, 0)
    last = min((given.last + 1) * stride - before - 1, size - 1)
    return _Extent(given.scale / stride, size, first, last)


def _upsampling(operation: Any, given: _Extent, axis: int) -> _Extent:
    times = _along(operation.size, axis)
    first, last = given.first * times, given.last * times + times - 1
    if operation.interpolation == "bilinear":  # pixel o lies at (2·o + 1 - times) / (2·times), between two pixels
        first = -(-(2 * given.first * times + times - 1) // 2)
        last = (2 * given.last * times + times - 1) // 2
    elif operation.interpolation != "nearest":
        raise InputError(
            f"The reach of the layer {operation.name} is not known.",
            expected="the interpolation nearest or bilinear",
            received=operation.interpolation,
        )
    return _Extent(given.scale / times, given.size * times, first, last)


def _padding(operation: Any, given: _Extent, axis: int) -> _Extent:
    before, after = operation.padding[axis]
    return replace(given, size=given.size + before + after, first=given.first + before, last=given.last + before)


def _cropping(operation: Any, given: _Extent, axis: int) -> _Extent:
    before, after = operation.cropping[axis]
    size = given.size - before - after
    return replace(given, size=size, first=max(given.first - before, 0), last=min(given.last - before, size - 1))


def _dilation(operation: Any, given: _Extent, axis: int) -> _Extent:
    return replace(given, first=given.first + operation.radius, last=given.last - operation.radius)


def _along(sizes: Any, axis: int) -> int:
    """The size along one axis."""
    return int(sizes if isinstance(sizes, int) else sizes[axis])


_RULES: dict[str, Callable[[Any, _Extent, int], _Extent]] = {
    "AveragePooling2D": _pooling,
    "Conv2D": _convolution,
    "Conv2DTranspose": _transposed_convolution,
    "Cropping2D": _cropping,
    "DepthwiseConv2D": _convolution,
    "DilatedMask": _dilation,
    "MaxPooling2D": _pooling,
    "SeparableConv2D": _convolution,
    "UpSampling2D": _upsampling,
    "ZeroPadding2D": _padding,
}
