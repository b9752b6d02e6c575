"""What is fed to the network for a block: the same ground of every source, also beyond the raster's border."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np
from numpy.typing import NDArray

from ..rasters.grid import Window
from ..rasters.raster import Source
from ..rasters.sources import Sources
from .blocks import BlockLayout, reflected
from .patches import Patches, read_patches

AHEAD = 2  # blocks read before they are needed
Values = list[Union[NDArray, Patches]]


@dataclass(frozen=True)
class Given:
    """What there is for a block.

    Args:
        values: [y, x, bands] or patches, one a source; None: there is nothing to compute.
        missing: where the map has no data, [y, x]; a single True stands for everywhere.
    """

    values: Values | None
    missing: NDArray[np.bool_]


NOTHING = Given(None, np.ones((1, 1), bool))
UNREAD = Given(None, NOTHING.missing)  # the same, and known without reading


class BlockReader:
    """Reads what is fed to the network; for one thread.

    A pixel of the map has no data where the reference has none in any band, where another source has no pixel, and
    outside the mask.  Blocks in which no pixel has data are not read to the end.

    Args:
        sources: the images.
        layout: how the reference is cut.
        zero: continue the images by 0 beyond their border; else by reflection.
        patch_size: side of the patches that the network is fed with, in pixels of the reference; 0: whole blocks.
        mask: tells which pixels of a window of the map are wanted; None: all.
        fill: one a source: what the network knows as missing, one a band, if that is another value than in the
            raster; None: values stay as they are.
    """

    def __init__(
        self,
        sources: Sources,
        layout: BlockLayout,
        *,
        zero: bool = False,
        patch_size: int = 0,
        mask: Callable[[Window], NDArray[np.bool_]] | None = None,
        fill: Sequence[NDArray | None] = (),
    ) -> None:
        self._sources, self._layout, self._zero, self._mask = sources, layout, zero, mask
        self._patch_size = patch_size
        self._fill = list(fill) or [None] * len(sources)
        self._common = sources.common

    def __call__(self, block: Window) -> Given:
        """What there is for a block."""
        if self.is_empty(block):
            return UNREAD
        reference, ground = self._sources.reference, self._layout.ground_window(block)
        unwanted = self._unwanted(block, ground)
        if unwanted.all():
            return NOTHING
        values = self._read(0, block)
        if isinstance(values, Patches):
            inner = read_continued(reference, ground, self._zero)
        else:
            window = self._layout.read_window(block)
            col, row = ground.col - window.col, ground.row - window.row
            inner = values[row : row + ground.height, col : col + ground.width]
        missing = unwanted
        if reference.may_miss:
            missing = missing | self._layout.on_map(reference.is_nodata(inner), block)
            if missing.all():
                return NOTHING
        return Given([values, *(self._read(index, block) for index in range(1, len(self._sources)))], missing)

    def is_empty(self, block: Window) -> bool:
        """Whether it is known without reading that no pixel of a block has data."""
        reference, ground = self._sources.reference, self._layout.ground_window(block)
        return min(ground.intersection(self._common).shape) == 0 or reference.is_empty(
            ground.intersection(reference.grid.window)
        )

    def _unwanted(self, block: Window, ground: Window) -> NDArray[np.bool_]:
        """Where no value is wanted whatever the reference holds, [y, x]."""
        unwanted = np.zeros(block.shape, bool) if self._mask is None else ~self._mask(block)
        inside = ground.intersection(self._common)
        if inside != ground.intersection(self._sources.reference.grid.window):
            outside = np.ones(ground.shape, bool)
            row, col = inside.row - ground.row, inside.col - ground.col
            outside[row : row + inside.height, col : col + inside.width] = False
            unwanted |= self._layout.on_map(outside, block)
        return unwanted

    def _read(self, index: int, block: Window) -> NDArray | Patches:
        source = self._sources[index]

        def read(window: Window) -> NDArray:
            values, fill = read_continued(source, window, self._zero), self._fill[index]
            return values if fill is None else _filled(source, values, fill)

        if self._patch_size:
            return read_patches(self._sources, index, self._layout, block, self._patch_size, read)
        return read(self._sources.window(index, self._layout.read_window(block)))


def read_continued(source: Source, window: Window, zero: bool = False) -> NDArray:
    """The values of a window that may reach beyond the raster, where the image is continued.

    Args:
        source: the image.
        window: of any place.
        zero: continue by 0; else by reflection.
    """
    inside = source.grid.window.intersection(window)
    if inside == window:
        return source.read(window)
    if zero:
        values = np.zeros((*window.shape, source.bands), source.dtype)
        if min(inside.shape) > 0:
            row, col = inside.row - window.row, inside.col - window.col
            values[row : row + inside.height, col : col + inside.width] = source.read(inside)
        return values
    cols = reflected(window.col, window.width, source.grid.width)
    rows = reflected(window.row, window.height, source.grid.height)
    first_col, first_row = int(cols.min()), int(rows.min())
    inside = Window(first_col, first_row, int(cols.max()) + 1 - first_col, int(rows.max()) + 1 - first_row)
    return source.read(inside).take(rows - first_row, axis=0).take(cols - first_col, axis=1)


def _filled(source: Source, values: NDArray, fill: NDArray) -> NDArray:
    """The values, with what is missing as the network knows it; of the raster's type where that can hold it.

    All blocks are of one type, so that the network is compiled once.
    """
    is_held = np.isfinite(fill).all() and np.array_equal(fill.astype(values.dtype), fill)
    kind = values.dtype if is_held or values.dtype.kind == "f" else np.dtype(np.float32)
    values, missing = values.astype(kind, copy=False), source.missing(values)
    return values if missing is None else np.where(missing, fill.astype(kind), values)
