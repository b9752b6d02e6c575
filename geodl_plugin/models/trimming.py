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
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import keras
import tensorflow as tf

from .equivalents import ends_in_softmax, equivalent, without_softmax
from .internals import LayerCall
from .layer_fields import ValidRanges, calls_of, output_tensors, valid_ranges_of
from .layers import TemperedSoftmax


def has_scores(model: keras.Model, output: str) -> bool:
    """Whether an output is a softmax over its channels, so that `trimmed` can give the scores before it.

    Args:
        model: functional.
        output: name of an image output.
    """
    target = output_tensors(model)[output]
    return ends_in_softmax(_call_of(model, target).operation, len(target.shape))


def temperature_of(model: keras.Model, output: str) -> float:
    """By what the scores of an output that `has_scores` are divided before its softmax.

    Args:
        model: functional.
        output: name of an image output.
    """
    layer = _call_of(model, output_tensors(model)[output]).operation
    return layer.temperature if isinstance(layer, TemperedSoftmax) else 1.0


def trimmed(
    model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None, *, scores: bool = False
) -> Callable[..., tf.Tensor]:
    """`trimmed_outputs` for one output, which the function gives alone."""
    compute = trimmed_outputs(model, [output], ratios, scores=scores)
    return lambda inputs, is_complete=None: compute(inputs, is_complete)[output]


def trimmed_outputs(
    model: keras.Model, outputs: Sequence[str], ratios: Mapping[str, Fraction] | None = None, *, scores: bool = False
) -> Callable[..., dict[str, tf.Tensor]]:
    """Make a function that computes the middle of outputs, with all their valid pixels.

    Args:
        model: functional, with image inputs [batch, y, x, bands].
        outputs: names of image outputs.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.
        scores: what the softmax of the first output is computed from, if it `has_scores`, instead of the output, not
            yet divided by its `temperature_of`: the class with the highest score has the highest probability, and the
            exponentials of all take longer than many a network.

    Returns:
        A function that takes tensors by input name, and a tensor that is true if none of their values is missing (it
        may be left out), and gives the outputs [batch, y, x, bands] by name, each trimmed by as many pixels on all
        sides.

    Raises:
        InputError: there is no rule for a layer.
    """
    targets = {output: output_tensors(model)[output] for output in outputs}
    calls = calls_of(model, [*targets.values()])
    softmax = _call_of(model, targets[outputs[0]]) if scores else None
    found = [[valid_ranges_of(model, output, axis, ratios) for axis in (0, 1)] for output in outputs]
    stride = math.lcm(*(ranges.stride for rows_and_cols in found for ranges in rows_and_cols))
    scales, invalid = {}, {}
    for rows_and_cols in found:
        scales.update({key: [ranges[key].scale for ranges in rows_and_cols] for key in rows_and_cols[0]})
        invalid.update({key: _invalid(key, rows_and_cols) for key in rows_and_cols[0]})

    def compute(inputs: Mapping[str, tf.Tensor], is_complete: tf.Tensor | None = None) -> dict[str, tf.Tensor]:
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
            called = _scores if call == softmax else _called
            results = called(call, {**values, **ready}, is_complete)
            for tensor, value in zip(call.outputs, results):
                values[id(tensor)], trims[id(tensor)] = value, trim
        return {output: values[id(target)] for output, target in targets.items()}

    return compute


def _call_of(model: keras.Model, tensor: Any) -> LayerCall:
    """The call that makes a tensor."""
    return next(call for call in calls_of(model, [tensor]) if any(made is tensor for made in call.outputs))


def _scores(call: LayerCall, values: Mapping[int, Any], is_complete: tf.Tensor | None) -> list[Any]:
    """What a layer computes its softmax from."""
    if isinstance(call.operation, keras.layers.Softmax):
        return [values[id(call.inputs[0])]]
    with without_softmax(call.operation):
        return _called(call, values, is_complete)


def _called(call: LayerCall, values: Mapping[int, Any], is_complete: tf.Tensor | None) -> list[Any]:
    """What a layer gives."""
    fast = equivalent(call.operation, is_complete)
    if fast is not None:
        return [fast(values[id(call.inputs[0])])]
    args, kwargs = call.arguments(values)
    if "training" in inspect.signature(call.operation.call).parameters:
        kwargs["training"] = False  # as Keras does it, whatever the layer was called with
    return keras.tree.flatten(call.operation(*args, **kwargs))


def _invalid(key: int, rows_and_cols: list[ValidRanges]) -> list[Fraction]:
    """Invalid pixels of a tensor at the top, bottom, left and right, in pixels of the reference."""
    return [
        pixels * valid.scale
        for valid in (ranges[key] for ranges in rows_and_cols)
        for pixels in (valid.first, valid.size - 1 - valid.last)
    ]


def _inner(image: tf.Tensor, rows: int, cols: int) -> tf.Tensor:
    return image[:, rows:-rows, cols:-cols] if rows and cols else image
