"""A network on a block, without computing pixels that are cropped from its output anyway.

Padding makes pixels at the border of every tensor invalid, more of them the more layers come before.  Where tensors are
joined, as at the skip connections of a U-Net, a pixel of the result is valid only if it is valid in all of them.  The
other tensors' pixels at the border are not needed then: they are trimmed, so that all layers behind compute on fewer
pixels.  The valid pixels of the output stay the same.

For example, with the network of `layer_fields` and its total stride of 2: ``conv`` is invalid at 1 pixel on each side,
``up`` at 4.  Their sum is invalid at the larger number, so that 4 pixels of both, a multiple of the stride, are trimmed
before it: on a block of 16 pixels, the sum is computed for 8 pixels, all of them valid.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import keras
import tensorflow as tf

from .layer_fields import ValidRanges, calls_of, output_tensors, valid_ranges_of

Compute = Callable[[Mapping[str, tf.Tensor]], tf.Tensor]


def trimmed(
    model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None, *, scores_only: bool = False
) -> Compute:
    """Make a function that computes the middle of an output, with all its valid pixels.

    Args:
        model: functional, with image inputs [batch, y, x, bands].
        output: name of an image output.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.
        scores_only: of an output that is a softmax, what it is computed from: the class with the highest score has the
            highest probability, and the exponentials of all take longer than many a network.

    Returns:
        A function that takes tensors by input name and gives the output [batch, y, x, bands], trimmed by as many pixels
        on all sides.

    Raises:
        InputError: there is no rule for a layer.
    """
    target = output_tensors(model)[output]
    if scores_only:
        target = _scores_of(model, target)
    calls = calls_of(model, [target])
    rows_and_cols = [valid_ranges_of(model, output, axis, ratios) for axis in (0, 1)]
    stride = math.lcm(*(ranges.stride for ranges in rows_and_cols))
    scales = {key: [ranges[key].scale for ranges in rows_and_cols] for key in rows_and_cols[0]}
    invalid = {key: _invalid(key, rows_and_cols) for key in scales}

    def compute(inputs: Mapping[str, tf.Tensor]) -> tf.Tensor:
        values: dict[int, Any] = {id(tensor): tf.cast(inputs[tensor.name], tensor.dtype) for tensor in model.inputs}
        trims = dict.fromkeys(values, 0)  # pixels of the reference that were trimmed on each side
        for call in calls:
            images = {id(tensor) for tensor in call.inputs if id(tensor) in scales}
            trim = max((trims[key] for key in images), default=0)
            if len(images) > 1:
                joined = min(max(side) for side in zip(*(invalid[key] for key in images)))
                trim = max(trim, int(joined) // stride * stride)
            ready = {
                key: _inner(values[key], *(int((trim - trims[key]) / scale) for scale in scales[key])) for key in images
            }
            args, kwargs = call.arguments({**values, **ready})
            if "training" in inspect.signature(call.operation.call).parameters:
                kwargs["training"] = False  # as Keras does it, whatever the layer was called with
            for tensor, value in zip(call.outputs, keras.tree.flatten(call.operation(*args, **kwargs))):
                values[id(tensor)], trims[id(tensor)] = value, trim
        return values[id(target)]

    return compute


def _scores_of(model: keras.Model, tensor: Any) -> Any:
    """The tensor that a softmax over the channels is computed from; the tensor itself if it is no softmax."""
    call = next(call for call in calls_of(model, [tensor]) if any(made is tensor for made in call.outputs))
    layer = call.operation
    if isinstance(layer, keras.layers.Softmax):
        is_softmax = layer.axis in (-1, len(tensor.shape) - 1) and len(call.inputs) == 1
    else:
        is_softmax = isinstance(layer, keras.layers.Activation) and layer.activation is keras.activations.softmax
    return call.inputs[0] if is_softmax else tensor


def _invalid(key: int, rows_and_cols: list[ValidRanges]) -> list[Fraction]:
    """Invalid pixels of a tensor at the top, bottom, left and right, in pixels of the reference."""
    return [
        pixels * valid.scale
        for valid in (ranges[key] for ranges in rows_and_cols)
        for pixels in (valid.first, valid.size - 1 - valid.last)
    ]


def _inner(image: tf.Tensor, rows: int, cols: int) -> tf.Tensor:
    return image[:, rows:-rows, cols:-cols] if rows and cols else image
