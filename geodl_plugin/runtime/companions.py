"""Which files belong together, what they are called while they are unfinished, and how all of them are removed."""

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
_TRIES, _PAUSE = 5, 0.1  # seconds: on Windows, a file that somebody looks at cannot be removed


def belongings(target: Path) -> list[Path]:
    """The names of files that may belong to a file and go with it when it is replaced; its own comes last."""
    shapefile = _SHAPEFILE if target.suffix.lower() == ".shp" else ()
    beside = [target.with_name(target.name + suffix) for suffix in _BESIDE]
    return [*beside, *(target.with_suffix(suffix) for suffix in shapefile), target]


def part_path(target: Path) -> Path:
    """A temporary name under which ``target`` is written, another one each time."""
    return target.with_name(f".{target.name}.part-{secrets.token_hex(4)}{target.suffix}")


def scratch_path(part: Path) -> Path:
    """A second temporary name, for what an unfinished file is made from; `discard` of the file removes both."""
    stem = _stem(part)
    return part.with_name(f"{stem}-scratch{part.name[len(stem) :]}")


def left_parts(target: Path) -> set[Path]:
    """What lies beside ``target`` under its temporary names, without endings."""
    part = re.compile(re.escape(f".{target.name}.part-") + "[0-9a-f]{8}")
    return {target.with_name(found[0]) for found in map(part.match, os.listdir(target.parent)) if found}


def made_with(part: Path, marks: tuple[str, ...] = (".",)) -> list[Path]:
    """The files of a part: GDAL gives those that it makes beside it names that begin alike."""
    stem = _stem(part)
    starts = tuple(stem + mark for mark in marks)
    with suppress(OSError):
        return [one for one in part.parent.iterdir() if one.name == stem or one.name.startswith(starts)]
    return [part]


def renamed(companion: Path, part: Path, target: Path) -> Path:
    """The name beside the target of a file that was made with a part."""
    return target.with_name(target.stem + companion.name[len(_stem(part)) :])


def discard(path: Path) -> None:
    """Remove a file with what belongs to it, or a folder, if it is there; what cannot be removed is left."""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        family = made_with(path, (".", "-")) if _stem(path) else [path, path.with_name(path.name + SIDECAR)]
        if all([removed(one) for one in family]):
            return


def removed(path: Path) -> bool:
    """Try to remove a file or folder; whether it is not there any more."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
    return not os.path.lexists(path)


def _stem(part: Path) -> str:
    """With what the names of all files of a part begin; empty for what is no part."""
    found = _PART.match(part.name)
    if not found:
        return ""
    rest = part.name[found.end() :]
    return found[0] + rest[: max(rest.rfind("."), 0)]
