"""``python -m geodl_plugin run job.json``, or, without arguments, the worker that QGIS talks to."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a traceback of imports helps nobody, and nothing is begun

if not __package__:  # started as `python <folder>/geodl_plugin`: the package lies in that folder's parent
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    __package__ = "geodl_plugin"

from geodl_plugin.errors import Cancelled, GeodlError
from geodl_plugin.runtime.json_values import strict_json
from geodl_plugin.runtime.process import with_memory_pool, with_scratch_folder
from geodl_plugin.runtime.reporter import ConsoleReporter
from geodl_plugin.runtime.stopping import CANCELLED_STATUS, stopped_by_signals
from geodl_plugin.systems import libraries
from geodl_plugin.worker import server


def main() -> int:
    """Run one job; the exit status is 0 if it gave its result."""
    with_memory_pool()
    if len(sys.argv) == 1:
        with_scratch_folder()
        return server.serve()  # it tells that it is there before it loads anything large, so nothing does until here
    libraries.prepare()
    from geodl_plugin import jobs

    parser = argparse.ArgumentParser(prog="python -m geodl_plugin", description="Run GeoDL jobs outside QGIS.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the job in a JSON file and print its results as JSON")
    run.add_argument("job", type=Path, help=f"job file; jobs: {', '.join(jobs.JOBS)}")
    arguments = parser.parse_args()
    try:
        job, reporter = jobs.from_json(arguments.job.read_text(encoding="utf-8")), ConsoleReporter()
        with stopped_by_signals(reporter.cancel, job.grace()):
            with_scratch_folder()
            results = job.run(reporter)
    except Cancelled as cancelled:
        sys.stderr.write(f"{cancelled}\n")
        return CANCELLED_STATUS
    except (GeodlError, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    sys.stdout.write(strict_json(results, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
