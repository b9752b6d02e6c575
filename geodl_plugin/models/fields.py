"""The fields of a network, as numbers; `models.layer_fields` computes them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..runtime.numbers import round_up


@dataclass(frozen=True)
class Fields:
    """Total stride, valid margin and scale of a network.

    Args:
        total_stride: the smallest shift of the input, in pixels of the reference, that shifts the output by whole
            pixels in every branch.
        valid_margin: output pixels on each side that padding reaches.
        scale: output pixel size / pixel size of the reference: n, or 1/n as a fraction.
    """

    total_stride: int
    valid_margin: int
    scale: int | Fraction = 1

    def __post_init__(self) -> None:
        if Fraction(self.scale).denominator == 1:
            object.__setattr__(self, "scale", int(self.scale))  # as JSON has it

    @property
    def crop(self) -> int:
        """The smallest exact crop: the valid margin, rounded up to a multiple of the total stride."""
        return round_up(self.valid_margin, self.total_stride)

    def is_exact(self, crop: int) -> bool:
        """Whether a map has no seams where blocks meet.

        Args:
            crop: output pixels that are cropped on each side of a block.
        """
        return crop >= self.valid_margin and crop % self.total_stride == 0
