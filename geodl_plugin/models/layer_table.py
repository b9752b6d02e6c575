"""The table of a network's layers that OTBTF's tutorial chooses the crop with.

For an image of a given size, each row gives the size of a layer's output, and how much of it is *valid*: would be the
same if the image were larger.  The tutorial's network makes 33 valid pixels of 64.

Where the numbers come from.  Let a layer's input have ``x`` valid pixels in a row, and let the kernel be ``k``
(with dilation ``d``: ``k`` stands for ``(k - 1)·d + 1``) and the stride ``s``.

- *Convolution, pooling*: an output pixel is valid if all ``k`` pixels under the kernel are.  The kernel fits
  ``x - k + 1`` times into ``x`` pixels, and is put down at every ``s``-th place: ``y = floor((x - k) / s) + 1``.
- *Transposed convolution*: input pixel ``i`` adds to the ``k`` output pixels from ``i·s`` on.  An output pixel is
  valid if all that add to it are: if neither the pixel before the valid ones adds to it, whose last is ``k - 1 - s``
  when the first valid one starts at 0, nor the one behind them, whose first is ``x·s``.  What lies between is
  ``y = (x + 1)·s - k``, but at most ``x·s``.  The tutorial writes ``y = x·s - k + 2``, which is the same for its
  stride of 2 only.

With both, the tutorial's network gives 31, 15, 7, 3, 5, 9, 17, 33.  They hold where the kernel's first place meets the
first valid pixel; padding may put it elsewhere, and one pixel less is valid then.  The table follows positions, not
counts, and is exact.

The pixels that are missing, 64 - 33, are lost on both sides: 15 before and 16 behind.  The larger number is the
*valid margin*.  It says what must be cropped; the *total stride*, the product of the strides down to the coarsest
layer, says on which grid blocks must lie: on any other, strided layers put their kernels elsewhere.  Hence the
crop is the margin rounded up to a multiple of the stride: 16.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import keras

from ..errors import InputError
from ..language import tr
from .internals import functional_model
from .layer_fields import ValidRanges, calls_of, output_tensors, valid_ranges_of
from .layer_rules import ValidRange, changes_range

_TYPES = {"Conv2DTranspose": "Transposed Conv2D"}
Pair = tuple[int, int]  # along rows and along columns


@dataclass(frozen=True)
class LayerRow:
    """One row of the table.

    Args:
        name: of the layer.
        type: of the layer; empty for an input.
        kernel: size of its kernel or pooling window, in pixels; None if it has none.
        stride: of the kernel; for transposed convolutions and up-sampling, of the output; None if it has none.
        dilation: distance between the pixels under the kernel.
        output_size: height and width of its output, in pixels.
        valid_size: height and width of the valid part.
    """

    name: str
    type: str
    kernel: Pair | None
    stride: Pair | None
    dilation: Pair
    output_size: Pair
    valid_size: Pair


def layer_table(
    model: keras.Model, output: str, size: int, ratios: Mapping[str, Fraction] | None = None
) -> list[LayerRow]:
    """List the layers between the inputs and an output, without those that work pixel by pixel.

    Args:
        model: as for `layer_fields.receptive_field_of`.
        output: as for `layer_fields.receptive_field_of`.
        size: side of the image, in pixels of the reference.
        ratios: as for `layer_fields.receptive_field_of`.

    Raises:
        InputError: as for `layer_fields.receptive_field_of`; or an image of this size is too small for the network.
    """
    ranges = [valid_ranges_of(model, output, axis, ratios, size=size) for axis in (0, 1)]
    rows = []
    for image in model.inputs:
        if id(image) in ranges[0]:
            rows.append(_row(image.name, "", None, [along[id(image)] for along in ranges]))
    rows += _rows(model, [output_tensors(model)[output]], ranges)
    if min(rows[-1].output_size) < 1:
        raise InputError(
            tr("The image is too small for the network."),
            expected=tr("a larger input"),
            received=tr("{size} pixels").format(size=size),
        )
    return rows


def _rows(model: Any, outputs: list[Any], ranges: list[ValidRanges]) -> Iterator[LayerRow]:
    """The layers that change the valid range, also those inside models that are used as layers."""
    for call in calls_of(model, outputs):
        inner, tensor = functional_model(call.operation), id(call.outputs[0])
        if inner is not None:
            yield from _rows(inner, inner.outputs, [along.inner[call] for along in ranges])
        elif changes_range(call) and tensor in ranges[0]:
            operation, kind = call.operation, type(call.operation).__name__
            yield _row(operation.name, _TYPES.get(kind, kind), operation, [along[tensor] for along in ranges])


def _row(name: str, kind: str, operation: Any, ranges: list[ValidRange]) -> LayerRow:
    def pair(*attributes: str) -> Pair | None:
        values = next((getattr(operation, name) for name in attributes if hasattr(operation, name)), None)
        return (values, values) if isinstance(values, int) else values and tuple(values)

    rows, cols = ranges
    return LayerRow(
        name,
        kind,
        kernel=pair("kernel_size", "pool_size"),
        stride=pair("strides") or (pair("size") if kind == "UpSampling2D" else None),
        dilation=pair("dilation_rate") or (1, 1),
        output_size=(rows.size, cols.size),
        valid_size=(max(0, rows.last - rows.first + 1), max(0, cols.last - cols.first + 1)),
    )
