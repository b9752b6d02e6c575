"""Inputs must not be overwritten by outputs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from osgeo import gdal

from ..errors import InputError
from ..language import tr
from ..rasters.connections import Connection, path_on_disk
from ..runtime.companions import belongings


def check_outputs(outputs: Sequence[Path], inputs: Sequence[str]) -> None:
    """Raise `InputError` if an output is one of the inputs, or a folder that holds one, by whatever name.

    Args:
        outputs: files and folders to make.
        inputs: files and folders to read; the files that a virtual raster refers to are read, too.
    """
    existing = {_identity(path): output for output in outputs for path in belongings(output)}
    existing.pop(None, None)
    if not existing:
        return
    for given in inputs:
        for path in files_behind(given):
            real = Path(os.path.realpath(path))
            for name in (path, real, *path.parents, *real.parents):
                output = existing.get(_identity(name))
                if output is not None:
                    problem = (
                        tr("The output {output} is an input as well, which would be lost.")
                        if name in (path, real)
                        else tr("The output {output} holds an input as well, which would be lost.")
                    )
                    raise InputError(
                        problem.format(output=output),
                        expected=tr("an output that is not read, and that holds nothing that is read"),
                        received=given,
                        remedy=tr("Choose another output."),
                    )


def files_behind(given: str) -> Iterator[Path]:
    """An input and its files: those of a shapefile, the archive around it, those that a virtual raster refers to.

    Args:
        given: a file or folder, or a raster as `Connection.parse` reads it.
    """
    seen: set[str] = set()
    ahead = [given]
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen.add(path)
        yield path_on_disk(Connection.parse(path).name).absolute()
        if path == given or path.lower().endswith(".vrt"):
            ahead += _listed(path)


def _listed(path: str) -> list[str]:
    """The files that GDAL would open; none if it does not know the format."""
    if os.path.isdir(path):
        return []
    try:
        return Connection.parse(path).open(gdal.OF_RASTER | gdal.OF_VECTOR).GetFileList() or []
    except RuntimeError:
        return []


def _identity(path: Path) -> tuple[int, int] | None:
    """The device and number of a file, which are the same for all its names; None if it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
