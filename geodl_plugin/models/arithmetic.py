"""How much a network computes, and whether that is so much that it is faster in bfloat16.

The choice depends on the processor and on the network's layers, not on a measurement: it is always the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import keras

from ..language import tr
from ..runtime.devices import why_not_bfloat16
from .internals import functional_model
from .layer_fields import ValidRanges, calls_of, output_tensors, valid_ranges_of

BFLOAT16_REWRITER = "auto_mixed_precision_onednn_bfloat16"  # TensorFlow's option, for processors
# Multiply-adds per pixel. Networks that do fewer spend their time on what is in float32 anyway: with AMX, maps by
# networks that do 1,700, 6,300, 9,000, 14,000, 24,000 and 36,000 were 1.0, 1.0, 1.3, 1.4, 1.7 and 2.4 times as fast.
MANY_MULTIPLY_ADDS = 20_000


def multiply_adds_per_pixel(model: keras.Model, output: str, ratios: Mapping[str, Fraction] | None = None) -> float:
    """Products that are added up in convolutions, for each pixel of the reference.

    Convolutions of each channel by itself do not count: they take few products, and no units for matrices.

    Args:
        model: functional, with image inputs [batch, y, x, bands].
        output: name of the image output that is computed.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.

    Raises:
        InputError: there is no rule for a layer, so that the size of its output is not known.
    """
    ranges = [valid_ranges_of(model, output, axis, ratios) for axis in (0, 1)]
    return _count(model, [output_tensors(model)[output]], ranges)


def bfloat16_pays(multiply_adds: float | None) -> tuple[bool, str]:
    """Whether the processor computes a network faster in bfloat16, and why, or why not.

    Args:
        multiply_adds: per pixel; None: the layers of the network are not known.
    """
    missing = why_not_bfloat16()
    if missing:
        return False, missing
    enough, reason = has_many_multiply_adds(multiply_adds)
    return enough, tr("{reason}, and this processor has units for matrices of bfloat16 (AMX)").format(
        reason=reason
    ) if enough else reason


def has_many_multiply_adds(multiply_adds: float | None) -> tuple[bool, str]:
    """Whether a network computes so much that units for 16 bits make it faster, as a sentence, too.

    Args:
        multiply_adds: per pixel; None: the layers of the network are not known.
    """
    if multiply_adds is None:
        return False, tr("it is not known how much this network computes")
    if multiply_adds < MANY_MULTIPLY_ADDS:
        return False, tr("the network does only {multiply_adds:,.0f} multiply-adds per pixel").format(
            multiply_adds=multiply_adds
        )
    return True, tr("the network does {multiply_adds:,.0f} multiply-adds per pixel").format(multiply_adds=multiply_adds)


def _count(model: Any, outputs: list[Any], ranges: list[ValidRanges]) -> float:
    """Multiply-adds between the inputs and the outputs."""
    rows, cols = ranges
    total = 0.0
    for call in calls_of(model, outputs):
        inner, layer = functional_model(call.operation), call.operation
        if inner is not None:
            total += _count(inner, inner.outputs, [along.inner[call] for along in ranges])
        elif type(layer) in (keras.layers.Conv2D, keras.layers.Conv2DTranspose):
            # A kernel is applied once for each pixel: of what it makes, or transposed, of what it takes.
            pixels = call.inputs if isinstance(layer, keras.layers.Conv2DTranspose) else call.outputs
            scale = rows[id(pixels[0])].scale * cols[id(pixels[0])].scale
            total += math.prod(layer.kernel.shape) / float(scale)
    return total
