"""Where users' data is, and where interpreters are."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """The folder in which programs keep a user's data on this machine."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")


def python_of(folder: str | Path) -> Path:
    """The interpreter of the environment in a folder."""
    return Path(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def own_pythons() -> list[Path]:
    """Where the interpreter may be that the running program has its Python from, the best place first.

    ``sys.executable`` is QGIS itself on Windows and macOS: starting that would open a second QGIS.
    """
    version = "{}.{}".format(*sys.version_info)
    prefixes = [Path(sys.exec_prefix), Path(sys.base_exec_prefix)]
    if sys.platform == "win32":
        return [prefix / "python.exe" for prefix in prefixes]
    names = (f"python{version}", "python3")
    places = [prefix / "bin" / name for prefix in prefixes for name in names]
    if sys.platform == "darwin":  # beside the QGIS program; `python` is a script that sets up the bundle's Python
        beside = Path(sys.executable).parent
        places[:0] = [beside / "bin" / "python3", beside / "python", beside / f"python{version}"]
    return places
