"""What a worker of Dask does for one job."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from .. import __version__
from ..errors import Cancelled, GeodlError, InputError
from ..jobs import Job, from_json
from ..language import tr
from ..operations.paths import located
from ..operations.records import Record, input_states
from ..rasters.raster import gdal_exceptions
from ..runtime.files import is_claimed
from .task import LOOK, Outcome, Task, TaskReporter, attempt, in_process


def run_job(task: Task) -> Outcome:
    """Run a job in a process of its own, unless that was done; called by Dask in a thread of a worker.

    Args:
        task: as for `attempt`; ``job``: as a line of JSON; ``folder``: that its relative paths start from, None: it has
            none.

    Returns:
        As `attempt`, and ``results``.
    """

    def work(reporter: TaskReporter) -> Outcome:
        job, folder = from_json(task["job"]), task["folder"]
        if folder is not None and not os.path.isdir(folder):
            raise InputError(
                tr("This computer does not reach the folder of the job."),
                expected=tr("a disk that all workers reach under the same name"),
                received=tr("no folder {folder}").format(folder=folder),
            )
        return {"results": _results(job, task, reporter)}

    return attempt(task, work)


def record_of(job: Job, folder: str | None) -> Record | None:
    """What tells whether a job was done; None if nothing can, since it does not make files from files alone.

    Args:
        job: the job.
        folder: that its relative paths start from; None: it has none.
    """
    whole = job.with_paths(lambda each: located(each, Path(folder or "")))
    if not whole.outputs() or not whole.inputs() or whole.folders():
        return None
    with gdal_exceptions():
        states = input_states(whole.inputs())
    made_from = {"job": whole.to_json(), "inputs": states, "version": __version__}
    return Record(made_from, whole.outputs())


def _results(job: Job, task: Task, reporter: TaskReporter) -> dict[str, Any]:
    """What the job gives, or gave before."""
    record = record_of(job, task["folder"])
    outputs = record.outputs if record else []
    while True:
        _wait_for(outputs, reporter)
        results = record.results() if record else None
        if results is not None:
            return results
        try:
            results = in_process(job, task, reporter, task["folder"])
        except Cancelled:
            raise
        except GeodlError:
            if any(map(is_claimed, outputs)):
                continue  # another one was a moment faster
            raise
        if record:
            record.write(results)
        return results


def _wait_for(outputs: list[Path], reporter: TaskReporter) -> None:
    """Wait until no other run makes outputs: one whose worker or client was killed needs some seconds to end."""
    if any(map(is_claimed, outputs)):
        reporter.show(0, tr("Waiting for another run that makes the same"), None)
    while any(map(is_claimed, outputs)):
        reporter.wait()
        time.sleep(LOOK)
