"""Apply a model to a raster."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..inference.map_raster import map_raster
from ..inference.request import MapRequest
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class ApplyModel(MapRequest, Job):
    """Map a raster of any size with any model: `inference.map_raster` as a job."""

    NAME: ClassVar = "applymodel"
    NEEDS_TENSORFLOW: ClassVar = True

    def run(self, reporter: Reporter) -> dict[str, Any]:
        """Map the raster; the results are the fields of `MapResult`."""
        return dataclasses.asdict(map_raster(self, reporter))
