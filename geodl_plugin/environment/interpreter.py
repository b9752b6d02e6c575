"""What is known of a Python interpreter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .owner import Base


@dataclass(frozen=True)
class Probe:
    """What was learnt of an interpreter.

    Attributes:
        interpreter: the path that was asked about.
        problem: why it cannot run our jobs; empty if it can.
        python_version: major, minor, micro; empty if the interpreter does not run.
        system, machine: what it was made for.
        packages: version by module, of those that are there.
        osgeo: file from which GDAL's Python module is loaded.
        site: folder that pip installs to.
        prefix: folder of the Python, or of the environment.
        base_prefix: folder of the Python that the environment was made from; else the same.
        home: folder of the interpreter that environments made from it are bound to.
        needs: variables without which it does not start, or does not find GDAL.
    """

    interpreter: str
    problem: str
    python_version: tuple[int, ...] = ()
    system: str = ""
    machine: str = ""
    packages: dict[str, str] = field(default_factory=dict)
    osgeo: str = ""
    site: str = ""
    prefix: str = ""
    base_prefix: str = ""
    home: str = ""
    needs: dict[str, str] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether it can run our jobs."""
        return not self.problem

    @property
    def base(self) -> Base:
        """What environments that are made from it are bound to."""
        major, minor = self.python_version[:2]
        return Base(self.home, (major, minor))

    def version(self, module: str) -> tuple[int, ...]:
        """The version of a module as numbers, ``(0,)`` if it is not there."""
        return version_numbers(self.packages.get(module, "0"))


def version_numbers(version: str) -> tuple[int, ...]:
    """The numbers that a version begins with: (3, 11) of ``3.11rc1``; (0,) if there is none."""
    leading = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, leading.group().split("."))) if leading else (0,)
