"""How a raster is cut and walked so that a map takes no more memory than it may, and reads its images once."""

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
from ..models.loading import OpenModel
from ..models.memory import bytes_per_pixel
from ..rasters.raster import CACHE
from ..rasters.sources import Sources
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from ..systems.memory import is_taken_when_used
from .blocks import BlockLayout
from .reading import AHEAD

_MEGABYTE = 1 << 20
# Megabytes of a process that has loaded TensorFlow and a network (620), tried (60) and compiled it, with buffers of its
# threads and of oneDNN: measured by benchmarks/memory.py, with oneDNN and without.
_ALONE = 780
_SHARE_OF_CACHE = 0.15
_BUFFERS = 4  # of the block that is read, while no-data is filled in, and of the one that is computed, as a tensor
_UNKNOWN = 400.0  # bytes for a pixel: of a U-Net with 16 channels at its finest level it is 256, with 32 twice that
_MORE_THAN_TENSORS = 1.3  # measured over estimated memory of the larger shipped networks: 1.2, and the pool's lists

_STEP = 50  # megabytes
# What TensorFlow says of memory in errors of other kinds: a status of oneDNN, the GPU's, C++.
_NO_MEMORY = re.compile(r"exception:Status: 1, |OUT_OF_MEMORY|out of memory|bad_alloc", re.IGNORECASE)


@dataclass(frozen=True)
class Budget:
    """Bytes that a map may take beside what the process takes anyway.

    Args:
        block: of what is computed and waits for it.
        cache: of GDAL.
    """

    block: int
    cache: int

    @classmethod
    def of(cls, megabytes: int) -> Budget:
        """From the memory of the whole process, in megabytes."""
        free = max(megabytes - _ALONE, 100) * _MEGABYTE
        cache = max(CACHE, int(free * _SHARE_OF_CACHE))
        return cls(max(free - cache, free // 4), cache)


def patches_at_a_time(size: int, budget: Budget) -> int:
    """How many patches of a side fit into the budget."""
    return max(1, int(budget.block / (_UNKNOWN * size**2)))


def bytes_needed(model: OpenModel, outputs: Sequence[str], ratios: Sequence[Fraction], values: float) -> float:
    """Bytes that a block takes for each pixel of the reference.

    Args:
        model: the network.
        outputs: those that are computed.
        ratios: pixel size of each source / that of the reference.
        values: bytes of all sources for each pixel of the reference, as the network gets them.
    """
    return _MORE_THAN_TENSORS * _tensors(model, outputs, ratios) + (AHEAD + _BUFFERS) * values


def largest_side(needed: float, budget: Budget) -> int:
    """Side of the largest block that fits into the budget, in pixels of the reference.

    Args:
        needed: `bytes_needed`.
        budget: how much memory there is.
    """
    return math.isqrt(int(budget.block / needed))


def megabytes_for(side: int, needed: float) -> int:
    """The least memory of the whole process with which blocks of a side fit, in megabytes.

    Args:
        side: in pixels of the reference.
        needed: `bytes_needed`.
    """
    sizes = itertools.count(_STEP, _STEP)
    return next(size for size in sizes if largest_side(needed, Budget.of(size)) >= side)


@contextmanager
def enough_memory() -> Iterator[None]:
    """Faults of a lack of memory become errors that a user can act on.

    Raises:
        InputError: numpy or TensorFlow got no memory.
    """
    try:
        yield
    except (MemoryError, tf.errors.OpError) as error:
        text = str(error)
        if not isinstance(error, (MemoryError, tf.errors.ResourceExhaustedError)) and not _NO_MEMORY.search(text):
            raise
        raise InputError(
            "There is not enough memory for a block.",
            received=" ".join(text.split())[-300:],
            remedy="Give less MEMORY, so that blocks are smaller, or a smaller EFIELD, or close other programs.",
        ) from error


def reserve(size: int) -> None:
    """Have TensorFlow ask the system for its memory in one piece: of many, much would be lost between them.

    It is twice what blocks take, since tensors of many sizes leave gaps; so it is done only where the system counts
    no more than what is used of it.

    Args:
        size: bytes that a block takes, about.
    """
    if not is_taken_when_used():
        return
    with contextlib.suppress(tf.errors.ResourceExhaustedError), tf.device("CPU:0"):
        tf.raw_ops.Empty(shape=[ceil_div(2 * size, _MEGABYTE), _MEGABYTE], dtype=tf.uint8)  # each side is an int32


def in_strips(
    layout: BlockLayout, sources: Sources, budget: Budget, needed: int, reporter: Reporter
) -> tuple[BlockLayout, int]:
    """The blocks in such an order that each part of the files is read once, and the bytes of GDAL's cache for that.

    What a row of blocks shares with the next one is kept until then.  Where that is too much, the raster is
    walked in strips, each from top to bottom.

    Args:
        layout: how the raster is cut.
        sources: the images.
        budget: how much memory there is.
        needed: bytes that a block takes: the cache gets what is left of them where whole lines are stored together.
        reporter: hears a warning if parts must be read several times.
    """
    in_lines = [path for source, paths in zip(sources, sources.files) if source.is_in_lines for path in paths]
    most = budget.cache + (max(0, budget.block - needed) if in_lines else 0)
    columns = layout.columns
    for count in (columns, *(columns // parts for parts in range(2, columns + 1))):
        stored = sum(_stored(sources, index, layout, count) for index in range(len(sources)))
        if stored <= most:
            return replace(layout, strip=count), max(CACHE, stored)
    if in_lines:
        reporter.warning(
            f"Whole lines are stored together in {', '.join(in_lines)}, so that parts of them are read several times. "
            "Tiled rasters are mapped faster (Translate, with the creation option TILED=YES), or give more MEMORY."
        )
    return layout, most


def _tensors(model: OpenModel, outputs: Sequence[str], ratios: Sequence[Fraction]) -> float:
    """Bytes of a network's tensors for each pixel of the reference."""
    try:
        graph = model.keras_model
        if graph is None:
            return _UNKNOWN
        named = {tensor.name: ratio for tensor, ratio in zip(model.images, ratios)}
        return max(bytes_per_pixel(graph, name, named) for name in outputs)
    except (InputError, KeyError):  # layers that are not known, or outputs that the graph does not have
        return _UNKNOWN


def _stored(sources: Sources, index: int, layout: BlockLayout, count: int) -> int:
    """Bytes of the parts of the files that so many blocks beside each other touch at most."""
    source, ratio = sources[index], Fraction(sources.ratios[index])
    efield, margins = layout.efield * layout.scale, 2 * layout.crop * layout.scale
    height, width = (math.ceil((blocks * efield + margins) / ratio) for blocks in (1, count))
    touched = (
        _touched(size, part, whole)
        for size, part, whole in zip((height, width), source.block_shape, (source.grid.height, source.grid.width))
    )
    return math.prod(touched) * source.bands * source.dtype.itemsize


def _touched(size: int, part: int, whole: int) -> int:
    """Pixels of the parts that a stretch of a line touches at most, wherever it lies."""
    return min((size + part - 2) // part + 1, ceil_div(whole, part)) * part
