"""Blocks: which window of the raster is fed to the network for which window of the map.

Pure arithmetic.  Pixels of the map are counted from the raster's corner, also where the map is a part of it.
Blocks lie on a lattice whose step is the expression field and whose corner suits the total stride in every
source.  The window that is read for one is larger by the crop on each side and may reach beyond the raster.
Blocks at the border of the map are cut to what the total stride allows, unless the network needs one size.

The page of OTBTF calls these numbers so: RFIELD = SCALE × (EFIELD + 2 × CROP).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..models.fields import Fields
from ..rasters.grid import Grid, Window
from ..runtime.numbers import ceil_div, round_up

PREFERRED_EFIELD = 1024  # larger ones save little, and take four times the memory
PATCHES_SIDE = 256  # pixels of the reference that a block of patches stands on, on each side, about
_TILE = 16  # blocks of patches are tiles of the file, whose sides are multiples of this
_STEP = 64  # blocks of several of these can be written as whole tiles


@dataclass(frozen=True)
class BlockLayout:
    """How a raster is cut.

    Args:
        area: pixels of the map.
        efield: expression field: side of a block of the map.
        crop: pixels of the map that are computed around a block and cropped.
        scale: pixel size of the map / that of the reference: n or 1/n.
        start: column and row of a corner of a block, in pixels of the map.
        unit: what is computed for a block begins and ends a multiple of so many pixels from there.
        strip: columns of blocks that are walked together, from top to bottom; 0: all.
    """

    area: Window
    efield: int
    crop: int
    scale: Fraction = Fraction(1)
    start: tuple[int, int] = (0, 0)
    unit: int = 1
    strip: int = 0

    @property
    def rfield(self) -> int:
        """Receptive field: side of what is read for a block, in pixels of the reference."""
        return int((self.efield + 2 * self.crop) * self.scale)

    @property
    def columns(self) -> int:
        """Number of blocks beside each other."""
        return len(self._lines(0))

    def __len__(self) -> int:
        return self.columns * len(self._lines(1))

    def __iter__(self) -> Iterator[Window]:
        """The blocks of the map, strip by strip and row by row, clipped to its area."""
        cols = self._lines(0)
        strip = self.strip or len(cols)
        for first in range(0, len(cols), strip):
            for row in self._lines(1):
                for col in cols[first : first + strip]:
                    yield Window(col, row, self.efield, self.efield).intersection(self.area)

    @property
    def is_even(self) -> bool:
        """Whether all blocks are computed in one size."""
        return self.unit == self.efield

    def computed(self, block: Window) -> Window:
        """The pixels of the map that are computed for a block; they may reach beyond the map."""
        (col, width), (row, height) = (
            _in_units(first, count, start, self.unit) for first, count, start in zip(block[:2], block[2:], self.start)
        )
        return Window(col, row, width, height)

    def read_window(self, block: Window) -> Window:
        """What is fed to the network for a block, in pixels of the reference; it may reach beyond the raster."""
        col, row, width, height = self.computed(block)
        places = (col - self.crop, row - self.crop, width + 2 * self.crop, height + 2 * self.crop)
        return Window(*(int(place * self.scale) for place in places))

    def ground_window(self, block: Window) -> Window:
        """The pixels of the reference that meet the ground of a block; they may reach beyond the raster."""
        (col, width), (row, height) = (
            (math.floor(first * self.scale), math.ceil((first + count) * self.scale) - math.floor(first * self.scale))
            for first, count in ((block.col, block.width), (block.row, block.height))
        )
        return Window(col, row, width, height)

    def on_map(self, values: NDArray, block: Window) -> NDArray:
        """Values of the pixels of `ground_window` as those of a block of the map, [y, x]; all that meet a pixel count.

        Args:
            values: whether pixels of the reference are missing, [y, x].
        """
        if self.scale == 1:
            return values
        if self.scale > 1:
            times = int(self.scale)
            return values.reshape(block.height, times, block.width, times).all(axis=(1, 3))
        times = self.scale.denominator
        finer = values.repeat(times, axis=0).repeat(times, axis=1)
        row, col = block.row % times, block.col % times
        return finer[row : row + block.height, col : col + block.width]

    def grid(self, reference: Grid) -> Grid:
        """The pixels of the map on the ground."""
        return scaled(reference, self.scale).sub(self.area)

    def _lines(self, axis: int) -> range:
        first, count = self.area[axis], self.area[axis + 2]
        corner = first - (first - self.start[axis]) % self.efield
        return range(corner, first + count, self.efield)


def scaled(reference: Grid, scale: Fraction) -> Grid:
    """A grid of pixels so many times as large that covers the reference."""
    x, dx_col, dx_row, y, dy_col, dy_row = reference.transform
    times = float(scale)
    transform = (x, dx_col * times, dx_row * times, y, dy_col * times, dy_row * times)
    width, height = (math.ceil(size / scale) for size in (reference.width, reference.height))
    return Grid(width, height, transform, reference.crs)


def lay_out(
    width: int,
    height: int,
    fields: Fields,
    *,
    rfield: int = 0,
    efield: int = 0,
    crop: int = 0,
    scale: Fraction | None = None,
    step: int = 1,
    phase: tuple[int, int] = (0, 0),
    valid_only: bool = False,
    extent: Window | None = None,
    largest: int = 0,
    even: bool = False,
) -> BlockLayout:
    """Choose the fields that are not given, and check those that are.

    Args:
        width: of the raster, in pixels.
        height: of the raster, in pixels.
        fields: of the network.
        rfield: receptive field; 0: from the others.
        efield: expression field; 0: automatic.
        crop: 0: from the other two, or the network's own.
        scale: pixel size of the map / that of the reference; None: that of the fields.
        step: blocks cover whole pixels of every source if their first pixels are so many pixels apart.
        phase: column and row of the first such pixel.
        valid_only: the map has only pixels whose whole field lies in the raster: as in OTBTF, where the expression
            field is given, a whole number of blocks; else as many pixels as the total stride allows.
        extent: the map has only these pixels of the map of the whole raster; None: all.
        largest: the receptive field that is chosen is at most so large, if the network allows it; 0: any.
        even: all blocks are computed in one size.

    Raises:
        InputError: a given value would make seams; the message names the nearest good one.
    """
    scale = Fraction(fields.scale) if scale is None else scale
    stride = math.lcm(fields.total_stride, step, scale.numerator)
    unit = int(stride / scale)  # of the blocks, in pixels of the map
    layout = _fields((width, height), scale, unit, fields.valid_margin, (rfield, efield, crop), largest)
    if any(first % scale.numerator for first in phase):
        raise InputError(
            "The pixels of the map do not nest in those of the sources.",
            expected=f"sources whose coarse pixels begin at a multiple of {scale.numerator} pixels of the first source",
            received=f"column {phase[0]} and row {phase[1]}",
            remedy="Choose to resample (RESAMPLE), or clip the first source.",
        )
    start = int(phase[0] / scale), int(phase[1] / scale)
    area = Window(0, 0, math.ceil(width / scale), math.ceil(height / scale))
    if valid_only:
        start = start[0] + layout.crop, start[1] + layout.crop
        piece = layout.efield if rfield or efield else unit
        area = _valid(Window(*phase, width - phase[0], height - phase[1]), layout, piece, start)
    if extent is not None:
        area = area.intersection(extent)
    if min(area.shape) == 0:
        raise InputError(
            "No pixel of the map lies in the extent.",
            expected="an extent that meets the image",
            remedy="Change EXTENT.",
        )
    return BlockLayout(area, layout.efield, layout.crop, scale, start, layout.efield if even else unit)


def lay_out_patches(
    width: int, height: int, rfield: int, *, scale: int = 1, valid_only: bool = False, extent: Window | None = None
) -> BlockLayout:
    """How a raster is cut for a network that gives one pixel of the map for each patch.

    The block's side is no field of the network: any gives the same map.

    Args:
        width: of the raster, in pixels.
        height: of the raster, in pixels.
        rfield: side of the patches; the central pixel is number ``rfield // 2``.
        scale: pixels from one patch to the next.
        valid_only: the map has only pixels whose patch lies in the raster.
        extent: as for `lay_out`.

    Raises:
        InputError: the map would have no pixel.
    """
    area = Window(0, 0, ceil_div(width, scale), ceil_div(height, scale))
    if valid_only:
        edges = []
        for size in (width, height):
            first = max(0, ceil_div(rfield // 2 - scale // 2, scale))
            last = (size - rfield + rfield // 2 - scale // 2) // scale
            edges.append((first, last + 1 - first))
        (col, columns), (row, rows) = edges
        if min(columns, rows) < 1:
            raise _smaller_than(rfield, width, height)
        area = Window(col, row, columns, rows)
    if extent is not None:
        area = area.intersection(extent)
    if min(area.shape) == 0:
        raise InputError("No pixel of the map lies in the extent.", expected="an extent that meets the image")
    return BlockLayout(area, max(1, PATCHES_SIDE // scale // _TILE) * _TILE, 0, Fraction(scale))


def reflected(start: int, count: int, size: int) -> NDArray[np.int64]:
    """Indices ``start … start + count - 1`` of a line of ``size`` pixels that is continued by reflection.

    The border pixel itself is not repeated: before 0 come 1, 2, …
    """
    if size == 1:
        return np.zeros(count, np.int64)
    period = 2 * (size - 1)
    indices = np.arange(start, start + count) % period
    return np.minimum(indices, period - indices)


def _in_units(first: int, count: int, start: int, unit: int) -> tuple[int, int]:
    """First pixel and number of those that hold a run of pixels and are whole units, counted from a start."""
    before, behind = (first - start) % unit, (start - first - count) % unit
    return first - before, before + count + behind


def _fields(
    size: tuple[int, int], scale: Fraction, unit: int, margin: int, given: tuple[int, int, int], largest: int
) -> BlockLayout:
    """The layout of the fields; where it lies is still to be said."""
    rfield, efield, crop = given
    times = "" if scale == 1 else f"{scale} × "
    least = round_up(margin, unit)
    sides = rfield / scale - efield
    chosen_crop = crop or (math.floor(sides / 2) if rfield and efield else least)
    if chosen_crop % unit or chosen_crop < margin:
        raise InputError(
            "This crop would leave seams in the map.",
            expected=f"a multiple of the network's total stride {unit}, at least {least}",
            received=f"CROP = {chosen_crop}" + ("" if crop else f" (from RFIELD = {rfield}, EFIELD = {efield})"),
            remedy=f"Use CROP = {max(least, round(chosen_crop / unit) * unit)}, or 0 for automatic.",
        )
    if rfield and efield and sides != 2 * chosen_crop:
        raise InputError(
            "The fields do not fit together.",
            expected=f"RFIELD = {times and f'{times}('}EFIELD + 2 × CROP{times and ')'}",
            received=f"RFIELD = {rfield}, EFIELD = {efield}, CROP = {chosen_crop}",
            remedy=f"Use RFIELD = {int((efield + 2 * chosen_crop) * scale)}, or 0 for automatic.",
        )
    from_rfield = rfield / scale - 2 * chosen_crop
    most = Fraction(PREFERRED_EFIELD)
    if largest:
        most = min(most, largest / scale - 2 * chosen_crop)
    chosen = efield or (from_rfield if rfield else _automatic_efield(max(size) / scale, unit, most))
    if chosen % unit or chosen < 1:
        good = max(1, round(chosen / unit)) * unit
        raise InputError(
            "These fields would leave seams in the map.",
            expected=f"an expression field that is a multiple of the network's total stride {unit}",
            received=f"EFIELD = {chosen}" + (f" (from RFIELD = {rfield})" if not efield else ""),
            remedy=f"Use EFIELD = {good} and RFIELD = {int((good + 2 * chosen_crop) * scale)}, or 0 for automatic.",
        )
    return BlockLayout(Window(0, 0, 0, 0), int(chosen), chosen_crop, scale)


def _automatic_efield(whole: Fraction, unit: int, most: Fraction) -> int:
    """Side of the blocks of a map whose longer side has so many pixels; at most ``most``, but at least one unit."""
    if whole <= most:
        return math.ceil(whole / unit) * unit
    step = math.lcm(unit, _STEP)
    return max(unit, int(most // step * step or most // unit * unit))


def _valid(whole: Window, layout: BlockLayout, piece: int, start: tuple[int, int]) -> Window:
    """The pixels of the map whose whole field lies in a window, as many pieces as there are."""
    width, height = (
        math.floor((size / layout.scale - 2 * layout.crop) / piece) * piece for size in (whole.width, whole.height)
    )
    if min(width, height) < 1:
        raise _smaller_than(int((piece + 2 * layout.crop) * layout.scale), whole.width, whole.height)
    return Window(*start, width, height)


def _smaller_than(rfield: int, width: int, height: int) -> InputError:
    return InputError(
        "The image is smaller than what the network looks at, so that no pixel of the map is valid.",
        expected=f"at least {rfield} × {rfield} pixels",
        received=f"{width} × {height}",
        remedy="Choose other edges (EDGES), such as 'reflect'.",
    )
