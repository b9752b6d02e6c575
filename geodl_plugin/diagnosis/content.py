"""A diagnosis: what was tried and found, also where the worker did not come to its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .. import __version__
from ..environment import Probe
from ..environment.causes import Cause
from ..errors import GeodlError, WorkerCrash
from ..language import mark, tr
from .computer import computer, heeded, search_path
from .privacy import Privacy
from .text import as_summary, as_text
from .why import why

START, START_TITLE = "start", mark("The worker starts")
_OF_A_STEP = ("name", "title", "state", "seconds", "text", "error")
DONE, FAILED, NOT_REACHED = "done", "failed", "not reached"


@dataclass(frozen=True)
class Diagnosis:
    """What is known.

    Args:
        cause: what is wrong and what to do, with all names; None: everything works.
        content: all that is known, as JSON, without names of people and computers.
    """

    cause: Cause | None
    content: dict[str, Any]

    @property
    def works(self) -> bool:
        """Whether all of the trial passed."""
        return self.cause is None

    @property
    def text(self) -> str:
        """The same for people, as for an issue."""
        return as_text(self.content)

    @property
    def summary(self) -> str:
        """The result in a few lines."""
        return as_summary(self.content)

    @property
    def json(self) -> str:
        """The same for programs."""
        return json.dumps(self.content, ensure_ascii=False)


def diagnose(
    journal: Mapping[str, Any],
    titles: Mapping[str, str],
    found: Probe,
    variables: Mapping[str, str],
    seconds: float,
    *,
    failure: GeodlError | None = None,
    qgis: str = "",
) -> Diagnosis:
    """Make the diagnosis of a trial.

    Args:
        journal: what the trial told by its end, which may be nothing.
        titles: of all steps by name, in their order.
        found: what is known of the interpreter.
        variables: the worker's.
        seconds: from the start of the worker to its end.
        failure: what ended the trial, if it did not come to its end.
        qgis: version of QGIS; empty: unknown.
    """
    machine = computer(Path(found.interpreter).parent if found.interpreter else Path.home())
    crash = failure if isinstance(failure, WorkerCrash) else None
    steps = _steps(journal, titles, seconds, failure)
    failed = next((step for step in steps if step["state"] == FAILED), None)
    cause = why(failed, crash, machine) if failed else None
    hide = Privacy.of_this_computer()
    content = {
        "geodl": __version__,
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "qgis": qgis,
        "works": cause is None,
        "problem": cause.problem if cause else "",
        "remedy": cause.remedy if cause else "",
        "steps": [{name: step[name] for name in _OF_A_STEP} for step in steps],
        "exit": {"status": crash.status, "step": crash.step} if crash else {},
        "last_words": crash.last_words.splitlines() if crash else [],
        "interpreter": found.interpreter,
        "interpreter_problem": found.problem,
        "osgeo": found.osgeo,
        "versions": {**_installed(found), **journal["facts"]["versions"]},
        "computer": machine,
        "devices": journal["facts"]["devices"],
        "gpu_note": journal["facts"]["gpu_note"],
        "variables": heeded(variables),
        "path": search_path(variables),
        "libraries": {step["name"]: step["libraries"] for step in steps if step["libraries"]},
    }
    return Diagnosis(cause, hide.value(content))


def _steps(
    journal: Mapping[str, Any], titles: Mapping[str, str], seconds: float, failure: GeodlError | None
) -> list[dict[str, Any]]:
    """All steps in their order; one that ended the worker has its last words."""
    ended = {step["name"]: step for step in journal["steps"]}
    empty: dict[str, Any] = {"state": NOT_REACHED, "seconds": None, "text": "", "error": "", "libraries": []}
    steps = [
        {"title": title, **empty, "name": name, **ended.get(name, {})}
        for name, title in {START: tr(START_TITLE), **titles}.items()
    ]
    spent = round(seconds - sum(step["seconds"] for step in journal["steps"]), 3)
    if ended or journal["begun"]:
        steps[0].update(state=DONE, seconds=None if failure else spent, libraries=journal["libraries"])
    if failure:
        name = journal["begun"] or next(step["name"] for step in steps if step["state"] == NOT_REACHED)
        running = next(step for step in steps if step["name"] == name)
        running.update(state=FAILED, seconds=spent, error=str(failure), problem=failure.problem, remedy=failure.remedy)
    return steps


def _installed(found: Probe) -> dict[str, str]:
    names = {"osgeo": "gdal"}
    packages = {names.get(name, name): version for name, version in found.packages.items() if version != "unknown"}
    return {"python": ".".join(map(str, found.python_version)), **packages} if found.python_version else packages
