"""Texts in the language of QGIS, where there is a catalogue for it."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from ..geodl_plugin import language

CONTEXT = "GeoDL"  # of the texts in a catalogue
_translators = []  # Python must hold the one that is in use


def tr(text):
    """Translate a text.

    Args:
        text: a literal, or one that `language.mark` marks where it is defined; translators find both in the source.
    """
    return QCoreApplication.translate(CONTEXT, text)


def speak_as_qgis():
    """Use the language of QGIS, or English if there is no catalogue for it; the library and its workers do so, too."""
    speak_english()
    locale = QgsApplication.locale()
    translator = QTranslator()
    if translator.load(f"geodl_{locale}", str(language.CATALOGUES)):  # fr_CA falls back to fr
        QCoreApplication.installTranslator(translator)
        _translators.append(translator)
    language.use(locale)


def speak_english():
    """End the use of the language of QGIS."""
    while _translators:
        QCoreApplication.removeTranslator(_translators.pop())
    language.use("en")
