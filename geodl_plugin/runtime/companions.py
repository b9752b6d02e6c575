"""Files that belong to another file: their names, also while they are unfinished, and how all are removed together."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

SIDECAR = ".aux.xml"  # where GDAL keeps what a raster format has no room for
_BESIDE = (SIDECAR, ".ovr", ".msk", "-wal", "-shm", "-journal")  # what else belongs to a raster, or to a database
_SHAPEFILE = (".shx", ".dbf", ".prj", ".cpg", ".qpj", ".qix", ".sbn", ".sbx")
_PART = re.compile(r"\..+\.part-[0-9a-f]{8}")
_TRIES, _PAUSE = 5, 0.1  # seconds: on Windows, a file that a program is reading cannot be removed


def belongings(target: Path) -> list[Path]:
    """The files that may belong to a file and go with it when it is replaced.

    Args:
        target: such as a raster or a shapefile.

    Returns:
        The names of all, whether they are there or not; the file itself comes last.
    """
    shapefile = _SHAPEFILE if target.suffix.lower() == ".shp" else ()
    beside = [target.with_name(target.name + suffix) for suffix in _BESIDE]
    return [*beside, *(target.with_suffix(suffix) for suffix in shapefile), target]


def part_path(target: Path) -> Path:
    """A temporary name to write a file or folder under; a new one at each call.

    Args:
        target: its final name.
    """
    return target.with_name(f".{target.name}.part-{secrets.token_hex(4)}{target.suffix}")


def scratch_path(part: Path) -> Path:
    """A second temporary name, for a file that an unfinished file is made from; `discard` of the part removes both.

    Args:
        part: the temporary name of the unfinished file.
    """
    stem = _stem(part)
    return part.with_name(f"{stem}-scratch{part.name[len(stem) :]}")


def left_parts(target: Path) -> set[Path]:
    """The temporary names under which unfinished files are left, without suffixes.

    Args:
        target: the final name of the files.
    """
    part = re.compile(re.escape(f".{target.name}.part-") + "[0-9a-f]{8}")
    return {target.with_name(found[0]) for found in map(part.match, os.listdir(target.parent)) if found}


def made_with(part: Path, marks: tuple[str, ...] = (".",)) -> list[Path]:
    """The files of an unfinished file: those that GDAL makes beside it have names that begin alike.

    Args:
        part: the temporary name.
        marks: what follows the common beginning of their names.
    """
    stem = _stem(part)
    starts = tuple(stem + mark for mark in marks)
    with suppress(OSError):
        return [path for path in part.parent.iterdir() if path.name == stem or path.name.startswith(starts)]
    return [part]


def renamed(companion: Path, part: Path, target: Path) -> Path:
    """The final name of a file that was made beside an unfinished file.

    Args:
        companion: its temporary name.
        part: the temporary name of the unfinished file.
        target: the final name of that.
    """
    return target.with_name(target.stem + companion.name[len(_stem(part)) :])


def discard(path: Path) -> None:
    """Remove a file with the files that belong to it, or a folder, if it is there; what cannot be removed is left.

    Args:
        path: the file or folder, which may be unfinished.
    """
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        family = made_with(path, (".", "-")) if _stem(path) else [path, path.with_name(path.name + SIDECAR)]
        if all([removed(member) for member in family]):
            return


def removed(path: Path) -> bool:
    """Try to remove a file or folder.

    Args:
        path: the file or folder.

    Returns:
        Whether it is gone.
    """
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
    return not os.path.lexists(path)


def _stem(part: Path) -> str:
    """The common beginning of the names of all files of an unfinished file; empty for other files."""
    found = _PART.match(part.name)
    if not found:
        return ""
    rest = part.name[found.end() :]
    return found[0] + rest[: max(rest.rfind("."), 0)]
