"""The tables in SYSTEMS.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from .clashes import Clash
from .resolving import Resolution
from .sets import Set

BEGIN = "<!-- make pins writes from here -->"
END = "<!-- make pins writes to here -->"
_PACKAGES = ("tensorflow", "keras", "numpy", "h5py", "ml-dtypes", "pystac", "matplotlib")
_ALSO = {"tensorflow-cpu": "tensorflow"}  # where it is the same under another name


def packages_table(resolutions: dict[Set, Resolution]) -> str:
    """A row for each system and Python; numpy 2 / numpy 1 where they differ."""
    rows = []
    for (system, build, python), group in groupby(
        sorted(resolutions.items(), key=_order), key=lambda item: (item[0].system, item[0].build, item[0].python)
    ):
        found = [resolution for _, resolution in group]
        name = f"{system.name}, gpu" if build == "gpu" else system.name
        rows.append(
            [
                name,
                "{}.{}".format(*python),
                *(_both(_version(one, package) for one in found) for package in _PACKAGES),
                _both(str(len(one.wheels)) for one in found),
                _both(f"{one.size / 1e9:.2f}" for one in found),
                _both(one.platform or "**does not resolve**" for one in found),
            ]
        )
    heads = ["System", "Python", *(name.replace("-", "_") for name in _PACKAGES), "packages", "GB", "from"]
    return table(heads, rows)


def clashes_table(found: dict[Set, list[Clash]]) -> str:
    """A row for each library and version that is loaded first; of all sets together."""
    same: dict[tuple, list[Clash]] = {}
    for clash in (clash for clashes in found.values() for clash in clashes):
        same.setdefault((clash.library, clash.first, clash.missing, clash.given_up), []).append(clash)
    rows = []
    for (library, first, _, _), clashes in same.items():
        users = sorted({user for clash in clashes for user in clash.users})
        rows.append(
            [
                f"`{library}`",
                first,
                ", ".join(users) if len(users) < 5 else f"{len(users)} packages",
                "{}.{}".format(*max(clash.linker for clash in clashes)),
                str(max(clash.symbols for clash in clashes)),
                _missing(clashes[0]),
            ]
        )
    return table(["Library", "Loaded first", "Imported by", "Linker", "Symbols", "Missing"], sorted(rows))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def rewritten(document: str, section: str) -> str:
    """A document with another section between the two marks.

    Raises:
        ValueError: the document lacks a mark.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"The document needs the lines {BEGIN} and {END}.")
    return f"{before}{begin}\n{section.strip()}\n{end}{after}"


def _order(item: tuple[Set, Resolution]) -> tuple:
    one = item[0]
    return one.build == "gpu", one.system.name, one.python, -one.numpy_major


def _version(resolution: Resolution, package: str) -> str:
    for name in (package, *(other for other, same in _ALSO.items() if same == package)):
        if name in resolution.wheels:
            return resolution.wheels[name].version
    return "–"


def _both(values: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(values))


def _missing(clash: Clash) -> str:
    if clash.missing is None:
        return "**not known**"
    if not clash.missing:
        return "none"
    shown = ", ".join(f"`{symbol}`" for symbol in clash.missing[:2])
    more = f" and {len(clash.missing) - 2} more" if len(clash.missing) > 2 else ""
    return f"**{shown}{more}**" + (f": {clash.given_up}" if clash.given_up else "")
