"""Outputs that are whole or not there.

Every output is written under a temporary name beside its target and renamed at the end, so an existing
output stays until its replacement is whole.  The temporary name follows from the target's: whoever
started a process that was killed can still clean up after it (`discard`).
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import InputError

SIDECAR = ".aux.xml"  # where GDAL keeps what a raster format has no room for
_GDAL_PARTS = (".ovr.tmp", ".msk.ovr.tmp")  # of a cloud-optimised GeoTIFF that GDAL is making
_SHAPEFILE = (".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx")

_unfinished: set[Path] = set()
_lock = threading.Lock()


def part_path(target: Path) -> Path:
    """The temporary name under which ``target`` is written."""
    return target.with_name(f".{target.stem}.part{target.suffix}")


@contextmanager
def unfinished(target: str | Path, marker: str = "") -> Iterator[Path]:
    """Yield the path to write ``target`` under; it becomes ``target`` if the block ends well.

    Args:
        target: the file or folder that the block makes.
        marker: for folders, the file by which a folder of this kind is known: a folder without it that
            holds anything is the user's own and is never replaced.

    Raises:
        InputError: the target cannot be written there.
    """
    target = Path(target).absolute()
    check_replaceable(target, marker)
    part = part_path(target)
    discard(part)
    with _lock:
        _unfinished.add(part)
    try:
        yield part
        _replace(part, target)
    finally:
        discard(part)
        with _lock:
            _unfinished.discard(part)


def scratch_path(part: Path) -> Path:
    """A second temporary name, for what an unfinished file is made from; `discard` of the file removes both."""
    return part.with_name(f"{part.stem}.scratch{part.suffix}")


def discard(path: Path) -> None:
    """Remove a file with what belongs to it, or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    parts = [path.with_name(path.name + suffix) for suffix in _GDAL_PARTS]
    for one in (*_with_companions(path), *_with_companions(scratch_path(path)), *parts):
        one.unlink(missing_ok=True)


def discard_unfinished() -> None:
    """Remove all that this process has begun and not finished; for a process that must end now."""
    with _lock:
        for part in _unfinished:
            discard(part)


def check_replaceable(target: Path, marker: str = "") -> None:
    """Raise `InputError` if ``target`` cannot be written, or is a folder without ``marker`` that holds anything."""
    if marker and target.is_dir() and any(target.iterdir()) and not (target / marker).is_file():
        raise InputError(
            f"The folder {target} cannot be replaced.",
            expected=f"a new folder, an empty one, or one made by GeoDL (it holds {marker})",
            received="a folder with other files in it",
            remedy="Choose another output folder.",
        )
    try:
        if target.exists() and target.is_dir() != bool(marker):
            kind, other = ("file", "folder") if marker else ("folder", "file")
            raise InputError(f"The {kind} {target} cannot be replaced by a {other}.", remedy="Choose another output.")
        target.parent.mkdir(parents=True, exist_ok=True)
        probe = part_path(target)
        discard(probe)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InputError(
            f"Cannot write in the folder {target.parent}.",
            received=error.strerror or str(error),
            remedy="Choose an output in a folder that you may write to.",
        ) from error


def _replace(part: Path, target: Path) -> None:
    if part.is_dir():
        old = target.with_name(f".{target.name}.old")
        discard(old)
        if target.exists():
            target.rename(old)
        part.rename(target)
        discard(old)
        return
    part.replace(target)
    for new, old in list(zip(_with_companions(part), _with_companions(target)))[1:]:
        if new.exists():
            new.replace(old)
        else:
            old.unlink(missing_ok=True)


def _with_companions(path: Path) -> list[Path]:
    """A file, and those that may belong to it: a raster's sidecar, the other files of a shapefile."""
    shapefile = _SHAPEFILE if path.suffix.lower() == ".shp" else ()
    return [path, path.with_name(path.name + SIDECAR), *(path.with_suffix(suffix) for suffix in shapefile)]
