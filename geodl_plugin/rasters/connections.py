"""What GDAL opens: a file, a member of an archive, a layer of a database, with open options and a CRS.

Jobs are JSON, so one text holds all of it: GDAL's own name, then ``|option:NAME=VALUE`` for each open option, as QGIS
writes them, and ``|crs:…`` where the user said another CRS than the file, such as ``GPKG:/data/maps.gpkg:height`` or
``/vsizip//data/scene.zip/red.tif|crs:EPSG:32636``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from osgeo import gdal, osr

from ..errors import InputError

_OPTION, _CRS = "|option:", "|crs:"
_VIRTUAL = re.compile(r"^(/vsi\w+/)+")  # such as /vsizip/, before the path of an archive


@dataclass(frozen=True)
class Connection:
    """What a text of a job means.

    Args:
        name: what GDAL is told to open.
        options: open options, ``NAME=VALUE``.
        crs: the CRS that the user said, as an authority's code or WKT; empty: what the file says.
    """

    name: str
    options: Sequence[str] = ()
    crs: str = ""

    @classmethod
    def parse(cls, text: str) -> Connection:
        """The inverse of ``str``; a plain path is the name alone."""
        rest, _, crs = text.partition(_CRS)
        name, *options = rest.split(_OPTION)
        return cls(name, tuple(options), crs)

    def __str__(self) -> str:
        options = [_OPTION + option for option in self.options]
        return "".join([self.name, *options, *([_CRS + self.crs] if self.crs else [])])

    def open(self, flags: int) -> gdal.Dataset:
        """The dataset, for reading, by GDAL's flags of ``OpenEx``; RuntimeError if there is none."""
        return gdal.OpenEx(self.name, flags, open_options=list(self.options))

    def wkt(self) -> str:
        """The CRS that the user said as WKT; empty if none.

        Raises:
            InputError: there is no such CRS.
        """
        if not self.crs:
            return ""
        found = osr.SpatialReference()
        try:
            found.SetFromUserInput(self.crs)
        except RuntimeError as error:
            raise InputError(
                f"The CRS of {self.name} is not known.",
                expected="a code such as EPSG:32636, or WKT",
                received=self.crs,
            ) from error
        return str(found.ExportToWkt())


def place(name: str) -> Path:
    """Where a file that GDAL names lies on the disk; of a member of an archive, as if that were a folder."""
    return Path(_VIRTUAL.sub("", name).replace("{", "").replace("}", "") if name.startswith("/vsi") else name)


def file_behind(name: str) -> Path | None:
    """The file on the disk that holds what GDAL names, such as the archive; None if there is none."""
    path = place(name)
    # Path.is_file raises where a name is too long.
    return next((one for one in (path, *path.parents) if os.path.isfile(one)), None)
