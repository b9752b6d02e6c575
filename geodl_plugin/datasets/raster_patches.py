"""Reading patches around positions from rasters, each part of the rasters once.

Positions are visited tile by tile.  A tile is read with the margin that its patches need and cut into patches in
memory, which is far faster than one small read for each patch.  The next tile is read meanwhile.  Patches come in
batches, since a call of numpy's or Python's for each would take longer than copying its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..language import tr
from ..rasters.continuation import read_continued
from ..rasters.grid import Window
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from .read_ahead import read_ahead

_TILE = 1024  # pixels of the reference
_MIN_TILE = 64
_TILE_BYTES = 48 << 20  # of all sources; two tiles are in memory at a time
_BATCH_BYTES = 1 << 20  # of all sources: what is computed from patches finds them in the processor's cache


class PatchBatch(NamedTuple):
    """The patches around some positions.

    Args:
        positions: indices of the positions, [patch].
        images: the patches of each source, [patch, y, x, band].
        labels: [patch, y, x, …]; None if no labels are read.
    """

    positions: NDArray[np.int64]
    images: list[NDArray]
    labels: NDArray | None


class RasterPatches(NamedTuple):
    """The patches around one position.

    Args:
        position: index of the position.
        images: one patch [y, x, band] for each source.
        labels: [y, x, …]; None if no labels are read.
    """

    position: int
    images: list[NDArray]
    labels: NDArray | None


def read_raster_patches(
    sources: Sources,
    cols: NDArray[np.int64],
    rows: NDArray[np.int64],
    size: int,
    read_labels: Callable[[Window], NDArray] | None,
    reporter: Reporter,
) -> Iterator[RasterPatches]:
    """Read the patches around all positions, one by one; the arguments are those of `read_patch_batches`.

    Yields:
        The patches of each position, in the order of the tiles.
    """
    for positions, images, labels in read_patch_batches(sources, cols, rows, size, read_labels, reporter):
        for place, position in enumerate(positions.tolist()):
            patches = [image[place] for image in images]
            yield RasterPatches(position, patches, None if labels is None else labels[place])


def read_patch_batches(
    sources: Sources,
    cols: NDArray[np.int64],
    rows: NDArray[np.int64],
    size: int,
    read_labels: Callable[[Window], NDArray] | None,
    reporter: Reporter,
) -> Iterator[PatchBatch]:
    """Read the patches around all positions, tile by tile.

    Args:
        sources: the rasters.
        cols: columns of the positions in the reference, [position]; where a patch reaches beyond a source, this is
            continued by reflection.
        rows: their rows, [position].
        size: side of the patches in pixels of the reference.
        read_labels: labels of a window of the reference, [y, x, …], which may reach beyond it; None: there are none
            to read.
        reporter: receives progress.

    Yields:
        The patches of several positions of a tile, in the order of the tiles.
    """
    if len(cols) == 0:
        return
    tile = _tile_size(sources, size)
    tile_of = rows // tile * (sources.reference.grid.width // tile + 1) + cols // tile
    order = np.lexsort((cols, rows, tile_of))
    tiles = np.split(order, np.flatnonzero(np.diff(tile_of[order])) + 1)  # positions in each tile
    corners = [sources.corners(number, cols, rows, size) for number in range(len(sources))]
    sizes = [sources.patch_size(number, size) for number in range(len(sources))]
    first_cols, first_rows = cols - size // 2, rows - size // 2

    def read(inside: NDArray) -> tuple[list[NDArray], NDArray | None]:
        images = [
            read_continued(source, _window_around(left[inside], top[inside], own))
            for source, (left, top), own in zip(sources, corners, sizes)
        ]
        labels = read_labels(_window_around(first_cols[inside], first_rows[inside], size)) if read_labels else None
        return images, labels

    bytes_per_patch = sum(source.bands * source.dtype.itemsize * own**2 for source, own in zip(sources, sizes))
    step = max(1, _BATCH_BYTES // bytes_per_patch)
    done = 0
    for inside, (images, labels) in zip(tiles, read_ahead(read, tiles)):
        places = [(left[inside] - left[inside].min(), top[inside] - top[inside].min()) for left, top in corners]
        label_left, label_top = (
            first_cols[inside] - first_cols[inside].min(),
            first_rows[inside] - first_rows[inside].min(),
        )
        for start in range(0, len(inside), step):
            part = slice(start, start + step)
            patches = [
                _cut(image, left[part], top[part], own) for image, (left, top), own in zip(images, places, sizes)
            ]
            label_patches = None if labels is None else _cut(labels, label_left[part], label_top[part], size)
            yield PatchBatch(inside[part], patches, label_patches)
        done += len(inside)
        reporter.progress(done / len(order), tr("{done} of {count} patches").format(done=done, count=len(order)))


def _tile_size(sources: Sources, size: int) -> int:
    """Side of the tiles in pixels of the reference: the largest that keep within `_TILE_BYTES`."""
    bytes_per_pixel = sum(
        source.bands * source.dtype.itemsize / float(ratio) ** 2 for source, ratio in zip(sources, sources.ratios)
    )
    tile = _TILE
    while tile > _MIN_TILE and (tile + size) ** 2 * bytes_per_pixel > _TILE_BYTES:
        tile //= 2
    return tile


def _window_around(left: NDArray, top: NDArray, size: int) -> Window:
    """The smallest window that holds the patches with these first columns and rows."""
    col, row = int(left.min()), int(top.min())
    return Window(col, row, size + int(left.max()) - col, size + int(top.max()) - row)


def _cut(image: NDArray, left: NDArray, top: NDArray, size: int) -> NDArray:
    """Cut patches [patch, y, x, …] with these first columns and rows out of an image [y, x, …]."""
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size), axis=(0, 1))  # type: ignore[call-overload]
    cut: NDArray = np.moveaxis(windows, (-2, -1), (2, 3))[
        top, left
    ]  # in one call: others wait for Python's lock meanwhile
    return cut
