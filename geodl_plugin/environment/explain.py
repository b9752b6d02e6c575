"""Why pip failed, in words that help."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import EnvironmentProblem
from ..language import tr
from ..systems.exits import explained
from .causes import cause_in
from .command import Failed
from .pins import PIP

_NOT_FOUND = re.compile(r"No matching distribution found for (.+)")


def explain(failure: Failed, log: Path, pins: list[str], wheels: str) -> EnvironmentProblem:
    """What to tell the user.

    Args:
        failure: of a program that was run to make the environment.
        log: where all of its output is.
        pins: what pip was asked for.
        wheels: the folder of wheels, empty if the network was used.
    """
    where = tr("The whole log is {log}.").format(log=log)
    found = cause_in(failure.lines)
    if found:
        (problem, remedy), line = found
        return EnvironmentProblem(problem, received=line.rstrip("."), remedy=f"{remedy} {where}")
    missing = _NOT_FOUND.search(failure.text)
    if missing and wheels:
        return EnvironmentProblem(
            tr("The folder {wheels} lacks a package.").format(wheels=wheels),
            expected=missing.group(1),
            remedy=tr(
                "Fill it on a computer with network, the same system and the same Python version: python -m pip "
                "download --only-binary :all: -d FOLDER {pip} {pins}. {where}"
            ).format(pip=PIP, pins=" ".join(pins), where=where),
        )
    if missing:
        return EnvironmentProblem(
            tr("The package index does not offer what is needed."),
            expected=missing.group(1),
            remedy=tr("Check which index pip is configured to use (pip config list). {where}").format(where=where),
        )
    end = explained(failure.status)
    if end.problem:
        return EnvironmentProblem(end.problem, received=end.name, remedy=f"{end.remedy} {where}")
    return EnvironmentProblem(
        tr("The environment could not be made ({name}). {where} Its last lines:").format(name=end.name, where=where)
        + f"\n{failure.text}"
    )
