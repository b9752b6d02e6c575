"""What may be written on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from .reporters import PROGRESS

_STATUSES = "Exit status: 0 done; 1 failed, standard error says why; 2 wrong command line; 130 stopped by a signal."


def parser(jobs: Iterable[str]) -> argparse.ArgumentParser:
    """The parser of the whole command line.

    Args:
        jobs: the names of all jobs, for the help.
    """
    found = argparse.ArgumentParser(prog="geodl", description="Run GeoDL jobs outside QGIS.", epilog=_STATUSES)
    commands = found.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the job in a JSON file and print its results as JSON", epilog=_STATUSES)
    run.add_argument("job", type=Path, help=f"job file; jobs: {', '.join(jobs)}")
    _add_places(run)
    _add_reports(run)
    return found


def _add_places(run: argparse.ArgumentParser) -> None:
    """Where the files of the job are."""
    run.add_argument(
        "--root",
        type=Path,
        metavar="FOLDER",
        help="folder that relative paths in the job file start from (default: the folder of the job file)",
    )


def _add_reports(run: argparse.ArgumentParser) -> None:
    """How the run tells what it does."""
    run.add_argument(
        "--progress",
        choices=PROGRESS,
        default=PROGRESS[0],
        help="progress and messages on standard error: as lines for people, as lines of JSON, or messages only",
    )
    run.add_argument("--log", type=Path, metavar="FILE", help="file to append all messages to, with their times")
