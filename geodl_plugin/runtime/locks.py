"""Locks on files, for work that only one process at a time may do.

The system releases a lock when its holder has ended, however it ends: a crash leaves a file, never a lock.  On file
systems without locks only the threads of this process exclude each other, so that work is possible there at all.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from ..systems.locking import take

Identity = tuple[int, int]


class _Holder(NamedTuple):
    """Who holds a lock, on which file."""

    thread: int
    path: Path
    file: IO[str]


_holders: dict[Identity, _Holder] = {}
_guard = threading.Lock()


class Lock(NamedTuple):
    """A lock that is held.

    Attributes:
        identity: the same for all names of its file.
        again: whether the thread held it before.
    """

    identity: Identity
    again: bool


class Held(Exception):
    """Another process or thread holds the lock."""


@contextmanager
def held(path: Path, *, again: bool = False) -> Iterator[Lock]:
    """Hold the lock on a file, which is made for that and removed in the end.

    Other threads of this process are refused like other processes.

    Args:
        path: the file.
        again: the thread may hold the lock already.

    Yields:
        The lock.

    Raises:
        Held: another process or thread holds it.
        OSError: the file cannot be made.
    """
    with _guard:
        # Asked before the file is opened: where locks are of the process, closing a second descriptor drops them.
        identity = _identity(path)
        holder = _holders.get(identity) if identity else None
        if holder and not (again and holder.thread == threading.get_ident()):
            raise Held
        if not holder:
            file = _open(path)
            identity = _identity(file.fileno())
            _holders[identity] = _Holder(threading.get_ident(), path, file)  # type: ignore[index]
    try:
        yield Lock(identity, bool(holder))  # type: ignore[arg-type]
    finally:
        if not holder:
            with _guard:
                mine = _holders.pop(identity, None)  # type: ignore[arg-type]
                if mine:  # else all were released
                    _remove(mine)


def let_go() -> None:
    """Release all locks; for a process that must end now."""
    with _guard:
        for holder in _holders.values():
            _remove(holder)
        _holders.clear()


def _open(path: Path) -> IO[str]:
    """The file of this name, locked: another process may remove it between opening and locking."""
    while True:
        file = path.open("a", encoding="utf-8")
        try:
            if not take(file):
                raise Held
            if _identity(path) == _identity(file.fileno()):
                return file
        except BaseException:
            file.close()
            raise
        file.close()


def _remove(holder: _Holder) -> None:
    """Remove a lock's file while it is still held: afterwards it might belong to another process."""
    try:
        if _identity(holder.path) == _identity(holder.file.fileno()):
            holder.path.unlink()
    except PermissionError:  # Windows removes no file that is open
        holder.file.close()
        with suppress(OSError):  # another process may have it by now
            holder.path.unlink()
    except OSError:
        pass  # removed by another program
    finally:
        holder.file.close()


def _identity(file: Path | int) -> Identity | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino
