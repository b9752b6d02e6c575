"""``geodl run job.json …``: run jobs and print their results."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from typing import Any

from .. import jobs
from ..errors import Cancelled, GeodlError
from ..jobs.job_file import read_job
from ..runtime.json_values import strict_json
from ..runtime.process import use_scratch_folder
from ..runtime.stopping import CANCELLED_STATUS, stopped_by_signals
from ..worker import traces
from .arguments import parsed
from .reporters import CommandReporter, log_file


def command_line() -> int:
    """Do what the arguments of this program say; gives the exit status."""
    arguments = parsed(jobs.JOBS)
    try:
        with log_file(arguments.log) as log:
            return _run(arguments, CommandReporter(arguments.progress, log))
    except OSError as error:
        sys.stderr.write(f"Error: the log cannot be written: {error}\n")
        return 1


def _run(arguments: Namespace, reporter: CommandReporter) -> int:
    """Run the job, or several, and print the results; gives the exit status."""
    try:
        results = _run_several(arguments, reporter) if len(arguments.job) > 1 else _run_one(arguments, reporter)
    except Cancelled as cancelled:
        reporter.cancelled(str(cancelled))
        return CANCELLED_STATUS
    except (GeodlError, OSError) as error:
        reporter.error(str(error))
        return 1
    sys.stdout.write(strict_json(results, indent=2) + "\n")
    failed = [each["file"] for each in results if "error" in each] if isinstance(results, list) else []
    if failed:
        reporter.error(f"{len(failed)} of {len(results)} jobs failed: {', '.join(failed)}.")
    return 1 if failed else 0


def _run_one(arguments: Namespace, reporter: CommandReporter) -> dict[str, Any]:
    """Run the job in this process."""
    job = _job(arguments)
    with stopped_by_signals(reporter.cancel, job.grace()):
        use_scratch_folder()
        if job.NEEDS_TENSORFLOW:
            os.environ.update({**job.variables(), **os.environ})
            traces.load_tensorflow()
        return job.run(reporter)


def _run_several(arguments: Namespace, reporter: CommandReporter) -> list[dict[str, Any]]:
    """Run the jobs in processes of their own."""
    from .several import GRACE, run_jobs

    found = {str(file): read_job(file, arguments.root) for file in arguments.job}
    with stopped_by_signals(reporter.cancel, max(job.grace() for job in found.values()) + GRACE):
        use_scratch_folder()
        return run_jobs(found, arguments.workers, reporter)


def _job(arguments: Namespace) -> jobs.Job:
    """The job that the arguments name; their paths start from the working folder."""
    if arguments.images is None:
        job = read_job(arguments.job[0], arguments.root)
        return _on_cluster(job, arguments) if arguments.scheduler else job
    from ..jobs.apply_model_to_images import ApplyModelToImages

    names = ("folder", "mosaic", "table", "root")
    places = {name: str(getattr(arguments, name) or "") for name in names}
    return ApplyModelToImages(str(arguments.job[0]), arguments.images, assets=arguments.assets, **places)


def _on_cluster(job: jobs.Job, arguments: Namespace) -> jobs.Job:
    from ..cluster.job import on_cluster

    names = ("scheduler", "sheet", "keep_sheets", "patience")
    return on_cluster(job, **{name: getattr(arguments, name) for name in names})
