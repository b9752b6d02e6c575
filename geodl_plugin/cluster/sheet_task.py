"""What a worker of Dask does for one sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..jobs.map_sheet import MapSheet
from .sheet_folder import SheetFolder, file_name
from .task import Outcome, Task, TaskReporter, attempt, in_process


def map_sheet(task: Task) -> Outcome:
    """Map a sheet in a process of its own, unless it is finished; called by Dask in a thread of a worker.

    Args:
        task: as for `attempt`; ``piece``: the name of the sheet; ``folder`` and ``mark`` of the `SheetFolder`;
            ``parameters`` of the job `MapSheet`.

    Returns:
        As `attempt`.
    """

    def work(reporter: TaskReporter) -> Outcome:
        folder, name = SheetFolder(Path(task["folder"]), task["mark"]), task["piece"]
        folder.check_reached()
        if not folder.is_finished(name):
            with folder.attempt(name) as part:
                job = MapSheet(**{**task["parameters"], **_outputs(part, name, task["parameters"])})
                in_process(job, task, reporter.silent())  # the client heard all when it planned the map
        return {}

    return attempt(task, work)


def _outputs(part: Path, name: str, parameters: dict[str, Any]) -> dict[str, str]:
    wanted = ("output", "confidence", "unfamiliarity")
    return {one: str(part / file_name(number, name)) for number, one in enumerate(wanted) if parameters.get(one)}
