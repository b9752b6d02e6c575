"""What pins resolve to on a system that is not this one.

uv and not pip: pip answers environment markers (``sys_platform == "darwin"``, even ``python_version < "3.10"``) for the
interpreter that runs it, whatever ``--platform`` and ``--python-version`` say; uv answers them for the target.
"""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from subprocess import CompletedProcess, run
from urllib.parse import unquote, urlsplit

import tomllib
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

from .sets import Platform, Set


@dataclass(frozen=True)
class Wheel:
    """One package as it is downloaded; the size is in bytes."""

    package: str
    version: str
    url: str
    size: int

    @property
    def file(self) -> str:
        return file_of(self.url)


@dataclass(frozen=True)
class Resolution:
    """What a set resolved to, or why it did not.

    Attributes:
        wheels: by the name of the package.
        platform: the oldest that it resolved for.
        problem: what uv said of the newest platform; empty when it resolved.
    """

    wheels: dict[str, Wheel] = field(default_factory=dict)
    platform: str = ""
    problem: str = ""

    @property
    def size(self) -> int:
        return sum(wheel.size for wheel in self.wheels.values())


def resolve(one: Set) -> Resolution:
    """The wheels that a set consists of on the oldest system that they are made for."""
    problem = ""
    for platform in one.system.platforms:
        answer = _ask(one.requirements, one.python, platform)
        if answer.returncode == 0:
            return Resolution(wheels_of(answer.stdout, one.python, platform), platform.name)
        problem = answer.stderr.strip()
    return Resolution(problem=problem)


def wheel_of(requirement: str, python: tuple[int, int], platform: Platform) -> Wheel:
    """The wheel of one package, without what it needs in turn.

    Raises:
        LookupError: there is none.
    """
    answer = _ask([requirement], python, platform, "--no-deps")
    if answer.returncode:
        raise LookupError(answer.stderr.strip())
    (wheel,) = wheels_of(answer.stdout, python, platform).values()
    return wheel


def wheels_of(lock: str, python: tuple[int, int], platform: Platform) -> dict[str, Wheel]:
    """The best wheel of each package in the text of a ``pylock.toml``."""
    ranks = {str(tag): rank for rank, tag in enumerate(_tags(python, platform))}
    wheels = {}
    for package in tomllib.loads(lock)["packages"]:
        best = min(package["wheels"], key=lambda wheel: _rank(file_of(wheel["url"]), ranks))
        wheels[package["name"]] = Wheel(package["name"], package["version"], best["url"], best["size"])
    return wheels


def file_of(url: str) -> str:
    """The name of the file that a URL is of."""
    return PurePosixPath(unquote(urlsplit(url).path)).name


def _tags(python: tuple[int, int], platform: Platform) -> Iterable:
    yield from cpython_tags(python, platforms=platform.tags)
    yield from compatible_tags(python, f"cp{python[0]}{python[1]}", platforms=platform.tags)


def _rank(file: str, ranks: dict[str, int]) -> int:
    return min(ranks.get(str(tag), len(ranks)) for tag in parse_wheel_filename(file)[3])


def _ask(wanted: list[str], python: tuple[int, int], platform: Platform, *options: str) -> CompletedProcess[str]:
    uv = str(Path(sysconfig.get_path("scripts"), "uv"))
    target = ("--python-version", "{}.{}".format(*python), "--python-platform", platform.uv)
    form = ("--only-binary", ":all:", "--quiet", "--no-header", "--format", "pylock.toml")
    return run(
        [uv, "pip", "compile", "-", *target, *form, *options],
        input="\n".join(wanted),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **platform.variables, "UV_PYTHON_DOWNLOADS": "never"},
        check=False,
    )
