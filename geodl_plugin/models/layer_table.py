"""The table of a network's layers that OTBTF's tutorial chooses the crop with.

For an image of a given size, each line tells how large a layer's output is, and how much of it is *valid*:
would be the same if the image were larger.  The tutorial's network makes 33 valid pixels of 64.

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
from .layer_fields import Extents, calls_of, extents_of, inner_model, output_tensors
from .layer_rules import Extent, changes_extent

_TYPES = {"Conv2DTranspose": "Transposed Conv2D"}
Pair = tuple[int, int]  # along rows and along columns


@dataclass(frozen=True)
class LayerRow:
    """One line of the table.

    Args:
        name: of the layer.
        type: of layer; empty for an input.
        kernel: size of the window that it looks through; None if it has none.
        stride: of the window; for transposed convolutions and up-sampling, of the output; None if it has none.
        dilation: distance of the window's pixels.
        output_size: height and width of its output.
        valid_size: those of its valid part.
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
    """The layers between the inputs and an output, without those that work pixel by pixel.

    Args:
        model: as for `layer_fields.reach_of`.
        output: as for `layer_fields.reach_of`.
        size: side of the image, in pixels of the reference.
        ratios: as for `layer_fields.reach_of`.

    Raises:
        InputError: as for `layer_fields.reach_of`; or an image of this size does not pass the network.
    """
    extents = [extents_of(model, output, axis, ratios, size=size) for axis in (0, 1)]
    rows = []
    for given in model.inputs:
        if id(given) in extents[0]:
            rows.append(_row(given.name, "", None, [one[id(given)] for one in extents]))
    rows += _rows(model, [output_tensors(model)[output]], extents)
    if min(rows[-1].output_size) < 1:
        raise InputError("An image of this size does not pass the network.", received=f"{size} pixels")
    return rows


def _rows(model: Any, outputs: list[Any], extents: list[Extents]) -> Iterator[LayerRow]:
    """The layers that change the extent, also those inside models that are used as layers."""
    for node in calls_of(model, outputs):
        inner, tensor = inner_model(node.operation), id(node.output_tensors[0])
        if inner is not None:
            yield from _rows(inner, inner.outputs, [one.inner[id(node)] for one in extents])
        elif changes_extent(node) and tensor in extents[0]:
            operation, kind = node.operation, type(node.operation).__name__
            yield _row(operation.name, _TYPES.get(kind, kind), operation, [one[tensor] for one in extents])


def _row(name: str, kind: str, operation: Any, extents: list[Extent]) -> LayerRow:
    def pair(*attributes: str) -> Pair | None:
        values = next((getattr(operation, one) for one in attributes if hasattr(operation, one)), None)
        return (values, values) if isinstance(values, int) else values and tuple(values)

    rows, cols = extents
    return LayerRow(
        name,
        kind,
        kernel=pair("kernel_size", "pool_size"),
        stride=pair("strides") or (pair("size") if kind == "UpSampling2D" else None),
        dilation=pair("dilation_rate") or (1, 1),
        output_size=(rows.size, cols.size),
        valid_size=(max(0, rows.last - rows.first + 1), max(0, cols.last - cols.first + 1)),
    )
