"""A network on a block, without what would be cropped from its output anyway.

Padding spoils a rim of every tensor, the wider the deeper the layer looks.  Where tensors are joined, as at the
skip connections of a U-Net, the result is spoilt as far as the worst of them: the others' pixels there are not
needed.  They are trimmed, so that all layers behind compute on fewer pixels.  What is left is the same.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import keras
import tensorflow as tf

from .layer_fields import calls_of, extents_of, output_tensors

Compute = Callable[[Mapping[str, tf.Tensor]], tf.Tensor]


def trimmed(model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None) -> Compute:
    """The network as a function that trims: it gives the middle of an output, with all pixels that are not spoilt.

    Args:
        model: functional, with image inputs [batch, y, x, bands].
        output: name of an image output.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.

    Raises:
        InputError: the reach of a layer is not known.
    """
    target = output_tensors(model)[output]
    calls = calls_of(model, [target])
    along = [extents_of(model, output, axis, ratios) for axis in (0, 1)]
    scales = {key: [extents[key].scale for extents in along] for key in along[0]}
    stride = math.lcm(*(extents.stride for extents in along))
    sides = {
        key: [
            spoilt * extents[key].scale
            for extents in along
            for spoilt in (extents[key].first, extents[key].size - 1 - extents[key].last)
        ]
        for key in scales
    }  # how far each tensor is spoilt, in pixels of the reference

    def compute(inputs: Mapping[str, tf.Tensor]) -> tf.Tensor:
        values: dict[int, Any] = {id(tensor): tf.cast(inputs[tensor.name], tensor.dtype) for tensor in model.inputs}
        lost = dict.fromkeys(values, 0)  # pixels of the reference that were trimmed on each side
        for call in calls:
            images = {id(tensor) for tensor in call.input_tensors if id(tensor) in scales}
            cut = max((lost[key] for key in images), default=0)
            if len(images) > 1:
                spoilt = min(max(side) for side in zip(*(sides[key] for key in images)))
                cut = max(cut, int(spoilt) // stride * stride)
            ready = {
                key: _inner(values[key], *(int((cut - lost[key]) / scale) for scale in scales[key])) for key in images
            }
            args, kwargs = call.arguments.fill_in({**values, **ready})
            if "training" in inspect.signature(call.operation.call).parameters:
                kwargs["training"] = False  # as Keras does it, whatever the layer was called with
            for tensor, value in zip(call.output_tensors, keras.tree.flatten(call.operation(*args, **kwargs))):
                values[id(tensor)], lost[id(tensor)] = value, cut
        return values[id(target)]

    return compute


def _inner(image: tf.Tensor, rows: int, cols: int) -> tf.Tensor:
    return image[:, rows:-rows, cols:-cols] if rows and cols else image
