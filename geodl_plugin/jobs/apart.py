"""Whether jobs can run at the same time."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import InputError
from ..language import tr
from ..operations.paths import is_file_name
from ..rasters.connections import Connection, path_on_disk
from . import Job


def check_apart(jobs: dict[str, Job]) -> None:
    """Check that jobs can run at the same time.

    Args:
        jobs: by their names for people.

    Raises:
        InputError: two of them make the same file or folder, or one reads what another one makes.
    """
    makers: dict[Path, str] = {}
    for name, job in jobs.items():
        for output in map(_place, map(str, job.outputs())):
            if output in makers:
                raise InputError(
                    tr("Two jobs make the same output."),
                    received=tr("{output}, by {maker} and {name}").format(
                        output=output, maker=makers[output], name=name
                    ),
                )
            makers[output] = name
    for name, job in jobs.items():
        for given in filter(is_file_name, job.inputs()):
            place = _place(path_on_disk(Connection.parse(given).name))
            maker = next((makers[one] for one in (place, *place.parents) if one in makers), name)
            if maker != name:
                raise InputError(
                    tr("The job {name} reads what {maker} makes.").format(name=name, maker=maker),
                    expected=tr("jobs that do not depend on each other"),
                    received=given,
                    remedy=tr("Run {name} afterwards, by a command of its own.").format(name=name),
                )


def _place(path: str | Path) -> Path:
    return Path(os.path.realpath(path))
