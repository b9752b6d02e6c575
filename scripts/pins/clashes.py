"""Libraries that wheels need, and that QGIS for Windows has under the same name.

The worker's order: the Visual C++ runtime of the package msvc-runtime, then GDAL, and with it QGIS's libraries, then
TensorFlow and h5py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .libraries import Library

RUNTIME = "msvc-runtime"  # its libraries are loaded before QGIS's
_LOADED_WITH_PYTHON = ("vcruntime140.dll", "vcruntime140_1.dll")


@dataclass(frozen=True)
class Theirs:
    """A version of a library that QGIS has.

    Attributes:
        version: of the library, for people.
        exports: its symbols; None when they are not known.
        given_up: what users of this version have to do, where it is known that it will not do.
    """

    version: str
    exports: frozenset[str] | None
    given_up: str = ""


@dataclass(frozen=True)
class Clash:
    """What the wheels of one set need of a library that is not the one they came with.

    Attributes:
        library: its name.
        first: whose is loaded first, with the version.
        users: packages that import it.
        linker: the newest that made one of their libraries which import it.
        symbols: how many they import.
        missing: those that it lacks; None when its symbols are not known.
        given_up: as in `Theirs`.
    """

    library: str
    first: str
    users: tuple[str, ...]
    linker: tuple[int, int]
    symbols: int
    missing: tuple[str, ...] | None
    given_up: str = ""

    @property
    def failed(self) -> bool:
        """Whether users would be the first to find out."""
        return self.missing != () and not self.given_up


def clashes(
    libraries: Iterable[Library], theirs: dict[str, list[Theirs]], runtime_exports: Callable[[str], frozenset[str]]
) -> list[Clash]:
    """Each library that is imported by a name that QGIS has, too, or the runtime.

    Args:
        libraries: all that the wheels of a set have.
        theirs: QGIS's, by name.
        runtime_exports: the symbols of one of the runtime's libraries.
    """
    libraries = list(libraries)
    runtime = {
        one.name: f"{one.package} {one.version}"
        for one in libraries
        if one.package == RUNTIME and one.name.endswith(".dll") and one.name not in _LOADED_WITH_PYTHON
    }
    found = []
    for name in sorted({*theirs, *runtime}):
        users = [one for one in libraries if name in one.imports]
        if all(one.package == RUNTIME for one in users):
            continue
        needed = {symbol for one in users for symbol in one.imports[name]}
        about = (
            tuple(sorted({one.package for one in users} - {RUNTIME})),
            max(one.linker for one in users),
            len(needed),
        )
        if name in runtime:
            found.append(Clash(name, runtime[name], *about, tuple(sorted(needed - runtime_exports(name)))))
            continue
        for one in theirs[name]:
            missing = None if one.exports is None else tuple(sorted(needed - one.exports))
            found.append(Clash(name, f"QGIS {one.version}", *about, missing, one.given_up if missing else ""))
    return found
