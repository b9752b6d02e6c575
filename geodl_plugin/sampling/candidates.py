"""The pixels that patches may be centred on, counted and drawn without holding them all.

The image is walked in tiles: once to count labelled pixels, and once for each draw, in which every pixel gets a random
number and those with the smallest are taken.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..language import tr
from ..rasters.grid import Window, tiles
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from .splits import Cells

_TILE = 1024
_MAX_TABLE = 1 << 22  # a table of so many counts is faster than sorting


class Pixels(NamedTuple):
    """Pixels of the reference and their classes.

    Attributes:
        cols: columns, [pixel].
        rows: rows, [pixel].
        classes: class indices, [pixel].
    """

    cols: NDArray[np.int64]
    rows: NDArray[np.int64]
    classes: NDArray[np.int64]


class Counts(NamedTuple):
    """Labelled pixels by cell and code; only what occurs has an entry.

    Attributes:
        blocks: number of the block that a cell's pixels lie in, [cell].
        cols: column of the cell, counted in cells, [cell].
        rows: row of the cell, [cell].
        cell_of: index of the cell, [entry].
        codes: code of the pixels, [entry].
        pixels: how many there are, [entry].
    """

    blocks: NDArray[np.int64]
    cols: NDArray[np.int64]
    rows: NDArray[np.int64]
    cell_of: NDArray[np.int64]
    codes: NDArray[np.int64]
    pixels: NDArray[np.int64]

    def by_class(self, class_of: NDArray[np.int64], n_classes: int) -> Cells:
        """The same by cell and class.

        Args:
            class_of: the class of each code, [code].
            n_classes: number of classes.
        """
        totals = np.zeros((len(self.blocks), n_classes), np.int64)
        np.add.at(totals, (self.cell_of, class_of[self.codes]), self.pixels)
        return Cells(self.blocks, self.cols, self.rows, totals)


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
        """Count labelled pixels by cell and class.

        Args:
            reporter: receives the progress.
        """
        return self.count_codes(reporter).by_class(np.arange(self._n_classes), self._n_classes)

    def count_codes(self, reporter: Reporter) -> Counts:
        """Count labelled pixels by cell and class, where these are many, such as single features.

        The edges of blocks and cells cut a tile into parts.  Each labelled pixel gets one number for its part and its
        class, so that all are counted at once.  A tile of one row with the parts AAB and two classes, of which the
        pixels have 1 1 0: the numbers, part × 2 + class, are 1 1 2, so part A holds class 1 twice and part B class 0
        once.

        Args:
            reporter: receives the progress.
        """
        keys, counts = [np.empty((0, 4), np.int64)], [np.empty(0, np.int64)]
        labelled = []
        for window, labels in self._walk(self._windows, reporter):
            part_of_col, first_cols = _parts(window.col, window.width, (self._block_size, self.cell_size))
            part_of_row, first_rows = _parts(window.row, window.height, (self._block_size, self.cell_size))
            shape = len(first_rows), len(first_cols), self._n_classes
            parts = part_of_row[:, None] * len(first_cols) + part_of_col
            numbers = (parts * self._n_classes + labels)[labels < self._n_classes]
            found, times = _occurrences(numbers, math.prod(shape))
            if len(found) == 0:
                continue
            labelled.append(window)
            part_row, part_col, class_index = np.unravel_index(found, shape)
            col, row = first_cols[part_col], first_rows[part_row]
            cell = col // self.cell_size, row // self.cell_size
            keys.append(np.stack([self.blocks(col, row), *cell, class_index], axis=1))
            counts.append(times)
        self._windows = labelled  # the others need no further look
        all_keys = np.concatenate(keys)
        cells, cell_of = np.unique(all_keys[:, :3], axis=0, return_inverse=True)
        return Counts(cells[:, 0], cells[:, 1], cells[:, 2], cell_of.ravel(), all_keys[:, 3], np.concatenate(counts))

    def profiles(
        self, chosen: NDArray[np.int64], reporter: Reporter
    ) -> dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """How many pixels of some classes each column and each row of the image has.

        Args:
            chosen: the classes, sorted, [class].
            reporter: receives the progress.

        Returns:
            By class, the pixels of each column and of each row.
        """
        right = max((window.col + window.width for window in self._windows), default=0)
        bottom = max((window.row + window.height for window in self._windows), default=0)
        found = {int(one): (np.zeros(right, np.int64), np.zeros(bottom, np.int64)) for one in chosen}
        for window, labels in self._walk(self._windows, reporter):
            for one in np.intersect1d(labels, chosen).tolist():
                is_there = labels == one
                found[one][0][window.col : window.col + window.width] += is_there.sum(axis=0)
                found[one][1][window.row : window.row + window.height] += is_there.sum(axis=1)
        return found

    def draw(
        self,
        wanted: NDArray[np.int64],
        blocks: NDArray[np.int64],
        may_draw: Callable[[Window], NDArray[np.bool_]],
        rng: np.random.Generator,
        reporter: Reporter,
    ) -> Pixels:
        """Draw pixels at random without repetition.

        Every pixel gets a random number, and the ``wanted`` pixels of a class with the smallest numbers are drawn.
        After each tile only those are kept that may still be among them.  With 2 wanted of one class and the numbers
        .7 .2 .9 in the first tile, .7 and .2 are kept, and .9 is the limit: the first number that is too large.  The
        second tile has .8 .5 .95: .8 and .5 are below the limit, so .2 and .5 are kept, and the limit is .7.

        Args:
            wanted: how many of each class, as far as there are so many, [class].
            blocks: the blocks to draw from, by number, sorted.
            may_draw: which pixels of a window may be drawn, [y, x].
            rng: random number generator.
            reporter: receives the progress.

        Returns:
            What was drawn, in random order.
        """
        is_chosen = {window: self._in_blocks(window, blocks) for window in self._windows}
        limits = np.append(np.where(wanted > 0, 1.0, 0.0), 0.0)  # [class]; the last one is of pixels without label
        numbers, pixels = np.empty(0), np.empty((3, 0), np.int64)
        for window, labels in self._walk([window for window in self._windows if is_chosen[window].any()], reporter):
            drawn = rng.random(window.shape)
            is_small = drawn < limits[np.minimum(labels, self._n_classes)]
            is_small &= self._by_pixel(is_chosen[window], window)
            is_small &= may_draw(window)
            rows, cols = np.nonzero(is_small)
            found = np.stack([cols + window.col, rows + window.row, labels[rows, cols].astype(np.int64)])
            numbers, pixels = np.concatenate([numbers, drawn[rows, cols]]), np.concatenate([pixels, found], axis=1)
            for index in np.flatnonzero(np.bincount(pixels[2], minlength=self._n_classes) > wanted):
                limits[index] = np.partition(numbers[pixels[2] == index], wanted[index])[wanted[index]]
            is_kept = numbers < limits[pixels[2]]
            numbers, pixels = numbers[is_kept], pixels[:, is_kept]
        return Pixels(*pixels[:, np.argsort(numbers)])

    def _in_blocks(self, window: Window, blocks: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the blocks that a window touches are among ``blocks``, [row of blocks, column of blocks]."""
        cols = np.arange(window.col // self._block_size, (window.col + window.width - 1) // self._block_size + 1)
        rows = np.arange(window.row // self._block_size, (window.row + window.height - 1) // self._block_size + 1)
        return np.isin(rows[:, None] * self._blocks_per_row + cols, blocks)

    def _by_pixel(self, by_block: NDArray[np.bool_], window: Window) -> NDArray[np.bool_]:
        """Values of the blocks that a window touches as values of its pixels, [y, x]."""
        cols = np.arange(window.col, window.col + window.width) // self._block_size
        rows = np.arange(window.row, window.row + window.height) // self._block_size
        return by_block[rows - rows[0]][:, cols - cols[0]]

    def _walk(self, windows: list[Window], reporter: Reporter) -> Iterator[tuple[Window, NDArray]]:
        for done, window in enumerate(windows, start=1):
            yield window, self._read(window)
            reporter.progress(done / len(windows), tr("Looking for labelled pixels"))


def _parts(start: int, length: int, sizes: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The parts of a row of pixels that lie between the edges of squares of several sizes.

    Pixels 5 to 13, between the edges of blocks of 4 pixels (at 8, 12) and of cells of 6 pixels (at 6, 12):

    >>> part_of, firsts = _parts(5, 9, (4, 6))
    >>> part_of.tolist(), firsts.tolist()
    ([0, 1, 1, 2, 2, 2, 2, 3, 3], [5, 6, 8, 12])

    Returns:
        The number of the part of each pixel, [pixel], and the first pixel of each part, [part].
    """
    pixels = np.arange(start, start + length)
    starts = np.any([pixels % size == 0 for size in sizes], axis=0)
    starts[0] = True
    return np.cumsum(starts) - 1, pixels[starts]


def _occurrences(numbers: NDArray[np.int64], end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers that occur, sorted, and how often; all are less than ``end``."""
    if end > _MAX_TABLE:
        return np.unique(numbers, return_counts=True)
    table = np.bincount(numbers, minlength=end)
    found = np.flatnonzero(table)
    return found, table[found]
