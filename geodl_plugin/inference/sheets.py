"""Sheets: windows of a map that are mapped apart from each other and joined again.

Pure arithmetic.  A sheet is a whole number of blocks on each side, and its corner is that of a block: so its blocks are
the very blocks of the whole map, and so are its values.  Only the last sheets of a row or column are smaller, where the
map ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..rasters.grid import Window
from .blocks import BlockLayout

DEFAULT_SIDE = 16384  # pixels of the map


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Args:
        row: its number from the top, from 0.
        col: its number from the left, from 0.
        window: its pixels of the map of the whole raster.
    """

    row: int
    col: int
    window: Window

    @property
    def name(self) -> str:
        """What it is called in messages and names of files: ``<row>_<col>``."""
        return f"{self.row}_{self.col}"

    @property
    def weight(self) -> int:
        """Its number of pixels."""
        return self.window.width * self.window.height


def sheet_side(pixels: int, efield: int) -> int:
    """The side of sheets: so many pixels at most, but at least one block.

    Args:
        pixels: that the user wants.
        efield: side of a block, in pixels of the map.

    Returns:
        A multiple of ``efield``.
    """
    return max(1, pixels // efield) * efield


def sheets_of(layout: BlockLayout, side: int) -> list[Sheet]:
    """The sheets of a map, row by row.  Together they have each of its pixels once.

    Args:
        layout: the blocks of the map.
        side: of the sheets, a multiple of the blocks' side.
    """
    cols, rows = (_lines(layout, side, axis) for axis in (0, 1))
    return [
        Sheet(number, index, Window(col, row, side, side).intersection(layout.area))
        for number, row in enumerate(rows)
        for index, col in enumerate(cols)
    ]


def _lines(layout: BlockLayout, side: int, axis: int) -> Sequence[int]:
    """First columns or rows of the sheets; sheets of the whole raster, so that they do not depend on the extent."""
    first, count = layout.area[axis], layout.area[axis + 2]
    return range(first - (first - layout.start[axis]) % side, first + count, side)
