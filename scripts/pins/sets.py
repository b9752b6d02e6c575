"""The sets of packages that there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from packaging.tags import mac_platforms

from geodl_plugin.environment.pins import requirements
from geodl_plugin.errors import EnvironmentProblem

PYTHONS = ((3, 9), (3, 10), (3, 11), (3, 12), (3, 13))
_LAST_PYTHON_OF_NUMPY_1 = (3, 12)


@dataclass(frozen=True)
class Platform:
    """The oldest systems that a set of wheels may be for.

    Attributes:
        name: for people.
        uv: as uv calls it.
        tags: as wheels call it, the best first.
        variables: what uv is told beside.
    """

    name: str
    uv: str
    tags: tuple[str, ...]
    variables: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class System:
    """A kind of computer.

    Attributes:
        name: for people.
        system: as ``platform.system()`` says.
        machine: as ``platform.machine()`` says.
        platforms: from the oldest on; the first one that a set resolves for is reported.
    """

    name: str
    system: str
    machine: str
    platforms: tuple[Platform, ...]


@dataclass(frozen=True)
class Set:
    """What `requirements` is asked with, but for the system's names."""

    system: System
    python: tuple[int, int]
    build: str
    numpy_major: int

    @property
    def name(self) -> str:
        return "{}, Python {}.{}, numpy {}, {}".format(self.system.name, *self.python, self.numpy_major, self.build)

    @property
    def requirements(self) -> list[str]:
        return requirements(self.python, self.system.system, self.system.machine, self.build, self.numpy_major)


def _linux(machine: str) -> tuple[Platform, ...]:
    return tuple(
        Platform(
            f"glibc 2.{minor}",
            f"{machine}-manylinux_2_{minor}",
            (*(f"manylinux_2_{older}_{machine}" for older in range(minor, 4, -1)), f"manylinux2014_{machine}"),
        )
        for minor in (17, 28, 31, 34)
    )


def _macos(machine: str, uv: str) -> tuple[Platform, ...]:
    return tuple(
        Platform(
            f"macOS {major}.{minor}".removesuffix(".0"),
            uv,
            tuple(mac_platforms((major, minor), machine)),
            {"MACOSX_DEPLOYMENT_TARGET": f"{major}.{minor}"},
        )
        for major, minor in ((10, 15), (11, 0), (12, 0), (13, 0), (14, 0))
        if machine != "arm64" or major > 10
    )


WINDOWS = System("Windows", "Windows", "AMD64", (Platform("Windows 10", "x86_64-pc-windows-msvc", ("win_amd64",)),))
SYSTEMS = (
    WINDOWS,
    System("macOS arm64", "Darwin", "arm64", _macos("arm64", "aarch64-apple-darwin")),
    System("macOS x86_64", "Darwin", "x86_64", _macos("x86_64", "x86_64-apple-darwin")),
    System("Linux x86_64", "Linux", "x86_64", _linux("x86_64")),
    System("Linux aarch64", "Linux", "aarch64", _linux("aarch64")),
)


def all_sets() -> list[Set]:
    """Those that `requirements` has an answer for, and that a numpy exists for."""
    found = []
    for system, build, python, numpy_major in product(SYSTEMS, ("processor", "gpu"), PYTHONS, (2, 1)):
        if numpy_major == 1 and python > _LAST_PYTHON_OF_NUMPY_1:
            continue  # nor has a QGIS with this Python a GDAL for numpy 1
        one = Set(system, python, build, numpy_major)
        try:
            one.requirements  # noqa: B018 (asks whether there is an answer)
        except EnvironmentProblem:
            continue
        found.append(one)
    return found
