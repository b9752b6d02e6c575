"""Splits: which positions train a network, which choose its best state, which test it.

Neighbouring patches look alike, so a split that scatters them at random tells how well a network
remembers, not how well it maps.  `assign_blocks` therefore gives whole square blocks of the image to a
split, and positions are drawn only where `Occupied` leaves room: no patch of one split reaches into a
patch of another.  Pure arithmetic.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..grid import Window

TRAIN, VALID, TEST = SPLITS = ("train", "valid", "test")


def assign_blocks(counts: NDArray[np.int64], fractions: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give each block to a split, so that every class has about the wanted share in each.

    The largest blocks are dealt first, each to the split that misses most of what the block holds.  A
    class goes to train before valid, and to valid before test: one that lies in a single block is trained.

    Args:
        counts: labelled pixels, [block, class].
        fractions: wanted shares of train, valid and test; they sum to 1.

    Returns:
        Index into `SPLITS`, [block].
    """
    shares = counts / np.maximum(counts.sum(axis=0), 1)
    used = np.flatnonzero(fractions > 0)
    wanted = fractions[used, None]
    reached = np.zeros((len(used), counts.shape[1]))
    split_of = np.zeros(len(counts), np.int64)
    for block in np.argsort(-shares.max(axis=1), kind="stable"):
        missing = 1 - reached / wanted
        neediest = int(np.argmax(missing @ shares[block]))
        split_of[block] = used[neediest]
        reached[neediest] += shares[block]
    return split_of


class Occupied:
    """The pixels around positions of one split that positions of another must keep away from.

    Distance is the larger of the column and row difference: at the patch size, patches share no pixel.

    Args:
        distance: the least distance of positions of different splits, in pixels.
    """

    def __init__(self, distance: int) -> None:
        self._distance = distance
        self._cols = self._rows = np.empty(0, np.int64)

    def add(self, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        """Keep away from these positions too."""
        self._cols = np.concatenate([self._cols, cols])
        self._rows = np.concatenate([self._rows, rows])

    def free(self, window: Window) -> NDArray[np.bool_]:
        """Which pixels of a window are far enough from all positions, [y, x]."""
        free = np.ones(window.shape, bool)
        reach = self._distance - 1
        cols, rows = self._cols - window.col, self._rows - window.row
        near = (cols >= -reach) & (rows >= -reach) & (cols < window.width + reach) & (rows < window.height + reach)
        for col, row in zip(cols[near].tolist(), rows[near].tolist()):
            free[max(0, row - reach) : row + self._distance, max(0, col - reach) : col + self._distance] = False
        return free
