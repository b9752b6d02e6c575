"""What the sampling operations return."""

from __future__ import annotations

from dataclasses import dataclass

from ..labels.classes import ClassList
from ..language import tr
from ..rasters.grid import Grid
from ..runtime import files
from ..runtime.reporter import Reporter
from .drawing import Drawn
from .positions import write_positions


@dataclass(frozen=True)
class SamplingResult:
    """Positions in a file, and how many there are.

    Args:
        output: the vector file.
        count_rejected: positions that were asked for and found no room beside another split or position.
        count_nodata: labelled pixels whose patch contains no-data, by source.
        counts: positions by split.
    """

    output: str
    count_rejected: int
    count_nodata: dict[str, int]
    counts: dict[str, int]


def save(
    drawn: Drawn, output: str, classes: ClassList, grid: Grid, reporter: Reporter, *, text_classes: bool = False
) -> SamplingResult:
    """Write what was drawn; the arguments are those of `write_positions`."""
    with files.unfinished(output) as part:
        write_positions(part, drawn.positions, classes, text_classes, grid)
    reporter.done(tr("Positions written"))
    return SamplingResult(output, drawn.rejected, drawn.nodata, drawn.positions.counts())
