"""Choices that are found where they are defined: classes with a name and a help text in the modules of a package.

A class is a choice if it has the constants ``NAME``, ``HELP`` and ``RANK``::

    class UNet(Network):
        NAME = "unet"
        HELP = mark("Follows fine borders and learns from few polygons.")
        RANK = 10  # choices are listed by rank, the default first

QGIS lists all choices when it starts, and must not load Keras or numpy for that: the constants are read from the
sources, and the module of a class is imported when the class is loaded.
"""

from __future__ import annotations

import ast
import functools
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..language import mark

_LIBRARY = Path(__file__).resolve().parent.parent
_REQUIRED = ("NAME", "HELP", "RANK")


@dataclass(frozen=True)
class Choice:
    """A class that can be chosen by its name.

    Args:
        name: what it is called in parameters and files.
        help: what it is and when to choose it, for people; English, which dialogs translate.
        rank: place in lists; the lowest comes first.
        constants: all constants of the class whose values are literals, by name.
        module: where the class is defined, below this library.
        class_name: its name there.
    """

    name: str
    help: str
    rank: int
    constants: Mapping[str, Any]
    module: str
    class_name: str

    def load(self) -> Any:
        """The class itself; its module is imported."""
        library = __name__.rsplit(".", 2)[0]
        return getattr(importlib.import_module(f"{library}.{self.module}"), self.class_name)


@functools.cache
def choices(package: str) -> Mapping[str, Choice]:
    """Find all choices that a package defines.

    Args:
        package: dotted name below this library, such as ``models.architectures``.

    Returns:
        The choices by name, in the order of their ranks.
    """
    found = sorted(_defined(package), key=lambda choice: choice.rank)
    return MappingProxyType({choice.name: choice for choice in found})


def names(package: str) -> tuple[str, ...]:
    """The names of all choices that a package defines, the default first.

    Args:
        package: as for `choices`.
    """
    return tuple(choices(package))


def named_classes(package: str) -> dict[str, str]:
    """All classes of a package that have a constant ``NAME``: ``module.Class`` by that name."""
    return {
        constants["NAME"]: f"{module}.{name}" for module, name, constants in _classes(package) if "NAME" in constants
    }


def _defined(package: str) -> Iterator[Choice]:
    for module, class_name, constants in _classes(package):
        if all(name in constants for name in _REQUIRED):
            name, text, rank = (constants[required] for required in _REQUIRED)
            yield Choice(name, text, rank, constants, f"{package}.{module}", class_name)


def _classes(package: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Module, name and constants of the classes of a package."""
    for path in sorted((_LIBRARY / package.replace(".", "/")).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield path.stem, node.name, dict(_constants(node))


def _constants(node: ast.ClassDef) -> Iterator[tuple[str, Any]]:
    """Names in capitals that a class gives literal values."""
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign):
            target: ast.expr = statement.target
            value = statement.value
        elif isinstance(statement, ast.Assign):
            target, value = statement.targets[0], statement.value
        else:
            continue
        if isinstance(target, ast.Name) and target.id.isupper() and value is not None:
            try:
                yield target.id, ast.literal_eval(_unmarked(value))
            except ValueError:
                continue  # computed: known when the class is loaded


def _unmarked(value: ast.expr) -> ast.expr:
    """The text that is marked for translation; any other value itself."""
    is_marked = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == mark.__name__
    return value.args[0] if is_marked else value  # type: ignore[attr-defined]
