"""What is read must not be overwritten."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from osgeo import gdal

from ..errors import InputError
from ..rasters.connections import Connection, place
from ..runtime.companions import belongings


def check_outputs(outputs: Sequence[Path], inputs: Sequence[str]) -> None:
    """Raise `InputError` if an output is one of the inputs, or a folder that holds one, by whatever name.

    Args:
        outputs: files and folders to make.
        inputs: files and folders to read; what a virtual raster names is read, too.
    """
    there = {_identity(one): output for output in outputs for one in belongings(output)}
    there.pop(None, None)
    if not there:
        return
    for given in inputs:
        for path in _files_behind(given):
            real = Path(os.path.realpath(path))
            for one in (path, real, *path.parents, *real.parents):
                output = there.get(_identity(one))
                if output is not None:
                    what = "is" if one in (path, real) else "holds"
                    raise InputError(
                        f"The output {output} {what} an input as well, which would be lost.",
                        expected="an output that is not read, and that holds nothing that is read",
                        received=given,
                        remedy="Choose another output.",
                    )


def _files_behind(given: str) -> Iterator[Path]:
    """An input, and the files that it consists of: of a shapefile, of an archive, those that virtual rasters name."""
    seen: set[str] = set()
    ahead = [given]
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen.add(path)
        yield place(Connection.parse(path).name).absolute()
        if path == given or path.lower().endswith(".vrt"):
            ahead += _listed(path)


def _listed(path: str) -> list[str]:
    """The files that GDAL would open; none of what it does not know."""
    if os.path.isdir(path):
        return []
    try:
        return Connection.parse(path).open(gdal.OF_RASTER | gdal.OF_VECTOR).GetFileList() or []
    except RuntimeError:
        return []


def _identity(path: Path) -> tuple[int, int] | None:
    """The same for all names of a file; None if it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
