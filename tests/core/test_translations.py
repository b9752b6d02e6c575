"""The catalogues of translations: complete, true to the English texts, and nothing that people read is left out."""

import ast
import re

import pytest

from geodl_plugin import options
from scripts.translations import FOLDER, QGIS, ROOT, catalogue, collect, is_call, language_of, of_template, read

CATALOGUES = sorted(FOLDER.glob("geodl_*.ts"))
SOURCES = [path for folder in ("algorithms", "geodl_plugin") for path in sorted((ROOT / folder).rglob("*.py"))]
TEMPLATES = sorted((ROOT / "geodl_plugin" / "reports" / "templates").glob("*.html"))
NO_BREAK = "\N{NO-BREAK SPACE}"
# What speaks to people: the errors, the methods of reporters and feedbacks, and what declares parameters and outputs.
ERRORS = {"GeodlError", "InputError", "EnvironmentProblem", "WorkerCrash", "Cancelled", "ClusterError"}
SPEAKERS = {
    *ERRORS,
    *("progress", "done", "info", "warning", "silent", "pushInfo", "pushWarning", "reportError", "setProgressText"),
    *("described", "choice", "integer", "fraction", "text", "flag", "new_folder", "folder", "datasets", "positions"),
    *("QgsProcessingException", "QAction", "QLabel", "QPushButton", "setWindowTitle", "setText", "createMessage"),
}
# The same in all languages: names, parameters, choices, folders.
NAMES = {"GeoDL", "QGIS", "Linux", "GPU", "JSON", "Python", "Keras", "TensorFlow", "CROP", "EFIELD", "RFIELD"}
CHOICES = [value for value in vars(options).values() if isinstance(value, (tuple, list))]
WORDS = {*(word for choices in CHOICES for word in choices), "merged dataset"}
# Sentences that nobody reads in a dialog, a log or a report: they are written to files.
IN_FILES = {"Each position has one label.", "These files are inputs of the job file beside this folder.\n"}
each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=language_of)


def translations(path):
    """Context, text and translation of all messages of a catalogue."""
    return [(context, *message) for context, messages in read(path).items() for message in messages.items()]


def test_there_is_french():
    assert "fr" in map(language_of, CATALOGUES)


@each_catalogue
def test_a_catalogue_has_the_texts_of_the_sources(path):
    wanted = catalogue(language_of(path), collect(), read(path))
    assert path.read_text(encoding="utf-8") == wanted, "run `make translations`"


@each_catalogue
def test_nothing_lacks_a_translation(path):
    assert [text for _, text, translation in translations(path) if not translation] == []


def marks(text):
    """What a translation has in common with its text."""
    end = text.replace(NO_BREAK, " ").rstrip()[-1:]
    return {
        "placeholders": sorted(set(re.findall(r"\{[^{}]*\}", text))),
        "formats": sorted(re.findall(r"%\(\w+\)[a-z]|%\.?\d*[dfgs]\b", text)),
        "tags": sorted(re.findall(r"</?\w+[^<>]*>|&\w+;", text)),
        "lines": text.count("\n"),
        "blanks": (text[:1].isspace(), text[-1:].isspace()),
        "end": end if end in ".:;?!…," else "",
        "parameters": sorted(set(re.findall(r"\b[A-Z]+_[A-Z0-9_]+\b", text))),
    }


@each_catalogue
def test_translations_have_what_their_texts_have(path):
    abbreviated = {"Std. dev."}
    messages = [(text, found) for _, text, found in translations(path) if text not in abbreviated]
    wrong = {text: found for text, found in messages if marks(found) != marks(text)}
    assert wrong == {}


@each_catalogue
def test_translations_are_about_as_long_as_their_texts(path):
    wrong = {text: found for _, text, found in translations(path) if len(found) > 2 * len(text) + 20}
    assert wrong == {}


@each_catalogue
def test_choices_keep_their_words(path):
    """Dialogs offer 'unet' in all languages, and qgis_process takes it."""
    words = re.compile(r"'([a-z][a-z0-9 -]*(?: \(uint8\))?)'(?=[ :;,.)])")
    messages = [
        (text, found, [word for word in words.findall(text) if context == QGIS or word in WORDS])
        for context, text, found in translations(path)
    ]
    wrong = {text: found for text, found, kept in messages if any(f"'{word}'" not in found for word in kept)}
    assert wrong == {}
    assert sum(bool(kept) for _, _, kept in messages) > 30


def test_french_has_no_line_break_before_its_marks():
    without_code = re.compile(r"\w+=[^\s;]+;?|'[;:]'|&\w+;|https?:\S+")
    breaks = re.compile(r"\w[;?!](?= |$)|\w:(?= |$)| [:;?!»%]|« ")
    wrong = [
        found for _, _, found in translations(FOLDER / "geodl_fr.ts") if breaks.search(without_code.sub("", found))
    ]
    assert wrong == []


def nodes():
    """Each node of the sources, after the name of its file."""
    for path in SOURCES:
        name = str(path.relative_to(ROOT))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield name, node


def test_only_literals_are_translated():
    """A text that is put together before it is looked up is never found."""
    wrong = [
        f"{name}:{node.lineno}: {ast.unparse(node)}"
        for name, node in nodes()
        if is_call(node, ("tr", "mark"))
        if any(isinstance(part, (ast.JoinedStr, ast.BinOp)) for part in ast.walk(node.args[0]))
        or (is_call(node, ("mark",)) and not isinstance(node.args[0], ast.Constant))
    ]
    assert wrong == []


def test_what_people_are_told_is_translated():
    wrong = [
        f"{name}:{literal.lineno}: {literal.value!r}"
        for name, node in nodes()
        if isinstance(node, ast.Call) and _speaks(node)
        for argument in [*node.args, *(one.value for one in node.keywords)]
        for literal in _untranslated(argument)
    ]
    assert wrong == []


def _called(node):
    """The name of the function or method that is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _speaks(call):
    return _called(call) in SPEAKERS or _called(call).startswith(("QgsProcessingOutput", "QgsProcessingParameter"))


def _untranslated(node):
    """The words of an expression that are not translated; those that are compared or looked up are no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = re.sub("|".join(NAMES), "", node.value)
        if re.search(r"\b[A-Z]?[a-z]{2,} | [a-z]{2,}\b", text) and node.value not in WORDS:
            yield node
    elif isinstance(node, ast.Call):
        parts = [*node.args, *(one.value for one in node.keywords)] if _called(node) in ("join", "format") else []
        parts += [node.func.value] if isinstance(node.func, ast.Attribute) else []
        for part in parts:
            yield from _untranslated(part)
    elif not isinstance(node, (ast.Subscript, ast.Compare)):
        parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else ast.iter_child_nodes(node)
        for part in parts:
            yield from _untranslated(part)


def test_whole_sentences_are_translated():
    told, found = set(), {}
    for name, node in nodes():
        documents = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if documents or is_call(node, ("tr", "mark")) or _is_collected(node):
            told |= {id(part) for part in ast.walk(node)}
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if re.fullmatch(r"\s?[A-Z][a-z]* [a-z].*[a-z]\.\s?", text) and text not in IN_FILES:
            found[id(node)] = (f"{name}:{node.lineno}", node)
    assert [(place, node.value) for number, (place, node) in found.items() if number not in told] == []


def _is_collected(node):
    """Whether it gives a class one of the texts that are collected by their names."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return isinstance(target, ast.Name) and target.id in ("TITLE", "TAGS", "HELP")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_words_but_those_that_are_translated(path):
    text = path.read_text(encoding="utf-8")
    for part in (r"(?s)<(style|script|code|pre)\b.*?</\1>", r"(?s)\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", r"<[^<>]*>"):
        text = re.sub(part, " ", text)
    assert set(re.findall(r"[A-Za-z]{2,}", text)) <= NAMES


def test_texts_of_templates_are_found():
    source = '<p>{{ tr("A {name} of") }}</p>{{ tr(variable) }}{{ tr("a " "b") }}'
    assert list(of_template(source)) == ["A {name} of", "a b"]


def test_contexts_are_the_ones_that_are_looked_up():
    from geodl_plugin import language

    assert language.CONTEXT in collect()
    assert language.CATALOGUES == FOLDER
    assert f'CONTEXT = "{QGIS}"' in (ROOT / "algorithms" / "translation.py").read_text(encoding="utf-8")
