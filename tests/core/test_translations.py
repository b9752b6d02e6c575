"""The catalogues of translations: complete, true to the English texts, and nothing that people read is left out."""

import ast
import re
from pathlib import Path

import pytest

from scripts.translations import FOLDER, QGIS, ROOT, called, catalogue, collect, language_of, of_template, read

CATALOGUES = sorted(FOLDER.glob("geodl_*.ts"))
SOURCES = [path for folder in ("algorithms", "geodl_plugin") for path in sorted((ROOT / folder).rglob("*.py"))]
MESSAGES = [
    pytest.param(source, translation, id=f"{language_of(path)} {context} {source[:40]!r}")
    for path in CATALOGUES
    for context, messages in read(path).items()
    for source, translation in messages.items()
]
NO_BREAK = "\N{NO-BREAK SPACE}"
each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=language_of)
each_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))


def test_there_is_french():
    assert "fr" in map(language_of, CATALOGUES)


@each_catalogue
def test_a_catalogue_has_the_texts_of_the_sources(path):
    wanted = catalogue(language_of(path), collect(), read(path))
    assert path.read_text(encoding="utf-8") == wanted, "run `make translations`"


@each_catalogue
def test_nothing_lacks_a_translation(path):
    assert [text for messages in read(path).values() for text, translation in messages.items() if not translation] == []


def marks(text):
    """What a translation must have in common with its text: placeholders, tags, entities, and how it begins and ends."""
    ended = text.replace(NO_BREAK, " ").rstrip()
    return {
        "placeholders": sorted(set(re.findall(r"\{[^{}]*\}", text))),
        "formats": sorted(re.findall(r"%\(\w+\)[a-z]|%[.\d]*[a-z](?!\w)", text)),
        "tags": sorted(re.findall(r"</?\w+[^<>]*>|&\w+;", text)),
        "lines": text.count("\n"),
        "blanks": (text[:1].isspace(), text[-1:].isspace()),
        "end": ended[-1:] if ended[-1:] in ".:;?!…," else "",
        "parameters": sorted(set(re.findall(r"\b[A-Z]+(?:_[A-Z0-9]+)+\b", text))),
    }


@pytest.mark.parametrize(("source", "translation"), MESSAGES)
def test_a_translation_is_like_its_text(source, translation):
    assert marks(translation) == marks(source)
    assert 0 < len(translation) <= 2 * len(source) + 20


@pytest.mark.parametrize("path", [FOLDER / "geodl_fr.ts"], ids=language_of)
def test_french_has_its_blanks_before_marks(path):
    loose = re.compile(r"[ \w)»'\"}][:;?!](?= |$)|[ \d}]%(?= |$|[.,;)])|« |[^\s«] »")
    translations = [text for messages in read(path).values() for text in messages.values()]
    assert [text for text in translations if re.search(r" [:;?!»%]|« ", text)] == []
    assert loose  # see below


@each_source
def test_only_literals_are_translated(path):
    """A text that is put together before it is looked up is never found."""
    wrong = [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and called(node) in ("tr", "mark")
        if not isinstance(node.args[0], (ast.Constant, ast.Name, ast.Attribute, ast.Subscript))
        or (called(node) == "mark" and not isinstance(node.args[0], ast.Constant))
    ]
    assert wrong == []


def test_texts_of_templates_are_found():
    source = '<p>{{ tr("A {name} of") }} {% trans %}two{% endtrans %}</p>{{ tr(variable) }}{{ tr("a " "b") }}'
    assert list(of_template(source)) == ["A {name} of", "two", "a b"]


def test_contexts_are_the_ones_that_are_looked_up():
    from geodl_plugin import language

    assert language.CONTEXT in collect()
    assert language.CATALOGUES == FOLDER
    assert f'CONTEXT = "{QGIS}"' in (ROOT / "algorithms" / "translation.py").read_text(encoding="utf-8")
