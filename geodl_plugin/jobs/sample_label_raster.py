"""Sample patch positions from a label raster."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from .. import files
from ..errors import InputError
from ..labels import read_label_raster
from ..options import COUNT, PATCH_SIZE, SPLIT_WAYS, STRATEGIES, TEST_FRACTION, VALID_FRACTION
from ..reporter import Reporter
from ..sampling.drawing import Rules, sample
from ..sampling.positions import write_positions
from ..sources import Sources
from . import Job, check_choice

_WAYS = tuple(way for way in SPLIT_WAYS if way != "by field")


@dataclass
class SampleLabelRaster(Job):
    """Choose the pixels that patches are centred on where a raster of classes has one, and split them.

    Args:
        source1: rasters, stacked band-wise.
        input: raster with one band of class values; on another grid than source 1 it is read to the nearest pixel.
        output: vector file to make.
        input_name: what the user calls the input, for messages.
        patch_size: side of the patches in pixels.
        strategy: one of `STRATEGIES`.
        count: positions in all (``balanced``, ``proportional``) or per class.
        split: one of `SPLIT_WAYS`, but not ``by field``.
        valid_fraction: share of the positions to choose the best network with.
        test_fraction: share of the positions to test with.
        block_size: side of the spatial blocks in pixels; 0: three times the patch size or the buffer.
        seed: the same seed gives the same positions.
        split_buffer: least distance of positions of different splits in pixels; 0: the patch size.
        min_distance: least distance of any two positions in pixels; 0: none.
        source2: rasters of another source, which patches must lie in, too; empty: none.
        source3: the same.
        source4: the same.
        resample: read sources whose grid does not nest in that of source 1 as if they lay on it.
        reject_nodata: take no position whose patch holds a no-data value in any band of any source.
    """

    NAME: ClassVar = "samplelabelraster"
    NEEDS_TENSORFLOW: ClassVar = False

    source1: list[str]
    input: str
    output: str
    input_name: str = ""
    patch_size: int = PATCH_SIZE
    strategy: str = STRATEGIES[0]
    count: int = COUNT
    split: str = SPLIT_WAYS[0]
    valid_fraction: float = VALID_FRACTION
    test_fraction: float = TEST_FRACTION
    block_size: int = 0
    seed: int = 0
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
        check_choice("The split", self.split, _WAYS)
        rules = Rules.of(self)
        sources = Sources.of(self)
        grid = sources.reference.grid
        name = self.input_name or self.input
        classes, read = read_label_raster(self.input, grid, reporter)
        if len(classes) < 2:
            raise InputError(
                f"The raster {name} has one class only.",
                expected="two classes or more within the image; no-data is none",
                received=f"only {classes.names[0]}",
            )
        found = sample(read, classes, sources, rules, reporter, name=name)
        with files.unfinished(self.output) as part:
            write_positions(part, found.positions, classes, False, grid)
        reporter.progress(1, "Positions written")
        return {"output": self.output, **found.results()}
