"""The request of `map_on_cluster`."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from ..inference.request import MapRequest
from ..inference.sheets import DEFAULT_SIDE
from ..language import tr
from ..runtime.checks import check_minimum

PATIENCE = 30  # minutes
_OF_THE_MAP = [field.name for field in dataclasses.fields(MapRequest)]


@dataclass
class ClusterRequest(MapRequest):
    """A raster to map on a cluster.

    An output may also end with ``.vrt``: then it is a virtual raster of the sheets, which stay, in a folder beside the
    map.  ``memory`` is that of each worker; ``resume`` is always on.

    Args:
        scheduler: ``tcp://host:port`` of Dask's scheduler, the file that ``dask scheduler --scheduler-file`` wrote, or
            ``local:N`` for N workers on this computer.
        sheet: side of the sheets in pixels of the map; it is rounded down to whole blocks.
        keep_sheets: keep the sheets, and a virtual raster of them, although the outputs are files of their own.
        patience: minutes after which a sheet is given up, and mapped again, if it gets no further.
    """

    scheduler: str = "local:1"
    sheet: int = DEFAULT_SIDE
    keep_sheets: bool = False
    patience: float = PATIENCE

    def check(self) -> None:
        self.as_files().check()
        check_minimum(tr("sheet"), self.sheet, 1)
        if self.patience <= 0:
            raise InputError(
                tr("Invalid patience."), expected=tr("minutes, more than 0"), received=f"{self.patience:g}"
            )
        if is_virtual(self.output) and self.minimum_area > 1:
            raise InputError(
                tr("Small areas cannot be removed from a virtual raster."),
                expected=tr("an output that ends with .tif, since areas may lie in several sheets"),
                received=tr("{name}, MINIMUM_AREA = {minimum_area}").format(
                    name=Path(self.output).name, minimum_area=self.minimum_area
                ),
                remedy=tr("Name the output .tif, or leave MINIMUM_AREA at 0."),
            )

    def numbered_outputs(self) -> list[str]:
        """The outputs in the order of the rasters: map, confidence, unfamiliarity; empty: not made."""
        return [self.output, self.confidence, self.unfamiliarity]

    def as_files(self) -> MapRequest:
        """The same map made by one process: as files, not as virtual rasters."""
        values = {name: getattr(self, name) for name in _OF_THE_MAP}
        for name in ("output", "confidence", "unfamiliarity"):
            if is_virtual(values[name]):
                values[name] = str(Path(values[name]).with_suffix(".tif"))
        return MapRequest(**values)


def is_virtual(output: str | Path) -> bool:
    """Whether an output is a virtual raster of the sheets."""
    return Path(output).suffix.lower() == ".vrt"
