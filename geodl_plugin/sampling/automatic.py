"""The choice of a way to split: blocks of the image where labels are enough for that, else whole features.

Blocks with a buffer say most honestly how good a network is where it has not learnt, but cost labels: those beside
other splits, and those of classes that lie in few places.  Where a class would keep too little, whole features are
split (`feature_split`).  Labels of a raster have no features: they are split by smaller and smaller blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..labels.splits import SPLITS, TEST, TRAIN, VALID
from ..language import tr
from ..rasters.grid import Window
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from .candidates import Candidates, Counts
from .feature_split import CUTTABLE, Cut, cut_feature, split_features
from .rules import Rules
from .splits import assign_blocks, usable_cells

_ENOUGH = 30  # pixels of a class in a split: of so many a share is known to about 0.18, of 10 to 0.3 only
_ENOUGH_OF_SHARE = 0.5  # of the pixels that a class should have in a split
_AMPLE = 300  # pixels of a class to validate with: more would tell little more
_MIN_BLOCK = 6  # pixels: smaller ones are no blocks any more
_TRAIN, _VALID, _TEST = (SPLITS.index(split) for split in (TRAIN, VALID, TEST))


@dataclass(frozen=True)
class Parts:
    """The single polygons, lines and points that labels come from.

    Args:
        read: numbers of parts of a window of the reference, [y, x]; their count where there is none.
        class_of: class index, [part].
    """

    read: Callable[[Window], NDArray]
    class_of: NDArray[np.int64]


@dataclass(frozen=True)
class SplitPlan:
    """How labels are split.

    Args:
        rules: the rules, with a way of splitting other than ``automatic``.
        read_split: for ``features``: indices into `SPLITS` of the pixels of a window, [y, x]; their number where a
            pixel belongs to none; None: another way.
        reason: why, as one or more sentences.
    """

    rules: Rules
    read_split: Callable[[Window], NDArray] | None
    reason: str


class SplitPlanner:
    """Chooses how labels are split.

    Args:
        read: class indices of a window of the reference, [y, x].
        names: the classes.
        parts: what labels come from; None: from a raster.
        sources: where patches come from.
        rules: the split is ``automatic`` or ``features``.
        region: where positions may lie.
    """

    def __init__(
        self,
        read: Callable[[Window], NDArray],
        names: list[str],
        parts: Parts | None,
        sources: Sources,
        rules: Rules,
        region: Window,
    ) -> None:
        self._names, self._parts, self._rules, self._region = names, parts, rules, region
        self._short = ""
        self._class_of = np.arange(len(names)) if parts is None else parts.class_of
        self._centres = rules.centres(read if parts is None else parts.read, len(self._class_of), sources)

    def plan(self, reporter: Reporter) -> SplitPlan:
        """Choose the way.

        Args:
            reporter: receives progress.
        """
        plan = self._by_blocks(reporter.part(0, 0.5)) if self._rules.split == "automatic" else None
        if plan is None and self._parts is not None:
            plan = self._by_features(self._parts, reporter.part(0.5, 1))
        return plan or SplitPlan(replace(self._rules, split="spatial blocks"), None, "")

    def _by_blocks(self, reporter: Reporter) -> SplitPlan | None:
        """A split by blocks that leaves enough of each class; for a raster, the best one there is.

        Keeps the classes that fall short, to tell them.
        """
        best, fewest = None, len(self._names) + 1
        sides, counts = None, None
        for rules in self._block_rules():
            if counts is None or sides != (rules.block_side(self._region), rules.cell_side(self._region)):
                sides = rules.block_side(self._region), rules.cell_side(self._region)
                counts = self._candidates(rules).count_codes(reporter)
            if len(counts.codes) == 0:
                return None
            short = self._short_classes(counts, rules)
            if len(short) < fewest:
                best, fewest = (rules, short), len(short)
            if not short:
                break
        if best is None:
            return None
        rules, short = best
        self._short = ", ".join(self._names[index] for index in short)
        if short and self._parts is not None:
            return None
        side = rules.block_side(self._region)
        reason = (
            tr(
                "Split by spatial blocks of {side} pixels, {distance} pixels apart: even so, train or valid has few "
                "labels of {short}."
            )
            if short
            else tr(
                "Split by spatial blocks of {side} pixels, {distance} pixels apart: every class has enough labels in "
                "train and valid."
            )
        )
        return SplitPlan(rules, None, reason.format(side=side, distance=rules.split_distance, short=self._short))

    def _block_rules(self) -> Iterator[Rules]:
        """Rules for splits by blocks, the best ones first: test is left out before blocks get smaller."""
        rules = replace(self._rules, split="spatial blocks")
        while True:
            yield rules
            if rules.test_fraction > 0 and rules.valid_fraction > 0:
                yield replace(rules, test_fraction=0.0)
            side = rules.block_side(self._region) // 2
            if self._parts is not None or side < _MIN_BLOCK:
                return
            rules = replace(rules, block_size=side, split_buffer=max(1, rules.split_distance // 2))

    def _candidates(self, rules: Rules) -> Candidates:
        region = self._region
        side, cell = rules.block_side(region), rules.cell_side(region)
        return Candidates(self._centres.read, region, side, cell, len(self._class_of))

    def _short_classes(self, counts: Counts, rules: Rules) -> list[int]:
        """The classes that would have too little in train or valid if blocks were split by some rules.

        Enough is half of the share that a split should have, but `_ENOUGH` pixels at least; in valid, no more than
        `_AMPLE` are needed.  They must lie in two places, which are features, or blocks for a raster; in one if the
        split's share of the places is less than one and a half.  Of a class that no split could divide, train must
        have enough.
        """
        cells = counts.by_class(self._class_of, len(self._names))
        reach = rules.reach(rules.cell_side(self._region))
        blocks, split_of = assign_blocks(cells, rules.fractions, reach, np.random.default_rng(rules.seed))
        split_of_cell, usable = usable_cells(cells, blocks, split_of, reach)
        classes = self._class_of[counts.codes]
        places = counts.codes if self._parts is not None else counts.blocks[counts.cell_of]
        totals, n_places = cells.counts.sum(axis=0), self._places(classes, places)
        is_short = np.zeros(len(self._names), bool)
        divisible = totals >= CUTTABLE
        if self._parts is not None:
            divisible |= n_places > 1
        for split in (_TRAIN, _VALID):
            if rules.fractions[split] == 0:
                continue
            share = np.where(divisible, rules.fractions[split], float(split == _TRAIN))
            chosen = usable & (split_of_cell == split)
            pixels = cells.counts[chosen].sum(axis=0)
            wanted = np.minimum(_ENOUGH_OF_SHARE * share * totals, _AMPLE if split == _VALID else np.inf)
            is_short |= pixels < np.maximum(wanted, np.where(divisible, _ENOUGH, 0))
            entries = chosen[counts.cell_of]
            needed = np.where(share > 0, np.clip(np.floor(share * n_places + 0.5), 1, 2), 0)
            is_short |= self._places(classes[entries], places[entries]) < needed
        is_short &= totals > 0
        return np.flatnonzero(is_short).tolist()

    def _places(self, classes: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many places each class lies, [class]."""
        n_places = int(places.max(initial=0)) + 1
        return np.bincount(np.unique(classes * n_places + places) // n_places, minlength=len(self._names))

    def _by_features(self, parts: Parts, reporter: Reporter) -> SplitPlan:
        """A split by whole features, some of which are cut; a buffer is only kept where the user chose features."""
        buffer = self._rules.split_buffer if self._rules.split == "features" else 0
        rules = replace(self._rules, split="features", split_buffer=buffer)
        candidates = self._candidates(rules)
        counts = candidates.count_codes(reporter.part(0, 0.5))
        pixels = np.bincount(counts.codes, counts.pixels, len(self._class_of)).astype(np.int64)
        rng = np.random.default_rng(rules.seed)
        found = split_features(self._class_of, pixels, rules.fractions, rng)
        profiles = candidates.profiles(found.cut, reporter.part(0.5, 1)) if len(found.cut) else {}
        cuts, undivided = {}, found.undivided.tolist()
        for part, (columns, rows) in profiles.items():
            cut = cut_feature(columns, rows, rules.fractions, rules.patch_size, rng)
            if cut is None:
                undivided.append(int(self._class_of[part]))
            else:
                cuts[part] = cut
        return SplitPlan(rules, _splits(parts.read, found.split_of, cuts), self._reason(list(cuts), sorted(undivided)))

    def _reason(self, cut: list[int], undivided: list[int]) -> str:
        reason = tr("Split by whole polygons, lines or points.")
        if self._rules.split == "automatic":
            reason = tr(
                "Split by whole polygons, lines or points: with blocks of the image, train or valid would have too few "
                "labels of {short}."
            ).format(short=self._short)
        reasons = [reason]
        if cut:
            names = ", ".join(self._names[index] for index in sorted({int(self._class_of[part]) for part in cut}))
            reasons.append(
                tr("The largest one of {names} is cut, since there is no other one to validate with.").format(
                    names=names
                )
            )
        if undivided:
            names = ", ".join(self._names[index] for index in undivided)
            reasons.append(
                tr(
                    "{names} cannot be divided: there is one only, of fewer than {pixels} pixels. All of it is for "
                    "training, and the figures of the other splits say nothing of it."
                ).format(names=names, pixels=CUTTABLE)
            )
        return " ".join(reasons)


def _splits(
    read: Callable[[Window], NDArray], split_of: NDArray[np.int64], cuts: dict[int, Cut]
) -> Callable[[Window], NDArray]:
    """A function of a window that gives the splits of its pixels, [y, x].

    Args:
        read: numbers of parts of a window, [y, x]; their count where there is none.
        split_of: index into `SPLITS`, [part].
        cuts: the parts that are cut.
    """
    table = np.append(split_of, len(SPLITS)).astype(np.uint8)

    def splits(window: Window) -> NDArray:
        parts = read(window)
        found = table[parts]
        for part, cut in cuts.items():
            rows, cols = np.nonzero(parts == part)
            if len(rows):
                found[rows, cols] = cut.split_of[cols + window.col if cut.by_column else rows + window.row]
        return found

    return splits
