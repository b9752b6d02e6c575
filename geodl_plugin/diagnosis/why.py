"""Why a trial failed, and the one remedy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..environment.causes import AVX, ROSETTA, Cause, cause_in
from ..errors import WorkerCrash
from ..language import mark, tr
from ..systems.exits import CHECK, HANGING, explained

_INTEL = ("x86_64", "amd64")
_BEFORE = ("start", "gdal", "proj", "h5py")  # the steps before TensorFlow, which needs no AVX
_ELSE = mark("Run Set up the environment again; if that does not help, send this diagnosis to GeoDL's issue tracker.")


def why(step: Mapping[str, Any], crash: WorkerCrash | None, computer: Mapping[str, Any]) -> Cause:
    """The cause of a failure.

    Args:
        step: the first one that failed, with its name, title and error.
        crash: how the worker ended, if it did not come to its end.
        computer: see `diagnosis.computer`.
    """
    lines = step["error"].splitlines() + (crash.last_words.splitlines() if crash else [])
    lacking = lacks_avx(computer["machine"], computer["instructions"], rosetta=computer["rosetta"])
    if lacking and step["name"] not in _BEFORE:
        return lacking
    found = cause_in(lines)
    if found:
        return found[0]
    at = tr("This was at the step “{title}”.").format(title=step["title"])
    if crash and crash.status is not None:
        end = explained(crash.status, crash.last_words)
        problem, remedy = end.problem or end.of_worker, end.remedy
    else:
        problem, remedy = step.get("problem") or lines[-1].strip(), step.get("remedy", "")
    checks = remedy in (tr(CHECK), tr(HANGING))  # which is being done
    return Cause(f"{problem} {at}", tr(_ELSE) if checks or not remedy else remedy)


def lacks_avx(machine: str, instructions: Collection[str], *, rosetta: bool) -> Cause | None:
    """Why TensorFlow cannot run on this processor; None if it can, or that is not known.

    Args:
        machine: as ``platform.machine()`` says.
        instructions: those that the processor has for us; empty: unknown, except where Rosetta translates.
        rosetta: it does.
    """
    if machine.lower() not in _INTEL or "AVX" in instructions:
        return None
    if rosetta:
        return ROSETTA.translated()
    return AVX.translated() if instructions else None
