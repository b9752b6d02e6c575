"""What the jobs that sample positions share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..labels.classes import ClassList
from ..operations import InputPath, OutputPath
from ..options import COUNT, PATCH_SIZE, SPLIT_WAYS, STRATEGIES, TEST_FRACTION, VALID_FRACTION
from ..rasters.grid import Grid
from ..runtime import files
from ..runtime.reporter import Reporter
from ..sampling.drawing import Sampled
from ..sampling.positions import write_positions
from . import Job


@dataclass
class SampleLabels(Job):
    """Choose the pixels that patches are centred on where there are labels, and split them.

    Args:
        source1: rasters, stacked band-wise.
        input: the labels.
        output: vector file to make.
        input_name: what the user calls the input, for messages.
        patch_size: side of the patches in pixels.
        strategy: one of `STRATEGIES`.
        count: positions in all (``balanced``, ``proportional``) or per class.
        split: one of `SPLIT_WAYS`.
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

    source1: list[InputPath]
    input: InputPath
    output: OutputPath
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
    source2: list[InputPath] = field(default_factory=list)
    source3: list[InputPath] = field(default_factory=list)
    source4: list[InputPath] = field(default_factory=list)
    resample: bool = False
    reject_nodata: bool = False


def save(
    found: Sampled, output: str, classes: ClassList, grid: Grid, reporter: Reporter, *, text_classes: bool = False
) -> dict[str, Any]:
    """Write what was drawn, and give the results of the job; the arguments are those of `write_positions`."""
    with files.unfinished(output) as part:
        write_positions(part, found.positions, classes, text_classes, grid)
    reporter.done("Positions written")
    return {"output": output, **found.results()}
