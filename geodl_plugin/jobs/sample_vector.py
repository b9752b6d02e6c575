"""Sample patch positions from labelled geometries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from numpy.typing import NDArray

from .. import files
from ..errors import InputError
from ..grid import Grid, Window, tiles
from ..options import COUNT, PATCH_SIZE, SPLIT_WAYS, STRATEGIES, TEST_FRACTION, VALID_FRACTION
from ..reporter import Reporter
from ..sampling.drawing import Rules, sample
from ..sampling.positions import write_positions
from ..sources import Sources
from ..vector import Labels, read_labels
from . import Job, check_choice

_TILE = 2048


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
        block_size: side of the spatial blocks in pixels; 0: three times the patch size or the buffer.
        seed: the same seed gives the same positions.
        split_field: ``by field``: text field with train, valid or test.
        split_buffer: least distance of positions of different splits in pixels; 0: the patch size.
        min_distance: least distance of any two positions in pixels; 0: none.
        source2: rasters of another source, which patches must lie in, too; empty: none.
        source3: the same.
        source4: the same.
        resample: read sources whose grid does not nest in that of source 1 as if they lay on it.
        reject_nodata: take no position whose patch holds a no-data value in any band of any source.
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
    split_field: str = ""
    split_buffer: int = 0
    min_distance: int = 0
    source2: list[str] = field(default_factory=list)
    source3: list[str] = field(default_factory=list)
    source4: list[str] = field(default_factory=list)
    resample: bool = False
    reject_nodata: bool = False

    def outputs(self) -> list[Path]:
        return [Path(self.output)]

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("The strategy", self.strategy, STRATEGIES)
        check_choice("The split", self.split, SPLIT_WAYS)
        if (self.split == "by field") != bool(self.split_field):
            raise InputError(
                "The split and the field of splits do not fit.",
                expected="a field (SPLIT_FIELD) if the split is by field, and none otherwise",
                received=f"the split {self.split} and the field {self.split_field or 'none'}",
            )
        rules = Rules.of(self)
        sources = Sources.of(self)
        grid = sources.reference.grid
        name = self.input_name or self.input
        labels = read_labels(
            self.input,
            self.class_field,
            grid,
            reporter,
            name=self.input_name,
            split_field=self.split_field,
            keep_tiny=self.strategy == "all",
        )
        if self.class_field and len(labels.classes) < 2:
            raise InputError(
                f"The field {self.class_field} of the layer {name} has one class only.",
                expected="two classes or more within the raster",
                received=f"only {labels.classes.names[0]}",
                remedy="Choose another field, or none to sample without classes.",
            )
        overlap = count_overlap(labels, grid, name, reporter)
        read_split: Callable[[Window], NDArray] | None = labels.split_burner(grid) if self.split_field else None
        found = sample(labels.burner(grid), labels.classes, sources, rules, reporter, name=name, read_split=read_split)
        with files.unfinished(self.output) as part:
            write_positions(part, found.positions, labels.classes, labels.text_classes, grid)
        reporter.progress(1, "Positions written")
        return {"output": self.output, **found.results(), "count_overlap": overlap}


def count_overlap(labels: Labels, grid: Grid, name: str, reporter: Reporter) -> int:
    """The number of pixels that lie in more than one feature, which is warned about."""
    count = labels.overlap_counter(grid)
    overlap = 0
    for tile in tiles(grid.window, _TILE):
        overlap += count(tile)
        reporter.check_cancelled()
    if overlap:
        reporter.warning(f"{overlap} pixels lie in several features of {name}: the later feature counts.")
    return overlap
