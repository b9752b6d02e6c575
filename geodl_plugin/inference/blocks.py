"""Blocks: which window of the raster is fed to the network for which window of the map.

Pure arithmetic.  Pixels of the map are counted from the raster's corner, also where the map is a part of it.
Blocks lie on a lattice whose step is the expression field and whose origin is a multiple of the total stride in
every source.  The window that is read for a block is larger by the crop on each side and may reach beyond the raster.
Blocks at the border of the map are clipped to multiples of the total stride, unless the network needs one size.

In OTBTF's terms: RFIELD = SCALE × (EFIELD + 2 × CROP).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from ..models.fields import Fields
from ..rasters.grid import Grid, Window
from ..runtime.numbers import ceil_div, round_up

PREFERRED_EFIELD = 1024  # larger ones save little, and take four times the memory
PATCH_BLOCK_SIDE = 256  # pixels of the reference that a block of patches covers, on each side, about
_TILE = 16  # blocks of patches are tiles of the file, whose sides are multiples of this
_STEP = 64  # blocks whose side is a multiple of this can be written as whole tiles


@dataclass(frozen=True)
class ReferenceSize:
    """The raster that blocks are laid out on.

    Args:
        width: columns.
        height: rows.
        step: every so many columns and rows the pixel edges of all sources coincide.
        phase: column and row of the first pixel where they do.
    """

    width: int
    height: int
    step: int = 1
    phase: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class BlockSizes:
    """The sizes of blocks that the user gave; 0: automatic.

    Args:
        rfield: receptive field, in pixels of the reference.
        efield: expression field, in pixels of the map.
        crop: pixels of the map that are cropped on each side.
        maximum: the receptive field that is chosen is at most this, if the network allows it, in pixels of the
            reference; 0: unlimited.
    """

    rfield: int = 0
    efield: int = 0
    crop: int = 0
    maximum: int = 0


@dataclass(frozen=True)
class MapArea:
    """The part of the raster that is mapped.

    Args:
        valid_only: only pixels whose whole receptive field lies in the raster.
        extent: only these pixels of the map of the whole raster; None: all.
    """

    valid_only: bool = False
    extent: Window | None = None

    def clip(self, window: Window) -> Window:
        """The pixels of a window that lie in the extent.

        Raises:
            InputError: there are none.
        """
        clipped = window if self.extent is None else window.intersection(self.extent)
        if min(clipped.shape) == 0:
            raise InputError(
                tr("No pixel of the map lies in the extent."),
                expected=tr("an extent that overlaps the image"),
                remedy=tr("Change EXTENT."),
            )
        return clipped


AUTOMATIC = BlockSizes()
WHOLE_RASTER = MapArea()


@dataclass(frozen=True)
class BlockLayout:
    """The blocks of a map; iterating gives their windows, in pixels of the map.

    Args:
        area: pixels of the map.
        efield: expression field: side of a block of the map.
        crop: pixels of the map that are computed around a block and cropped.
        scale: pixel size of the map / that of the reference: n or 1/n.
        start: column and row of the corner of any block, in pixels of the map.
        unit: what is computed for a block begins and ends a multiple of this many pixels from ``start``.
        strip: number of columns of blocks that are processed together, from top to bottom; 0: all.
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
        """Receptive field: side of the window that is read for a block, in pixels of the reference."""
        return int((self.efield + 2 * self.crop) * self.scale)

    @property
    def columns(self) -> int:
        """Number of columns of blocks."""
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
    def has_one_size(self) -> bool:
        """Whether all blocks are computed in one size."""
        return self.unit == self.efield

    def computed_window(self, block: Window) -> Window:
        """The pixels of the map that are computed for a block; they may reach beyond the map."""
        (col, width), (row, height) = (
            _in_units(first, count, start, self.unit) for first, count, start in zip(block[:2], block[2:], self.start)
        )
        return Window(col, row, width, height)

    def read_window(self, block: Window) -> Window:
        """The pixels of the reference that the network gets for a block; they may reach beyond the raster."""
        col, row, width, height = self.computed_window(block)
        places = (col - self.crop, row - self.crop, width + 2 * self.crop, height + 2 * self.crop)
        return Window(*(int(place * self.scale) for place in places))

    def ground_window(self, block: Window) -> Window:
        """The pixels of the reference that a block overlaps; they may reach beyond the raster."""
        (col, width), (row, height) = (
            (math.floor(first * self.scale), math.ceil((first + count) * self.scale) - math.floor(first * self.scale))
            for first, count in ((block.col, block.width), (block.row, block.height))
        )
        return Window(col, row, width, height)

    def on_map(self, values: NDArray, block: Window) -> NDArray:
        """Where a block of the map has no data: where all pixels of the reference that it overlaps have none.

        Args:
            values: whether pixels of the reference have no data, [y, x] of `ground_window`.
            block: window of the map.

        Returns:
            The same for the pixels of the block, [y, x].
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
    """The grid that covers the reference with pixels whose size is ``scale`` times that of the reference's."""
    x, dx_col, dx_row, y, dy_col, dy_row = reference.transform
    times = float(scale)
    transform = (x, dx_col * times, dx_row * times, y, dy_col * times, dy_row * times)
    width, height = (math.ceil(size / scale) for size in (reference.width, reference.height))
    return Grid(width, height, transform, reference.crs)


def lay_out(
    reference: ReferenceSize,
    fields: Fields,
    sizes: BlockSizes = AUTOMATIC,
    area: MapArea = WHOLE_RASTER,
    *,
    scale: Fraction | None = None,
    one_size: bool = False,
) -> BlockLayout:
    """Choose the sizes that are not given, and check those that are.

    Args:
        reference: the raster.
        fields: of the network.
        sizes: those that the user gave.  What is missing follows from the others, or from the network.
        area: what is mapped.  If it is valid pixels only, the map is, as in OTBTF, a whole number of blocks where the
            user gave a field; else it is as large as the total stride allows.
        scale: pixel size of the map / that of the reference; None: that of the fields.
        one_size: all blocks are computed in one size, also those at the border.

    Raises:
        InputError: a given value would make seams; the message names the nearest good one.
    """
    scale = Fraction(fields.scale) if scale is None else scale
    stride = math.lcm(fields.total_stride, reference.step, scale.numerator)
    unit = int(stride / scale)  # of the blocks, in pixels of the map
    longer_side = max(reference.width, reference.height) / scale
    efield, crop = _choose_sizes(sizes, longer_side, scale, unit, fields.valid_margin)
    if any(first % scale.numerator for first in reference.phase):
        raise InputError(
            tr("The pixels of the map do not nest in those of the sources."),
            expected=tr("sources whose coarse pixels begin at a multiple of {step} pixels of the first source").format(
                step=scale.numerator
            ),
            received=tr("column {col} and row {row}").format(col=reference.phase[0], row=reference.phase[1]),
            remedy=tr("Choose to resample (RESAMPLE), or clip the first source."),
        )
    start = int(reference.phase[0] / scale), int(reference.phase[1] / scale)
    window = Window(0, 0, math.ceil(reference.width / scale), math.ceil(reference.height / scale))
    if area.valid_only:
        start = start[0] + crop, start[1] + crop
        piece = efield if sizes.rfield or sizes.efield else unit
        window = Window(*start, *_valid_size(reference, scale, crop, piece))
    return BlockLayout(area.clip(window), efield, crop, scale, start, efield if one_size else unit)


def lay_out_patches(
    width: int, height: int, rfield: int, *, scale: int = 1, area: MapArea = WHOLE_RASTER
) -> BlockLayout:
    """The blocks for a network that gives one pixel of the map for each patch.

    The block's side is no field of the network: any gives the same map.

    Args:
        width: of the raster, in pixels.
        height: of the raster, in pixels.
        rfield: side of the patches; the central pixel is number ``rfield // 2``.
        scale: pixels from one patch to the next.
        area: what is mapped.

    Raises:
        InputError: the map would have no pixel.
    """
    window = Window(0, 0, ceil_div(width, scale), ceil_div(height, scale))
    if area.valid_only:
        edges = []
        for size in (width, height):
            first = max(0, ceil_div(rfield // 2 - scale // 2, scale))
            last = (size - rfield + rfield // 2 - scale // 2) // scale
            edges.append((first, last + 1 - first))
        (col, columns), (row, rows) = edges
        if min(columns, rows) < 1:
            raise _image_too_small(rfield, width, height)
        window = Window(col, row, columns, rows)
    return BlockLayout(area.clip(window), max(1, PATCH_BLOCK_SIDE // scale // _TILE) * _TILE, 0, Fraction(scale))


def _in_units(first: int, count: int, start: int, unit: int) -> tuple[int, int]:
    """First pixel and number of pixels of the whole units, counted from ``start``, that contain a run of pixels."""
    before, behind = (first - start) % unit, (start - first - count) % unit
    return first - before, before + count + behind


def _choose_sizes(sizes: BlockSizes, longer_side: Fraction, scale: Fraction, unit: int, margin: int) -> tuple[int, int]:
    """The expression field and the crop.

    Args:
        sizes: those that the user gave.
        longer_side: of the map of the whole raster, in its pixels.
        scale: pixel size of the map / that of the reference.
        unit: total stride in pixels of the map.
        margin: valid margin in pixels of the map.
    """
    rfield, efield = sizes.rfield, sizes.efield
    times = "" if scale == 1 else f"{scale} × "
    minimum = round_up(margin, unit)
    cropped = rfield / scale - efield  # on both sides together
    crop = sizes.crop or (math.floor(cropped / 2) if rfield and efield else minimum)
    if crop % unit or crop < margin:
        derived = tr("CROP = {crop} (from RFIELD = {rfield}, EFIELD = {efield})")
        raise InputError(
            tr("This crop would leave seams in the map."),
            expected=tr("a multiple of the network's total stride {unit}, at least {minimum}").format(
                unit=unit, minimum=minimum
            ),
            received=f"CROP = {crop}" if sizes.crop else derived.format(crop=crop, rfield=rfield, efield=efield),
            remedy=tr("Use CROP = {crop}, or 0 for automatic.").format(crop=max(minimum, round(crop / unit) * unit)),
        )
    if rfield and efield and cropped != 2 * crop:
        raise InputError(
            tr("RFIELD, EFIELD and CROP contradict each other."),
            expected=f"RFIELD = {times and f'{times}('}EFIELD + 2 × CROP{times and ')'}",
            received=f"RFIELD = {rfield}, EFIELD = {efield}, CROP = {crop}",
            remedy=tr("Use RFIELD = {rfield}, or 0 for automatic.").format(rfield=int((efield + 2 * crop) * scale)),
        )
    maximum = Fraction(PREFERRED_EFIELD)
    if sizes.maximum:
        maximum = min(maximum, sizes.maximum / scale - 2 * crop)
    from_rfield = rfield / scale - 2 * crop
    chosen = efield or (from_rfield if rfield else _automatic_efield(longer_side, unit, maximum))
    if chosen % unit or chosen < 1:
        good = max(1, round(chosen / unit)) * unit
        derived = tr("EFIELD = {efield} (from RFIELD = {rfield})")
        raise InputError(
            tr("These fields would leave seams in the map."),
            expected=tr("an expression field that is a multiple of the network's total stride {unit}").format(
                unit=unit
            ),
            received=f"EFIELD = {chosen}" if efield else derived.format(efield=chosen, rfield=rfield),
            remedy=tr("Use EFIELD = {efield} and RFIELD = {rfield}, or 0 for automatic.").format(
                efield=good, rfield=int((good + 2 * crop) * scale)
            ),
        )
    return int(chosen), crop


def _automatic_efield(longer_side: Fraction, unit: int, maximum: Fraction) -> int:
    """Side of the blocks of a map whose longer side has so many pixels; at most ``maximum``, but at least one unit."""
    if longer_side <= maximum:
        return math.ceil(longer_side / unit) * unit
    step = math.lcm(unit, _STEP)
    return max(unit, int(maximum // step * step or maximum // unit * unit))


def _valid_size(reference: ReferenceSize, scale: Fraction, crop: int, piece: int) -> tuple[int, int]:
    """Width and height of the map of valid pixels, in whole pieces of this many pixels of the map."""
    sides = reference.width - reference.phase[0], reference.height - reference.phase[1]
    width, height = (math.floor((side / scale - 2 * crop) / piece) * piece for side in sides)
    if min(width, height) < 1:
        raise _image_too_small(int((piece + 2 * crop) * scale), *sides)
    return width, height


def _image_too_small(rfield: int, width: int, height: int) -> InputError:
    return InputError(
        tr("The image is smaller than the receptive field of the network, so no pixel of the map is valid."),
        expected=tr("at least {rfield} × {rfield} pixels").format(rfield=rfield),
        received=f"{width} × {height}",
        remedy=tr("Choose other edges (EDGES), such as 'reflect'."),
    )
