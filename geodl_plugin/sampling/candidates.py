"""The pixels that patches may be centred on, counted and drawn without holding them all.

The image is walked in tiles: once to count labelled pixels, and once for each draw, in which every pixel gets a random
number and those with the smallest are taken.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from ..rasters.grid import Window, tiles
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from .splits import Cells

_TILE = 1024
_DENSE = 1 << 22  # a table of so many counts is faster than sorting
Pixels = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]  # columns, rows, class indices


class Candidates:
    """Labelled pixels inside a region.

    Args:
        read: class indices of a window, an index that is no class where there is no label.
        region: where positions may lie.
        block_size: side of the square blocks, in pixels.
        cell_size: side of the squares that labelled pixels are counted in.
        n_classes: number of classes.
    """

    def __init__(
        self, read: Callable[[Window], NDArray], region: Window, block_size: int, cell_size: int, n_classes: int
    ) -> None:
        self._read = read
        self._block_size = block_size
        self.cell_size = cell_size
        self._blocks_per_row = ceil_div(region.col + region.width, block_size)
        self._n_classes = n_classes
        self._windows = list(tiles(region, _TILE))

    def blocks(self, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the block that holds each pixel; blocks count row by row."""
        return rows // self._block_size * self._blocks_per_row + cols // self._block_size

    def is_black(self, blocks: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which blocks are black if they are the squares of a chessboard; the first one is."""
        return (blocks // self._blocks_per_row + blocks % self._blocks_per_row) % 2 == 0

    def count(self, reporter: Reporter) -> Cells:
        """Count labelled pixels by cell and class."""
        keys, counts = [np.empty((0, 4), np.int64)], [np.empty(0, np.int64)]
        labelled = []
        for window, labels in self._walk(self._windows, reporter):
            part_of_col, first_cols = self._cut(window.col, window.width)
            part_of_row, first_rows = self._cut(window.row, window.height)
            shape = len(first_rows), len(first_cols), self._n_classes
            parts = part_of_row[:, None] * len(first_cols) + part_of_col
            found, table = _occurrences((parts * self._n_classes + labels)[labels < self._n_classes], math.prod(shape))
            if len(found) == 0:
                continue
            labelled.append(window)
            part_row, part_col, index = np.unravel_index(found, shape)
            col, row = first_cols[part_col], first_rows[part_row]
            cell = col // self.cell_size, row // self.cell_size
            keys.append(np.stack([self.blocks(col, row), *cell, index], axis=1))
            counts.append(table)
        self._windows = labelled  # the others need no further look
        all_keys = np.concatenate(keys)
        cells, cell_of = np.unique(all_keys[:, :3], axis=0, return_inverse=True)
        totals = np.zeros((len(cells), self._n_classes), np.int64)
        np.add.at(totals, (cell_of.ravel(), all_keys[:, 3]), np.concatenate(counts))
        return Cells(cells[:, 0], cells[:, 1], cells[:, 2], totals)

    def _cut(self, start: int, length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The parts that the edges of blocks and cells cut a row or column of a tile into: the part of each pixel,
        and the first pixel of each part."""
        pixels = np.arange(start, start + length)
        starts = (pixels % self._block_size == 0) | (pixels % self.cell_size == 0)
        starts[0] = True
        return np.cumsum(starts) - 1, pixels[starts]

    def draw(
        self,
        wanted: NDArray[np.int64],
        blocks: NDArray[np.int64],
        apart: Callable[[Window], NDArray[np.bool_]],
        rng: np.random.Generator,
        reporter: Reporter,
    ) -> Pixels:
        """Draw pixels at random without repetition.

        Args:
            wanted: how many of each class, as far as there are so many, [class].
            blocks: the blocks to draw from, by number, sorted.
            apart: which pixels of a window may be drawn, [y, x].
            rng: source of chance.
            reporter: hears the progress.

        Returns:
            What was drawn, in random order.
        """
        chosen = {window: self._in_blocks(window, blocks) for window in self._windows}
        least = np.append(np.where(wanted > 0, 1.0, 0.0), 0.0)  # numbers from here on are too large, [class, none]
        numbers, pixels = np.empty(0), np.empty((3, 0), np.int64)
        for window, labels in self._walk([window for window in self._windows if chosen[window].any()], reporter):
            drawn = rng.random(window.shape)
            small = drawn < least[np.minimum(labels, self._n_classes)]
            small &= self._spread(chosen[window], window)
            small &= apart(window)
            rows, cols = np.nonzero(small)
            found = np.stack([cols + window.col, rows + window.row, labels[rows, cols].astype(np.int64)])
            numbers, pixels = np.concatenate([numbers, drawn[rows, cols]]), np.concatenate([pixels, found], axis=1)
            for index in np.flatnonzero(np.bincount(pixels[2], minlength=self._n_classes) > wanted):
                least[index] = np.partition(numbers[pixels[2] == index], wanted[index])[wanted[index]]
            kept = numbers < least[pixels[2]]
            numbers, pixels = numbers[kept], pixels[:, kept]
        cols, rows, classes = pixels[:, np.argsort(numbers)]
        return cols, rows, classes

    def _in_blocks(self, window: Window, blocks: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the blocks that a window touches are among ``blocks``, [row of blocks, column of blocks]."""
        cols = np.arange(window.col // self._block_size, (window.col + window.width - 1) // self._block_size + 1)
        rows = np.arange(window.row // self._block_size, (window.row + window.height - 1) // self._block_size + 1)
        return np.isin(rows[:, None] * self._blocks_per_row + cols, blocks)

    def _spread(self, of_blocks: NDArray[np.bool_], window: Window) -> NDArray[np.bool_]:
        """The value of the block that holds it, for each pixel of a window, [y, x]."""
        cols = np.arange(window.col, window.col + window.width) // self._block_size
        rows = np.arange(window.row, window.row + window.height) // self._block_size
        return of_blocks[rows - rows[0]][:, cols - cols[0]]

    def _walk(self, windows: list[Window], reporter: Reporter) -> Iterator[tuple[Window, NDArray]]:
        for done, window in enumerate(windows, start=1):
            yield window, self._read(window)
            reporter.progress(done / len(windows), "Looking for labelled pixels")


def _occurrences(codes: NDArray[np.int64], end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The codes that occur, sorted, and how often; all are less than ``end``."""
    if end > _DENSE:
        return np.unique(codes, return_counts=True)
    table = np.bincount(codes, minlength=end)
    found = np.flatnonzero(table)
    return found, table[found]
