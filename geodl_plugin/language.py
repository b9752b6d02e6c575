"""The language in which the library speaks to people: English, or another one that has a catalogue.

Wrap what people read in `tr`: a whole sentence with named placeholders, which are filled in afterwards, as in
``tr("The layer {name} is empty.").format(name=name)``.
"""

from __future__ import annotations

import functools
import os
import string
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET  # of our own files only  # nosec B405

VARIABLE = "GEODL_LANGUAGE"  # of the environment, so that the processes that are started speak the same language
CONTEXT = "library"  # of the texts in a catalogue
CATALOGUES = Path(__file__).resolve().parent.parent / "resources" / "i18n"


def use(language: str) -> None:
    """Speak a language from now on, in this process and those that it starts.

    Args:
        language: such as ``fr`` or ``fr_CA``; English is spoken if neither it nor the one before ``_`` has a catalogue.
    """
    os.environ[VARIABLE] = language


def tr(text: str) -> str:
    """A text in the language of the user; the text itself if it has no translation.

    Args:
        text: English; a literal, or one that `mark` marks where it is defined.
    """
    language = os.environ.get(VARIABLE, "en")
    return text if language == "en" else _catalogue(language).get(text, text)


def mark(text: str) -> str:
    """The text itself: marks a literal that is translated, by `tr`, only when it is used.

    Args:
        text: English; a literal.
    """
    return text


def joined(names: Sequence[str]) -> str:
    """Names as a list in a sentence: ``a``, ``a and b`` or ``a, b and c``.

    Args:
        names: one or more; none: the list is empty.
    """
    return _listed(names, tr("{names} and {last}"))


def either(names: Sequence[str]) -> str:
    """The same of names one of which is meant: ``a``, ``a or b`` or ``a, b or c``."""
    return _listed(names, tr("{names} or {last}"))


def _listed(names: Sequence[str], text: str) -> str:
    return text.format(names=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else "".join(names)


class _Translation(str):
    """A text with thin spaces between the thousands of its numbers: a comma is the decimal one in other languages."""

    __slots__ = ()

    def format(self, *args: Any, **kwargs: Any) -> str:
        return _Formatter().vformat(self, args, kwargs)


class _Formatter(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        return text.replace(",", "\u202f") if "," in format_spec else text


@functools.lru_cache
def _catalogue(language: str) -> dict[str, str]:
    for name in (language, language.partition("_")[0]):
        path = CATALOGUES / f"geodl_{name}.ts"
        if path.is_file():
            contexts = ET.parse(path).iterfind(f"context[name='{CONTEXT}']/message")  # noqa: S314  # nosec B314
            found = {message.findtext("source", ""): message.findtext("translation", "") for message in contexts}
            return {source: _Translation(text) for source, text in found.items() if text}
    return {}
