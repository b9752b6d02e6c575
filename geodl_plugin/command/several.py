"""``geodl run a.json b.json …``: several jobs, some of them at a time, each in a process of its own."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Any

from ..errors import Cancelled, GeodlError
from ..jobs import Job
from ..jobs.apart import check_apart
from ..language import tr
from ..runtime.reporter import Reporter
from ..systems.processor import limited_to, threads
from ..worker import client
from ..worker.keeper import Keeper
from .reporters import CommandReporter

_KEEP = 60.0  # seconds that a process waits for its next job
GRACE = 10.0  # seconds beyond those of a job in which its process ends when it is told to stop


def run_jobs(jobs: dict[str, Job], workers: int, reporter: CommandReporter) -> list[dict[str, Any]]:
    """Run jobs that do not depend on each other; one that fails does not stop the others.

    What they make does not depend on the number of processes, but for the rounding of networks that are trained.

    Args:
        jobs: by their names for people.
        workers: how many processes run at a time; they share the processor.
        reporter: receives messages with the names of the jobs, and the progress of all together.

    Returns:
        ``file``, the name, and ``results`` or ``error`` of each, in their order.

    Raises:
        InputError: a job needs or replaces what another one makes.
        Cancelled: the reporter asked for it; jobs that had ended keep their outputs.
    """
    check_apart(jobs)
    workers = min(workers, len(jobs))
    variables = {"TF_FORCE_GPU_ALLOW_GROWTH": "true", **os.environ, **limited_to(max(1, threads() // workers))}
    waiting: SimpleQueue[tuple[int, str]] = SimpleQueue()
    for each in enumerate(jobs):
        waiting.put(each)
    whole = _Whole(len(jobs), reporter)
    outcomes: dict[str, dict[str, Any]] = {}

    def work() -> None:
        keeper = Keeper(_KEEP)
        try:
            while not reporter.is_cancelled():
                number, name = waiting.get_nowait()
                try:
                    results = client.run(jobs[name], sys.executable, variables, _OneJob(whole, number, name), keeper)
                    outcomes[name] = {"file": name, "results": results}
                except Cancelled:
                    return
                except GeodlError as error:
                    outcomes[name] = {"file": name, "error": str(error)}
                    whole.tell(reporter.error, f"{name}: {error}")
                whole.show(number, 1)
        except Empty:
            return
        finally:
            keeper.end()

    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(work) for _ in range(workers)]:
            done.result()
    if len(outcomes) < len(jobs):
        raise Cancelled(
            tr("Cancelled: {count} of {total} jobs had ended, and keep their outputs.").format(
                count=len(outcomes), total=len(jobs)
            )
        )
    return [outcomes[name] for name in jobs]


class _Whole:
    """The progress of all jobs, which are told of by several threads.

    Args:
        count: of the jobs.
        reporter: receives the progress.
    """

    def __init__(self, count: int, reporter: CommandReporter) -> None:
        self.reporter = reporter
        self._fractions = [0.0] * count
        self._lock = threading.Lock()

    def show(self, number: int, fraction: float) -> None:
        """Tell how far a job is.

        Args:
            number: of the job, from 0.
            fraction: 0…1.
        """
        with self._lock:
            self._fractions[number] = fraction
            count, done = len(self._fractions), self._fractions.count(1)
            self.reporter.progress(
                sum(self._fractions) / count, tr("{done} of {count} jobs have ended").format(done=done, count=count)
            )

    def tell(self, write: Any, message: str) -> None:
        """Tell something, without another thread in between.

        Args:
            write: a method of the reporter.
            message: what is told.
        """
        with self._lock:
            write(message)


class _OneJob(Reporter):
    """Tells what one of the jobs has to say, with its name.

    Args:
        whole: the progress of all.
        number: of the job.
        name: of the job.
    """

    def __init__(self, whole: _Whole, number: int, name: str) -> None:
        super().__init__()
        self._whole, self._number, self._name = whole, number, name

    def info(self, message: str) -> None:
        self._whole.tell(self._whole.reporter.info, f"{self._name}: {message}")

    def warning(self, message: str) -> None:
        self._whole.tell(self._whole.reporter.warning, f"{self._name}: {message}")

    def is_cancelled(self) -> bool:
        return self._whole.reporter.is_cancelled()

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        self._whole.show(self._number, min(fraction, 0.99))  # it has ended when its process has said so
