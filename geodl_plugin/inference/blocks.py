"""Blocks: which window of the raster is fed to the network for which window of the map.

Pure arithmetic.  Blocks of the map lie on multiples of the expression field from the raster's corner.  The
window that is read for one is larger by the crop on each side and may reach beyond the raster, where the
image is continued by reflection.  All blocks have the same shape, so that the network is compiled once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..fields import Fields
from ..grid import Window

PREFERRED_EFIELD = 1024
_TIFF_TILE = 256


@dataclass(frozen=True)
class BlockLayout:
    """How a raster is cut.

    Args:
        width: of the raster, in pixels.
        height: of the raster, in pixels.
        efield: expression field: side of a block of the map.
        crop: pixels that are read around a block and cropped from the output.
    """

    width: int
    height: int
    efield: int
    crop: int

    @property
    def rfield(self) -> int:
        """Receptive field: side of what is read for a block."""
        return self.efield + 2 * self.crop

    def __len__(self) -> int:
        return -(-self.width // self.efield) * -(-self.height // self.efield)

    def __iter__(self) -> Iterator[Window]:
        """The blocks of the map, row by row, clipped to the raster."""
        for row in range(0, self.height, self.efield):
            for col in range(0, self.width, self.efield):
                yield Window(col, row, min(self.efield, self.width - col), min(self.efield, self.height - row))

    def read_window(self, block: Window) -> Window:
        """What is fed to the network for a block; it may reach beyond the raster."""
        return Window(block.col - self.crop, block.row - self.crop, self.rfield, self.rfield)


def lay_out(width: int, height: int, fields: Fields, *, rfield: int = 0, efield: int = 0, crop: int = 0) -> BlockLayout:
    """Choose the fields that are not given, and check those that are.

    Args:
        width: of the raster, in pixels.
        height: of the raster, in pixels.
        fields: of the network.
        rfield: receptive field; 0: from the others.
        efield: expression field; 0: automatic.
        crop: 0: from the other two, or the network's own.

    Raises:
        InputError: a given value would make seams; the message names the nearest good one.
    """
    stride = fields.total_stride
    chosen_crop = crop or ((rfield - efield) // 2 if rfield and efield else fields.crop)
    if chosen_crop % stride or chosen_crop < fields.valid_margin:
        raise InputError(
            "This crop would leave seams in the map.",
            expected=f"a multiple of the network's total stride {stride}, at least {fields.crop}",
            received=f"CROP = {chosen_crop}" + ("" if crop else f" (from RFIELD = {rfield}, EFIELD = {efield})"),
            remedy=f"Use CROP = {max(fields.crop, round(chosen_crop / stride) * stride)}, or 0 for automatic.",
        )
    if rfield and efield and rfield != efield + 2 * chosen_crop:
        raise InputError(
            "The fields do not fit together.",
            expected="RFIELD = EFIELD + 2 × CROP",
            received=f"RFIELD = {rfield}, EFIELD = {efield}, CROP = {chosen_crop}",
            remedy=f"Use RFIELD = {efield + 2 * chosen_crop}, or 0 for automatic.",
        )
    chosen = efield or (rfield - 2 * chosen_crop if rfield else _automatic_efield(width, height, stride))
    if chosen % stride or chosen < 1:
        good = max(1, round(chosen / stride)) * stride
        raise InputError(
            "These fields would leave seams in the map.",
            expected=f"an expression field that is a multiple of the network's total stride {stride}",
            received=f"EFIELD = {chosen}" + (f" (from RFIELD = {rfield})" if not efield else ""),
            remedy=f"Use EFIELD = {good} and RFIELD = {good + 2 * chosen_crop}, or 0 for automatic.",
        )
    return BlockLayout(width, height, chosen, chosen_crop)


def reflected(start: int, count: int, size: int) -> NDArray[np.int64]:
    """Indices ``start … start + count - 1`` of a line of ``size`` pixels that is continued by reflection.

    The border pixel itself is not repeated: before 0 come 1, 2, …
    """
    if size == 1:
        return np.zeros(count, np.int64)
    period = 2 * (size - 1)
    indices = np.arange(start, start + count) % period
    return np.minimum(indices, period - indices)


def _automatic_efield(width: int, height: int, stride: int) -> int:
    largest = max(width, height)
    if largest <= PREFERRED_EFIELD:
        return -(-largest // stride) * stride
    step = math.lcm(stride, _TIFF_TILE)  # blocks end where the file's tiles end
    return max(step, PREFERRED_EFIELD // step * step)
