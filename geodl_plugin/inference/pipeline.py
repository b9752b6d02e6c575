"""The way of the blocks: read ahead, computed, written behind."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..rasters.grid import Window
from ..runtime.reporter import Reporter
from .blocks import BlockLayout
from .finished import Finished
from .products import Product
from .reading import AHEAD, UNREAD, BlockReader, Given, Values

BEHIND = 2  # blocks computed before they are written
Write = Callable[[Window, "list[NDArray]"], None]


@dataclass
class Times:
    """What the thread that computes did, in seconds.

    Args:
        input: it waited for blocks to be read.
        compute: the network ran.
        output: it waited for blocks to be written.
    """

    input: float = 0.0
    compute: float = 0.0
    output: float = 0.0

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Adds what the block takes to one of the times."""
        started = time.monotonic()
        yield
        setattr(self, name, getattr(self, name) + time.monotonic() - started)

    def __str__(self) -> str:
        whole = max(self.input + self.compute + self.output, 1e-9)
        shares = [f"{100 * part / whole:.0f} %" for part in (self.compute, self.input, self.output)]
        return f"{shares[0]} of the time computing, {shares[1]} waiting for input, {shares[2]} for output"


def map_blocks(
    read: BlockReader,
    layout: BlockLayout,
    compute: Callable[[Values], list[NDArray]],
    write: Write,
    products: Sequence[Product],
    reporter: Reporter,
    finished: Finished | None = None,
) -> Times:
    """Map a raster block by block; memory does not grow with its size.

    Args:
        read: what there is for a block; called in one thread of its own.
        layout: how the raster is cut.
        compute: from what is read for a block to one array for each product: the block, or all that was computed
            for it.
        write: takes finished blocks, in order, in one thread of its own.
        products: the rasters that are made.
        reporter: hears the progress.
        finished: knows blocks of an earlier run, and keeps those of this one; None: there are none.
    """
    total, times = len(layout), Times()

    def cost(block: Window) -> int:
        return math.prod(layout.read_window(block).shape)

    # Blocks that are finished, or without data, take hardly any time: the share is that of the others.
    awaited = (block for block in layout if not (finished and block in finished) and not read.is_empty(block))
    whole, spent = sum(map(cost, awaited)), 0
    reporter.new_pace()

    def keep(block: Window, results: list[NDArray], is_new: bool) -> None:
        if finished and is_new:
            finished.save(block, results)
        write(block, results)

    with ThreadPoolExecutor(1, "reader") as reader, ThreadPoolExecutor(1, "writer") as writer:
        writing: deque[Future[None]] = deque()
        try:
            for done, (block, found) in enumerate(_read_ahead(read, layout, finished, reader, times), start=1):
                with times.of("output"):
                    if len(writing) >= BEHIND:
                        writing.popleft().result()
                is_new = isinstance(found, Given) and found.values is not None
                with times.of("compute"):
                    results = _results(found, layout, block, compute, products) if isinstance(found, Given) else found
                writing.append(writer.submit(keep, block, results, is_new))
                if is_new:
                    spent += cost(block)
                elif isinstance(found, Given) and found is not UNREAD:
                    whole -= cost(block)
                share = min(spent / whole, 1) if whole else done / total
                reporter.progress(share, f"Mapping: block {done} of {total}")
            with times.of("output"):
                for future in writing:
                    future.result()
        finally:
            for pool in (reader, writer):
                pool.shutdown(cancel_futures=True)
    return times


def _results(
    given: Given,
    layout: BlockLayout,
    block: Window,
    compute: Callable[[Values], list[NDArray]],
    products: Sequence[Product],
) -> list[NDArray]:
    """The block of each product."""
    if given.values is None:
        return [_nothing(block, product) for product in products]
    place = layout.computed(block)
    results = []
    for computed, product in zip(compute(given.values), products):
        values = computed
        if values.shape[:2] != block.shape:
            row, col = block.row - place.row, block.col - place.col
            values = values[row : row + block.height, col : col + block.width]
        values = product.with_data(values)
        if given.missing.any():
            values = values.copy()
            values[given.missing] = product.nodata
        results.append(values)
    return results


def _nothing(block: Window, product: Product) -> NDArray:
    shape = block.shape if len(product.names) == 1 else (*block.shape, len(product.names))
    return np.full(shape, product.nodata, product.dtype)


def _read_ahead(
    read: BlockReader, layout: BlockLayout, finished: Finished | None, reader: ThreadPoolExecutor, times: Times
) -> Iterator[tuple[Window, Given | list[NDArray]]]:
    reading: deque[tuple[Window, Future[Given | list[NDArray]]]] = deque()

    def find(block: Window) -> Given | list[NDArray]:
        known = finished.load(block) if finished else None
        return read(block) if known is None else known

    def next_one() -> tuple[Window, Given | list[NDArray]]:
        block, future = reading.popleft()
        with times.of("input"):
            return block, future.result()

    for block in layout:
        reading.append((block, reader.submit(find, block)))
        if len(reading) > AHEAD:
            yield next_one()
    while reading:
        yield next_one()
