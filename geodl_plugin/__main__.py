"""``python -m geodl_plugin run job.json``, or, without arguments, the worker that QGIS talks to."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

if not __package__:  # started as `python <folder>/geodl_plugin`: the package lies in that folder's parent
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    __package__ = "geodl_plugin"

from geodl_plugin import jobs, worker
from geodl_plugin.errors import GeodlError
from geodl_plugin.process import with_memory_pool, with_scratch_folder
from geodl_plugin.reporter import ConsoleReporter


def main() -> int:
    """Run one job; the exit status is 0 if it gave its result."""
    parser = argparse.ArgumentParser(prog="python -m geodl_plugin", description="Run GeoDL jobs outside QGIS.")
    commands = parser.add_subparsers(dest="command")
    run = commands.add_parser("run", help="run the job in a JSON file and print its results as JSON")
    run.add_argument("job", type=Path, help=f"job file; jobs: {', '.join(jobs.JOBS)}")
    arguments = parser.parse_args()
    with_memory_pool()
    with_scratch_folder()
    if arguments.command is None:
        return worker.serve()
    for name in ("SIGTERM", "SIGHUP"):  # what batch systems and terminals send; nohup ignores the second
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    try:
        results = jobs.from_json(arguments.job.read_text(encoding="utf-8")).run(ConsoleReporter())
    except (GeodlError, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Cancelled: no output was written.\n")
        return worker.CANCELLED_STATUS
    sys.stdout.write(jobs.strict_json(results, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
