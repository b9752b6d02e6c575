"""The way of the blocks: read ahead, computed, written behind."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from ..grid import Window
from ..raster import Source
from ..reporter import Reporter
from .blocks import BlockLayout, reflected

_AHEAD = 2  # blocks read before they are needed, and computed before they are written
Write = Callable[[Window, NDArray, "NDArray | None"], None]


def map_blocks(
    source: Source,
    layout: BlockLayout,
    compute: Callable[[NDArray], tuple[NDArray, NDArray | None]],
    write: Write,
    nodata: tuple[float, float],
    reporter: Reporter,
) -> None:
    """Map a raster block by block; memory does not grow with its size.

    Args:
        source: the image; read by one thread of its own.
        layout: how it is cut.
        compute: from the window read for a block to the map and the confidence (or None) of the block.
        write: takes finished blocks, in order, in one thread of its own.
        nodata: what to write where the image has no data, in the map and in the confidence.
        reporter: hears the progress.
    """
    total = len(layout)
    with ThreadPoolExecutor(1, "reader") as reader, ThreadPoolExecutor(1, "writer") as writer:
        writing: deque[Future[None]] = deque()
        try:
            for done, (block, values) in enumerate(_read_ahead(source, layout, reader), start=1):
                if len(writing) >= _AHEAD:
                    writing.popleft().result()
                result, confidence = compute(values)
                inner = values[layout.crop : layout.crop + block.height, layout.crop : layout.crop + block.width]
                missing = source.is_nodata(inner)
                result = _blank(result[: block.height, : block.width], missing, nodata[0])
                if confidence is not None:
                    confidence = _blank(confidence[: block.height, : block.width], missing, nodata[1])
                writing.append(writer.submit(write, block, result, confidence))
                reporter.progress(done / total, f"Mapping: block {done} of {total}")
            for future in writing:
                future.result()
        finally:
            for pool in (reader, writer):
                pool.shutdown(cancel_futures=True)


def read_reflected(source: Source, window: Window) -> NDArray:
    """The values of a window that may reach beyond the raster, where the image is continued by reflection."""
    if source.grid.window.intersection(window) == window:
        return source.read(window)
    cols = reflected(window.col, window.width, source.grid.width)
    rows = reflected(window.row, window.height, source.grid.height)
    first_col, first_row = int(cols.min()), int(rows.min())
    inside = Window(first_col, first_row, int(cols.max()) + 1 - first_col, int(rows.max()) + 1 - first_row)
    return source.read(inside)[rows[:, None] - first_row, cols[None, :] - first_col]


def _read_ahead(source: Source, layout: BlockLayout, reader: ThreadPoolExecutor) -> Iterator[tuple[Window, NDArray]]:
    reading: deque[tuple[Window, Future[NDArray]]] = deque()
    for block in layout:
        reading.append((block, reader.submit(read_reflected, source, layout.read_window(block))))
        if len(reading) > _AHEAD:
            first, future = reading.popleft()
            yield first, future.result()
    for first, future in reading:
        yield first, future.result()


def _blank(values: NDArray, missing: NDArray[np.bool_], nodata: float) -> NDArray:
    if missing.any():
        values = values.copy()
        values[missing] = nodata
    return values
