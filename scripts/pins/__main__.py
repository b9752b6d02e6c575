"""Resolve every set of pins and check QGIS's libraries on Windows: python -m scripts.pins

Writes two tables into SYSTEMS.md.  The exit status is 1 if a set does not resolve or a symbol is missing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from . import libraries
from .clashes import RUNTIME, Clash, Theirs, clashes
from .resolving import Resolution, Wheel, resolve, wheel_of
from .sets import WINDOWS, Set, all_sets
from .tables import clashes_table, packages_table, rewritten

ROOT = Path(__file__).resolve().parents[2]
OSGEO4W = Path(__file__).with_name("osgeo4w.json")
_SETS_AT_ONCE = 4
_WHEELS_AT_ONCE = 2  # TensorFlow's largest library takes 1 GB of memory


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Prove the pins.")
    parser.add_argument("--document", type=Path, default=ROOT / "SYSTEMS.md", help="where the tables are written")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "pins", help="for what was read of wheels")
    options = parser.parse_args(arguments)

    with ThreadPoolExecutor(_SETS_AT_ONCE) as threads:
        sets = all_sets()
        resolutions = dict(zip(sets, threads.map(_say(resolve, lambda one: one.name), sets)))
    found = _on_windows(resolutions, options.folder)
    section = "\n\n".join(
        (
            f"Resolved on {date.today()}.",
            packages_table(resolutions),
            f"QGIS's libraries: {_osgeo4w()['source']}.",
            clashes_table(found),
        )
    )
    text = options.document.read_text(encoding="utf-8")
    options.document.write_text(rewritten(text, section), encoding="utf-8")
    print(section)
    problems = problems_of(resolutions, found)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def problems_of(resolutions: dict[Set, Resolution], found: dict[Set, list[Clash]]) -> list[str]:
    """What must not stay as it is."""
    unresolved = [f"{one.name}: {resolution.problem}" for one, resolution in resolutions.items() if resolution.problem]
    lacking = [
        f"{one.name}: {clash.library} of {clash.first} lacks {', '.join(clash.missing or ['what is not known'])}"
        for one, clashes in found.items()
        for clash in clashes
        if clash.failed
    ]
    return unresolved + lacking


def _on_windows(resolutions: dict[Set, Resolution], folder: Path) -> dict[Set, list[Clash]]:
    sets = {one: _binary(found) for one, found in resolutions.items() if one.system == WINDOWS and not found.problem}
    wheels = {wheel.file: wheel for found in sets.values() for wheel in found}
    with ThreadPoolExecutor(_WHEELS_AT_ONCE) as threads:
        read = _say(lambda wheel: libraries.libraries_of(wheel, folder), lambda wheel: wheel.file)
        inside = dict(zip(wheels, threads.map(read, wheels.values())))
    theirs = _theirs(folder)

    def clashes_of(found: list[Wheel]) -> list[Clash]:
        runtime = next(wheel for wheel in found if wheel.package == RUNTIME)
        return clashes(
            [library for wheel in found for library in inside[wheel.file]],
            theirs,
            lambda library: frozenset(libraries.exports_of(runtime, library, folder)),
        )

    return {one: clashes_of(found) for one, found in sets.items()}


def _binary(resolution: Resolution) -> list[Wheel]:
    return [wheel for wheel in resolution.wheels.values() if not wheel.file.endswith("-any.whl")]


def _theirs(folder: Path) -> dict[str, list[Theirs]]:
    """QGIS's libraries, with the symbols that a wheel with the same version, or an older one, exports."""

    def symbols(version: dict, library: str) -> frozenset[str] | None:
        if "as_in" not in version:
            return None
        requirement, python = version["as_in"]
        wheel = wheel_of(requirement, tuple(int(part) for part in python.split(".")), WINDOWS.platforms[0])
        return frozenset(libraries.exports_of(wheel, library, folder))

    return {
        library: [
            Theirs(version["version"], symbols(version, library), version.get("given_up", "")) for version in versions
        ]
        for library, versions in _osgeo4w()["libraries"].items()
    }


def _osgeo4w() -> dict:
    return json.loads(OSGEO4W.read_text(encoding="utf-8"))


def _say(function: Callable, name: Callable[..., str]) -> Callable:
    """The same function; what it was called for is printed when it is done."""

    def said(one):
        answer = function(one)
        print(name(one), file=sys.stderr, flush=True)
        return answer

    return said


if __name__ == "__main__":
    sys.exit(main())
