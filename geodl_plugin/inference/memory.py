"""How much memory a map takes, and the size and order of its blocks that keep it within limits.

The constants are estimates.  They were measured by ``benchmarks/memory.py`` on one machine, an Intel Xeon with Linux.
It maps 3000² pixels with each network that ships, with oneDNN's operations and without, each map in a process of its
own, and prints the peaks of these processes' resident memory (VmHWM), which are compared with MEMORY; BENCHMARKS.md has
the table.  They may be off on other systems and with other versions of TensorFlow: run it again there.
"""

from __future__ import annotations

import contextlib
import itertools
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction

import tensorflow as tf

from ..errors import InputError
from ..language import tr
from ..models.loading import OpenModel
from ..models.memory import bytes_per_pixel
from ..rasters.raster import CACHE
from ..rasters.sources import Sources
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from ..systems.memory import is_taken_when_used
from ..systems.processor import threads
from .blocks import BlockLayout
from .reading import READ_AHEAD

_MEGABYTE = 1 << 20
# Megabytes of a process that has loaded TensorFlow and a network (620), tried (80) and compiled it, with buffers of its
# threads and of oneDNN.
_BASE = 800
_FURTHER_MODEL = 80  # megabytes of each network that is averaged with the first: 70 for two of ``unet``
_CACHE_SHARE = 0.15  # of what is left, for GDAL
# Copies of the inputs: of the block that is read, while no-data is filled in, and of the one that is computed, as a
# tensor.
_BUFFERS = 4
# Bytes for each pixel of a network without layer graph: a U-Net with 16 channels at its finest level takes 256, with 32
# twice that.
_UNKNOWN = 400.0
# Measured peak / estimate of the tensors: 1.2 for the larger of the shipped networks, and a little for the lists of
# TensorFlow's pool.
_OVERHEAD = 1.3

_AT_ONCE = 2  # blocks; the gain of more is small
_STEP = 50  # megabytes
# Other errors of TensorFlow that mean too little memory: a status of oneDNN, of the GPU, of C++.
_NO_MEMORY = re.compile(r"exception:Status: 1, |OUT_OF_MEMORY|out of memory|bad_alloc", re.IGNORECASE)


@dataclass(frozen=True)
class MemoryBudget:
    """Bytes that a map may take in addition to what the process takes anyway.

    Args:
        block: for the block that is computed and those that wait.
        cache: for GDAL's cache.
    """

    block: int
    cache: int

    @classmethod
    def from_megabytes(cls, megabytes: int, models: int = 1) -> MemoryBudget:
        """The budget of a process that may take so many megabytes as a whole.

        Args:
            megabytes: of the process.
            models: how many networks it has loaded.
        """
        free = max(megabytes - _BASE - _FURTHER_MODEL * (models - 1), 100) * _MEGABYTE
        cache = max(CACHE, int(free * _CACHE_SHARE))
        return cls(max(free - cache, free // 4), cache)


def patches_at_a_time(size: int, budget: MemoryBudget) -> int:
    """How many patches fit into the budget.

    Args:
        size: side of the patches, in pixels.
        budget: memory that the map may take.
    """
    return max(1, int(budget.block / (_UNKNOWN * size**2)))


def bytes_needed(model: OpenModel, outputs: Sequence[str], ratios: Sequence[Fraction], values: float) -> float:
    """Bytes that a block takes for each pixel of the reference, about.

    Args:
        model: the network.
        outputs: those that are computed.
        ratios: pixel size of each source / that of the reference.
        values: bytes of all sources for each pixel of the reference, as the network gets them.
    """
    return _OVERHEAD * _tensors(model, outputs, ratios) + (READ_AHEAD + _BUFFERS) * values


def maximum_side(needed: float, budget: MemoryBudget) -> int:
    """Side of the largest block that fits into the budget, in pixels of the reference.

    Args:
        needed: `bytes_needed`.
        budget: memory that the map may take.
    """
    return math.isqrt(int(budget.block / needed))


def blocks_at_once(needed: int, ahead: int, budget: MemoryBudget, cache: int) -> int:
    """How many blocks to compute at the same time, so that no core waits for the other ones between two layers.

    Args:
        needed: bytes that a block takes.
        ahead: those of them that it takes for blocks that are read ahead, which further blocks share.
        budget: memory that the map may take.
        cache: bytes that GDAL's cache gets.
    """
    free = budget.block - max(0, cache - budget.cache) - needed
    return min(1 + max(0, free) // (needed - ahead), _AT_ONCE, threads())


def megabytes_needed(side: int, needed: float, models: int = 1) -> int:
    """The minimum memory of the whole process for blocks of a side, in megabytes, in steps of 50.

    Args:
        side: in pixels of the reference.
        needed: `bytes_needed`.
        models: how many networks there are.
    """
    sizes = itertools.count(_STEP, _STEP)
    return next(size for size in sizes if maximum_side(needed, MemoryBudget.from_megabytes(size, models)) >= side)


@contextmanager
def enough_memory() -> Iterator[None]:
    """Errors of numpy and TensorFlow for too little memory become one that tells what to do.

    Raises:
        InputError: there is too little memory.
    """
    try:
        yield
    except (MemoryError, tf.errors.OpError) as error:
        text = str(error)
        if not isinstance(error, (MemoryError, tf.errors.ResourceExhaustedError)) and not _NO_MEMORY.search(text):
            raise
        raise InputError(
            tr("There is not enough memory for a block."),
            received=" ".join(text.split())[-300:],
            remedy=tr("Give less MEMORY, so that blocks are smaller, or a smaller EFIELD, or close other programs."),
        ) from error


def reserve(size: int) -> None:
    """Have TensorFlow allocate its memory in one piece: many pieces would leave gaps that cannot be used.

    It is twice what blocks take, since tensors of many sizes leave gaps, too.  So it is done only on systems that count
    memory when it is used, not when it is allocated.

    Args:
        size: bytes that a block takes, about.
    """
    if not is_taken_when_used():
        return
    with contextlib.suppress(tf.errors.ResourceExhaustedError), tf.device("CPU:0"):
        tf.raw_ops.Empty(shape=[ceil_div(2 * size, _MEGABYTE), _MEGABYTE], dtype=tf.uint8)  # each side is an int32


def arrange_in_strips(
    layout: BlockLayout, sources: Sources, budget: MemoryBudget, needed: int, reporter: Reporter
) -> tuple[BlockLayout, int]:
    """Order the blocks such that each tile of the files is read once.

    Tiles that a row of blocks shares with the next one stay in GDAL's cache until then.  Where that takes too much
    memory, the raster is processed in strips of several columns of blocks, each from top to bottom.

    Args:
        layout: the blocks.
        sources: the images.
        budget: memory that the map may take.
        needed: bytes that a block takes.  Where files store whole lines, or tiles so large that not even a column of
            blocks keeps to the cache, the cache gets what blocks leave.
        reporter: receives a warning if tiles must be read several times.

    Returns:
        The layout with its strips, and the size of GDAL's cache in bytes.
    """
    in_lines = [path for source, paths in zip(sources, sources.files) if source.is_stored_in_lines for path in paths]

    def cached(columns: int) -> int:
        return sum(_cached_bytes(sources, index, layout, columns) for index in range(len(sources)))

    maximum, columns = budget.cache, layout.columns
    if in_lines or cached(1) > maximum:
        maximum += max(0, budget.block - needed)
    for count in (columns, *(columns // parts for parts in range(2, columns + 1))):
        if cached(count) <= maximum:
            return replace(layout, strip=count), max(CACHE, cached(count))
    if in_lines:
        reporter.warning(
            tr(
                "{in_lines} is stored in whole lines, so that parts of it are read several times. Tiled rasters are "
                "mapped faster (Translate, with the creation option TILED=YES), or give more MEMORY."
            ).format(in_lines=", ".join(in_lines))
        )
        return layout, maximum
    reporter.warning(
        tr(
            "The tiles of the image are so large that they are read several times. With more MEMORY the map is made "
            "faster."
        )
    )
    return replace(layout, strip=1), maximum


def _tensors(model: OpenModel, outputs: Sequence[str], ratios: Sequence[Fraction]) -> float:
    """Bytes of a network's tensors for each pixel of the reference."""
    try:
        graph = model.keras_model
        if graph is None:
            return _UNKNOWN
        named = {tensor.name: ratio for tensor, ratio in zip(model.images, ratios)}
        return max(bytes_per_pixel(graph, name, named) for name in outputs)
    except (InputError, KeyError):  # an unknown layer, or an output that the graph does not have
        return _UNKNOWN


def _cached_bytes(sources: Sources, index: int, layout: BlockLayout, count: int) -> int:
    """Bytes of the tiles of a source that a row of so many blocks overlaps at most."""
    source, ratio = sources[index], Fraction(sources.ratios[index])
    efield, margins = layout.efield * layout.scale, 2 * layout.crop * layout.scale
    height, width = (math.ceil((blocks * efield + margins) / ratio) for blocks in (1, count))
    pixels = (
        _overlapped(size, tile, whole)
        for size, tile, whole in zip((height, width), source.block_shape, (source.grid.height, source.grid.width))
    )
    return math.prod(pixels) * source.bands * source.dtype.itemsize


def _overlapped(size: int, tile: int, whole: int) -> int:
    """Pixels of the tiles that a stretch of a line overlaps at most, wherever it lies: lengths in pixels."""
    return min((size + tile - 2) // tile + 1, ceil_div(whole, tile)) * tile
