"""The command line, ``geodl run job.json``; and, without arguments, the worker that QGIS talks to."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a traceback of imports is no help, and nothing has begun

if not __package__:  # started as `python <folder>/geodl_plugin`: the package lies in that folder's parent
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    __package__ = "geodl_plugin"

from geodl_plugin.errors import Cancelled, GeodlError
from geodl_plugin.runtime.json_values import strict_json
from geodl_plugin.runtime.process import use_memory_pool, use_scratch_folder
from geodl_plugin.runtime.reporter import ConsoleReporter
from geodl_plugin.runtime.stopping import CANCELLED_STATUS, stopped_by_signals
from geodl_plugin.systems import libraries
from geodl_plugin.worker import server, traces

if TYPE_CHECKING:
    from geodl_plugin.jobs import Job


def main() -> int:
    """What ``python <folder>/geodl_plugin`` does: the command line, or the worker if there are no arguments."""
    if len(sys.argv) > 1:
        return command()
    use_memory_pool()
    use_scratch_folder()
    return server.serve(_read_job)


def command() -> int:
    """The command ``geodl``; the exit status is 0 if the job gave its result."""
    use_memory_pool()
    libraries.prepare()
    from geodl_plugin.jobs import JOBS

    parser = argparse.ArgumentParser(prog="geodl", description="Run GeoDL jobs outside QGIS.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the job in a JSON file and print its results as JSON")
    run.add_argument("job", type=Path, help=f"job file; jobs: {', '.join(JOBS)}")
    return _run(parser.parse_args().job)


def _run(path: Path) -> int:
    """Run the job in a file and print its results; gives the exit status."""
    try:
        job, reporter = _read_job(path.read_text(encoding="utf-8")), ConsoleReporter()
        with stopped_by_signals(reporter.cancel, job.grace()):
            use_scratch_folder()
            if job.NEEDS_TENSORFLOW:
                traces.load_tensorflow()
            results = job.run(reporter)
    except Cancelled as cancelled:
        sys.stderr.write(f"{cancelled}\n")
        return CANCELLED_STATUS
    except (GeodlError, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    sys.stdout.write(strict_json(results, indent=2) + "\n")
    return 0


def _read_job(text: str) -> Job:
    """The job that JSON holds; GDAL is loaded, which the worker tells of before it asks for this."""
    from geodl_plugin import jobs

    return jobs.from_json(text)


if __name__ == "__main__":
    sys.exit(main())
