"""The pixels that patches may be centred on, counted and drawn without holding them all.

The image is walked twice in tiles: once to count the labelled pixels of each block and class, once to
look up those that were drawn by their rank in that walk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..grid import Window, tiles
from ..reporter import Reporter

_TILE = 2048


@dataclass(frozen=True)
class Candidates:
    """Labelled pixels inside a region.

    Args:
        read: class indices of a window, ``unlabelled`` where there is no label.
        region: where positions may lie.
        block_size: side of the square blocks, in pixels.
        n_classes: number of classes.
    """

    read: Callable[[Window], NDArray]
    region: Window
    block_size: int
    n_classes: int

    def blocks(self, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the block that holds each pixel; blocks count row by row."""
        per_row = -(-(self.region.col + self.region.width) // self.block_size)
        return rows // self.block_size * per_row + cols // self.block_size

    def count(self, reporter: Reporter) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Count labelled pixels.

        Returns:
            The numbers of the blocks that have any, sorted, [block], and their counts, [block, class].
        """
        keys, counts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for cols, rows, classes in self._walk(reporter):
            tile_keys, tile_counts = np.unique(
                self.blocks(cols, rows) * self.n_classes + classes, return_counts=True
            )
            keys.append(tile_keys)
            counts.append(tile_counts)
        all_keys = np.concatenate(keys)
        blocks, block_of = np.unique(all_keys // self.n_classes, return_inverse=True)
        table = np.zeros((len(blocks), self.n_classes), np.int64)
        np.add.at(table, (block_of, all_keys % self.n_classes), np.concatenate(counts))
        return blocks, table

    def draw(
        self,
        group_of_block: dict[int, int],
        wanted: NDArray[np.int64],
        available: NDArray[np.int64],
        rng: np.random.Generator,
        reporter: Reporter,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Draw pixels at random without repetition.

        Args:
            group_of_block: the group of each block that has labelled pixels.
            wanted: how many to draw, [group, class].
            available: how many there are, [group, class].
            rng: source of chance.
            reporter: hears the progress.

        Returns:
            Columns, rows and class indices in random order, [drawn].
        """
        ranks = {
            key: np.sort(rng.choice(available[key], min(wanted[key], available[key]), replace=False))
            for key in np.ndindex(*wanted.shape)
        }
        groups = np.vectorize(group_of_block.__getitem__, otypes=[np.int64])
        seen = dict.fromkeys(ranks, 0)
        found: list[NDArray[np.int64]] = [np.empty((3, 0), np.int64)]
        for cols, rows, classes in self._walk(reporter):
            group_of = groups(self.blocks(cols, rows))
            for key in np.ndindex(*wanted.shape):
                members = np.flatnonzero((group_of == key[0]) & (classes == key[1]))
                first, last = np.searchsorted(ranks[key], [seen[key], seen[key] + len(members)])
                chosen = members[ranks[key][first:last] - seen[key]]
                seen[key] += len(members)
                found.append(np.stack([cols[chosen], rows[chosen], classes[chosen]]))
        drawn = np.concatenate(found, axis=1)
        cols, rows, classes = drawn[:, rng.permutation(drawn.shape[1])]
        return cols, rows, classes

    def _walk(self, reporter: Reporter) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
        windows = list(tiles(self.region, _TILE))
        for done, window in enumerate(windows):
            labels = self.read(window)
            rows, cols = np.nonzero(labels < self.n_classes)
            if len(rows):
                yield cols + window.col, rows + window.row, labels[rows, cols].astype(np.int64)
            reporter.progress((done + 1) / len(windows), "Looking for labelled pixels")
