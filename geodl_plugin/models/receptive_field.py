"""Receptive field of a network: which input pixels an output pixel depends on.

It is computed from the layers (`layer_fields`) or measured (`probing`), with the arithmetic of this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import InputError
from ..language import mark, tr
from .fields import Fields

GIVE_FIELDS = mark(
    "When you apply it, choose the receptive field, expression field and crop yourself: RFIELD, EFIELD, CROP."
)
FULLY_CONVOLUTIONAL = mark("a fully convolutional network, if it is to be applied block by block without seams")


class IncompatibleImageSizes(InputError):
    """A network cannot join images of these sizes."""


class UnlimitedReceptiveField(InputError):
    """The output at a pixel depends on the whole image, or on the position of the pixel.

    Args:
        layer: that makes it so.
        problem: what it does, as in "depends on the whole image".
    """

    def __init__(self, layer: str, problem: str) -> None:
        super().__init__(
            tr("The layer {layer} {problem}: the receptive field of the network is unlimited.").format(
                layer=layer, problem=problem
            ),
            expected=tr(FULLY_CONVOLUTIONAL),
            remedy=tr(GIVE_FIELDS),
        )


class UnknownReceptiveField(InputError):
    """There is no rule for the receptive field of a layer: it can be measured.

    Args:
        layer: its name and type.
        received: what the rules do not know about it; empty: the whole layer.
    """

    def __init__(self, layer: str, received: str = "") -> None:
        super().__init__(
            tr("The receptive field of the layer {layer} is not known.").format(layer=layer),
            expected=tr("convolutions, poolings, up-sampling and layers that work pixel by pixel"),
            received=received,
            remedy=tr(GIVE_FIELDS),
        )


@dataclass(frozen=True)
class ReceptiveField:
    """Receptive field of a network for one output.

    Args:
        fields: total stride, valid margin and scale.
        before: output pixels at the top and left that padding reaches; `fields` has the larger of both.
        after: output pixels at the bottom and right that padding reaches.
        size: maximum side of the square of input pixels that one output pixel depends on.
    """

    fields: Fields
    before: int
    after: int
    size: int

    def valid_size(self, size: int) -> int:
        """Number of valid output pixels along one axis: 33 for 64 input pixels in OTBTF's tutorial.

        Args:
            size: number of input pixels.
        """
        return max(0, size // self.fields.scale - self.before - self.after)


def receptive_field_size(firsts: Sequence[int], lasts: Sequence[int], stride: int, period: int) -> int:
    """The maximum number of input pixels along one axis that an output pixel depends on.

    For example, a convolution of kernel 3 with stride 2: output pixel ``o`` depends on the input pixels
    ``2·o … 2·o + 2``.  ``firsts = [0, 1]``: the first output pixel that depends on no input pixel before 0 is 0, and
    before 1 it is 1.  ``lasts = [-2, -1]``: the last that depends on no input pixel from 0 on is -2, and from 1 on it
    is -1.  One stride after that, output pixel 0 depends on none from 3 on.  3 - 0 pixels are left.

    Args:
        firsts: at index ``a``: the first output pixel that depends on no input pixel before ``a``.
        lasts: at index ``b``: the last output pixel that depends on no input pixel from ``b`` on.
        stride: the total stride: both lists have one value for each of its pixels, and repeat with it, shifted by
            ``period``.
        period: output pixels for one stride.
    """
    sides = []
    for pixel in range(period):
        # Of all a + n·stride whose first output pixel is not behind this one, the largest; likewise for the end.
        start = max(a + (pixel - first) // period * stride for a, first in enumerate(firsts))
        end = min(b - (last - pixel) // period * stride for b, last in enumerate(lasts))
        sides.append(end - start)
    return max(sides)
