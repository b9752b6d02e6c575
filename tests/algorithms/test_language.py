"""The language of the plugin is that of QGIS, as long as the plugin is loaded."""

import os

import pytest
from qgis.core import QgsApplication

from scripts.translations import FOLDER, QGIS, language_of, read


@pytest.fixture
def in_language(plugin, monkeypatch):
    """Load the catalogue as in a QGIS of a language; afterwards all is English again."""
    from geodl.algorithms import translation

    def load(locale):
        monkeypatch.setattr(QgsApplication, "locale", staticmethod(lambda: locale))
        translation.speak_as_qgis()

    yield load
    translation.speak_english()
    assert translation.tr("Map") == "Map"
    assert os.environ["GEODL_LANGUAGE"] == "en"


@pytest.mark.parametrize(("locale", "text"), [("fr", "Carte"), ("fr_CA", "Carte"), ("en", "Map"), ("xx", "Map")])
def test_texts_are_those_of_the_language_or_english(in_language, locale, text):
    from geodl.algorithms.translation import tr

    in_language(locale)
    assert tr("Map") == text
    assert os.environ["GEODL_LANGUAGE"] == locale  # for the library and the worker


def test_algorithms_are_found_by_french_and_english_words(in_language, plugin):
    in_language("fr")
    algorithm = plugin.provider.algorithm("evaluatemap").create()
    assert algorithm.displayName() == "Évaluer une carte"
    assert {"vérité terrain", "confusion matrix", "Olofsson"} <= set(algorithm.tags())
    assert len(algorithm.tags()) == len(set(algorithm.tags()))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("geodl_*.ts")), ids=lambda path: path.stem)
def test_the_compiled_catalogue_is_that_of_the_text(in_language, path):
    from geodl.algorithms.translation import tr

    in_language(language_of(path))
    texts = read(path)[QGIS]
    assert {text: tr(text) for text in texts} == texts
