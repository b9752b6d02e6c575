"""Map one sheet of a raster."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..inference.map_sheet import SheetRequest, map_sheet
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class MapSheet(SheetRequest, Job):
    """Map one sheet of a raster: `inference.map_sheet` as a job, which `applymodel` on a cluster consists of."""

    NAME: ClassVar = "mapsheet"
    NEEDS_TENSORFLOW: ClassVar = True

    def run(self, reporter: Reporter) -> dict[str, Any]:
        """Map the sheet; the results are the fields of `MapResult`."""
        return dataclasses.asdict(map_sheet(self, reporter))
