"""Splits: which positions train a network, which choose its best state, which test it.

Neighbouring patches look alike, so a split that scatters them at random tells how well a network remembers, not how
well it maps.  `assign_blocks` therefore gives whole square blocks of the image to a split.  Positions of different
splits keep a distance, too (`spacing`), which wastes labels along the edges of blocks: which block goes where matters.
Pure arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..labels.splits import SPLITS, TRAIN

_IMPORTANCE = np.array([3.0, 1.0, 1.0])  # a class missing in train is worse than one missing in the others
_TRAIN = SPLITS.index(TRAIN)
_STARTS = 4
_MIN_TRIES, _MAX_TRIES = 16, 2000
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

    def where(self, chosen: NDArray[np.bool_]) -> Cells:
        """Those that a mask chooses."""
        return Cells(self.blocks[chosen], self.cols[chosen], self.rows[chosen], self.counts[chosen])


def assign_blocks(
    cells: Cells, fractions: NDArray[np.float64], reach: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give each block to a split, so that every class has about the wanted share in each.

    What lies too close to another split cannot be used, so that a bad choice wastes labels.  The search:

    1. Blocks are dealt, the largest first, to the split that misses most of what they hold (`_deal`).
    2. Single blocks change their split at random, again and again; a change that costs more is taken back.
    3. That is done from several starts; the cheapest result is taken.
    4. Where train still has nothing of a class, it gets some of its blocks.

    What a choice costs: of each class and split, the share that is missing, squared.  Two classes in four blocks with
    the pixels 8 0 / 8 0 / 0 8 / 0 8, half of which is to test: train with the first and the third block has half of
    each class, which costs 0; train with the first two has all of one class and none of the other, and so has test:
    3 × 1² for train, whose gaps count three times, and 1 × 1² for test.

    Args:
        cells: where the labelled pixels lie.
        fractions: wanted shares of train, valid and test, [split]; they sum to 1.
        reach: cells up to so many columns or rows apart are too close for different splits.
        rng: random number generator.

    Returns:
        The numbers of the blocks, sorted, [block], and their index into `SPLITS`, [block].
    """
    blocks, block_of = np.unique(cells.blocks, return_inverse=True)
    cell_shares = cells.counts / np.maximum(cells.counts.sum(axis=0), 1)  # of all pixels of a class, [cell, class]
    block_shares = np.zeros((len(blocks), cells.counts.shape[1]))
    np.add.at(block_shares, block_of, cell_shares)
    used = np.flatnonzero(fractions > 0)
    if len(used) == 1:
        return blocks, np.full(len(blocks), used[0])
    place_of, neighbours = _neighbours(cells, reach)

    def cost_of(split_of: NDArray[np.int64]) -> float:
        usable = _usable(split_of[block_of], place_of, neighbours)
        reached = np.zeros((len(SPLITS), cell_shares.shape[1]))
        np.add.at(reached, split_of[block_of[usable]], cell_shares[usable])
        missing = np.maximum(0, 1 - reached[used] / fractions[used, None])
        return float(_IMPORTANCE[used] @ (missing**2).sum(axis=1))

    tries = int(np.clip(_EFFORT / max(1, neighbours.size), _MIN_TRIES, _MAX_TRIES))
    best, lowest_cost = np.zeros(len(blocks), np.int64), np.inf
    for _ in range(_STARTS):
        order = np.argsort(-block_shares.max(axis=1) * rng.uniform(0.5, 1.5, len(blocks)), kind="stable")
        split_of = _deal(block_shares, order, fractions)
        cost = cost_of(split_of)
        for _ in range(tries // _STARTS):
            trial = split_of.copy()
            trial[rng.integers(len(blocks))] = rng.choice(used)
            trial_cost = cost_of(trial)
            if trial_cost <= cost:
                split_of, cost = trial, trial_cost
        if cost < lowest_cost:
            best, lowest_cost = split_of, cost
    if fractions[_TRAIN] > 0:
        _train_each_class(best, block_of, cells.counts, place_of, neighbours)
    return blocks, best


def _train_each_class(
    split_of: NDArray[np.int64],
    block_of: NDArray[np.int64],
    counts: NDArray[np.int64],
    place_of: NDArray[np.int64],
    neighbours: NDArray[np.int64],
) -> None:
    """Give blocks to train, so that it can use pixels of each class.

    For a class of which it can use none, these are the blocks around the cell with most of its pixels.

    Args:
        split_of: index of the split, [block]; is changed.
        block_of: index of the block, [cell].
        counts: labelled pixels, [cell, class].
        place_of: as `_neighbours` gives it, [cell].
        neighbours: as `_neighbours` gives them, [place, neighbour].
    """
    for pixels in counts.T:
        of_cell = split_of[block_of]
        usable = _usable(of_cell, place_of, neighbours) & (of_cell == _TRAIN)
        if pixels.any() and not pixels[usable].any():
            is_near = np.isin(place_of, neighbours[place_of[pixels.argmax()]])
            split_of[block_of[is_near]] = _TRAIN


def usable_cells(
    cells: Cells, blocks: NDArray[np.int64], split_of: NDArray[np.int64], reach: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The split of each cell, and which cells are far enough from cells of a later split to be used.

    Args:
        cells: where the labelled pixels lie.
        blocks: numbers of the blocks, sorted, [block].
        split_of: the index of their split into `SPLITS`, [block].
        reach: as in `assign_blocks`.

    Returns:
        Index of the split, [cell], and whether it can be used, [cell].
    """
    of_cell = split_of[np.searchsorted(blocks, cells.blocks)]
    return of_cell, _usable(of_cell, *_neighbours(cells, reach))


def _deal(
    block_shares: NDArray[np.float64], order: NDArray[np.int64], fractions: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Give each block, in order, to the split that misses most of what the block holds; the first of equal ones.

    Three blocks with 0.5, 0.3 and 0.2 of a class, half of which is wanted in train and half in test:

    >>> _deal(np.array([[0.5], [0.3], [0.2]]), np.array([0, 1, 2]), np.array([0.5, 0.0, 0.5])).tolist()
    [0, 2, 2]

    Args:
        block_shares: how much of a class is in each block, [block, class].
        order: numbers of blocks, [block].
        fractions: wanted shares, [split].

    Returns:
        Index of the split, [block].
    """
    used = np.flatnonzero(fractions > 0)
    wanted = fractions[used, None]
    reached = np.zeros((len(used), block_shares.shape[1]))
    split_of = np.zeros(len(block_shares), np.int64)
    for block in order:
        neediest = int(np.argmax((1 - reached / wanted) @ block_shares[block]))
        split_of[block] = used[neediest]
        reached[neediest] += block_shares[block]
    return split_of


def _neighbours(cells: Cells, reach: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which cells lie around each cell, as a table.

    A cell that stands twice, in two blocks, has one place, and places are numbered row by row.  Three cells in a row,
    at the columns 0, 1 and 5, and a reach of 1: places 0 and 1 are neighbours, place 2 is alone.  A neighbour that is
    not there has the number of places, 3 here:

    >>> row = Cells(np.arange(3), np.array([0, 1, 5]), np.zeros(3, np.int64), np.ones((3, 1), np.int64))
    >>> place_of, neighbours = _neighbours(row, reach=1)
    >>> place_of.tolist(), [sorted(set(places)) for places in neighbours.tolist()]
    ([0, 1, 2], [[0, 1, 3], [0, 1, 3], [2, 3]])

    Returns:
        The place of each cell, [cell], and the places around each place, itself among them, [place, neighbour].
    """
    width = int(cells.cols.max()) + 2 * reach + 1  # so wide that a step to the side never lands in another row
    numbers, place_of = np.unique(cells.rows * width + cells.cols, return_inverse=True)
    steps = [row * width + col for row in range(-reach, reach + 1) for col in range(-reach, reach + 1)]
    around = numbers[:, None] + np.array(steps)
    places = np.searchsorted(numbers, around).clip(0, len(numbers) - 1)
    return place_of, np.where(numbers[places] == around, places, len(numbers))


def _usable(
    split_of_cell: NDArray[np.int64], place_of: NDArray[np.int64], neighbours: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which cells have no neighbour of a later split.

    Positions are drawn for test first, then for valid, then for train, and keep away from those drawn before.  Of two
    neighbours in train and valid, that in valid can be used, and that in train cannot:

    >>> _usable(np.array([0, 1]), place_of=np.array([0, 1]), neighbours=np.array([[0, 1], [0, 1]])).tolist()
    [False, True]

    Args:
        split_of_cell: index of the split, [cell].
        place_of: as `_neighbours` gives it, [cell].
        neighbours: as `_neighbours` gives them, [place, neighbour].
    """
    has_split = np.zeros((len(neighbours) + 1, len(SPLITS)), bool)  # the last row is of neighbours that are not there
    has_split[place_of, split_of_cell] = True
    is_near = has_split[neighbours].any(axis=1)[place_of]
    is_later = np.arange(len(SPLITS))[None, :] > split_of_cell[:, None]
    return ~(is_near & is_later).any(axis=1)
