"""Drawing positions: how many of each class and split, from where, and how far apart."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.splits import SPLITS, TEST, TRAIN, VALID
from ..rasters.grid import Window
from ..rasters.sources import Sources
from ..runtime.checks import check_fractions, check_seed
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from .candidates import Candidates
from .places import Lattice, Places
from .positions import Positions
from .splits import Cells, Occupied, assign_blocks, thin

_BLOCK_PATCHES = 3  # side of an automatic block in patches: smaller ones leave little room beside each other
_CELLS_PER_PATCH = 4
_MOST_CELLS, _MOST_BLOCKS = 30_000, 20_000  # of a raster, however large
_MOST_TRIED = 1_000_000  # positions of a class that are looked at together


@dataclass(frozen=True)
class Rules:
    """What is asked of positions.

    Args:
        patch_size: side of the patches in pixels.
        strategy: one of `options.STRATEGIES`.
        count: positions in all (``balanced``, ``proportional``) or per class.
        split: one of `options.SPLIT_WAYS`.
        valid_fraction: share of the positions to choose the best network with.
        test_fraction: share of the positions to test with.
        block_size: side of the spatial blocks in pixels; 0: automatic.
        split_buffer: least distance of positions of different splits in pixels; 0: the patch size.
        min_distance: least distance of any two positions in pixels; 0 or 1: none.
        reject_nodata: no position has no-data in its patch.
        seed: the same seed gives the same positions.
        lattice: where patches may begin; None: everywhere, or in steps of the patch size if the strategy is ``grid``.
    """

    patch_size: int
    strategy: str
    count: int
    split: str
    valid_fraction: float
    test_fraction: float
    block_size: int = 0
    split_buffer: int = 0
    min_distance: int = 0
    reject_nodata: bool = False
    seed: int = 0
    lattice: Lattice | None = None

    def __post_init__(self) -> None:
        for name, value, least in (
            ("The patch size", self.patch_size, 1),
            ("The count", self.count, 1),
            ("The block size", self.block_size, 0),
            ("The buffer between splits", self.split_buffer, 0),
            ("The least distance", self.min_distance, 0),
        ):
            if not value >= least:
                raise InputError(f"{name} does not fit.", expected=f"{least} or more", received=str(value))
        check_fractions(self.valid_fraction, self.test_fraction)
        check_seed(self.seed)
        if self.split == "chessboard" and self.valid_fraction + self.test_fraction == 0:
            raise InputError(
                "The white squares of the chessboard would belong to no split.",
                expected="a share for validation or for test above 0",
                received="0 and 0",
            )

    @classmethod
    def of(cls, job: Any) -> Rules:
        """The rules that the fields of a job give, where it has fields of their names."""
        return cls(**{one.name: getattr(job, one.name) for one in fields(cls) if hasattr(job, one.name)})

    @property
    def fractions(self) -> NDArray[np.float64]:
        """Shares of train, valid and test."""
        if self.split == "none":
            return np.array([1.0, 0.0, 0.0])
        return np.array([1 - self.valid_fraction - self.test_fraction, self.valid_fraction, self.test_fraction])

    @property
    def distance(self) -> int:
        """Least distance of positions of different splits."""
        return self.split_buffer or self.patch_size

    def block_side(self, region: Window) -> int:
        """Side of the blocks."""
        return self.block_size or max(_BLOCK_PATCHES * self.distance, _side(region, _MOST_BLOCKS))

    def cell_side(self, region: Window) -> int:
        """Side of the squares that labelled pixels are counted in; only splits by block need small ones."""
        if self.split not in ("spatial blocks", "chessboard"):
            return self.block_side(region)
        if self.lattice is not None:
            return self.lattice.step  # one position each
        return max(1, self.distance // _CELLS_PER_PATCH, _side(region, _MOST_CELLS))

    def reach(self, cell_side: int) -> int:
        """Cells up to so many columns or rows apart are too near for different splits."""
        return (self.distance - 1) // cell_side if self.lattice is not None else ceil_div(self.distance, cell_side)

    def wanted(self, totals: NDArray[np.int64]) -> NDArray[np.float64]:
        """Positions of each class in all splits together, as far as there are so many, [class]."""
        if self.strategy == "balanced":
            return np.full(len(totals), self.count / max(1, (totals > 0).sum()))
        if self.strategy == "per class":
            return np.full(len(totals), float(self.count))
        if self.strategy == "proportional":
            return self.count * totals / max(1, totals.sum())
        return totals.astype(float)


@dataclass(frozen=True)
class Sampled:
    """What was drawn.

    Args:
        positions: the positions.
        rejected: positions that were wanted and found no room beside another split or position.
        nodata: labelled pixels whose patch holds no-data, by source.
    """

    positions: Positions
    rejected: int
    nodata: dict[str, int]

    def results(self) -> dict[str, Any]:
        """What jobs tell of it."""
        return {
            "count_rejected": self.rejected,
            "count_nodata": self.nodata,
            "counts": self.positions.counts(),
        }


def sample(
    read: Callable[[Window], NDArray],
    classes: ClassList,
    sources: Sources,
    rules: Rules,
    reporter: Reporter,
    *,
    name: str,
    read_split: Callable[[Window], NDArray] | None = None,
) -> Sampled:
    """Draw positions from labelled pixels.

    Args:
        read: class indices of a window of the reference, an index that is no class where there is no label.
        classes: what the indices mean.
        sources: where the patches will come from.
        rules: what is asked of the positions.
        reporter: hears the progress and the warnings.
        name: what the user calls the labels, for messages.
        read_split: the split of the pixels of a window, for the split ``by field``.

    Raises:
        InputError: no patch fits, or nothing is left to train with.
    """
    region = _region(sources, rules.patch_size)
    if 0 < rules.split_buffer < rules.patch_size and rules.split != "none":
        reporter.warning(
            f"Patches of different splits may share pixels: the buffer of {rules.split_buffer} pixels is smaller than "
            f"the patch size of {rules.patch_size}."
        )
    if rules.lattice is None and rules.strategy == "grid":
        rules = replace(rules, lattice=Lattice(rules.patch_size, *sources.phase))
    n_codes = len(classes) * (len(SPLITS) if read_split else 1)
    places = Places(
        _coded(read, read_split, len(classes)) if read_split else read,
        n_codes,
        sources,
        rules.patch_size,
        lattice=rules.lattice,
        reject_nodata=rules.reject_nodata,
    )
    candidates = Candidates(places.read, region, rules.block_side(region), rules.cell_side(region), n_codes)
    cells = candidates.count(reporter.part(0, 0.4))
    nodata = dict(zip((source.name for source in sources), places.rejected.tolist()))
    _report_nodata(nodata, reporter)
    totals = cells.counts.sum(axis=0).reshape(-1, len(classes)).sum(axis=0)
    _check_candidates(totals, classes.names, rules, name, reporter)
    draw = _Draw(candidates, cells, rules, len(classes), by_class=read_split is not None)
    positions = draw.run(reporter.part(0.4, 0.9))
    _report(positions, classes.names, rules, reporter)
    return Sampled(positions, draw.rejected, nodata)


class _Draw:
    """One draw; ``rejected`` counts what found no room."""

    def __init__(self, candidates: Candidates, cells: Cells, rules: Rules, n_classes: int, *, by_class: bool) -> None:
        self._candidates = candidates
        self._rules = rules
        self._n_classes = n_classes
        self._rng = np.random.default_rng(rules.seed)
        self._near = Occupied(max(1, rules.min_distance))
        totals = cells.counts.sum(axis=0)
        self._blocks = self._deal(cells)
        available = np.stack([cells.counts[np.isin(cells.blocks, blocks)].sum(axis=0) for blocks in self._blocks])
        per_class = rules.wanted(totals.reshape(-1, n_classes).sum(axis=0))
        shares = np.ceil(rules.fractions[:, None] * np.tile(per_class, len(totals) // n_classes) - 1e-9).astype(
            np.int64
        )
        if by_class:
            available *= np.repeat(np.eye(len(SPLITS), dtype=np.int64), n_classes, axis=1)
        if rules.split == "random":  # one pool for all splits: the last gets what the others leave
            available = np.ceil(rules.fractions[:, None] * totals - 1e-9).astype(np.int64)
            available[0] = np.maximum(0, totals - available[1:].sum(axis=0))
        self._wanted = available if rules.strategy in ("all", "grid") else np.minimum(shares, available)
        self.rejected = 0

    def run(self, reporter: Reporter) -> Positions:
        """Draw all splits."""
        apart = Occupied(self._rules.distance)
        drawn = []
        for step, split in enumerate((TEST, VALID, TRAIN)):  # train has most: it gives way
            number = SPLITS.index(split)
            found = self._split(number, apart, reporter.part(step / 3, (step + 1) / 3))
            apart.add(found.cols, found.rows)
            drawn.append(found)
        positions = Positions.concatenate(drawn)
        self.rejected = int(self._wanted.sum()) - len(positions)
        return positions

    def _deal(self, cells: Cells) -> list[NDArray[np.int64]]:
        """The blocks that each split may draw from, sorted."""
        rules, fractions = self._rules, self._rules.fractions
        blocks = np.unique(cells.blocks)
        if rules.split in ("random", "by field"):
            return [blocks] * len(SPLITS)
        split_of = np.zeros(len(blocks), np.int64)
        reach = rules.reach(self._candidates.cell_size)
        if rules.split == "chessboard":
            white = ~self._candidates.is_black(cells.blocks)
            others = np.array([0.0, *fractions[1:]]) / fractions[1:].sum()
            if white.any():
                some = Cells(cells.blocks[white], cells.cols[white], cells.rows[white], cells.counts[white])
                found, split_of_white = assign_blocks(some, others, reach, self._rng)
                split_of[np.searchsorted(blocks, found)] = split_of_white
        elif rules.split == "spatial blocks":
            _, split_of = assign_blocks(cells, fractions, reach, self._rng)
        return [blocks[split_of == number] for number in range(len(SPLITS))]

    def _split(self, number: int, apart: Occupied, reporter: Reporter) -> Positions:
        """Positions of one split; with a least distance in several rounds, until there is no more room."""
        wanted, distance = self._wanted[number], self._rules.min_distance
        cols, rows, codes = np.empty((3, 0), np.int64)
        start = 0.0

        def free(window: Window) -> NDArray[np.bool_]:
            return apart.free(window) & self._near.free(window) if distance > 1 else apart.free(window)

        while True:
            missing = wanted - np.bincount(codes, minlength=len(wanted))
            if missing.sum() == 0:
                break
            tried = np.where(missing > 0, np.minimum(4 * missing + 100, _MOST_TRIED), 0) if distance > 1 else missing
            end = start + (1 - start) / 2
            found = self._candidates.draw(
                tried,
                self._blocks[number],
                free,
                self._rng,
                reporter.part(start, end),
            )
            start = end
            if len(found[0]) == 0:
                break
            table = np.stack(found)
            if distance > 1:
                table = table[:, thin(table[0], table[1], distance)]
                table = table[:, _first(table[2], missing)]
            self._near.add(table[0], table[1])
            cols, rows, codes = np.concatenate([[cols, rows, codes], table], axis=1)
            if distance <= 1:
                break
        split_of = np.full(len(cols), number)
        return Positions(cols, rows, codes % self._n_classes, split_of, self._candidates.blocks(cols, rows))


def _first(codes: NDArray[np.int64], most: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which values are among the first ``most[value]`` of their kind."""
    among = np.zeros(len(codes), bool)
    for code in np.unique(codes):
        among[np.flatnonzero(codes == code)[: most[code]]] = True
    return among


def _coded(
    read: Callable[[Window], NDArray], read_split: Callable[[Window], NDArray], n_classes: int
) -> Callable[[Window], NDArray]:
    """Class and split of pixels as one number: the splits one after the other, each with all classes."""
    none = len(SPLITS) * n_classes

    def coded(window: Window) -> NDArray:
        labels, splits = read(window).astype(np.int64), read_split(window)
        return np.where((labels < n_classes) & (splits < len(SPLITS)), splits * n_classes + labels, none)

    return coded


def _side(region: Window, most: int) -> int:
    """Side of squares of which the region holds about ``most``."""
    return math.isqrt(region.width * region.height // most)


def _region(sources: Sources, size: int) -> Window:
    """Where a patch's centre may lie so that the patch lies in the reference."""
    grid, before = sources.reference.grid, size // 2
    region = Window(before, before, grid.width - size + 1, grid.height - size + 1)
    if region.width < 1 or region.height < 1:
        raise InputError(
            "The patches are larger than the raster.",
            expected=f"a patch size of at most {min(grid.width, grid.height)}",
            received=f"{size} for a raster of {grid.width} × {grid.height} pixels",
        )
    return region


def _report_nodata(nodata: dict[str, int], reporter: Reporter) -> None:
    for name, count in nodata.items():
        if count:
            reporter.info(f"{count} labelled pixels are no positions: their patch holds no-data of {name}.")


def _check_candidates(totals: NDArray[np.int64], names: list[str], rules: Rules, name: str, reporter: Reporter) -> None:
    empty = [one for one, total in zip(names, totals) if total == 0]
    if len(empty) == len(names):
        raise InputError(
            f"No pixel of {name} can be the centre of a patch.",
            expected=f"labelled pixels at least {rules.patch_size // 2} pixels inside the border of every source"
            + (", with data all around" if rules.reject_nodata else ""),
            received="none",
            remedy="Choose a smaller patch size, or draw larger polygons further inside.",
        )
    if empty:
        reporter.warning(
            f"No patch fits around any pixel of {', '.join(empty)}: they are smaller than a pixel "
            "or too near the raster's border" + (", or no-data." if rules.reject_nodata else ".")
        )


def _report(positions: Positions, names: list[str], rules: Rules, reporter: Reporter) -> None:
    table = np.zeros((len(SPLITS), len(names)), np.int64)
    np.add.at(table, (positions.split_of, positions.labels), 1)
    for split, row in zip(SPLITS, table):
        shares = row / np.maximum(1, table.sum(axis=0))
        each = (f"{count} {name} ({share:.0%})" for count, name, share in zip(row, names, shares))
        reporter.info(f"{split}: " + ", ".join(each))
    if table[0].sum() == 0:
        raise InputError(
            "No position is left to train with.",
            expected="labelled pixels that are further than the buffer from all positions of valid and test",
            received=f"{table[1].sum()} positions of valid and {table[2].sum()} of test, and no room beside them",
            remedy="Choose fewer positions, smaller shares for validation and test, or the split spatial blocks.",
        )
    for split, row, fraction in zip(SPLITS, table, rules.fractions):
        missing = [name for name, count in zip(names, row) if count == 0]
        if missing and fraction > 0 and rules.split != "none":
            reporter.warning(
                f"No positions of {', '.join(missing)} in the {split} split: their polygons lie in too few "
                "blocks, or too near another split. Draw more polygons, or choose smaller blocks or patches."
            )
