"""Where an interpreter's packages find their DLLs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .folders import normal


def search_path(path: str, base_prefix: str, foreign_root: str = "") -> str:
    """The variable PATH for an interpreter; as it is but on Windows, where DLLs are found by it.

    The launchers of OSGeo4W and conda put the folders of their DLLs there, GDAL's among them.

    Args:
        path: PATH as QGIS has it.
        base_prefix: folder of the interpreter's Python; empty: not known.
        foreign_root: folder of an OSGeo4W whose DLLs the interpreter must not find; empty: none.
    """
    if sys.platform != "win32":
        return path
    places = [place for place in path.split(os.pathsep) if place and not _within(place, foreign_root)]
    known = {normal(place) for place in places}
    missing = [str(folder) for folder in _library_folders(base_prefix) if normal(folder) not in known]
    return os.pathsep.join(missing + places)


def _library_folders(base_prefix: str) -> list[Path]:
    if not base_prefix:
        return []
    prefix = Path(base_prefix)
    if (prefix / "conda-meta").is_dir():
        names = ("", "Library/mingw-w64/bin", "Library/usr/bin", "Library/bin", "Scripts", "bin")  # as it activates
        return [prefix / name for name in names]
    programs = prefix.parent.parent / "bin"  # beside OSGeo4W's apps/Python312
    return [programs] if (programs / "o4w_env.bat").is_file() else []


def _within(path: str, folder: str) -> bool:
    return bool(folder) and Path(normal(folder)) in (Path(normal(path)), *Path(normal(path)).parents)
