"""Outputs that are whole or not there.

Every output is written under a temporary name of its own beside its target and renamed at the end, so an existing
output stays until its replacement is whole.  One run at a time makes a target: it holds a claim, a lock file beside
it, which a crash does not keep.  What a run left that was killed, the next one of that target clears away, or whoever
started it (`tidy`).
"""

from __future__ import annotations

import atexit
import errno
import os
import re
import secrets
import shutil
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from . import locks
from .errors import GeodlError, InputError
from .systems.storage import allocate

SIDECAR = ".aux.xml"  # where GDAL keeps what a raster format has no room for
_BESIDE = (SIDECAR, ".ovr", ".msk", "-wal", "-shm", "-journal")  # what else belongs to a raster, or to a database
_SHAPEFILE = (".shx", ".dbf", ".prj", ".cpg", ".qpj", ".qix", ".sbn", ".sbx")
_PART = re.compile(r"\..+\.part-[0-9a-f]{8}")
_TEMPORARY = ".tmp"  # of files that GDAL is making
_NO_ROOM = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_LITTLE = 1 << 20  # bytes that a disk with room has
_TRIES, _PAUSE = 5, 0.1  # seconds: on Windows, a file that somebody looks at cannot be removed

_unfinished: set[Path] = set()
_lock = threading.Lock()


def part_path(target: Path) -> Path:
    """A temporary name under which ``target`` is written, another one each time."""
    return target.with_name(f".{target.name}.part-{secrets.token_hex(4)}{target.suffix}")


def scratch_path(part: Path) -> Path:
    """A second temporary name, for what an unfinished file is made from; `discard` of the file removes both."""
    stem = _stem(part)
    return part.with_name(f"{stem}-scratch{part.name[len(stem) :]}")


@contextmanager
def unfinished(target: str | Path, marker: str = "") -> Iterator[Path]:
    """Yield the path to write ``target`` under; it becomes ``target`` if the block ends well.

    Args:
        target: the file or folder that the block makes.
        marker: for folders, the file by which a folder of this kind is known: a folder without it that
            holds anything is the user's own and is never replaced.

    Raises:
        InputError: the target cannot be written there, or the disk is full.
    """
    target = Path(target).absolute()
    with claimed([(target, marker)]):
        part = part_path(target)
        with discarded_in_the_end(part):
            try:
                yield part
            except GeodlError:
                raise
            except Exception as error:  # libraries raise whatever they like when the disk is full
                shortage = _shortage(part, error)
                if not shortage:
                    raise
                raise InputError(
                    f"The output {target} cannot be written.",
                    received=shortage,
                    remedy="Make room on the disk, or choose another output.",
                ) from error
            _publish(part, target)


def reserve(path: Path, size: int) -> None:
    """See that a file of so many bytes could be written now, for libraries that break when it cannot.

    Raises:
        OSError: there is no room.
    """
    try:
        with path.open("wb") as file:
            allocate(file, size)
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def claimed(targets: Sequence[tuple[Path, str]]) -> Iterator[None]:
    """Keep other runs from making the same targets while the block runs, and clear away what killed ones left.

    Args:
        targets: files and folders to make, each with its marker, as for `unfinished`.  What lies in a folder among
            them is claimed with that.

    Raises:
        InputError: another run makes one of them, or one cannot be written, or two are the same.
    """
    folders = {target for target, marker in targets if marker}
    known = set()
    with ExitStack() as stack:
        for target, marker in targets:
            if folders & {*target.parents}:
                continue
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                identity = stack.enter_context(locks.held(_lock_path(target), again=True))
                if identity in known:
                    raise InputError("Two outputs have the same name.", received=str(target))
                known.add(identity)
                _clear(target)
                _check_replaceable(target, marker)
            except locks.Held:
                raise InputError(
                    f"Another run is writing {target}.", remedy="Wait until it has ended, or choose another output."
                ) from None
            except OSError as error:
                raise InputError(
                    f"Cannot write in the folder {target.parent}.",
                    received=error.strerror or str(error),
                    remedy="Choose an output in a folder that you may write to.",
                ) from error
        yield


@contextmanager
def discarded_in_the_end(path: Path) -> Iterator[None]:
    """Remove what is at a path when the block ends, or by `discard_unfinished`."""
    with _lock:
        _unfinished.add(path)
    try:
        yield
    finally:
        discard(path)
        with _lock:
            _unfinished.discard(path)


def discard_at_exit(path: Path) -> None:
    """Remove what is at a path when this process ends, or by `discard_unfinished`; asked for early, it is last."""
    with _lock:
        _unfinished.add(path)
    atexit.register(discard, path)


def tidy(target: Path) -> None:
    """Clear away what a run left that was killed while it made ``target``, unless another one makes it now."""
    target = target.absolute()
    with suppress(locks.Held, OSError):
        if _lock_path(target).exists():
            with locks.held(_lock_path(target)):
                _clear(target)


def discard(path: Path) -> None:
    """Remove a file with what belongs to it, or a folder, if it is there; what cannot be removed is left."""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        family = _made_with(path, (".", "-")) if _stem(path) else [path, path.with_name(path.name + SIDECAR)]
        if all([_removed(one) for one in family]):
            return


def discard_unfinished() -> None:
    """Remove all that this process has begun and not finished; for a process that must end now."""
    with _lock:
        for part in _unfinished:
            discard(part)
    locks.let_go()


def belongings(target: Path) -> list[Path]:
    """The names of files that may belong to a file and go with it when it is replaced; its own comes last."""
    shapefile = _SHAPEFILE if target.suffix.lower() == ".shp" else ()
    beside = [target.with_name(target.name + suffix) for suffix in _BESIDE]
    return [*beside, *(target.with_suffix(suffix) for suffix in shapefile), target]


def _shortage(part: Path, error: Exception) -> str:
    """What the system says if a disk is full, or somebody's share of it; empty if there is room."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return error.strerror or ""
    try:
        reserve(part_path(part), _LITTLE)
    except OSError as shortage:
        return (shortage.strerror or "") if shortage.errno in _NO_ROOM else ""
    return ""


def _check_replaceable(target: Path, marker: str) -> None:
    """Raise `InputError` if ``target`` cannot be written, or is a folder without ``marker`` that holds anything."""
    if marker and target.is_dir() and any(target.iterdir()) and not (target / marker).is_file():
        raise InputError(
            f"The folder {target} cannot be replaced.",
            expected=f"a new folder, an empty one, or one made by GeoDL (it holds {marker})",
            received="a folder with other files in it",
            remedy="Choose another output folder.",
        )
    if target.exists() and target.is_dir() != bool(marker):
        kind, other = ("file", "folder") if marker else ("folder", "file")
        raise InputError(f"The {kind} {target} cannot be replaced by a {other}.", remedy="Choose another output.")
    probe = part_path(target)
    probe.touch()
    probe.unlink()


def _publish(part: Path, target: Path) -> None:
    """Give what was written its name: all of its files, or none."""
    is_folder = stat.S_ISDIR(os.stat(part).st_mode)
    new = {_renamed(one, part, target): one for one in _made_with(part) if one != part and one.suffix != _TEMPORARY}
    old = [one for one in ([target] if is_folder else belongings(target)) if os.path.lexists(one)]
    aside, placed = _aside(target), []
    try:
        if is_folder or new or old not in ([], [target]):  # else there is nothing to be renamed but one file
            if old:
                aside.mkdir()
            for one in old:  # the target comes last, here and below: while it is there, it is whole
                one.rename(aside / one.name)
            for name, one in new.items():
                one.replace(name)
                placed.append(name)
        part.replace(target)
    except OSError as error:
        for one in placed:
            _removed(one)
        _restore(target)
        raise InputError(
            f"The output {target} cannot be written.",
            received=error.strerror or str(error),
            remedy="Close the programs that have it open, or choose another output.",
        ) from error
    discard(aside)


def _clear(target: Path) -> None:
    """Clear away what killed runs left of a target that nobody makes now; an old one that was set aside comes back."""
    _restore(target)
    part = re.compile(re.escape(f".{target.name}.part-") + "[0-9a-f]{8}")
    for found in {found[0] for found in map(part.match, os.listdir(target.parent)) if found}:
        discard(target.with_name(found))


def _restore(target: Path) -> None:
    """Undo a replacement that was broken off; discard what is left of one that is whole."""
    aside = _aside(target)
    old = aside / target.name
    if not aside.is_dir():
        return
    if not (os.path.lexists(target) and os.path.lexists(old)):
        if not os.path.lexists(target) and not old.is_dir():
            for one in belongings(target):  # of the new target, which did not come
                _removed(one)
        for one in sorted(aside.iterdir(), key=lambda one: one == old):
            one.replace(target.with_name(one.name))
    discard(aside)


def _made_with(part: Path, marks: tuple[str, ...] = (".",)) -> list[Path]:
    """The files of a part: GDAL gives those that it makes beside it names that begin alike."""
    stem = _stem(part)
    starts = tuple(stem + mark for mark in marks)
    with suppress(OSError):
        return [one for one in part.parent.iterdir() if one.name == stem or one.name.startswith(starts)]
    return [part]


def _renamed(companion: Path, part: Path, target: Path) -> Path:
    """The name beside the target of a file that was made with a part."""
    return target.with_name(target.stem + companion.name[len(_stem(part)) :])


def _stem(part: Path) -> str:
    """With what the names of all files of a part begin; empty for what is no part."""
    found = _PART.match(part.name)
    if not found:
        return ""
    rest = part.name[found.end() :]
    return found[0] + rest[: max(rest.rfind("."), 0)]


def _lock_path(target: Path) -> Path:
    return target.with_name(f".{target.name}.lock")


def _aside(target: Path) -> Path:
    """Where an old target waits while its successor takes its place."""
    return target.with_name(f".{target.name}.old")


def _removed(path: Path) -> bool:
    """Try to remove a file or folder; whether it is not there any more."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
    return not os.path.lexists(path)
