"""One builder of an environment at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..errors import EnvironmentProblem

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def exclusive(path: Path) -> Iterator[tuple[int, ...]]:
    """Hold the lock on a file, which the system gives back when its holders have ended, however they end.

    Yields:
        File descriptors to pass to child processes: a pip that outlives a killed QGIS then still holds the lock.

    Raises:
        EnvironmentProblem: another process holds it.
    """
    with path.open("a", encoding="utf-8") as file:
        try:
            _take(file)
        except (BlockingIOError, PermissionError) as error:
            raise EnvironmentProblem(
                f"Another QGIS is working on the environment in {path.parent}.",
                remedy="Wait until it has ended, then run this again.",
            ) from error
        yield (file.fileno(),) if os.name == "posix" else ()
