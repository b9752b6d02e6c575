"""Draw the packages of the library and what they import into ARCHITECTURE.md and its picture.

python -m scripts.architecture           draws
python -m scripts.architecture --check   says whether what is drawn is true; exit status 1 if not
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "geodl_plugin"
PAGE = ROOT / "ARCHITECTURE.md"
PICTURE = ROOT / "resources" / "images" / "architecture.svg"
_TABLE = re.compile(r"(?<=<!-- packages -->\n).*?(?=<!-- end -->)", re.DOTALL)

Arrows = dict[str, set[str]]


def package_of(path: Path) -> str:
    """The package, or the module, below the library that a file belongs to."""
    return path.relative_to(LIBRARY).with_suffix("").parts[0]


def packages_imported(path: Path) -> Iterator[str]:
    """The packages below the library, but its own, that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            folder = path.parents[node.level - 1].relative_to(ROOT).parts if node.level else ()
            module = [*folder, *(node.module or "").split(".")]
            for name in node.names:
                parts = [part for part in (*module, name.name) if part]
                if parts[0] == LIBRARY.name and len(parts) > 1 and _is_package(parts[1]):
                    yield parts[1]


def _is_package(name: str) -> bool:
    return (LIBRARY / name).is_dir() or (LIBRARY / f"{name}.py").is_file()


@cache
def arrows() -> Arrows:
    """`imported_packages`, read once."""
    return imported_packages()


def imported_packages() -> Arrows:
    """Which packages each package imports; the library's own ``__init__`` hands on names and is left out."""
    found: Arrows = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        package = package_of(path)
        if package != "__init__":
            found.setdefault(package, set()).update(set(packages_imported(path)) - {package})
    return found


def floors(found: Arrows) -> dict[str, int]:
    """The floor of each package: one above the highest that it imports.

    Raises:
        graphlib.CycleError: packages import each other in a circle.
    """
    floor_of: dict[str, int] = {}
    for package in TopologicalSorter(found).static_order():
        floor_of[package] = 1 + max((floor_of[below] for below in found[package]), default=0)
    return floor_of


def direct(found: Arrows) -> Arrows:
    """The arrows without those that others imply: of a → b → c and a → c only the first two."""

    @cache
    def reached(package: str) -> frozenset[str]:
        return frozenset().union(*({below} | reached(below) for below in found[package]))

    return {
        package: {below for below in imported if not any(below in reached(other) for other in imported - {below})}
        for package, imported in found.items()
    }


def table() -> str:
    """The packages from the top down: what is in them, and what they import."""
    found = arrows()
    floor_of = floors(found)
    lines = ["| package | holds | imports |", "|---|---|---|"]
    for package in sorted(found, key=lambda name: (-floor_of[name], name)):
        imported = sorted(found[package], key=lambda name: (-floor_of[name], name))
        lines.append(f"| `{package}` | {_summary(package)} | {', '.join(imported)} |")
    return "\n".join(lines) + "\n"


def _summary(package: str) -> str:
    path = LIBRARY / package / "__init__.py"
    text = (path if path.is_file() else path.parent.with_suffix(".py")).read_text(encoding="utf-8")
    summary = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
    return " ".join(summary.split())


def draw() -> None:
    """The picture: packages on their floors, with the arrows that no others imply."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    found = direct(arrows())
    rows: dict[int, list[str]] = {}
    for package, floor in floors(arrows()).items():
        rows.setdefault(floor, []).append(package)
    place = {
        package: (1.9 * (number - (len(row) - 1) / 2), floor)
        for floor, row in rows.items()
        for number, package in enumerate(sorted(row))
    }
    plt.rcParams.update({"svg.hashsalt": "geodl", "svg.fonttype": "none", "font.family": "sans-serif"})
    figure, axes = plt.subplots(figsize=(9, 0.72 * len(rows) + 0.6))
    axes.set_axis_off()
    for package, imported in found.items():
        for below in imported:
            axes.annotate(
                "",
                xy=place[below],
                xytext=place[package],
                arrowprops={
                    "arrowstyle": "->",
                    "color": "#99a",
                    "shrinkA": 13,
                    "shrinkB": 13,
                    "connectionstyle": "arc3,rad=0.2" if place[package][1] - place[below][1] > 1 else "arc3",
                },
            )
    for package, (x, y) in place.items():
        style = {"boxstyle": "round,pad=0.45", "facecolor": "#eef2f8", "edgecolor": "#446"}
        axes.text(x, y, package, ha="center", va="center", fontsize=10, bbox=style)
    widest = max(abs(x) for x, _ in place.values()) + 1
    axes.set(xlim=(-widest, widest), ylim=(0.4, max(rows) + 0.6))
    figure.savefig(PICTURE, metadata={"Date": None}, bbox_inches="tight")


def main() -> int:
    """Draw, or check what is drawn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    page = PAGE.read_text(encoding="utf-8")
    if parser.parse_args().check:
        return 0 if table() in page else 1
    PAGE.write_text(_TABLE.sub(lambda _: table(), page), encoding="utf-8")
    draw()
    return 0


if __name__ == "__main__":
    sys.exit(main())
