"""Which input pixels the output of each kind of layer depends on, as the valid range of its output.

Let a convolution have a kernel that spans ``r + 1`` pixels, ``r = (kernel - 1)·dilation``, and the stride ``s``, and
let it pad ``p`` pixels before the first one.  Output pixel ``o`` depends on the input pixels ``o·s - p`` to
``o·s - p + r``.  A transposed convolution is its adjoint: output pixel ``o`` depends on the input pixels ``i`` with
``i·s - p ≤ o ≤ i·s - p + r``.

For example, a kernel of 3 pixels with stride 2 and padding 'same' (``r = 2, s = 2, p = 0``) on 8 pixels that are all
valid: output pixel 2 depends on the input pixels 4 … 6, output pixel 3 on 6 … 8.  There is no pixel 8 but padding, so
that the 4 pixels of the output have the valid range 0 … 2.

The rules hold for inference, ``training=False``.  Before version 3.16 of Keras, that counts whatever ``training`` the
layers were called with; since then, layers that were called with ``training=True`` have no rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..language import tr
from ..runtime.numbers import ceil_div
from .internals import LayerCall
from .receptive_field import UnknownReceptiveField, UnlimitedReceptiveField

_PACKAGE = __name__.partition(".models.")[0]
_POINTWISE = {
    "Abs", "Absolute", "Activation", "ActivityRegularization", "Add", "AlphaDropout", "ApplyMask", "Arctan",
    "Arctan2", "Cast", "Ceil", "Celu", "Clip", "Cos", "DateDropout", "Dense", "Divide", "Dropout", "ELU", "Elu",
    "Equal", "Exp", "FillNodata", "Floor", "GaussianDropout", "GaussianNoise", "Gelu", "Greater", "GreaterEqual",
    "HardSigmoid", "HardSilu", "HardTanh", "Identity", "Isfinite", "Isnan", "LayerScale", "LeakyReLU", "LeakyRelu",
    "Less", "LessEqual", "Log", "Log1p", "LogicalAnd", "LogicalNot", "LogicalOr", "Maximum", "Minimum", "Mod",
    "Multiply", "Negative", "NotEqual", "PReLU", "Power", "Quantity", "ReLU", "Relu", "Relu6", "Rescaling", "Round",
    "Rsqrt", "ScalarsTile", "SeasonAverages", "Selu", "Sigmoid", "Sign", "Silu", "Sin", "Softplus", "Softsign",
    "SpatialDropout2D", "SplitDates", "Sqrt", "Square", "StochasticDepth", "Subtract", "Tanh", "TrueDivide",
    "Unfamiliarity", "WeighDates", "Where",
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
    "RMSNormalization", "Softmax", "Std", "Sum", "TemperedSoftmax", "UnitNormalization", "Var",
}  # fmt: skip
_BY_BAND = {"BatchNormalization", "Concatenate", "Normalization"}  # if their axis is the last
_WHOLE_IMAGE = {
    "Flatten", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GroupNormalization", "MultiHeadAttention",
}  # fmt: skip
_FIXED_SIZE = {"AdaptiveAveragePooling2D", "AdaptiveMaxPooling2D", "CenterCrop", "Resizing"}


@dataclass(frozen=True)
class ValidRange:
    """The pixels of a tensor along one axis that would be the same if the image were larger.

    Args:
        scale: pixel size of the tensor / that of the reference.
        size: of the whole tensor, in pixels.
        first: first valid pixel.
        last: last valid pixel.
    """

    scale: Fraction
    size: int
    first: int
    last: int


def kind_of(operation: Any) -> str:
    """The class name of a layer of Keras or GeoDL; empty for others, which may do anything under a known name."""
    kind = type(operation)
    return kind.__name__ if kind.__module__.startswith(("keras.", f"{_PACKAGE}.")) else ""


def changes_range(call: LayerCall) -> bool:
    """Whether a layer takes neighbouring pixels into account, or changes the size of the image."""
    return kind_of(call.operation) in _RULES


def output_range(call: LayerCall, given: ValidRange, axis: int) -> ValidRange:
    """The valid range of a layer's output.

    Args:
        call: of the layer.
        given: the valid range of its inputs.
        axis: 0: along y, 1: along x.

    Raises:
        UnlimitedReceptiveField: the output depends on the whole image.
        UnknownReceptiveField: there is no rule for the layer.
    """
    operation, kind = call.operation, kind_of(call.operation)
    name = f"{operation.name} ({type(operation).__name__})"
    why = _why_whole(operation, kind)
    if why:
        raise UnlimitedReceptiveField(name, why)
    if getattr(operation, "data_format", None) == "channels_first":
        raise UnknownReceptiveField(name, tr("an image whose bands come first"))
    if kind in _RULES:
        return _RULES[kind](operation, given, axis)
    if _is_pointwise(call, kind):
        return given
    raise UnknownReceptiveField(name)


def _why_whole(operation: Any, kind: str) -> str:
    """Why a layer's output depends on more than the neighbouring pixels; empty if it does not."""
    if kind in _WHOLE_IMAGE or (kind in _ACROSS_BANDS and _axes(operation) & {1, 2}):
        return tr("depends on the whole image")
    if kind in _FIXED_SIZE:
        return tr("gives images of one size, whatever the size of its input")
    if kind == "PReLU" and not {1, 2} <= set(operation.shared_axes or ()):
        return tr("has a weight for each position in the image")
    return ""


def _axes(operation: Any) -> set[int]:
    """The axes of an image that a layer works along; all if it does not say which."""
    axes = getattr(operation, "axis", -1)
    if axes is None:
        return {0, 1, 2, 3}
    return {axis % 4 for axis in ([axes] if isinstance(axes, int) else axes)}


def _is_pointwise(call: LayerCall, kind: str) -> bool:
    """Whether each pixel of the output depends on the same pixel of the inputs only."""
    operation = call.operation
    if kind == "TensorFlowFunction":
        return operation.function in _POINTWISE_FUNCTIONS
    if kind == "GetItem":  # as in tensor[..., :3]
        key = call.args[1]
        return isinstance(key, tuple) and (
            (len(key) == 2 and key[0] is Ellipsis) or (len(key) == 4 and all(part == slice(None) for part in key[:3]))
        )
    if kind in _ACROSS_BANDS or kind in _BY_BAND:
        return _axes(operation) == {3} and all(len(tensor.shape) == 4 for tensor in call.outputs)
    return kind in _POINTWISE


def _convolution(operation: Any, given: ValidRange, axis: int) -> ValidRange:
    span = (_along(operation.kernel_size, axis) - 1) * _along(operation.dilation_rate, axis)
    return _convolved(given, span, _along(operation.strides, axis), operation.padding)


def _pooling(operation: Any, given: ValidRange, axis: int) -> ValidRange:
    span = _along(operation.pool_size, axis) - 1
    return _convolved(given, span, _along(operation.strides, axis), operation.padding)


def _convolved(given: ValidRange, span: int, stride: int, padding: str) -> ValidRange:
    if padding == "same":
        size = ceil_div(given.size, stride)
        before = max((size - 1) * stride + span + 1 - given.size, 0) // 2
    else:
        size, before = (given.size - span - 1) // stride + 1, 0
    first = ceil_div(given.first + before, stride)
    last = min((given.last + before - span) // stride, size - 1)
    return ValidRange(given.scale * stride, size, first, last)


def _transposed_convolution(operation: Any, given: ValidRange, axis: int) -> ValidRange:
    stride = _along(operation.strides, axis)
    span = (_along(operation.kernel_size, axis) - 1) * _along(operation.dilation_rate, axis)
    is_padded = operation.padding == "same"
    full = (given.size - 1) * stride + span + 1  # pixels without padding
    if operation.output_padding is not None:
        size = full - is_padded * 2 * ((span + 1) // 2) + _along(operation.output_padding, axis)
    else:
        size = given.size * stride + (0 if is_padded else max(span + 1 - stride, 0))
    before = max(full - size, 0) // 2 if is_padded else 0
    first = max((given.first - 1) * stride - before + span + 1, 0)
    last = min((given.last + 1) * stride - before - 1, size - 1)
    return ValidRange(given.scale / stride, size, first, last)


def _upsampling(operation: Any, given: ValidRange, axis: int) -> ValidRange:
    times = _along(operation.size, axis)
    first, last = given.first * times, given.last * times + times - 1
    if operation.interpolation == "bilinear":  # pixel o lies at (2·o + 1 - times) / (2·times), between two pixels
        first = ceil_div(2 * given.first * times + times - 1, 2)
        last = (2 * given.last * times + times - 1) // 2
    elif operation.interpolation != "nearest":
        raise UnknownReceptiveField(
            operation.name, tr("the interpolation {interpolation}").format(interpolation=operation.interpolation)
        )
    return ValidRange(given.scale / times, given.size * times, first, last)


def _padding(operation: Any, given: ValidRange, axis: int) -> ValidRange:
    before, after = operation.padding[axis]
    return replace(given, size=given.size + before + after, first=given.first + before, last=given.last + before)


def _cropping(operation: Any, given: ValidRange, axis: int) -> ValidRange:
    before, after = operation.cropping[axis]
    size = given.size - before - after
    return replace(given, size=size, first=max(given.first - before, 0), last=min(given.last - before, size - 1))


def _dilation(operation: Any, given: ValidRange, axis: int) -> ValidRange:
    return replace(given, first=given.first + operation.radius, last=given.last - operation.radius)


def _along(sizes: Any, axis: int) -> int:
    """The size along an axis of a layer's parameter, which may be one number for both axes."""
    return int(sizes if isinstance(sizes, int) else sizes[axis])


_RULES: dict[str, Callable[[Any, ValidRange, int], ValidRange]] = {
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
