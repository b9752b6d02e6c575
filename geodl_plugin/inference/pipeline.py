"""Blocks are read ahead in one thread, computed in one or several, and written in another thread."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

from numpy.typing import NDArray

from ..language import tr
from ..rasters.grid import Window
from ..runtime.reporter import Reporter
from .blocks import BlockLayout
from .checkpoint import Checkpoint
from .output_rasters import OutputRaster
from .reading import READ_AHEAD, BlockData, BlockReader, NetworkInputs

WRITE_BEHIND = 2  # blocks that are computed before they are written
Compute = Callable[[NetworkInputs, bool], "list[NDArray]"]
Write = Callable[[Window, "list[NDArray]"], None]


class _State(IntEnum):
    """What is known of a block before it is read."""

    UNREAD = 0
    EMPTY = 1  # no pixel has data
    FINISHED = 2  # by an earlier run


@dataclass(frozen=True)
class _Fetched:
    """A block as it comes from the thread that reads.

    Args:
        block: its pixels of the map.
        state: what was known of it before.
        results: those of an earlier run, one array for each raster; None: there are none.
        data: what was read; None: there is nothing to compute.
    """

    block: Window
    state: _State
    results: list[NDArray] | None = None
    data: BlockData | None = None


class _Workload:
    """The share of the work that is done.  Blocks that are finished or empty take hardly any time and do not count.

    Args:
        pixels: that have to be read, as far as is known.
    """

    def __init__(self, pixels: int) -> None:
        self._total, self._done = pixels, 0

    def add_done(self, pixels: int) -> None:
        """Count pixels that were read and computed."""
        self._done += pixels

    def remove(self, pixels: int) -> None:
        """Do not expect pixels any more: reading showed that they have no data."""
        self._total -= pixels

    def share(self, otherwise: float) -> float:
        """From 0 to 1; ``otherwise`` if there is nothing to do."""
        return min(self._done / self._total, 1) if self._total else otherwise


class Times:
    """What the threads that compute did, in seconds: waited for blocks to be read, computed, waited for the writer."""

    def __init__(self) -> None:
        self._seconds = {"compute": 0.0, "input": 0.0, "output": 0.0}
        self._lock = threading.Lock()

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Add the duration of the block to one of the times: ``compute``, ``input`` or ``output``."""
        started = time.monotonic()
        yield
        with self._lock:
            self._seconds[name] += time.monotonic() - started

    def __str__(self) -> str:
        total = max(sum(self._seconds.values()), 1e-9)
        computing, reading, writing = (f"{100 * part / total:.0f} %" for part in self._seconds.values())
        return tr("{computing} of the time computing, {reading} waiting for input, {writing} for output").format(
            computing=computing, reading=reading, writing=writing
        )


def map_blocks(
    read: BlockReader,
    layout: BlockLayout,
    compute: Compute,
    write: Write,
    rasters: Sequence[OutputRaster],
    reporter: Reporter,
    checkpoint: Checkpoint | None = None,
    *,
    at_once: int = 1,
) -> Times:
    """Map a raster block by block; memory grows with the raster by one byte for each block only.

    Args:
        read: reads blocks; called in a thread of its own once the first block is read.
        layout: the blocks.
        compute: from the inputs of the network, and whether they are complete, to one array for each raster, [y, x] or
            [y, x, band]: the pixels of the block, or all that were computed for it.
        write: takes finished blocks, in order, in a thread of its own.
        rasters: those that are made.
        reporter: receives the progress.
        checkpoint: has blocks of an earlier run, and keeps those of this one; None: there is none.
        at_once: blocks that are computed at the same time, each called for in a thread of its own.
    """
    total, times = len(layout), Times()
    states, workload = _plan(read, layout, checkpoint)
    room, is_over = threading.Semaphore(at_once + WRITE_BEHIND), threading.Event()  # for results that wait
    reporter.new_pace()

    def fetch(block: Window, state: _State) -> _Fetched:
        if state == _State.EMPTY:
            return _Fetched(block, state)
        results = checkpoint.load(block) if checkpoint and state == _State.FINISHED else None
        return _Fetched(block, state, results, read(block) if results is None else None)

    def compute_next(reading: Future[_Fetched]) -> tuple[_Fetched, list[NDArray]]:
        with times.of("output"):
            room.acquire()
        if is_over.is_set():
            raise CancelledError
        with times.of("input"):
            fetched = reading.result()
        with times.of("compute"):
            return fetched, _results(fetched, layout, compute, rasters)

    def keep(fetched: _Fetched, results: list[NDArray]) -> None:
        if checkpoint and fetched.data is not None:
            checkpoint.save(fetched.block, results)
        write(fetched.block, results)
        room.release()

    with (
        ThreadPoolExecutor(1, "reader") as reader,
        ThreadPoolExecutor(at_once, "network") as network,
        ThreadPoolExecutor(1, "writer") as writer,
    ):
        computing = (
            network.submit(compute_next, reader.submit(fetch, block, _State(state)))
            for block, state in zip(layout, states)
        )
        writing: deque[Future[None]] = deque()
        try:
            for done, (fetched, results) in enumerate(_ahead(computing, READ_AHEAD + at_once), start=1):
                writing.append(writer.submit(keep, fetched, results))
                while writing[0].done() and len(writing) > 1:
                    writing.popleft().result()
                if fetched.data is not None:
                    workload.add_done(_pixels_read(layout, fetched.block))
                elif fetched.state == _State.UNREAD:
                    workload.remove(_pixels_read(layout, fetched.block))
                reporter.progress(
                    workload.share(otherwise=done / total),
                    tr("Mapping: block {done} of {total}").format(done=done, total=total),
                )
            for future in writing:
                future.result()
        finally:
            is_over.set()
            for pool in (reader, network, writer):
                pool.shutdown(wait=False, cancel_futures=True)
            room.release(at_once)  # else a thread waits for room that a writer that failed does not make
    return times


def _plan(read: BlockReader, layout: BlockLayout, checkpoint: Checkpoint | None) -> tuple[bytearray, _Workload]:
    """The `_State` of each block, a byte each since there may be millions, and the work to expect."""
    states, pixels = bytearray(), 0
    for block in layout:
        if checkpoint and block in checkpoint:
            states.append(_State.FINISHED)
        elif read.is_empty(block):
            states.append(_State.EMPTY)
        else:
            states.append(_State.UNREAD)
            pixels += _pixels_read(layout, block)
    return states, _Workload(pixels)


def _pixels_read(layout: BlockLayout, block: Window) -> int:
    return math.prod(layout.read_window(block).shape)


_Result = TypeVar("_Result")


def _ahead(futures: Iterator[Future[_Result]], count: int) -> Iterator[_Result]:
    """The results of futures in their order, of which so many are begun at a time."""
    begun: deque[Future[_Result]] = deque()
    for future in futures:
        begun.append(future)
        if len(begun) == count:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()


def _results(
    fetched: _Fetched, layout: BlockLayout, compute: Compute, rasters: Sequence[OutputRaster]
) -> list[NDArray]:
    """The block of each raster, with the raster's no-data value where there is no data."""
    block, data = fetched.block, fetched.data
    if fetched.results is not None:
        return fetched.results
    if data is None:
        return [raster.empty_block(block.shape) for raster in rasters]
    window = layout.computed_window(block)
    results = []
    for computed, raster in zip(compute(data.inputs, data.is_complete), rasters):
        values = computed
        if values.shape[:2] != block.shape:
            row, col = block.row - window.row, block.col - window.col
            values = values[row : row + block.height, col : col + block.width]
        values = raster.avoid_nodata(values)
        if data.nodata.any():
            values = values.copy()
            values[data.nodata] = raster.nodata
        results.append(values)
    return results
