"""Reading patches of several sources and their labels, each part of the images once.

Positions are visited tile by tile; a tile is read with the margin that its patches need and cut into
patches in memory, which is far faster than one small read a patch.  The next tile is read meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from ..rasters.grid import Window
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter

_TILE = 1024  # pixels of the reference
_LEAST_TILE = 64
_TILE_BYTES = 48 << 20  # of all sources; two tiles are in memory at a time
Tile = tuple[list[NDArray], "NDArray | None"]


def read_patches(
    sources: Sources,
    cols: NDArray[np.int64],
    rows: NDArray[np.int64],
    size: int,
    read_labels: Callable[[Window], NDArray] | None,
    reporter: Reporter,
) -> Iterator[tuple[int, list[NDArray], NDArray | None]]:
    """Read the patches of all positions, tile by tile.

    Args:
        sources: the rasters.
        cols: columns of the patch centres in the reference; every patch lies inside all sources.
        rows: rows of the patch centres.
        size: side of the patches in pixels of the reference.
        read_labels: labels of a window of the reference, [y, x]; None: there are none to read.
        reporter: hears the progress.

    Yields:
        Index of the position, one patch [y, x, bands] a source, and labels [y, x] (None without ``read_labels``).
    """
    if len(cols) == 0:
        return
    tile = _tile_size(sources, size)
    tile_of = rows // tile * (sources.reference.grid.width // tile + 1) + cols // tile
    order = np.lexsort((cols, rows, tile_of))
    tiles = np.split(order, np.flatnonzero(np.diff(tile_of[order])) + 1)
    corners = [sources.corners(index, cols, rows, size) for index in range(len(sources))]
    sizes = [sources.patch_size(index, size) for index in range(len(sources))]
    first_cols, first_rows = cols - size // 2, rows - size // 2

    def read(members: NDArray) -> Tile:
        values = [
            source.read(_around(left[members], top[members], own))
            for source, (left, top), own in zip(sources, corners, sizes)
        ]
        labels = read_labels(_around(first_cols[members], first_rows[members], size)) if read_labels else None
        return values, labels

    done = 0
    with ThreadPoolExecutor(1, thread_name_prefix="tiles") as pool:
        upcoming: Future[Tile] = pool.submit(read, tiles[0])
        for number, members in enumerate(tiles):
            values, labels = upcoming.result()
            if number + 1 < len(tiles):
                upcoming = pool.submit(read, tiles[number + 1])
            cuts = [_cuts(left[members], top[members], own) for (left, top), own in zip(corners, sizes)]
            label_cuts = _cuts(first_cols[members], first_rows[members], size)
            for place, index in enumerate(members.tolist()):
                patches = [block[cut[place]] for block, cut in zip(values, cuts)]
                yield index, patches, None if labels is None else labels[label_cuts[place]]
            done += len(members)
            reporter.progress(done / len(order), f"{done} of {len(order)} patches")


def _tile_size(sources: Sources, size: int) -> int:
    """The largest tile that memory is meant for."""
    weight = sum(source.bands * source.dtype.itemsize / float(r) ** 2 for source, r in zip(sources, sources.ratios))
    tile = _TILE
    while tile > _LEAST_TILE and (tile + size) ** 2 * weight > _TILE_BYTES:
        tile //= 2
    return tile


def _around(left: NDArray, top: NDArray, size: int) -> Window:
    """The smallest window that holds the patches that begin there."""
    col, row = int(left.min()), int(top.min())
    return Window(col, row, size + int(left.max()) - col, size + int(top.max()) - row)


def _cuts(left: NDArray, top: NDArray, size: int) -> list[tuple[slice, slice]]:
    """Where patches lie in the window around them."""
    cols, rows = (left - left.min()).tolist(), (top - top.min()).tolist()
    return [(slice(row, row + size), slice(col, col + size)) for col, row in zip(cols, rows)]
