"""What a worker of Dask does for one sheet: it lets a process of ours map it, and listens to that.

All arguments and results are JSON values, so that schedulers and workers need to understand nothing else.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import Cancelled, GeodlError
from ..jobs.map_sheet import MapSheet
from ..runtime.reporter import Reporter, duration_text
from ..systems.processor import limited_to
from ..worker import client
from ..worker.keeper import Keeper
from .sheet_folder import SheetFolder, file_name

FINISHED, FAILED, STOPPED = "finished", "failed", "stopped"  # what can become of a sheet
_TELL = 2.0  # seconds between two messages about the progress
_KEEP = 120  # seconds that a process waits for the next sheet
_LIBRARY = Path(__file__).resolve().parents[2]

_keeper = Keeper(_KEEP)
_one_at_a_time = threading.Lock()  # however many threads the worker has: they all compute one sheet
_stopped: set[str] = set()


def map_sheet(task: dict[str, Any]) -> dict[str, Any]:
    """Map a sheet in a process of its own, unless it is finished; called by Dask in a thread of a worker.

    Args:
        task: ``run``: which run asks for it, also the topic of messages to its client; ``attempt``: which attempt of
            it; ``sheet``: its name; ``folder`` and ``mark`` of the `SheetFolder`; ``parameters`` of the job `MapSheet`;
            ``threads`` to compute with; ``patience``: seconds in which it must get further; ``device``: what
            ``CUDA_VISIBLE_DEVICES`` is to be, None: as it is.

    Returns:
        ``end``: one of `FINISHED`, `FAILED`, `STOPPED`; ``error``: what is wrong.
    """
    from distributed import get_worker

    worker = get_worker()

    def tell(fraction: float) -> None:
        worker.log_event(task["run"], {"attempt": task["attempt"], "fraction": fraction})

    reporter = _SheetReporter(tell, task["patience"], lambda: task["run"] in _stopped)
    try:
        while not _one_at_a_time.acquire(timeout=_TELL):
            tell(0.0)  # an earlier run's client is gone, but its sheet is not finished
            reporter.check_cancelled()
    except Cancelled:
        return {"end": STOPPED}
    try:
        return _map(task, reporter)
    finally:
        _one_at_a_time.release()


def stop(run: str) -> None:
    """Make all sheets of a run stop in this worker; called by Dask beside them.

    Args:
        run: as in the tasks.
    """
    _stopped.add(run)


def _map(task: dict[str, Any], reporter: _SheetReporter) -> dict[str, Any]:
    folder, name = SheetFolder(Path(task["folder"]), task["mark"]), task["sheet"]
    reporter.moved()
    try:
        folder.check_reached()
        if not folder.is_finished(name):
            with folder.attempt(name) as part:
                job = MapSheet(**{**task["parameters"], **_outputs(part, name, task["parameters"])})
                client.run(job, sys.executable, _variables(task), reporter, _keeper)
    except Cancelled:
        if reporter.is_stopped():
            return {"end": STOPPED}
        waited = duration_text(task["patience"])
        return {"end": FAILED, "error": f"It got no further for {waited} ({reporter.step}) and was given up."}
    except (GeodlError, OSError) as error:
        return {"end": FAILED, "error": str(error)}
    return {"end": FINISHED}


def _outputs(part: Path, name: str, parameters: dict[str, Any]) -> dict[str, str]:
    wanted = ("output", "confidence", "unfamiliarity")
    return {one: str(part / file_name(number, name)) for number, one in enumerate(wanted) if parameters.get(one)}


def _variables(task: dict[str, Any]) -> dict[str, str]:
    """The environment of the process."""
    paths = [str(_LIBRARY), os.environ.get("PYTHONPATH", "")]  # whatever way this library was found
    found = {**os.environ, **limited_to(task["threads"]), "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    if task["device"] is not None:
        found["CUDA_VISIBLE_DEVICES"] = task["device"]
    return found


class _SheetReporter(Reporter):
    """Tells the client how far a sheet is, and cancels it if it gets no further or is told to stop.

    Args:
        tell: sends the share that is done.
        patience: seconds in which it must get further.
        is_stopped: whether the run was told to stop.
    """

    def __init__(self, tell: Callable[[float], None], patience: float, is_stopped: Callable[[], bool]) -> None:
        super().__init__()
        self._tell, self._patience, self.is_stopped = tell, patience, is_stopped
        self._last: tuple[float, str] = (-1.0, "")
        self._moved, self._told, self.step = time.monotonic(), 0.0, "starting"

    def moved(self) -> None:
        """Wait for the next step from now on."""
        self._moved = time.monotonic()

    def info(self, message: str) -> None:
        """The client heard it when it planned the map."""

    def warning(self, message: str) -> None:
        """The client heard it when it planned the map."""

    def is_cancelled(self) -> bool:
        return self.is_stopped() or time.monotonic() - self._moved > self._patience

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        if (fraction, message) == self._last:
            return
        self._last, self.step = (fraction, message), message or self.step
        self.moved()
        if self._moved - self._told >= _TELL:
            self._told = self._moved
            with suppress(OSError):
                self._tell(fraction)
