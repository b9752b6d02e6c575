"""How what was written gets the name of its target: all of its files, or none, and nothing is lost.

An old target is set aside in a folder beside it until the new one is in its place.  Where the target cannot be
replaced, since another program has it open, what was written is kept under a free name.
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
    """What was written did not get the name of its target, which is as it was.

    Attributes:
        reason: what the system says.
        kept: where what was written is now; None if it could not be kept.
    """

    def __init__(self, reason: str, kept: Path | None) -> None:
        super().__init__(reason)
        self.reason, self.kept = reason, kept


def publish(part: Path, target: Path) -> None:
    """Give what was written its name.

    Raises:
        Unpublished: it cannot have it.
    """
    is_folder = stat.S_ISDIR(os.stat(part).st_mode)
    new = {renamed(one, part, target): one for one in _whole(part) if one != part}
    old = [one for one in ([target] if is_folder else belongings(target)) if os.path.lexists(one)]
    aside, placed = _aside(target), {}
    try:
        if is_folder or new or old not in ([], [target]):  # else there is nothing to be renamed but one file
            if old:
                aside.mkdir()
            for one in old:  # the target comes last, here and below: while it is there, it is whole
                replace(one, aside / one.name)
            for name, one in new.items():
                replace(one, name)
                placed[name] = one
        replace(part, target)
    except OSError as error:
        for name, one in placed.items():
            _move(name, one)
        with suppress(OSError):  # else the next run restores it
            restore(target)
        raise Unpublished(error.strerror or str(error), _kept(part, target)) from error
    discard(aside)


def restore(target: Path) -> None:
    """Undo a replacement that was broken off; discard what is left of one that is whole."""
    aside = _aside(target)
    old = aside / target.name
    if not aside.is_dir():
        return
    if not (os.path.lexists(target) and os.path.lexists(old)):
        if not os.path.lexists(target) and not old.is_dir():
            for one in belongings(target):  # of the new target, which did not come
                removed(one)
        for one in sorted(aside.iterdir(), key=lambda one: one == old):
            _move(one, target.with_name(one.name))
    discard(aside)


def _kept(part: Path, target: Path) -> Path | None:
    """Give what was written a free name beside its target: which one; None if that cannot be done either."""
    written = _whole(part)
    for number in itertools.count(2):
        kept = target.with_name(f"{target.stem}-{number}{target.suffix}")
        names = {renamed(one, part, kept): one for one in written}
        if not any(os.path.lexists(one) for one in (*belongings(kept), *names)):
            break
    try:
        for name, one in names.items():
            _move(one, name)
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
    """The files of a part, but those that GDAL has not finished; its own comes last."""
    return sorted((one for one in made_with(part) if one.suffix != _TEMPORARY), key=lambda one: one == part)


def _aside(target: Path) -> Path:
    """Where an old target waits while its successor takes its place."""
    return target.with_name(f".{target.name}.old")
