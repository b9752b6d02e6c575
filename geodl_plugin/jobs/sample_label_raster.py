"""Sample patch positions from a label raster."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..runtime.reporter import Reporter
from ..sampling.sample_label_raster import SampleLabelRasterRequest, sample_label_raster
from . import Job


@dataclass
class SampleLabelRaster(SampleLabelRasterRequest, Job):
    """`sampling.sample_label_raster` as a job."""

    NAME: ClassVar = "samplelabelraster"
    NEEDS_TENSORFLOW: ClassVar = False

    def run(self, reporter: Reporter) -> dict[str, Any]:
        return dataclasses.asdict(sample_label_raster(self, reporter))
