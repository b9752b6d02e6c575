"""Sample patch positions from labelled geometries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .. import files
from ..errors import InputError
from ..grid import Window
from ..options import COUNT, PATCH_SIZE, SPLIT_WAYS, STRATEGIES, TEST_FRACTION, VALID_FRACTION
from ..raster import Source
from ..reporter import Reporter
from ..sampling.candidates import Candidates
from ..sampling.positions import Positions, write_positions
from ..sampling.splits import SPLITS, TEST, TRAIN, VALID, Cells, Occupied, assign_blocks
from ..vector import read_labels
from . import Job, check_at_least, check_choice

_BLOCK_PATCHES = 3  # side of an automatic block in patches: smaller ones leave little room beside each other
_CELLS_PER_PATCH = 4


@dataclass
class SampleVector(Job):
    """Choose the pixels that patches are centred on, inside labelled geometries, and split them.

    Args:
        source1: rasters, stacked band-wise.
        input: vector file with polygons, lines or points.
        output: vector file to make.
        input_name: what the user calls the input, for messages.
        class_field: field of integers or text; empty: one class.
        patch_size: side of the patches in pixels.
        strategy: one of `STRATEGIES`.
        count: positions in all (``balanced``, ``proportional``) or per class.
        split: one of `SPLIT_WAYS`.
        valid_fraction: share of the positions to choose the best network with.
        test_fraction: share of the positions to test with.
        block_size: side of the spatial blocks in pixels; 0: three times the patch size.
        seed: the same seed gives the same positions.
    """

    NAME: ClassVar = "samplevector"
    NEEDS_TENSORFLOW: ClassVar = False

    source1: list[str]
    input: str
    output: str
    input_name: str = ""
    class_field: str = ""
    patch_size: int = PATCH_SIZE
    strategy: str = STRATEGIES[0]
    count: int = COUNT
    split: str = SPLIT_WAYS[0]
    valid_fraction: float = VALID_FRACTION
    test_fraction: float = TEST_FRACTION
    block_size: int = 0
    seed: int = 0

    def outputs(self) -> list[Path]:
        return [Path(self.output)]

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("The strategy", self.strategy, STRATEGIES)
        check_choice("The split", self.split, SPLIT_WAYS)
        for name, value, least in (
            ("The patch size", self.patch_size, 1),
            ("The count", self.count, 1),
            ("The share for validation", self.valid_fraction, 0),
            ("The share for test", self.test_fraction, 0),
            ("The block size", self.block_size, 0),
        ):
            check_at_least(name, value, least)
        if self.valid_fraction + self.test_fraction >= 1:
            raise InputError(
                "Nothing would be left to train with.",
                expected="shares for validation and test that sum to less than 1",
                received=f"{self.valid_fraction:g} and {self.test_fraction:g}",
            )
        source = Source("source1", self.source1)
        labels = read_labels(self.input, self.class_field, source.grid, reporter, name=self.input_name)
        classes = labels.classes
        if self.class_field and len(classes) < 2:
            raise InputError(
                f"The field {self.class_field} of the layer {self.input_name or self.input} has one class only.",
                expected="two classes or more within the raster",
                received=f"only {classes.names[0]}",
                remedy="Choose another field, or none to sample without classes.",
            )
        region = self._region(source)
        block_size = self.block_size or _BLOCK_PATCHES * self.patch_size
        candidates = Candidates(labels.burner(source.grid), region, block_size, self._cell_size, len(classes))
        cells = candidates.count(reporter.part(0, 0.4))
        self._check_candidates(cells.counts, classes.names, reporter)
        positions, rejected = self._draw(candidates, cells, reporter.part(0.4, 0.9))
        self._report_shortage(positions, classes.names, reporter)
        with files.unfinished(self.output) as part:
            write_positions(part, positions, classes, labels.text_classes, source.grid)
        reporter.progress(1, "Positions written")
        return {"output": self.output, "count_rejected": rejected, "counts": positions.counts()}

    @property
    def _cell_size(self) -> int:
        return max(1, self.patch_size // _CELLS_PER_PATCH)

    def _region(self, source: Source) -> Window:
        """Where a patch's centre may lie so that the patch lies in the raster."""
        grid, before = source.grid, self.patch_size // 2
        region = Window(before, before, grid.width - self.patch_size + 1, grid.height - self.patch_size + 1)
        if region.width < 1 or region.height < 1:
            raise InputError(
                "The patches are larger than the raster.",
                expected=f"a patch size of at most {min(grid.width, grid.height)}",
                received=f"{self.patch_size} for a raster of {grid.width} × {grid.height} pixels",
            )
        return region

    def _check_candidates(self, counts: NDArray[np.int64], names: list[str], reporter: Reporter) -> None:
        empty = [name for name, total in zip(names, counts.sum(axis=0)) if total == 0]
        if len(empty) == len(names):
            raise InputError(
                f"No pixel of {self.input_name or self.input} can be the centre of a patch.",
                expected=f"labelled pixels at least {self.patch_size // 2} pixels inside the raster's border",
                received="none",
                remedy="Choose a smaller patch size, or draw larger polygons further inside.",
            )
        if empty:
            reporter.warning(
                f"No patch fits around any pixel of {', '.join(empty)}: they are smaller than a pixel "
                "or too near the raster's border."
            )

    def _draw(self, candidates: Candidates, cells: Cells, reporter: Reporter) -> tuple[Positions, int]:
        """Draw positions; the second value says how many found no room beside another split."""
        fractions = np.array([1.0, 0.0, 0.0])
        if self.split != "none":
            fractions = np.array(
                [1 - self.valid_fraction - self.test_fraction, self.valid_fraction, self.test_fraction]
            )
        rng = np.random.default_rng(self.seed)
        blocks, split_of_block = assign_blocks(cells, fractions, -(-self.patch_size // self._cell_size), rng)
        split_of_cell = split_of_block[np.searchsorted(blocks, cells.blocks)]
        available = np.stack([cells.counts[split_of_cell == number].sum(axis=0) for number in range(len(SPLITS))])
        wanted = self._wanted(available, fractions)
        occupied = Occupied(self.patch_size)
        drawn = []
        for step, split in enumerate((TEST, VALID, TRAIN)):  # train has most: it gives way
            number = SPLITS.index(split)
            cols, rows, labels = candidates.draw(
                wanted[number],
                blocks[split_of_block == number],
                occupied.free,
                rng,
                reporter.part(step / 3, (step + 1) / 3),
            )
            occupied.add(cols, rows)
            drawn.append(Positions(cols, rows, labels, np.full(len(cols), number), candidates.blocks(cols, rows)))
        positions = Positions.concatenate(drawn)
        return positions, int(np.minimum(wanted, available).sum()) - len(positions)

    def _wanted(self, available: NDArray[np.int64], fractions: NDArray[np.float64]) -> NDArray[np.int64]:
        """How many positions of each split and class to take, [split, class]."""
        totals = available.sum(axis=0)
        if self.strategy == "all":
            return available
        if self.strategy == "balanced":
            per_class = np.full(len(totals), self.count / max(1, (totals > 0).sum()))
        elif self.strategy == "per class":
            per_class = np.full(len(totals), float(self.count))
        else:
            per_class = self.count * totals / totals.sum()
        return np.ceil(fractions[:, None] * per_class[None, :] - 1e-9).astype(np.int64)

    def _report_shortage(self, positions: Positions, names: list[str], reporter: Reporter) -> None:
        table = np.zeros((len(SPLITS), len(names)), np.int64)
        np.add.at(table, (positions.split_of, positions.labels), 1)
        for split, row in zip(SPLITS, table):
            reporter.info(f"{split}: " + ", ".join(f"{count} {name}" for count, name in zip(row, names)))
        if self.split == "none":
            return
        for split, row in zip(SPLITS, table):
            missing = [name for name, count in zip(names, row) if count == 0]
            if missing and (split == "train" or getattr(self, f"{split}_fraction") > 0):
                reporter.warning(
                    f"No positions of {', '.join(missing)} in the {split} split: their polygons lie in too few "
                    "blocks, or too near another split. Draw more polygons, or choose smaller blocks or patches."
                )
