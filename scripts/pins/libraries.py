"""What the libraries inside a Windows wheel import and export."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from urllib.request import urlopen
from zipfile import ZipFile

import pefile

from .resolving import Wheel

_HASH = re.compile(r"-[0-9a-f]{8,}(?=\.dll$)")  # as delvewheel and auditwheel put it into names
_IMPORT, _EXPORT, _DELAYED = (
    pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{name}"] for name in ("IMPORT", "EXPORT", "DELAY_IMPORT")
)


@dataclass(frozen=True)
class Library:
    """A DLL or an extension module.

    Attributes:
        package: that it is from.
        version: of the package.
        name: in small letters, without its folder.
        imports: symbols by the library that they are from, in small letters.
        linker: version of the linker that made it.
    """

    package: str
    version: str
    name: str
    imports: dict[str, list[str]]
    linker: tuple[int, int]


def plain(name: str) -> str:
    """The name of a library in small letters, without a hash."""
    return _HASH.sub("", name.lower())


def read_imports(data: bytes) -> tuple[dict[str, list[str]], tuple[int, int]]:
    """Imported symbols by library, and the linker's version, of the bytes of a DLL."""
    pe = pefile.PE(data=data, fast_load=True)
    pe.parse_data_directories([_IMPORT, _DELAYED])
    imports: dict[str, list[str]] = {}
    for entry in (*getattr(pe, "DIRECTORY_ENTRY_IMPORT", ()), *getattr(pe, "DIRECTORY_ENTRY_DELAY_IMPORT", ())):
        symbols = [one.name.decode() if one.name else f"#{one.ordinal}" for one in entry.imports]
        imports.setdefault(entry.dll.decode().lower(), []).extend(symbols)
    header = pe.OPTIONAL_HEADER
    return imports, (header.MajorLinkerVersion, header.MinorLinkerVersion)


def read_exports(data: bytes) -> list[str]:
    """Names that the bytes of a DLL export."""
    pe = pefile.PE(data=data, fast_load=True)
    pe.parse_data_directories([_EXPORT])
    table = getattr(pe, "DIRECTORY_ENTRY_EXPORT", None)
    return [one.name.decode() for one in table.symbols if one.name] if table else []


def libraries_of(wheel: Wheel, cache: Path) -> list[Library]:
    """All libraries in a wheel, which is downloaded once."""

    def read() -> list[dict]:
        return [
            asdict(Library(wheel.package, wheel.version, PurePosixPath(name).name.lower(), *read_imports(data)))
            for name, data in _members(wheel, lambda name: name.lower().endswith((".dll", ".pyd")))
        ]

    kept = _kept(cache / f"{wheel.file}.imports.json", read)
    return [Library(**{**one, "linker": tuple(one["linker"])}) for one in kept]


def exports_of(wheel: Wheel, library: str, cache: Path) -> set[str]:
    """What a wheel's DLL of this name (with or without a hash) exports.

    Raises:
        LookupError: the wheel has none.
    """

    def read() -> list[str]:
        for _, data in _members(wheel, lambda name: plain(PurePosixPath(name).name) == library):
            return read_exports(data)
        raise LookupError(f"{wheel.file} has no {library}.")

    return set(_kept(cache / f"{wheel.file}.{library}.exports.json", read))


def _members(wheel: Wheel, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    with TemporaryFile() as file:
        with urlopen(wheel.url) as answer:
            shutil.copyfileobj(answer, file)
        with ZipFile(file) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist() if wanted(name))


def _kept(file: Path, read: Callable[[], list]) -> list:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(json.dumps(read()), encoding="utf-8")
        part.replace(file)
    return json.loads(file.read_text(encoding="utf-8"))
