"""What may be written on the command line."""

from __future__ import annotations

import argparse
import glob
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..cluster.request import PATIENCE
from ..inference.sheets import DEFAULT_SIDE
from ..language import mark, tr
from .reporters import PROGRESS

_OF_MANY = ("folder", "mosaic", "table", "assets")
_STATUSES = mark(
    "Exit status: 0 done; 1 failed, standard error says why; 2 wrong command line; 130 stopped by a signal."
)


def parsed(jobs: Iterable[str], words: Sequence[str] | None = None) -> argparse.Namespace:
    """What the command line says; the process ends with status 2 if that is wrong.

    Args:
        jobs: the names of all jobs, for the help.
        words: the command line; None: that of this process.
    """
    found = argparse.ArgumentParser(prog="geodl", description=tr("Run GeoDL jobs outside QGIS."), epilog=tr(_STATUSES))
    commands = found.add_subparsers(dest="command", required=True)
    run = commands.add_parser(
        "run", help=tr("run the jobs in JSON files and print their results as JSON"), epilog=tr(_STATUSES)
    )
    run.add_argument(
        "job",
        nargs="+",
        help=tr("job files, or patterns ('jobs/*.json'); several are independent; jobs: {jobs}").format(
            jobs=", ".join(jobs)
        ),
    )
    run.add_argument(
        "--workers", type=int, metavar="N", help=tr("of several jobs, how many run at a time (default: 1)")
    )
    _add_places(run)
    _add_images(run)
    _add_reports(run)
    _add_cluster(run)
    arguments = found.parse_args(words)
    arguments.job = [Path(file) for given in arguments.job for file in _files(given)]
    if arguments.workers is not None and arguments.scheduler:
        run.error(tr("--workers and --scheduler: the scheduler has workers (local:N)"))
    arguments.workers = 1 if arguments.workers is None else arguments.workers
    if arguments.workers < 1:
        run.error(tr("--workers: 1 or more"))
    if len(arguments.job) > 1 and arguments.images is not None:
        run.error(tr("--images: only with a single job file"))
    of_many = [f"--{name}" for name in _OF_MANY if getattr(arguments, name)]
    if arguments.images is None and of_many:
        run.error(tr("{of_many}: only with --images").format(of_many=", ".join(of_many)))
    if arguments.images is not None and not arguments.folder:
        run.error(tr("--images: the folder of the maps is missing (--folder)"))
    if arguments.images is not None and arguments.scheduler:
        run.error(tr("--images and --scheduler: a cluster maps one image at a time"))
    return arguments


def _files(given: str) -> list[str]:
    """The files that a pattern stands for, where the shell leaves it as it is; else what was given."""
    return (not Path(given).exists() and sorted(glob.glob(given))) or [given]


def _add_places(run: argparse.ArgumentParser) -> None:
    """Where the files of the job are."""
    run.add_argument(
        "--root",
        type=Path,
        metavar="FOLDER",
        help=tr("folder that relative paths in job files start from (default: that of each job file)"),
    )


def _add_images(run: argparse.ArgumentParser) -> None:
    """Many images instead of one, for the job ``applymodel``."""
    many = run.add_argument_group(tr("many images"), tr("an applymodel job for many images; the model is loaded once"))
    many.add_argument(
        "--images",
        nargs="+",
        metavar="IMAGE",
        help=tr(
            "rasters, patterns ('scenes/*.tif'), text files with one of these a line (….txt), or STAC items (….json)"
        ),
    )
    many.add_argument("--folder", type=Path, help=tr("folder of the maps; what is done there is not done again"))
    many.add_argument(
        "--mosaic", type=Path, metavar="FILE", help=tr("one raster of all maps; the first image is on top")
    )
    many.add_argument("--table", type=Path, metavar="FILE", help=tr("CSV file with what became of each image"))
    many.add_argument(
        "--assets", nargs="+", metavar="KEY", default=[], help=tr("assets of STAC items, in the bands' order")
    )


def _add_reports(run: argparse.ArgumentParser) -> None:
    """How the run tells what it does."""
    run.add_argument(
        "--progress",
        choices=PROGRESS,
        default=PROGRESS[0],
        help=tr("progress and messages on standard error: as lines for people, as lines of JSON, or messages only"),
    )
    run.add_argument("--log", type=Path, metavar="FILE", help=tr("file to append all messages to, with their times"))


def _add_cluster(run: argparse.ArgumentParser) -> None:
    """Who does the work, if it is not this computer alone."""
    group = run.add_argument_group(
        tr("a cluster"), tr("one applymodel job is cut into sheets; other jobs run one on each worker")
    )
    group.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help=tr(
            "tcp://host:port of Dask's scheduler, the file that it wrote, or local:N for N workers on this computer"
        ),
    )
    group.add_argument(
        "--sheet",
        type=int,
        default=DEFAULT_SIDE,
        metavar="PIXELS",
        help=tr("side of the sheets that workers map (default: %(default)s)"),
    )
    group.add_argument(
        "--keep-sheets", action="store_true", help=tr("keep the sheets beside the map, and a .vrt of them")
    )
    group.add_argument(
        "--patience",
        type=float,
        default=PATIENCE,
        metavar="MINUTES",
        help=tr("a sheet or job that gets no further for so long is tried again (default: %(default)s)"),
    )
