"""Reading patches of a raster and their labels, each part of the image once.

Positions are visited tile by tile; a tile is read with the margin that its patches need and cut into
patches in memory, which is far faster than one small read a patch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from ..grid import Window, patch_window
from ..raster import Source
from ..reporter import Reporter
from ..sampling.positions import Positions

_TILE = 1024


def fits(positions: Positions, source: Source, size: int) -> NDArray[np.bool_]:
    """Which positions have their whole patch inside the raster."""
    left, top = positions.cols - size // 2, positions.rows - size // 2
    return (left >= 0) & (top >= 0) & (left + size <= source.grid.width) & (top + size <= source.grid.height)


def read_patches(
    source: Source,
    positions: Positions,
    size: int,
    read_labels: Callable[[Window], NDArray] | None,
    reporter: Reporter,
) -> Iterator[tuple[int, NDArray, NDArray | None]]:
    """Read the patches of all positions, tile by tile.

    Args:
        source: the raster.
        positions: patch centres; every patch lies inside the raster.
        size: side of the patches in pixels.
        read_labels: class indices of a window, [y, x]; None: there are none to read.
        reporter: hears the progress.

    Yields:
        Index of the position, patch [y, x, bands] and labels [y, x] (None without ``read_labels``).
    """
    tile_of = positions.rows // _TILE * (source.grid.width // _TILE + 1) + positions.cols // _TILE
    order = np.lexsort((positions.cols, positions.rows, tile_of))
    starts = np.flatnonzero(np.diff(tile_of[order], prepend=-1))
    done = 0
    for members in np.split(order, starts[1:]) if len(order) else []:
        cols, rows = positions.cols[members], positions.rows[members]
        first = patch_window(int(cols.min()), int(rows.min()), size)
        window = Window(first.col, first.row, size + int(cols.max() - cols.min()), size + int(rows.max() - rows.min()))
        values, labels = source.read(window), read_labels(window) if read_labels else None
        for number, col, row in zip(members.tolist(), cols.tolist(), rows.tolist()):
            patch = patch_window(col - window.col, row - window.row, size)
            cut = slice(patch.row, patch.row + size), slice(patch.col, patch.col + size)
            yield number, values[cut], None if labels is None else labels[cut]
        done += len(members)
        reporter.progress(done / len(order), f"{done} of {len(order)} patches")
