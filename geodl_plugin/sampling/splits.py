"""Splits: which positions train a network, which choose its best state, which test it.

Neighbouring patches look alike, so a split that scatters them at random tells how well a network
remembers, not how well it maps.  `assign_blocks` therefore gives whole square blocks of the image to a
split, and positions are drawn only where `Occupied` leaves room: no patch of one split reaches into a
patch of another.  Pure arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..labels.splits import SPLITS
from ..rasters.grid import Window

_IMPORTANCE = np.array([3.0, 1.0, 1.0])  # a class missing in train is worse than one missing in the others
_STARTS = 4
_FEWEST_TRIES, _MOST_TRIES = 16, 2000
_EFFORT = 50_000_000  # neighbours looked at in all tries together


@dataclass(frozen=True)
class Cells:
    """Labelled pixels, counted in squares that are small against a patch.

    Args:
        blocks: number of the block that a cell's pixels lie in, [cell]; a cell on the edge of two blocks
            stands twice.
        cols: column of the cell, counted in cells, [cell].
        rows: row of the cell, counted in cells, [cell].
        counts: labelled pixels, [cell, class].
    """

    blocks: NDArray[np.int64]
    cols: NDArray[np.int64]
    rows: NDArray[np.int64]
    counts: NDArray[np.int64]


def assign_blocks(
    cells: Cells, fractions: NDArray[np.float64], reach: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give each block to a split, so that every class has about the wanted share in each.

    Whatever lies too near another split cannot be used, so that a bad choice wastes the best polygons.
    Blocks are dealt from the largest on to the split that misses most of what they hold; then single blocks
    change their split at random as long as that leaves more to use.  The best of several starts is taken.

    Args:
        cells: where the labelled pixels lie.
        fractions: wanted shares of train, valid and test; they sum to 1.
        reach: cells up to so many columns or rows apart are too near for different splits.
        rng: source of chance.

    Returns:
        The numbers of the blocks, sorted, [block], and their index into `SPLITS`, [block].
    """
    blocks, block_of = np.unique(cells.blocks, return_inverse=True)
    of_all = cells.counts / np.maximum(cells.counts.sum(axis=0), 1)
    shares = np.zeros((len(blocks), cells.counts.shape[1]))
    np.add.at(shares, block_of, of_all)
    used = np.flatnonzero(fractions > 0)
    if len(used) == 1:
        return blocks, np.full(len(blocks), used[0])
    cell_of, neighbours = _neighbours(cells, reach)

    def waste(split_of: NDArray[np.int64]) -> float:
        usable = _usable(split_of[block_of], cell_of, neighbours)
        reached = np.zeros((len(SPLITS), of_all.shape[1]))
        np.add.at(reached, split_of[block_of[usable]], of_all[usable])
        missing = np.maximum(0, 1 - reached[used] / fractions[used, None])
        return float(_IMPORTANCE[used] @ (missing**2).sum(axis=1))

    tries = int(np.clip(_EFFORT / max(1, neighbours.size), _FEWEST_TRIES, _MOST_TRIES))
    best, least = np.zeros(len(blocks), np.int64), np.inf
    for _ in range(_STARTS):
        order = np.argsort(-shares.max(axis=1) * rng.uniform(0.5, 1.5, len(blocks)), kind="stable")
        split_of = _deal(shares, order, fractions)
        cost = waste(split_of)
        for _ in range(tries // _STARTS):
            trial = split_of.copy()
            trial[rng.integers(len(blocks))] = rng.choice(used)
            trial_cost = waste(trial)
            if trial_cost <= cost:
                split_of, cost = trial, trial_cost
        if cost < least:
            best, least = split_of, cost
    return blocks, best


def _deal(shares: NDArray[np.float64], order: NDArray[np.int64], fractions: NDArray[np.float64]) -> NDArray[np.int64]:
    """Each block in order to the split that misses most of what the block holds; ties go to train first."""
    used = np.flatnonzero(fractions > 0)
    wanted = fractions[used, None]
    reached = np.zeros((len(used), shares.shape[1]))
    split_of = np.zeros(len(shares), np.int64)
    for block in order:
        neediest = int(np.argmax((1 - reached / wanted) @ shares[block]))
        split_of[block] = used[neediest]
        reached[neediest] += shares[block]
    return split_of


def _neighbours(cells: Cells, reach: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The place of each cell, [cell], and the places around each place, [place, neighbour], one past the last
    where there is none."""
    width = int(cells.cols.max()) + 2 * reach + 1  # so that no step to the side lands in another row
    keys, cell_of = np.unique(cells.rows * width + cells.cols, return_inverse=True)
    steps = [row * width + col for row in range(-reach, reach + 1) for col in range(-reach, reach + 1)]
    around = keys[:, None] + np.array(steps)
    places = np.searchsorted(keys, around).clip(0, len(keys) - 1)
    return cell_of, np.where(keys[places] == around, places, len(keys))


def _usable(
    split_of_cell: NDArray[np.int64], cell_of: NDArray[np.int64], neighbours: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which cells lie far from all cells of a later split, which are drawn before them."""
    holds = np.zeros((len(neighbours) + 1, len(SPLITS)), bool)
    holds[cell_of, split_of_cell] = True
    near = holds[neighbours].any(axis=1)[cell_of]
    later = np.arange(len(SPLITS))[None, :] > split_of_cell[:, None]
    return ~(near & later).any(axis=1)


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
        reach = self._distance - 1
        cols, rows = self._cols - window.col, self._rows - window.row
        near = (cols >= -reach) & (rows >= -reach) & (cols < window.width + reach) & (rows < window.height + reach)
        if not near.any():
            return np.ones(window.shape, bool)
        left, right = (cols[near] - reach).clip(0), (cols[near] + self._distance).clip(max=window.width)
        top, bottom = (rows[near] - reach).clip(0), (rows[near] + self._distance).clip(max=window.height)
        edges = np.zeros((window.height + 1, window.width + 1), np.int32)  # summed up they count squares over a pixel
        np.add.at(edges, (np.concatenate([top, bottom]), np.concatenate([left, right])), 1)
        np.add.at(edges, (np.concatenate([top, bottom]), np.concatenate([right, left])), -1)
        return edges.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)[:-1, :-1] == 0


def thin(cols: NDArray[np.int64], rows: NDArray[np.int64], distance: int) -> NDArray[np.bool_]:
    """Which pixels stay if each is dropped that is closer than ``distance`` to one that stays before it."""
    stays = np.zeros(len(cols), bool)
    there: dict[tuple[int, int], tuple[int, int]] = {}  # a square of that side has room for one
    for number, (col, row) in enumerate(zip(cols.tolist(), rows.tolist())):
        square_col, square_row = col // distance, row // distance
        around = (there.get((square_col + right, square_row + down)) for right in (-1, 0, 1) for down in (-1, 0, 1))
        if all(one is None or max(abs(one[0] - col), abs(one[1] - row)) >= distance for one in around):
            there[square_col, square_row] = col, row
            stays[number] = True
    return stays
