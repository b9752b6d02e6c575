"""What each kind of layer looks at.

For a convolution of reach ``r = (kernel - 1)·dilation`` and stride ``s`` that pads ``p`` pixels before,
output pixel ``o`` depends on inputs ``o·s - p … o·s - p + r``.  A transposed convolution is its adjoint:
``o`` depends on inputs ``i`` with ``i·s - p ≤ o ≤ i·s - p + r``.

All of it is said of networks in use, which Keras calls with ``training=False``, whatever their layers were called with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..runtime.numbers import ceil_div
from .reach import UnknownReach, WholeImage

_PACKAGE = __name__.partition(".models.")[0]
_POINTWISE = {
    "Abs", "Absolute", "Activation", "ActivityRegularization", "Add", "AlphaDropout", "ApplyMask", "Arctan", "Arctan2",
    "Cast", "Ceil", "Celu", "Clip", "Cos", "Dense", "Divide", "Dropout", "ELU", "Elu", "Equal", "Exp", "FillNodata",
    "Floor", "GaussianDropout", "GaussianNoise", "Gelu", "Greater", "GreaterEqual", "HardSigmoid", "HardSilu",
    "HardTanh", "Identity", "Isfinite", "Isnan", "LayerScale", "LeakyReLU", "LeakyRelu", "Less", "LessEqual", "Log",
    "Log1p", "LogicalAnd", "LogicalNot", "LogicalOr", "Maximum", "Minimum", "Mod", "Multiply", "Negative",
    "NotEqual", "PReLU", "Power", "Quantity", "ReLU", "Relu", "Relu6", "Rescaling", "Round", "Rsqrt", "ScalarsTile",
    "Selu", "Sigmoid", "Sign", "Silu", "Sin", "Softplus", "Softsign", "SpatialDropout2D", "Sqrt", "Square",
    "StochasticDepth", "Subtract", "Tanh", "TrueDivide", "Where",
}  # fmt: skip
_POINTWISE_FUNCTIONS = {
    "cast", "clip_by_value", "identity", "stop_gradient", "where", "math.abs", "math.add", "math.divide",
    "math.divide_no_nan", "math.exp", "math.log", "math.log1p", "math.maximum", "math.minimum", "math.multiply",
    "math.negative", "math.pow", "math.sigmoid", "math.sqrt", "math.square", "math.subtract", "math.tanh", "nn.relu",
    "nn.relu6",
}  # fmt: skip
# Over the bands of a pixel, if their axis is the last; over the whole image, if it is another.
_ACROSS_BANDS = {
    "Argmax", "Argmin", "Average", "LayerNormalization", "LogSoftmax", "Logsumexp", "Max", "Mean", "Min", "Prod",
    "RMSNormalization", "Softmax", "Std", "Sum", "UnitNormalization", "Var",
}  # fmt: skip
_BY_BAND = {"BatchNormalization", "Concatenate", "Normalization"}  # if their axis is the last
_WHOLE_IMAGE = {
    "Flatten", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GroupNormalization", "MultiHeadAttention",
}  # fmt: skip
_OF_ONE_SIZE = {"AdaptiveAveragePooling2D", "AdaptiveMaxPooling2D", "CenterCrop", "Resizing"}


@dataclass(frozen=True)
class Extent:
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


def kind_of(operation: Any) -> str:
    """The class of a layer of Keras' or ours; empty for others, which may do anything under a name that is known."""
    kind = type(operation)
    return kind.__name__ if kind.__module__.startswith(("keras.", f"{_PACKAGE}.")) else ""


def changes_extent(node: Any) -> bool:
    """Whether a call looks at other pixels than its own, or changes the size of the image."""
    return kind_of(node.operation) in _RULES


def through(node: Any, given: Extent, axis: int) -> Extent:
    """The extent of a layer's output.

    Args:
        node: the call of the layer.
        given: the extent of its inputs.
        axis: 0 from row to row, 1 from column to column.

    Raises:
        WholeImage: its reach has no end.
        UnknownReach: the layer is not known.
    """
    operation, kind = node.operation, kind_of(node.operation)
    name = f"{operation.name} ({type(operation).__name__})"
    why = _why_whole(operation, kind)
    if why:
        raise WholeImage(name, why)
    if getattr(operation, "data_format", None) == "channels_first":
        raise UnknownReach(name, "an image whose bands come first")
    if kind in _RULES:
        return _RULES[kind](operation, given, axis)
    if _is_pointwise(node, kind):
        return given
    raise UnknownReach(name)


def _why_whole(operation: Any, kind: str) -> str:
    """Why a layer's output does not depend on the pixels around alone; empty if it may do so."""
    if kind in _WHOLE_IMAGE or (kind in _ACROSS_BANDS and _axes(operation) & {1, 2}):
        return "looks at the whole image"
    if kind in _OF_ONE_SIZE:
        return "makes images of one size of images of any size"
    if kind == "PReLU" and not {1, 2} <= set(operation.shared_axes or ()):
        return "has a weight for each place in the image"
    return ""


def _axes(operation: Any) -> set[int]:
    """The axes that a layer works along, of an image; all if it does not say which."""
    axes = getattr(operation, "axis", -1)
    if axes is None:
        return {0, 1, 2, 3}
    return {one % 4 for one in ([axes] if isinstance(axes, int) else axes)}


def _is_pointwise(node: Any, kind: str) -> bool:
    """Whether each pixel of the output depends on the same pixel of the inputs only."""
    operation = node.operation
    if kind == "TensorFlowFunction":
        return operation.function in _POINTWISE_FUNCTIONS
    if kind == "GetItem":  # as in tensor[..., :3]
        key = node.arguments.args[1]
        return isinstance(key, tuple) and (
            (len(key) == 2 and key[0] is Ellipsis) or (len(key) == 4 and all(one == slice(None) for one in key[:3]))
        )
    if kind in _ACROSS_BANDS or kind in _BY_BAND:
        return _axes(operation) == {3} and all(len(tensor.shape) == 4 for tensor in node.output_tensors)
    return kind in _POINTWISE


def _convolution(operation: Any, given: Extent, axis: int) -> Extent:
    reach = (_along(operation.kernel_size, axis) - 1) * _along(operation.dilation_rate, axis)
    return _convolved(given, reach, _along(operation.strides, axis), operation.padding)


def _pooling(operation: Any, given: Extent, axis: int) -> Extent:
    reach = _along(operation.pool_size, axis) - 1
    return _convolved(given, reach, _along(operation.strides, axis), operation.padding)


def _convolved(given: Extent, reach: int, stride: int, padding: str) -> Extent:
    if padding == "same":
        size = ceil_div(given.size, stride)
        before = max((size - 1) * stride + reach + 1 - given.size, 0) // 2
    else:
        size, before = (given.size - reach - 1) // stride + 1, 0
    first = ceil_div(given.first + before, stride)
    last = min((given.last + before - reach) // stride, size - 1)
    return Extent(given.scale * stride, size, first, last)


def _transposed_convolution(operation: Any, given: Extent, axis: int) -> Extent:
    stride = _along(operation.strides, axis)
    reach = (_along(operation.kernel_size, axis) - 1) * _along(operation.dilation_rate, axis)
    is_padded = operation.padding == "same"
    every = (given.size - 1) * stride + reach + 1  # pixels that are added to
    if operation.output_padding is not None:
        size = every - is_padded * 2 * ((reach + 1) // 2) + _along(operation.output_padding, axis)
    else:
        size = given.size * stride + (0 if is_padded else max(reach + 1 - stride, 0))
    before = max(every - size, 0) // 2 if is_padded else 0
    first = max((given.first - 1) * stride - before + reach + 1, 0)
    last = min((given.last + 1) * stride - before - 1, size - 1)
    return Extent(given.scale / stride, size, first, last)


def _upsampling(operation: Any, given: Extent, axis: int) -> Extent:
    times = _along(operation.size, axis)
    first, last = given.first * times, given.last * times + times - 1
    if operation.interpolation == "bilinear":  # pixel o lies at (2·o + 1 - times) / (2·times), between two pixels
        first = ceil_div(2 * given.first * times + times - 1, 2)
        last = (2 * given.last * times + times - 1) // 2
    elif operation.interpolation != "nearest":
        raise UnknownReach(operation.name, f"the interpolation {operation.interpolation}")
    return Extent(given.scale / times, given.size * times, first, last)


def _padding(operation: Any, given: Extent, axis: int) -> Extent:
    before, after = operation.padding[axis]
    return replace(given, size=given.size + before + after, first=given.first + before, last=given.last + before)


def _cropping(operation: Any, given: Extent, axis: int) -> Extent:
    before, after = operation.cropping[axis]
    size = given.size - before - after
    return replace(given, size=size, first=max(given.first - before, 0), last=min(given.last - before, size - 1))


def _dilation(operation: Any, given: Extent, axis: int) -> Extent:
    return replace(given, first=given.first + operation.radius, last=given.last - operation.radius)


def _along(sizes: Any, axis: int) -> int:
    """The size along one axis."""
    return int(sizes if isinstance(sizes, int) else sizes[axis])


_RULES: dict[str, Callable[[Any, Extent, int], Extent]] = {
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
