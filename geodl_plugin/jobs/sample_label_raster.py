"""Sample patch positions from a label raster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ..errors import InputError
from ..labels.label_raster import read_label_raster
from ..options import SPLIT_WAYS, STRATEGIES
from ..rasters.sources import Sources
from ..runtime.checks import check_choice
from ..runtime.reporter import Reporter
from ..sampling.drawing import Rules, sample
from ..sampling.positions import check_output
from .sampling import SampleLabels, save
from .sources import rasters_of

_WAYS = tuple(way for way in SPLIT_WAYS if way != "by field")


@dataclass
class SampleLabelRaster(SampleLabels):
    """Sample patch positions where a raster of classes has one.

    The input is a raster with one band of class values; on another grid than source 1 it is read to the nearest
    pixel.  It cannot be split ``by field``.
    """

    NAME: ClassVar = "samplelabelraster"
    NEEDS_TENSORFLOW: ClassVar = False

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("strategy", self.strategy, STRATEGIES)
        check_choice("split", self.split, _WAYS)
        rules = Rules.of(self)
        sources = Sources.open(rasters_of(self), resample=self.resample)
        grid = sources.reference.grid
        check_output(self.output, grid)
        name = self.input_name or self.input
        classes, read = read_label_raster(self.input, grid, reporter)
        if len(classes) < 2:
            raise InputError(
                f"The raster {name} has one class only.",
                expected="two classes or more within the image; no-data is none",
                received=f"only {classes.names[0]}",
            )
        found = sample(read, classes, sources, rules, reporter, name=name)
        return save(found, self.output, classes, grid, reporter)
