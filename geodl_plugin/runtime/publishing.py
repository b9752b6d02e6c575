"""Moves finished outputs from their temporary name to their target: all files of an output or none, and none is lost.

An old target is set aside in a folder beside it until the new one is in its place.  Where the target cannot be
replaced, since another program has it open, the new output is kept under a free name.
"""

from __future__ import annotations

import itertools
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from ..systems.sharing import replace
from .companions import belongings, discard, made_with, removed, renamed

_TEMPORARY = ".tmp"  # of files that GDAL is making


class Unpublished(Exception):
    """The target could not be replaced and is as it was.

    Attributes:
        reason: the message of the system.
        kept: where the new output is now; None if it could not be kept.
    """

    def __init__(self, reason: str, kept: Path | None) -> None:
        super().__init__(reason)
        self.reason, self.kept = reason, kept


def publish(part: Path, target: Path) -> None:
    """Move a finished output, with the files that belong to it, to its target.

    Args:
        part: the temporary name of the file or folder.
        target: its final name; what is there is replaced.

    Raises:
        Unpublished: the target cannot be replaced.
    """
    is_folder = stat.S_ISDIR(os.stat(part).st_mode)
    new = {renamed(path, part, target): path for path in _whole(part) if path != part}
    old = [path for path in ([target] if is_folder else belongings(target)) if os.path.lexists(path)]
    aside, placed = _aside(target), {}
    try:
        if is_folder or new or old not in ([], [target]):  # else there is nothing to be renamed but one file
            if old:
                aside.mkdir()
            for path in old:  # the target comes last, here and below: while it is there, it is whole
                replace(path, aside / path.name)
            for name, path in new.items():
                replace(path, name)
                placed[name] = path
        replace(part, target)
    except OSError as error:
        for name, path in placed.items():
            _move(name, path)
        with suppress(OSError):  # else the next run restores it
            restore(target)
        raise Unpublished(error.strerror or str(error), _kept(part, target)) from error
    discard(aside)


def restore(target: Path) -> None:
    """Undo a replacement that was interrupted; after a complete one, discard the old target that was set aside.

    Args:
        target: the file or folder that was to be replaced.
    """
    aside = _aside(target)
    old = aside / target.name
    if not aside.is_dir():
        return
    if not (os.path.lexists(target) and os.path.lexists(old)):
        if not os.path.lexists(target) and not old.is_dir():
            for path in belongings(target):  # of the new target, which did not come
                removed(path)
        for path in sorted(aside.iterdir(), key=lambda path: path == old):
            _move(path, target.with_name(path.name))
    discard(aside)


def _kept(part: Path, target: Path) -> Path | None:
    """Move the new output to a free name beside its target, and return that; None if it cannot be moved either."""
    written = _whole(part)
    for number in itertools.count(2):
        kept = target.with_name(f"{target.stem}-{number}{target.suffix}")
        names = {renamed(path, part, kept): path for path in written}
        if not any(os.path.lexists(path) for path in (*belongings(kept), *names)):
            break
    try:
        for name, path in names.items():
            _move(path, name)
    except OSError:
        for name in names:
            removed(name)
        return None
    return kept


def _move(path: Path, target: Path) -> None:
    """Rename a file or folder, or copy it if that is refused.

    Raises:
        OSError: neither can be done.
    """
    try:
        os.replace(path, target)
    except OSError:
        if path.is_dir():
            shutil.copytree(path, target)
        else:
            shutil.copy2(path, target)
        removed(path)


def _whole(part: Path) -> list[Path]:
    """The files of an unfinished output, without those that GDAL has not finished; its own comes last."""
    return sorted((path for path in made_with(part) if path.suffix != _TEMPORARY), key=lambda path: path == part)


def _aside(target: Path) -> Path:
    """The folder that holds an old target while it is being replaced."""
    return target.with_name(f".{target.name}.old")
