"""Why pip failed, in words that help."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import EnvironmentProblem
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
    where = f"The whole log is {log}."
    found = cause_in(failure.lines)
    if found:
        (problem, remedy), line = found
        return EnvironmentProblem(problem, received=line.rstrip("."), remedy=f"{remedy} {where}")
    missing = _NOT_FOUND.search(failure.text)
    if missing and wheels:
        return EnvironmentProblem(
            f"The folder {wheels} lacks a package.",
            expected=missing.group(1),
            remedy="Fill it on a computer with network, the same system and the same Python version: "
            f"python -m pip download --only-binary :all: -d FOLDER {PIP} {' '.join(pins)}. {where}",
        )
    if missing:
        return EnvironmentProblem(
            "The package index does not offer what is needed.",
            expected=missing.group(1),
            remedy=f"Check which index pip is configured to use (pip config list). {where}",
        )
    end = explained(failure.status)
    if end.problem:
        return EnvironmentProblem(end.problem, received=end.name, remedy=f"{end.remedy} {where}")
    return EnvironmentProblem(
        f"The environment could not be made ({end.name}). {where} Its last lines:\n" + failure.text
    )
