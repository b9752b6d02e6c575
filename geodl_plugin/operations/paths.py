"""Paths that go with a job to another computer: relative to a folder, the root, where they lie in it.

They are written with forward slashes, and read with either kind.  Names that are no files on a disk stay as they are:
GDAL's virtual files (``/vsizip/…``, ``/vsicurl/…``), URLs, databases and subdatasets (``GPKG:…``).
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path, PurePath, PureWindowsPath

from ..errors import InputError
from ..language import tr
from ..rasters.connections import Connection

_NO_FILE = re.compile(r"/vsi\w+/|[A-Za-z][A-Za-z0-9+.-]+:|[<{]")  # one letter and a colon are a drive of Windows


def is_file_name(path: str) -> bool:
    """Whether a path is that of a file or folder on a disk, with or without open options and a CRS."""
    return not _NO_FILE.match(path)


def relative(path: str, root: Path) -> str:
    """A path as it is written into a job.

    Args:
        path: absolute, or relative to the working folder; a raster may have open options and a CRS.
        root: an absolute folder.

    Returns:
        The path from the root where it lies in it, else the absolute one.
    """
    connection = Connection.parse(path)
    if not is_file_name(path):
        return path
    full = Path(connection.name).absolute()
    if full.is_relative_to(root):
        inside = full.relative_to(root)
        if not _is_ambiguous(inside):
            full = inside
    return str(dataclasses.replace(connection, name=full.as_posix()))


def located(path: str, root: Path) -> str:
    """A path of a job as this process opens it: the reverse of `relative`.

    Args:
        path: relative to the root, or absolute.
        root: a folder; if it is relative to the working folder, paths in it are, too.

    Raises:
        InputError: it is an absolute path of Windows, and this is another system.
    """
    connection = Connection.parse(path)
    if not is_file_name(path) or PurePath(connection.name).is_absolute():
        return path
    if PureWindowsPath(connection.name).drive:
        raise InputError(
            tr("The job names a file of a computer with Windows, or of another drive."),
            expected=tr("paths from the folder of the job file, or absolute paths on this computer"),
            received=connection.name,
            remedy=tr(
                "Write the job file into the folder that holds its data, and copy that folder; or change the path."
            ),
        )
    return str(dataclasses.replace(connection, name=str(Path(root, connection.name.replace("\\", "/")))))


def _is_ambiguous(inside: PurePath) -> bool:
    """Whether a relative path would be read as something else: as a database, or with other separators."""
    return bool(_NO_FILE.match(inside.as_posix())) or "\\" in inside.as_posix()
