"""What a worker of Dask does for any piece of work: it lets a process of ours do it, and listens to that.

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
from ..language import tr
from ..runtime.reporter import Reporter, duration_text
from ..systems.processor import limited_to
from ..worker import WorkerJob, client
from ..worker.keeper import Keeper

FINISHED, FAILED, STOPPED = "finished", "failed", "stopped"  # what can become of a piece
LOOK = 2.0  # seconds between two messages about the progress, or two looks at what another one does
_KEEP = 120  # seconds that a process waits for the next piece
_LIBRARY = Path(__file__).resolve().parents[2]

Task = dict[str, Any]
Outcome = dict[str, Any]

_keeper = Keeper(_KEEP)
_one_at_a_time = threading.Lock()  # however many threads the worker has: they all compute one piece
_stopped: set[str] = set()


def attempt(task: Task, work: Callable[[TaskReporter], Outcome]) -> Outcome:
    """Do one piece of work; called by Dask in a thread of a worker.

    Args:
        task: ``run``: which run asks for it, also the topic of messages to its client; ``attempt``: which attempt of
            it; ``threads`` to compute with; ``patience``: seconds in which it must get further; ``device``: what
            ``CUDA_VISIBLE_DEVICES`` is to be, None: as it is.  Further values are those of the kind of work.
        work: does it; gives what the client is to know.

    Returns:
        ``end``: one of `FINISHED`, `FAILED`, `STOPPED`; ``error``: what is wrong; and what the work gave.
    """
    from distributed import get_worker

    worker = get_worker()

    def tell(**news: Any) -> None:
        worker.log_event(task["run"], {"attempt": task["attempt"], **news})

    reporter = TaskReporter(tell, task["patience"], lambda: task["run"] in _stopped)
    try:
        while not _one_at_a_time.acquire(timeout=LOOK):
            reporter.wait()  # an earlier run's client is gone, but its piece is not finished
    except Cancelled:
        return {"end": STOPPED}
    try:
        return _ended(task, work, reporter)
    finally:
        _one_at_a_time.release()


def stop(run: str) -> None:
    """Make all pieces of a run stop in this worker; called by Dask beside them.

    Args:
        run: as in the tasks.
    """
    _stopped.add(run)


def in_process(job: WorkerJob, task: Task, reporter: Reporter, folder: str | None = None) -> dict[str, Any]:
    """Run a job in a process of our own, with what the task says of threads and devices; gives its results.

    Args:
        job: the job.
        task: as for `attempt`.
        reporter: of the attempt.
        folder: that its relative paths start from; None: it has none.
    """
    paths = [str(_LIBRARY), os.environ.get("PYTHONPATH", "")]  # whatever way this library was found
    variables = {
        **{"TF_FORCE_GPU_ALLOW_GROWTH": "true", **os.environ, **limited_to(task["threads"])},
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    if task["device"] is not None:
        variables["CUDA_VISIBLE_DEVICES"] = task["device"]
    return client.run(job, sys.executable, variables, reporter, _keeper, folder)


class TaskReporter(Reporter):
    """Tells the client how far a piece is, and cancels it if it gets no further or is told to stop.

    Args:
        tell: sends news: ``fraction``, the share that is done, or a message, ``info`` or ``warning``.
        patience: seconds in which it must get further.
        is_stopped: whether the run was told to stop.
    """

    def __init__(self, tell: Callable[..., None], patience: float, is_stopped: Callable[[], bool]) -> None:
        super().__init__()
        self._tell, self._patience, self.is_stopped = tell, patience, is_stopped
        self._last: tuple[float, str] = (-1.0, "")
        self._moved, self._told, self.step = time.monotonic(), 0.0, tr("starting")

    def moved(self) -> None:
        """Wait for the next step from now on."""
        self._moved = time.monotonic()

    def wait(self) -> None:
        """Tell that it waits for another piece."""
        self._send(fraction=0.0)
        self.check_cancelled()

    def info(self, message: str) -> None:
        self._send(info=message)

    def warning(self, message: str) -> None:
        self._send(warning=message)

    def is_cancelled(self) -> bool:
        return self.is_stopped() or time.monotonic() - self._moved > self._patience

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        if (fraction, message) == self._last:
            return
        self._last, self.step = (fraction, message), message or self.step
        self.moved()
        if self._moved - self._told >= LOOK:
            self._told = self._moved
            self._send(fraction=fraction)

    def _send(self, **news: Any) -> None:
        with suppress(OSError):
            self._tell(**news)


def _ended(task: Task, work: Callable[[TaskReporter], Outcome], reporter: TaskReporter) -> Outcome:
    """Do the work; gives what became of it."""
    reporter.moved()
    try:
        return {"end": FINISHED, **work(reporter)}
    except Cancelled:
        if reporter.is_stopped():
            return {"end": STOPPED}
        waited = duration_text(task["patience"])
        return {
            "end": FAILED,
            "error": tr("It got no further for {waited} ({step}) and was given up.").format(
                waited=waited, step=reporter.step
            ),
        }
    except (GeodlError, OSError) as error:
        return {"end": FAILED, "error": str(error)}
