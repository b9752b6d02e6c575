"""Drawing positions: how many of each class and split, from where, and how far apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.splits import FEATURE_WAYS, SPLITS, TEST, TRAIN, VALID
from ..language import tr
from ..rasters.grid import Window
from ..rasters.lookup import values_at
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from . import messages
from .automatic import Parts, SplitPlanner
from .candidates import Candidates, Pixels
from .centres import Lattice
from .origin import Origin
from .positions import Positions
from .rules import Rules
from .spacing import Occupied, select_spaced
from .splits import Cells, assign_blocks

_SPARE_FACTOR, _SPARE = 4, 100  # positions that are drawn for each missing one, since many are too close to others
_MAX_TRIED = 1_000_000  # positions of a class that are looked at together
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Drawn:
    """What was drawn.

    Args:
        positions: the positions.
        rejected: positions that were asked for and found no room beside another split or position.
        nodata: labelled pixels whose patch contains no-data, by source.
    """

    positions: Positions
    rejected: int
    nodata: dict[str, int]


def draw_positions(
    read: Callable[[Window], NDArray],
    classes: ClassList,
    sources: Sources,
    rules: Rules,
    reporter: Reporter,
    *,
    name: str,
    read_split: Callable[[Window], NDArray] | None = None,
    parts: Parts | None = None,
) -> Drawn:
    """Draw positions from labelled pixels.

    Args:
        read: class indices of a window of the reference, [y, x]; an index that is no class where there is no label.
        classes: what the indices mean.
        sources: where the patches will come from.
        rules: how many positions there are, in which splits, and how far apart.
        reporter: receives progress, messages and warnings.
        name: what the user calls the labels, for messages.
        read_split: indices into `SPLITS` of the pixels of a window, [y, x], for the split ``by field``.
        parts: the polygons, lines and points that labels come from; None: they come from a raster.

    Raises:
        InputError: the patches are larger than the raster, or nothing is left to train with.
    """
    region = _region(sources, rules)
    messages.warn_about_small_buffer(rules, reporter)
    if rules.lattice is None and rules.strategy.SIDE_BY_SIDE:
        rules = replace(rules, lattice=Lattice(rules.patch_size, *sources.phase))
    if rules.split in ("automatic", "features"):
        plan = SplitPlanner(read, classes.names, parts, sources, rules, region).plan(reporter.part(0, 0.2))
        rules, read_split, reporter = plan.rules, plan.read_split, reporter.part(0.2, 1)
        if plan.reason:
            reporter.info(plan.reason)
    n_codes = len(classes) * (len(SPLITS) if read_split else 1)
    read_codes = _coded(read, read_split, len(classes)) if read_split else read
    centres = rules.centres(read_codes, n_codes, sources)
    candidates = Candidates(centres.read, region, rules.block_side(region), rules.cell_side(region), n_codes)
    cells = candidates.count(reporter.part(0, 0.4))
    nodata = dict(zip((source.name for source in sources), centres.rejected.tolist()))
    messages.report_nodata(nodata, reporter)
    pixels = cells.counts.sum(axis=0).reshape(-1, len(classes)).sum(axis=0)
    messages.check_pixels(pixels, classes.names, rules, name, reporter)
    draw = _Draw(candidates, cells, rules, len(classes))
    positions = draw.run(reporter.part(0.4, 0.9))
    if parts is not None:
        positions = replace(positions, features=values_at(parts.read, positions.cols, positions.rows).astype(np.int64))
    positions = replace(positions, origin=Origin.of(rules, sources.files[0]))
    messages.report_positions(positions, classes.names, rules, reporter)
    return Drawn(positions, draw.asked_for - len(positions), nodata)


class _Draw:
    """One draw of all splits.

    Pixels have a code, which is the index of their class; where features belong to splits it says their split, too
    (see `_coded`), and each split draws its own codes only.
    """

    def __init__(self, candidates: Candidates, cells: Cells, rules: Rules, n_classes: int) -> None:
        self._candidates = candidates
        self._rules = rules
        self._n_classes = n_classes
        self._rng = np.random.default_rng(rules.seed)
        self._too_close = Occupied(max(1, rules.min_distance))  # for a position of any split
        self._blocks = self._blocks_of_splits(cells)
        self._wanted = self._wanted_of_splits(cells)
        self.asked_for = int(self._wanted.sum())

    def run(self, reporter: Reporter) -> Positions:
        """Draw all splits."""
        other_splits = Occupied(self._rules.split_distance)
        drawn = []
        for step, split in enumerate((TEST, VALID, TRAIN)):  # train has most: it gives way
            found = self._draw_split(SPLITS.index(split), other_splits, reporter.part(step / 3, (step + 1) / 3))
            other_splits.add(found.cols, found.rows)
            drawn.append(found)
        return replace(Positions.concatenate(drawn), way=self._rules.split)

    def _blocks_of_splits(self, cells: Cells) -> list[NDArray[np.int64]]:
        """The numbers of the blocks that each split may draw from, sorted, [split][block]."""
        rules, fractions = self._rules, self._rules.fractions
        blocks = np.unique(cells.blocks)
        if rules.split in ("random", *FEATURE_WAYS):
            return [blocks] * len(SPLITS)
        split_of = np.zeros(len(blocks), np.int64)
        reach = rules.reach(self._candidates.cell_size)
        if rules.split == "chessboard":  # black squares are for train, and the others share the white ones
            is_white = ~self._candidates.is_black(cells.blocks)
            if is_white.any():
                others = np.array([0.0, *fractions[1:]]) / fractions[1:].sum()
                white, split_of_white = assign_blocks(cells.where(is_white), others, reach, self._rng)
                split_of[np.searchsorted(blocks, white)] = split_of_white
        elif rules.split == "spatial blocks":
            _, split_of = assign_blocks(cells, fractions, reach, self._rng)
        return [blocks[split_of == number] for number in range(len(SPLITS))]

    def _wanted_of_splits(self, cells: Cells) -> NDArray[np.int64]:
        """How many positions to draw, at most as many as there are pixels, [split, code]."""
        rules, n_classes = self._rules, self._n_classes
        fractions, totals = rules.fractions[:, None], cells.counts.sum(axis=0)
        if rules.split == "random":  # one pool for all splits: train gets what the others leave
            available = _rounded_up(fractions * totals)
            available[0] = np.maximum(0, totals - available[1:].sum(axis=0))
        else:
            available = np.stack([cells.counts[np.isin(cells.blocks, blocks)].sum(axis=0) for blocks in self._blocks])
        if rules.split in FEATURE_WAYS:
            available *= np.repeat(np.eye(len(SPLITS), dtype=np.int64), n_classes, axis=1)
        per_class = rules.strategy.positions_per_class(rules.count, totals.reshape(-1, n_classes).sum(axis=0))
        if per_class is None:
            return available
        per_code = np.tile(per_class, len(totals) // n_classes)
        wanted = np.minimum(_rounded_up(fractions * per_code), available)
        if rules.split in FEATURE_WAYS:  # train gets what splits without features of a class leave
            left = per_class - wanted[1:].reshape(2, -1, n_classes).sum(axis=(0, 1))
            wanted[0] = np.minimum(np.maximum(wanted[0], _rounded_up(np.tile(left, len(SPLITS)))), available[0])
        return wanted

    def _draw_split(self, number: int, other_splits: Occupied, reporter: Reporter) -> Positions:
        """Positions of one split.

        With a minimum distance they are drawn in several rounds, more than are missing each time, since those that
        are too close to others are dropped, until all are there or there is no more room.
        """
        wanted, distance = self._wanted[number], self._rules.min_distance
        cols, rows, codes = np.empty((3, 0), np.int64)
        start = 0.0

        def may_draw(window: Window) -> NDArray[np.bool_]:
            free = other_splits.free(window)
            return free & self._too_close.free(window) if distance > 1 else free

        while True:
            missing = wanted - np.bincount(codes, minlength=len(wanted))
            if missing.sum() == 0:
                break
            tried = missing
            if distance > 1:
                tried = np.where(missing > 0, np.minimum(_SPARE_FACTOR * missing + _SPARE, _MAX_TRIED), 0)
            end = start + (1 - start) / 2
            found = self._candidates.draw(tried, self._blocks[number], may_draw, self._rng, reporter.part(start, end))
            start = end
            if len(found.cols) == 0:
                break
            if distance > 1:
                found = _spaced(found, distance, missing)
            self._too_close.add(found.cols, found.rows)
            cols, rows, codes = np.concatenate([[cols, rows, codes], found], axis=1)
            if distance <= 1:
                break
        split_of = np.full(len(cols), number)
        return Positions(cols, rows, codes % self._n_classes, split_of, self._candidates.blocks(cols, rows))


def _spaced(pixels: Pixels, distance: int, maximum: NDArray[np.int64]) -> Pixels:
    """The first pixels that keep a distance, at most ``maximum[class]`` of each class."""
    kept = np.stack(pixels)[:, select_spaced(pixels.cols, pixels.rows, distance)]
    return Pixels(*kept[:, _first_of_each(kept[2], maximum)])


def _first_of_each(codes: NDArray[np.int64], maximum: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which values are among the first ``maximum[value]`` of their kind.

    >>> _first_of_each(np.array([0, 1, 0, 0, 1]), maximum=np.array([2, 1])).tolist()
    [True, True, True, False, False]
    """
    is_first = np.zeros(len(codes), bool)
    for code in np.unique(codes):
        is_first[np.flatnonzero(codes == code)[: maximum[code]]] = True
    return is_first


def _coded(
    read: Callable[[Window], NDArray], read_split: Callable[[Window], NDArray], n_classes: int
) -> Callable[[Window], NDArray]:
    """Class and split of pixels as one number, so that classes of different splits are counted and drawn apart.

    With two classes, those of train are 0 and 1, those of valid 2 and 3, those of test 4 and 5; 6 is no label.
    """
    no_label = len(SPLITS) * n_classes

    def coded(window: Window) -> NDArray:
        labels, splits = read(window).astype(np.int64), read_split(window)
        return np.where((labels < n_classes) & (splits < len(SPLITS)), splits * n_classes + labels, no_label)

    return coded


def _rounded_up(numbers: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole numbers that are not below; 0.1 × 30, which is a little more than 3, is 3."""
    return np.ceil(numbers - _ROUNDING).astype(np.int64)


def _region(sources: Sources, rules: Rules) -> Window:
    """Where a patch's centre may lie."""
    grid, size = sources.reference.grid, rules.patch_size
    shorter = min(grid.width, grid.height)
    largest = shorter if rules.edges == "inside" else 2 * shorter
    if size > largest:
        raise InputError(
            tr("The patches are larger than the raster."),
            expected=tr("a patch size of at most {largest}").format(largest=largest),
            received=tr("{size} for a raster of {width} × {height} pixels").format(
                size=size, width=grid.width, height=grid.height
            ),
        )
    if rules.edges != "inside":
        return sources.common
    return Window(size // 2, size // 2, grid.width - size + 1, grid.height - size + 1)
