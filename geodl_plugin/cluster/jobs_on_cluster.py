"""Run several jobs with the workers of a cluster, each as a whole by one of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import Cancelled
from ..jobs import Job
from ..jobs.apart import check_apart
from ..language import tr
from ..operations.paths import located
from ..runtime.reporter import Reporter
from .connection import check_scheduler, connected
from .job_task import record_of, run_job
from .schedule import Piece, Schedule, Work


def run_jobs_on_cluster(
    jobs: dict[str, Job], scheduler: str, patience: float, reporter: Reporter
) -> list[dict[str, Any]]:
    """Run jobs that do not depend on each other; one that fails three times does not stop the others.

    Files must lie where all workers reach them.  A job whose outputs are there, and were made by this function from the
    same inputs, is not run again.

    Args:
        jobs: by their names for people.
        scheduler: as `ClusterRequest` takes it.
        patience: minutes after which a job is given up, and tried again, if it gets no further.
        reporter: receives messages with the names of the jobs, and the progress of all together.

    Returns:
        ``file``, the name, and ``results`` or ``error`` of each, in their order.

    Raises:
        InputError: there is no such scheduler, or a job needs or replaces what another one makes.
        EnvironmentProblem: Dask is not installed.
        ClusterError: the scheduler is gone; jobs that had ended keep their outputs.
        Cancelled: the reporter asked for it; jobs that had ended keep their outputs.
    """
    check_apart(jobs)
    check_scheduler(scheduler)
    pieces = [_JobPiece(name, job, _folder_of(job)) for name, job in jobs.items()]
    results: dict[Piece, dict[str, Any]] = {}
    for piece in pieces:
        known = record_of(piece.job, piece.folder)
        found = known.results() if known else None
        if found is not None:
            results[piece] = found
    if results:
        reporter.info(tr("Going on after {count} jobs that an earlier run has done.").format(count=len(results)))
    failed: dict[Piece, str] = {}
    missing = [piece for piece in pieces if piece not in results]
    if missing:
        reporter.progress(0, tr("Connecting to the scheduler"))
        with connected(scheduler) as client:
            work = Work(tr("job"), tr("jobs"), tr("Running"), run_job, _JobPiece.values)
            schedule = Schedule(client, work, patience * 60, [], reporter)
            try:
                failed = schedule.do(missing)
            except Cancelled as cancelled:
                ended = len(results) + len(schedule.outcomes)
                told = tr("Cancelled: {ended} of {count} jobs had ended, and keep their outputs.").format(
                    ended=ended, count=len(jobs)
                )
                raise Cancelled(told) from cancelled
        results |= {piece: outcome["results"] for piece, outcome in schedule.outcomes.items()}
    return [
        {"file": piece.name, **({"error": failed[piece]} if piece in failed else {"results": results[piece]})}
        for piece in pieces
    ]


@dataclass(frozen=True, eq=False)
class _JobPiece:
    """One of the jobs.

    Args:
        name: what it is called.
        job: the job.
        folder: that its relative paths start from; None: it has none.
    """

    name: str
    job: Job
    folder: str | None
    weight: int = 1

    def values(self) -> dict[str, Any]:
        """The values of its task."""
        return {"job": self.job.to_json(), "folder": self.folder}


def _folder_of(job: Job) -> str | None:
    """The working folder, which a job must have if it names a file relative to that."""
    here = Path.cwd()
    return str(here) if job.with_paths(lambda each: located(each, here)) != job else None
