"""Sample patch positions from labelled geometries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from numpy.typing import NDArray

from ..errors import InputError
from ..labels.geometries import LabelledGeometries, read_labels
from ..options import SPLIT_WAYS, STRATEGIES
from ..rasters.grid import Grid, Window, tiles
from ..rasters.sources import Sources
from ..runtime.checks import check_choice
from ..runtime.reporter import Reporter
from ..sampling.drawing import Rules, sample
from ..sampling.positions import check_output
from .sampling import SampleLabels, save
from .sources import rasters_of

_TILE = 2048


@dataclass
class SampleVector(SampleLabels):
    """Sample patch positions inside labelled geometries: polygons, lines or points of a vector file, the input.

    Args:
        class_field: field of integers or text; empty: one class.
        split_field: ``by field``: text field with train, valid or test.
    """

    NAME: ClassVar = "samplevector"
    NEEDS_TENSORFLOW: ClassVar = False

    class_field: str = ""
    split_field: str = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("strategy", self.strategy, STRATEGIES)
        check_choice("split", self.split, SPLIT_WAYS)
        if (self.split == "by field") != bool(self.split_field):
            raise InputError(
                "The split and the field of splits do not fit.",
                expected="a field (SPLIT_FIELD) if the split is by field, and none otherwise",
                received=f"the split {self.split} and the field {self.split_field or 'none'}",
            )
        rules = Rules.of(self)
        sources = Sources.open(rasters_of(self), resample=self.resample)
        grid = sources.reference.grid
        check_output(self.output, grid)
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
        results = save(found, self.output, labels.classes, grid, reporter, text_classes=labels.text_classes)
        return {**results, "count_overlap": overlap}


def count_overlap(labels: LabelledGeometries, grid: Grid, name: str, reporter: Reporter) -> int:
    """The number of pixels that lie in more than one feature, which is warned about."""
    count = labels.overlap_counter(grid)
    overlap = 0
    for tile in tiles(grid.window, _TILE):
        overlap += count(tile)
        reporter.check_cancelled()
    if overlap:
        reporter.warning(f"{overlap} pixels lie in several features of {name}: the later feature counts.")
    return overlap
