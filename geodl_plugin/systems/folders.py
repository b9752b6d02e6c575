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


def pythons_of(folder: str | Path) -> list[Path]:
    """All names that the interpreter has in the environment in a folder."""
    return sorted(python_of(folder).parent.glob("python*.exe" if sys.platform == "win32" else "python*"))


def base_python(home: str | Path, version: tuple[int, int]) -> Path:
    """The interpreter that environments of a Python version were made from, by the ``home`` in their pyvenv.cfg."""
    return Path(home) / ("python.exe" if sys.platform == "win32" else "python{}.{}".format(*version))


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
    if sys.platform == "darwin":
        # Beside the QGIS program; that of qgis_process lies elsewhere in newer bundles.  The script `python`, which
        # those have too, starts what PATH has or stumbles over a blank in its path, depending on its version.
        programs = [Path(sys.executable).parent, Path(sys.exec_prefix).parent / "MacOS"]
        places[:0] = [program / name for program in programs for name in ("bin/python3", f"python{version}", "python")]
    return places


def home_beside(python: str | Path) -> str:
    """What PYTHONHOME has to be for the interpreter in a bundle for macOS; empty elsewhere.

    QGIS's bundles from 3.44.4 on have their Python's library in Contents/Frameworks, where it looks for it only if
    told so.  An environment's interpreter is a link to the bundle's.
    """
    frameworks = Path(python).resolve().parent.parent / "Frameworks"
    return str(frameworks) if sys.platform == "darwin" and (frameworks / "lib").is_dir() else ""


def same_place(path: str | Path, other: str | Path) -> bool:
    """Whether two paths mean the same file or folder."""
    return bool(path and other) and normal(path) == normal(other)


def normal(path: str | Path) -> str:
    r"""The one way to write a path: OSGeo4W names folders in short, such as C:\PROGRA~1."""
    return os.path.normcase(os.path.realpath(path))
