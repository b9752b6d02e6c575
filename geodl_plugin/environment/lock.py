"""One builder of an environment at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import EnvironmentProblem
from ..language import tr
from ..systems.locking import take
from ..systems.processes import can_inherit_descriptors


@contextmanager
def exclusive(path: Path) -> Iterator[tuple[int, ...]]:
    """Hold the lock on a file, which the system gives back when its holders have ended, however they end.

    Yields:
        File descriptors to pass to child processes: a pip that outlives a killed QGIS then still holds the lock.

    Raises:
        EnvironmentProblem: another process holds it.
    """
    with path.open("a", encoding="utf-8") as file:
        if not take(file):
            raise EnvironmentProblem(
                tr("Another QGIS is working on the environment in {folder}.").format(folder=path.parent),
                remedy=tr("Wait until it has ended, then run this again."),
            )
        yield (file.fileno(),) if can_inherit_descriptors() else ()
