"""Names of rasters for GDAL: a file, a member of an archive, a layer of a database, with open options and a CRS.

Jobs are JSON, so one text holds all of it: GDAL's own name, then ``|option:NAME=VALUE`` for each open option, as QGIS
writes them, and ``|crs:…`` where the user chose another CRS than the file's, such as ``GPKG:/data/maps.gpkg:height`` or
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
from ..language import tr

_OPTION, _CRS = "|option:", "|crs:"
_VIRTUAL = re.compile(r"^(/vsi\w+/)+")  # such as /vsizip/, before the path of an archive


@dataclass(frozen=True)
class Connection:
    """A raster as GDAL opens it.

    Args:
        name: GDAL's name of it.
        options: open options, ``NAME=VALUE``.
        crs: the CRS that the user chose, as an authority's code or WKT; empty: that of the file.
    """

    name: str
    options: Sequence[str] = ()
    crs: str = ""

    @classmethod
    def parse(cls, text: str) -> Connection:
        """Read the text of a connection, as ``str`` gives it.

        Args:
            text: a plain path has neither options nor a CRS.
        """
        rest, _, crs = text.partition(_CRS)
        name, *options = rest.split(_OPTION)
        return cls(name, tuple(options), crs)

    def __str__(self) -> str:
        options = [_OPTION + option for option in self.options]
        return "".join([self.name, *options, *([_CRS + self.crs] if self.crs else [])])

    def open(self, flags: int) -> gdal.Dataset:
        """Open the dataset for reading.

        Args:
            flags: of ``gdal.OpenEx``.

        Raises:
            RuntimeError: there is none.
        """
        return gdal.OpenEx(self.name, flags, open_options=list(self.options))

    def wkt(self) -> str:
        """The CRS that the user chose as WKT; empty if none.

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
                tr("Invalid CRS of {name}.").format(name=self.name),
                expected=tr("a code such as EPSG:32636, or WKT"),
                received=self.crs,
            ) from error
        return str(found.ExportToWkt())


def path_on_disk(name: str) -> Path:
    """Where a file lies on the disk; the path of a member of an archive is as if the archive were a folder.

    Args:
        name: GDAL's name, such as ``/vsizip//data/scene.zip/red.tif``, which becomes ``/data/scene.zip/red.tif``.
    """
    return Path(_VIRTUAL.sub("", name).replace("{", "").replace("}", "") if name.startswith("/vsi") else name)


def file_behind(name: str) -> Path | None:
    """The file on the disk that holds a dataset, such as the archive around it.

    Args:
        name: GDAL's name.

    Returns:
        The file; None if there is none.
    """
    path = path_on_disk(name)
    # Path.is_file raises where a name is too long.
    return next((file for file in (path, *path.parents) if os.path.isfile(file)), None)
