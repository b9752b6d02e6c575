"""Splits: which positions train a network, which choose its best state, which test it.

Neighbouring patches look alike, so a split that scatters them at random tells how well a network
remembers, not how well it maps.  `assign_blocks` therefore gives whole square blocks of the image to a
split, and `far_from_other_splits` drops positions whose patch reaches into another split's patches.
Pure arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

TRAIN, VALID, TEST = SPLITS = ("train", "valid", "test")


def assign_blocks(counts: NDArray[np.int64], fractions: tuple[float, float, float]) -> NDArray[np.int64]:
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
    used = [split for split, fraction in enumerate(fractions) if fraction > 0]
    wanted = np.array(fractions)[used, None]
    reached = np.zeros((len(used), counts.shape[1]))
    split_of = np.zeros(len(counts), np.int64)
    for block in np.argsort(-shares.max(axis=1), kind="stable"):
        missing = 1 - reached / wanted
        neediest = int(np.argmax(missing @ shares[block]))
        split_of[block] = used[neediest]
        reached[neediest] += shares[block]
    return split_of


def far_from_other_splits(
    cols: NDArray[np.int64], rows: NDArray[np.int64], split_of: NDArray[np.int64], distance: int
) -> NDArray[np.bool_]:
    """Which positions to keep so that no two of different splits are closer than ``distance``.

    Distance is the larger of the column and row difference: at the patch size, patches share no pixel.
    Test positions stay first, then valid ones, and train positions, of which there are most, give way.

    Args:
        cols: columns, [position].
        rows: rows, [position].
        split_of: index into `SPLITS`, [position].
        distance: in pixels.
    """
    keep = np.ones(len(cols), bool)
    cells = _Cells(distance)
    for split in reversed(range(len(SPLITS))):
        members = np.flatnonzero(split_of == split)
        keep[members] = ~cells.near(cols[members], rows[members])
        members = members[keep[members]]
        cells.add(cols[members], rows[members])
    return keep


class _Cells:
    """Points binned in squares of side ``distance``: whatever is nearer lies in one of nine squares."""

    def __init__(self, distance: int) -> None:
        self._distance = distance
        self._points: dict[tuple[int, int], NDArray[np.int64]] = {}

    def add(self, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        for cell, members in self._groups(cols, rows):
            points = np.stack([cols[members], rows[members]], axis=1)
            known = self._points.get(cell)
            self._points[cell] = points if known is None else np.concatenate([known, points])

    def near(self, cols: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        found = np.zeros(len(cols), bool)
        for (cell_col, cell_row), members in self._groups(cols, rows):
            for neighbour in ((cell_col + i, cell_row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
                points = self._points.get(neighbour)
                for start in range(0, len(members) if points is not None else 0, 1024):
                    some = members[start : start + 1024]
                    apart = np.maximum(
                        np.abs(cols[some, None] - points[None, :, 0]), np.abs(rows[some, None] - points[None, :, 1])
                    )
                    found[some] |= (apart < self._distance).any(axis=1)
        return found

    def _groups(
        self, cols: NDArray[np.int64], rows: NDArray[np.int64]
    ) -> Iterable[tuple[tuple[int, int], NDArray[np.int64]]]:
        if len(cols) == 0:
            return
        cells = np.stack([cols // self._distance, rows // self._distance], axis=1)
        unique, group_of = np.unique(cells, axis=0, return_inverse=True)
        order = np.argsort(group_of.ravel(), kind="stable")
        bounds = np.cumsum(np.bincount(group_of.ravel(), minlength=len(unique)))[:-1]
        for cell, members in zip(unique, np.split(order, bounds)):
            yield (int(cell[0]), int(cell[1])), members
