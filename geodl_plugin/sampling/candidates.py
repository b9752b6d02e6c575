"""The pixels that patches may be centred on, counted and drawn without holding them all.

The image is walked in tiles: once to count labelled pixels, and again to look up those that were drawn, by
their rank in the walk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from ..grid import Window, tiles
from ..reporter import Reporter
from .splits import Cells

_TILE = 1024
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
        self._blocks_per_row = -(-(region.col + region.width) // block_size)
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
        for window, (cols, rows, classes) in self._walk(reporter):
            labelled.append(window)
            part_of_col, first_cols = self._cut(window.col, window.width)
            part_of_row, first_rows = self._cut(window.row, window.height)
            shape = len(first_rows), len(first_cols), self._n_classes
            part = part_of_row[rows - window.row], part_of_col[cols - window.col]
            found, table = np.unique(np.ravel_multi_index((*part, classes), shape), return_counts=True)
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
        available = np.zeros(self._n_classes, np.int64)
        for _, _, classes in self._eligible(blocks, apart, reporter.part(0, 0.5)):
            available += np.bincount(classes, minlength=self._n_classes)
        ranks = [np.sort(rng.choice(n, min(n, w), replace=False)) for n, w in zip(available.tolist(), wanted.tolist())]
        seen = np.zeros(self._n_classes, np.int64)
        found = [np.empty((3, 0), np.int64)]
        for cols, rows, classes in self._eligible(blocks, apart, reporter.part(0.5, 1)):
            for index, rank in enumerate(ranks):
                if len(rank) == 0:
                    continue
                members = np.flatnonzero(classes == index)
                first, last = np.searchsorted(rank, [seen[index], seen[index] + len(members)])
                chosen = members[rank[first:last] - seen[index]]
                seen[index] += len(members)
                found.append(np.stack([cols[chosen], rows[chosen], classes[chosen]]))
        drawn = np.concatenate(found, axis=1)
        cols, rows, classes = drawn[:, rng.permutation(drawn.shape[1])]
        return cols, rows, classes

    def _eligible(
        self, blocks: NDArray[np.int64], apart: Callable[[Window], NDArray[np.bool_]], reporter: Reporter
    ) -> Iterator[Pixels]:
        for window, (cols, rows, classes) in self._walk(reporter) if len(blocks) else []:
            numbers = self.blocks(cols, rows)
            chosen = blocks[np.searchsorted(blocks, numbers).clip(max=len(blocks) - 1)] == numbers
            chosen &= apart(window)[rows - window.row, cols - window.col]
            yield cols[chosen], rows[chosen], classes[chosen]

    def _walk(self, reporter: Reporter) -> Iterator[tuple[Window, Pixels]]:
        for done, window in enumerate(self._windows, start=1):
            labels = self._read(window)
            rows, cols = np.nonzero(labels < self._n_classes)
            if len(rows):
                yield window, (cols + window.col, rows + window.row, labels[rows, cols].astype(np.int64))
            reporter.progress(done / len(self._windows), "Looking for labelled pixels")
