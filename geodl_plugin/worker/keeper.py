"""Keeps a worker after its job for the caller's next one, for some minutes."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

_LIBRARY = Path(__file__).resolve().parent.parent


class KeptWorker(Protocol):
    """What a keeper knows of a worker."""

    def is_there(self) -> bool:
        """Whether it waits for a job."""

    def close(self) -> None:
        """End it, if it has not ended itself, and remove what it leaves."""


class Keeper:
    """Keeps one worker at most.

    Jobs may run in several threads: a worker that was taken is nobody else's until it is given back.

    Attributes:
        seconds: how long a worker waits for another job, after which it ends itself; 0: none is kept.
    """

    def __init__(self, seconds: float = 0) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._kept: tuple[Any, KeptWorker] | None = None

    def take(self, origin: Any) -> Any:
        """The worker that was kept, if it is there and of an origin; None if there is none, and a new one is needed.

        Args:
            origin: what it has to be started from, as `origin_of` gives it.
        """
        with self._lock:
            kept, self._kept = self._kept, None
        if kept is None:
            return None
        if kept[0] == origin and self.seconds and kept[1].is_there():
            return kept[1]
        kept[1].close()
        return None

    def keep(self, origin: Any, worker: KeptWorker) -> None:
        """Keep a worker that waits for a job, in the place of the one that was kept before.

        Args:
            origin: what it was started from.
            worker: the worker.
        """
        with self._lock:
            before, self._kept = self._kept, (origin, worker)
        if before:
            before[1].close()
        if not worker.is_there():  # it has ended before anybody could be told
            worker.close()

    def end(self) -> None:
        """End the worker that is kept."""
        with self._lock:
            kept, self._kept = self._kept, None
        if kept:
            kept[1].close()


def origin_of(python: str, variables: Mapping[str, str]) -> Any:
    """What a worker is started from: if any of it is another now, a worker that was kept is of no use.

    Args:
        python: its interpreter.
        variables: its environment.
    """
    return _state(Path(python)), dict(variables), {_state(path) for path in _LIBRARY.rglob("*.py")}


def _state(path: Path) -> tuple[str, int, int]:
    """Which file has a name now."""
    try:
        found = os.stat(path)
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size
