"""``geodl run job.json …``: run jobs and print their results."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from .. import jobs
from ..errors import Cancelled, GeodlError
from ..jobs.job_file import read_job
from ..language import tr
from ..runtime.json_values import strict_json
from ..runtime.process import use_scratch_folder
from ..runtime.stopping import CANCELLED_STATUS, stopped_by_signals
from ..worker import traces
from .arguments import parsed
from .reporters import CommandReporter, log_file

if TYPE_CHECKING:
    from ..jobs.apply_model import ApplyModel


def command_line() -> int:
    """Do what the arguments of this program say; gives the exit status."""
    arguments = parsed(jobs.JOBS)
    try:
        with log_file(arguments.log) as log:
            return _run(arguments, CommandReporter(arguments.progress, log))
    except OSError as error:
        sys.stderr.write(tr("Error: the log cannot be written: {error}").format(error=error) + "\n")
        return 1


def _run(arguments: Namespace, reporter: CommandReporter) -> int:
    """Run the job, or several, and print the results; gives the exit status."""
    try:
        results = _results(arguments, reporter)
    except Cancelled as cancelled:
        reporter.cancelled(str(cancelled))
        return CANCELLED_STATUS
    except (GeodlError, OSError) as error:
        reporter.error(str(error))
        return 1
    sys.stdout.write(strict_json(results, indent=2) + "\n")
    failed = [each["file"] for each in results if "error" in each] if isinstance(results, list) else []
    if failed:
        reporter.error(
            tr("{count} of {total} jobs failed: {names}.").format(
                count=len(failed), total=len(results), names=", ".join(failed)
            )
        )
    return 1 if failed else 0


def _results(arguments: Namespace, reporter: CommandReporter) -> Any:
    """The results of the job, or of several jobs."""
    from ..jobs.apply_model import ApplyModel

    if arguments.images is not None:
        return _run_here(_many_images(arguments), reporter)
    found = {str(file): read_job(file, arguments.root) for file in arguments.job}
    only = next(iter(found.values())) if len(found) == 1 else None
    if arguments.scheduler and isinstance(only, ApplyModel):
        return _run_here(_on_cluster(only, arguments), reporter)
    if arguments.scheduler:
        outcomes = _run_by_workers(found, arguments, reporter)
        if only and "error" in outcomes[0]:
            raise GeodlError(outcomes[0]["error"])
        return outcomes[0]["results"] if only else outcomes
    return _run_here(only, reporter) if only else _run_several(found, arguments.workers, reporter)


def _run_here(job: jobs.Job, reporter: CommandReporter) -> dict[str, Any]:
    """Run a job in this process."""
    with stopped_by_signals(reporter.cancel, job.grace()):
        use_scratch_folder()
        if job.NEEDS_TENSORFLOW:
            os.environ.update({**job.variables(), **os.environ})
            traces.load_tensorflow()
        return job.run(reporter)


def _run_several(found: dict[str, jobs.Job], workers: int, reporter: CommandReporter) -> list[dict[str, Any]]:
    """Run jobs in processes of their own."""
    from .several import GRACE, run_jobs

    with stopped_by_signals(reporter.cancel, max(job.grace() for job in found.values()) + GRACE):
        use_scratch_folder()
        return run_jobs(found, workers, reporter)


def _run_by_workers(
    found: dict[str, jobs.Job], arguments: Namespace, reporter: CommandReporter
) -> list[dict[str, Any]]:
    """Run jobs by the workers of a cluster."""
    from ..cluster.job import GRACE
    from ..cluster.jobs_on_cluster import run_jobs_on_cluster

    with stopped_by_signals(reporter.cancel, GRACE):
        use_scratch_folder()
        return run_jobs_on_cluster(found, arguments.scheduler, arguments.patience, reporter)


def _many_images(arguments: Namespace) -> jobs.Job:
    """The job for many images; its paths start from the working folder."""
    from ..jobs.apply_model_to_images import ApplyModelToImages

    names = ("folder", "mosaic", "table", "root")
    places = {name: str(getattr(arguments, name) or "") for name in names}
    return ApplyModelToImages(str(arguments.job[0]), arguments.images, assets=arguments.assets, **places)


def _on_cluster(job: ApplyModel, arguments: Namespace) -> jobs.Job:
    """The map as workers make it, in sheets."""
    from ..cluster.job import on_cluster

    names = ("scheduler", "sheet", "keep_sheets", "patience")
    return on_cluster(job, **{name: getattr(arguments, name) for name in names})
