"""How far a network looks, whether its layers tell it or a measurement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import InputError
from .fields import Fields

GIVE_FIELDS = "When you apply it, give the receptive field, expression field and crop yourself: RFIELD, EFIELD, CROP."


class ImagesDoNotFit(InputError):
    """Images of these sizes do not fit together in a network."""


class WholeImage(InputError):
    """What a network gives for a pixel depends on the whole image, or on the pixel's place in it."""

    def __init__(self, layer: str, why: str) -> None:
        super().__init__(
            f"The layer {layer} {why}: the network's field has no end.",
            expected="a fully convolutional network, if it is to be applied block by block without seams",
            remedy=GIVE_FIELDS,
        )


class UnknownReach(InputError):
    """Nothing is known of how far a layer looks, which may be measured."""

    def __init__(self, layer: str, received: str = "") -> None:
        super().__init__(
            f"The reach of the layer {layer} is not known.",
            expected="convolutions, poolings, up-sampling and layers that work pixel by pixel",
            received=received,
            remedy=GIVE_FIELDS,
        )


@dataclass(frozen=True)
class Reach:
    """How far a network looks.

    Args:
        fields: total stride, valid margin and scale.
        before: output pixels that padding reaches at the top and left; `fields` has the larger of both.
        after: those that it reaches at the bottom and right.
        receptive_field: side of the square of input pixels that one output pixel depends on at most.
    """

    fields: Fields
    before: int
    after: int
    receptive_field: int

    def valid_size(self, size: int) -> int:
        """Number of valid output pixels along one axis for so many input pixels: 33 for 64 in OTBTF's tutorial."""
        return max(0, size // self.fields.scale - self.before - self.after)


def receptive_field(firsts: Sequence[int], lasts: Sequence[int], stride: int, period: int) -> int:
    """The most input pixels along one axis that an output pixel depends on.

    Args:
        firsts: at index ``a``: the first output pixel that depends on no input pixel before ``a``.
        lasts: at index ``b``: the last output pixel that depends on no input pixel from ``b`` on.
        stride: the total stride; both lists have one value for each pixel of it, and go on with period.
        period: output pixels for one stride.
    """
    sides = []
    for pixel in range(period):
        # Of all a + n·stride whose first output pixel is not behind the pixel, the largest; and the like for the end.
        start = max(a + (pixel - first) // period * stride for a, first in enumerate(firsts))
        end = min(b - (last - pixel) // period * stride for b, last in enumerate(lasts))
        sides.append(end - start)
    return max(sides)
