"""The language of the library's texts."""

import os
import subprocess
import sys

import pytest

from geodl_plugin import language

CATALOGUE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="xx">
<context><name>GeoDL</name>
<message><source>Train</source><translation>Entraîner</translation></message>
</context>
<context><name>library</name>
<message><source>The layer {name} is empty.</source><translation>La couche {name} est vide.</translation></message>
<message><source>{count:,} pixels of {name}</source><translation>{count:,} pixels de {name}</translation></message>
<message><source>Not yet</source><translation type="unfinished"></translation></message>
</context>
</TS>
"""


@pytest.fixture
def french(tmp_path, monkeypatch):
    """A small French catalogue, in use."""
    (tmp_path / "geodl_fr.ts").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    monkeypatch.setenv(language.VARIABLE, "en")  # which also restores it
    language._catalogue.cache_clear()
    language.use("fr")
    yield
    language._catalogue.cache_clear()


@pytest.mark.usefixtures("french")
def test_a_text_is_translated_and_its_values_are_filled_in():
    assert language.tr("The layer {name} is empty.").format(name="champs") == "La couche champs est vide."


@pytest.mark.usefixtures("french")
def test_thousands_have_no_comma_where_that_is_a_decimal_one():
    text = language.tr("{count:,} pixels of {name}")
    assert text.format(count=31794, name="a, b") == "31\u202f794 pixels de a, b"


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("text", ["Unknown", "Not yet", "Train"], ids=["unknown", "unfinished", "of QGIS"])
def test_a_text_without_translation_stays_english(text):
    assert language.tr(text) == text


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(("name", "text"), [("fr_CA", "La couche {name} est vide."), ("de", None), ("en", None)])
def test_a_country_has_the_catalogue_of_its_language_and_others_are_english(name, text):
    language.use(name)
    assert language.tr("The layer {name} is empty.") == (text or "The layer {name} is empty.")


@pytest.mark.usefixtures("french")
def test_processes_that_are_started_speak_the_same_language():
    program = f"import os; print(os.environ[{language.VARIABLE!r}])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "fr\n"


def test_english_needs_no_catalogue(monkeypatch):
    monkeypatch.delenv(language.VARIABLE, raising=False)
    monkeypatch.setattr(language, "CATALOGUES", None)
    assert language.tr("The layer {name} is empty.") == "The layer {name} is empty."
    assert language.VARIABLE not in os.environ


def test_a_marked_text_is_the_text():
    assert language.mark("Mapping") == "Mapping"


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed(names, text):
    assert language.joined(names) == text
    assert language.either(names) == text.replace("and", "or")
