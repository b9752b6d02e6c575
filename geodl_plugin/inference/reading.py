"""The inputs of the network for a block: the same ground of every source, also beyond the raster's border."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np
from numpy.typing import NDArray

from ..rasters.continuation import read_continued
from ..rasters.grid import Window
from ..rasters.raster import Source
from ..rasters.sources import Sources
from .blocks import BlockLayout
from .patch_grid import PatchGrid, read_patch_grid

READ_AHEAD = 2  # blocks that are read before they are needed
NetworkInputs = list[Union[NDArray, PatchGrid]]  # one for each source: [y, x, bands], or patches


@dataclass(frozen=True)
class BlockData:
    """What was read for a block in which some pixels have data.

    Args:
        inputs: of the network.
        nodata: where the map has no data, [y, x].
        is_complete: whether it is known that no value of the inputs is one that the network takes for missing.
    """

    inputs: NetworkInputs
    nodata: NDArray[np.bool_]
    is_complete: bool


class BlockReader:
    """Reads the inputs of the network; for one thread.

    A pixel of the map has no data where the reference has none in any band, where another source has no pixel, and
    outside the mask.  Blocks in which no pixel has data are not read to the end.

    Args:
        sources: the images.
        layout: blocks of the map.
        zero: continue the images by 0 beyond their border; else by reflection.
        patch_size: side of the patches that the network takes, in pixels of the reference; 0: it takes whole blocks.
        mask: gives for a window of the map which pixels are wanted, [y, x]; None: all.
        fill: for each source the value of each band by which the network knows missing values, if that is another one
            than in the raster; None: values stay as they are.
        network_nodata: the no-data values of each source's bands that the network takes for missing; empty: unknown.
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
        network_nodata: Sequence[Sequence[float | None]] = (),
    ) -> None:
        self._sources, self._layout, self._zero, self._mask = sources, layout, zero, mask
        self._patch_size = patch_size
        self._fill = list(fill) or [None] * len(sources)
        self._network_nodata = network_nodata
        self._common = sources.common

    def is_empty(self, block: Window) -> bool:
        """Whether it is known without reading that no pixel of a block has data."""
        reference, ground = self._sources.reference, self._layout.ground_window(block)
        return min(ground.intersection(self._common).shape) == 0 or reference.is_empty(
            ground.intersection(reference.grid.window)
        )

    def __call__(self, block: Window) -> BlockData | None:
        """Read a block that `is_empty` does not rule out; None: no pixel has data.

        Raises:
            InputError: a raster cannot be read.
        """
        reference, ground = self._sources.reference, self._layout.ground_window(block)
        nodata = self._unwanted(block, ground)
        if nodata.all():
            return None
        window = self._layout.read_window(block)
        values = read_continued(reference, ground if self._patch_size else window, self._zero)
        col, row = (0, 0) if self._patch_size else (ground.col - window.col, ground.row - window.row)
        inner = values[row : row + ground.height, col : col + ground.width]  # before other values mark no-data
        if reference.may_have_missing_values:
            nodata = nodata | self._layout.on_map(reference.is_nodata(inner), block)
            if nodata.all():
                return None
        first = self._read(0, block) if self._patch_size else self._marked(0, values)
        inputs = [first, *(self._read(index, block) for index in range(1, len(self._sources)))]
        return BlockData(inputs, nodata, self._is_complete(inputs))

    def _is_complete(self, inputs: NetworkInputs) -> bool:
        return len(self._network_nodata) == len(inputs) and all(
            isinstance(values, np.ndarray) and is_complete(values, nodata)
            for values, nodata in zip(inputs, self._network_nodata)
        )

    def _unwanted(self, block: Window, ground: Window) -> NDArray[np.bool_]:
        """Where the map has no data whatever the reference holds: outside the mask or another source, [y, x]."""
        unwanted = np.zeros(block.shape, bool) if self._mask is None else ~self._mask(block)
        inside = ground.intersection(self._common)
        if inside != ground.intersection(self._sources.reference.grid.window):
            outside = np.ones(ground.shape, bool)
            row, col = inside.row - ground.row, inside.col - ground.col
            outside[row : row + inside.height, col : col + inside.width] = False
            unwanted |= self._layout.on_map(outside, block)
        return unwanted

    def _read(self, index: int, block: Window) -> NDArray | PatchGrid:
        source = self._sources[index]

        def read(window: Window) -> NDArray:
            return self._marked(index, read_continued(source, window, self._zero))

        if self._patch_size:
            return read_patch_grid(self._sources, index, self._layout, block, self._patch_size, read)
        return read(self._sources.window(index, self._layout.read_window(block)))

    def _marked(self, index: int, values: NDArray) -> NDArray:
        """The values of a source, missing ones as the network knows them."""
        fill = self._fill[index]
        return values if fill is None else _filled(self._sources[index], values, fill)


def is_complete(values: NDArray, nodata: Sequence[float | None]) -> bool:
    """Whether no value is missing in the eyes of a network, which sees float32: no-data, NaN or infinite.

    Args:
        values: [y, x, bands].
        nodata: of each band; None: it has none.
    """
    if values.dtype.kind == "f" or values.dtype.itemsize > 2:  # other integers are the same in float32
        with np.errstate(over="ignore"):
            values = values.astype(np.float32, copy=False)
        if not np.isfinite(values).all():
            return False
    held = [value if value is not None and _holds(values.dtype, value) else None for value in nodata]
    if not any(value is not None for value in held):
        return True
    if len(set(held)) == 1:
        return not (values == np.array(held[0]).astype(values.dtype)).any()
    of_row = np.tile(np.array([np.nan if value is None else value for value in held], np.float32), values.shape[1])
    return not (values.reshape(len(values), -1) == of_row).any()


def _holds(dtype: np.dtype, value: float) -> bool:
    """Whether a type of numbers, which is float32 or one of the smaller integers, has a value."""
    if dtype.kind == "f":
        return bool(abs(value) <= np.finfo(dtype).max)
    limits = np.iinfo(dtype)
    return limits.min <= value <= limits.max and float(value).is_integer()


def _filled(source: Source, values: NDArray, fill: NDArray) -> NDArray:
    """The values, with the network's fill value where they are missing; float32 if the raster's type cannot hold it.

    All blocks are of one type, so that the network is compiled once.
    """
    is_held = np.isfinite(fill).all() and np.array_equal(fill.astype(values.dtype), fill)
    kind = values.dtype if is_held or values.dtype.kind == "f" else np.dtype(np.float32)
    values, missing = values.astype(kind, copy=False), source.missing(values)
    return values if missing is None else np.where(missing, fill.astype(kind), values)
