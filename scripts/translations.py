#!/usr/bin/env python3
"""Bring the catalogues of translations up to date, and compile them for QGIS: `make translations`.

    python -m scripts.translations [language…]

A language that has no catalogue yet gets one.  What is no longer in the sources is dropped, what is new is marked as
unfinished: translate it in resources/i18n/geodl_<language>.ts, with Qt Linguist or as text, and run this again.
"""

import ast
import subprocess
import sys
from collections.abc import Container, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import jinja2

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
QGIS, LIBRARY = "GeoDL", "library"  # the contexts: who looks a text up
_FUNCTIONS = ("tr", "mark")
_CONSTANTS = ("TITLE", "TAGS", "HELP")  # of classes: what algorithms and choices say of themselves

Texts = dict[str, dict[str, str]]  # translations by context and text


def collect() -> dict[str, list[str]]:
    """All texts to translate by context, in the order of the sources."""
    found: dict[str, dict[str, None]] = {QGIS: {}, LIBRARY: {}}
    for path in _files("algorithms", ".py"):
        found[QGIS].update(dict.fromkeys(of_python(path.read_text(encoding="utf-8"))))
    for path in _files("resources/models", ".model3"):
        found[QGIS].update(dict.fromkeys(of_model(path)))
    for path in _files("geodl_plugin", ".py"):
        source = path.read_text(encoding="utf-8")
        explained = [*of_constants(source)]  # by dialogs
        found[QGIS].update(dict.fromkeys(explained))
        found[LIBRARY].update(dict.fromkeys(text for text in of_calls(source) if text not in explained))
    for path in _files("geodl_plugin", ".html", ".svg"):
        found[LIBRARY].update(dict.fromkeys(of_template(path.read_text(encoding="utf-8"))))
    return {context: list(texts) for context, texts in found.items()}


def _files(folder: str, *suffixes: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in suffixes)


def of_python(source: str) -> list[str]:
    """The texts of a module of algorithms."""
    return [*of_constants(source), *of_calls(source)]


def of_calls(source: str) -> list[str]:
    """The literals that a module passes to `tr` and `mark`, in their order."""
    calls = [node for node in ast.walk(ast.parse(source)) if is_call(node, _FUNCTIONS)]
    literals = [call.args[0] for call in calls if isinstance(call.args[0], ast.Constant)]
    return [node.value for node in sorted(literals, key=lambda node: (node.lineno, node.col_offset)) if node.value]


def is_call(node: ast.AST, names: Container[str]) -> bool:
    """Whether a node calls a function that has one of some names."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def of_constants(source: str) -> Iterator[str]:
    """What the classes of a module say of themselves, as algorithms or choices."""
    for node in ast.walk(ast.parse(source)):
        statements = node.body if isinstance(node, ast.ClassDef) else []
        for one in statements:
            target = one.targets[0] if isinstance(one, ast.Assign) else getattr(one, "target", None)
            value = getattr(one, "value", None)
            if isinstance(target, ast.Name) and target.id in _CONSTANTS:
                value = value.args[0] if isinstance(value, ast.Call) else value
                if isinstance(value, ast.Constant) and value.value:
                    yield value.value


def of_model(path: Path) -> Iterator[str]:
    """The title, the parameters, the outputs and the help of a graphical model."""
    root = ET.parse(path).getroot()
    yield _value(root, "model_name").replace("_", " ").capitalize()
    for one in root.findall("Option[@name='help']/Option"):
        yield one.get("value", "")
    for one in root.findall("Option[@name='parameterDefinitions']/Option"):
        yield _value(one, "description")


def _value(option: ET.Element, name: str) -> str:
    found = option.find(f"Option[@name='{name}']")
    return "" if found is None else found.get("value", "")


def of_template(source: str) -> Iterator[str]:
    """The literals that a template of Jinja passes to `tr`."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for _, _, text in environment.extract_translations(source, gettext_functions=("tr",)):
        if isinstance(text, str):
            yield text


def read(path: Path) -> Texts:
    """The translations of a catalogue; those that are missing are empty."""
    contexts = ET.parse(path).iterfind("context")
    return {
        context.findtext("name", ""): {
            message.findtext("source", ""): message.findtext("translation", "") for message in context.iter("message")
        }
        for context in contexts
    }


def catalogue(language: str, texts: dict[str, list[str]], known: Texts) -> str:
    """A catalogue as Qt has them.

    Args:
        language: such as ``fr``.
        texts: to translate, by context.
        known: the translations that there are.
    """
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", f'<TS version="2.1" language="{language}">']
    for context, sources in texts.items():
        lines += ["<context>", f"    <name>{context}</name>"]
        for source in sources:
            translation = known.get(context, {}).get(source, "")
            state = "" if translation else ' type="unfinished"'
            lines += [
                "    <message>",
                f"        <source>{escape(source)}</source>",
                f"        <translation{state}>{escape(translation)}</translation>",
                "    </message>",
            ]
        lines.append("</context>")
    return "\n".join([*lines, "</TS>", ""])


def update(path: Path, texts: dict[str, list[str]]) -> int:
    """Write a catalogue anew, and compile what QGIS looks up; gives how many texts have no translation."""
    known = read(path) if path.exists() else {}
    path.parent.mkdir(exist_ok=True)
    path.write_text(catalogue(language_of(path), texts, known), encoding="utf-8", newline="\n")
    with TemporaryDirectory() as folder:
        part = Path(folder) / path.name
        part.write_text(catalogue(language_of(path), {QGIS: texts[QGIS]}, known), encoding="utf-8")
        compiled = path.with_suffix(".qm")
        subprocess.run(["lrelease", "-silent", "-compress", str(part), "-qm", str(compiled)], check=True)
    return sum(not text for messages in read(path).values() for text in messages.values())


def language_of(path: Path) -> str:
    """The language of a catalogue."""
    return path.stem.partition("_")[2]


def main() -> None:
    """Update all catalogues, and make those of the languages that are named."""
    paths = {*FOLDER.glob("geodl_*.ts"), *(FOLDER / f"geodl_{language}.ts" for language in sys.argv[1:])}
    texts = collect()
    for path in sorted(paths):
        missing = update(path, texts)
        print(f"{path.relative_to(ROOT)}: {sum(map(len, texts.values()))} texts, {missing} without translation")


if __name__ == "__main__":
    main()
