"""What may differ between two runs of the same code, each with the reason.  All else counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class Ignored:
    """Something that is not compared.

    Args:
        file: pattern of the file's path in the folder of a job's results.
        place: in JSON, pattern of the place, such as ``properties/datetime``; empty: the whole file.
        reason: why it must differ.
    """

    file: str
    place: str
    reason: str


IGNORED = (
    Ignored("log.txt", "", "the messages tell how long things take"),
    Ignored("*variables.data-*", "", "holds the weights in no fixed order; they are compared with the .index"),
    Ignored("*fingerprint.pb", "", "hashes of saved_model.pb, whose functions have no fixed order and numbers"),
    Ignored("*.dbf", "", "holds the date; its fields are compared with the .shp"),
    Ignored("*model.json", "properties/datetime", "when it was written"),
    Ignored("*model.json", "properties/geodl:training/seconds", "how long the training took"),
    Ignored("*model.json", "properties/geodl:training/tensorflow", "version stamp"),
    Ignored("*model.json", "properties/geodl:training/checksum", "of files with dates and without a fixed order"),
    Ignored("*model.json", "properties/geodl:checksums/*", "of files with dates and without a fixed order"),
    Ignored("*.keras/metadata.json", "date_saved", "when it was written"),
    Ignored("*.keras/metadata.json", "keras_version", "version stamp"),
    Ignored("*.keras/config.json", "*shared_object_id", "addresses in memory"),
    Ignored("*.keras/config.json", "*module", "where a class lives in the code: Keras finds it by registered_name"),
)
IGNORED_IN_REPORTS = (  # what reports say of themselves, and the reason
    (re.compile(r"\b20\d\d-\d\d-\d\d(T[\d:.]+)?\b"), "the date"),
    (re.compile(r"\b(image|[mp])[0-9a-f]{10}\b"), "random names within matplotlib's pictures"),
    (re.compile(r"GeoDL \d+\.\d+\.\d+\S*"), "version stamp"),
    (re.compile(r"\b\d+ (h \d\d min|min \d\d s|s)\b"), "how long something took"),
)
FREE_TEXT = ("text", "warnings")  # fields of what a job prints whose wording may change: differences are of kind "text"


def is_ignored(file: str, place: str = "") -> bool:
    """Whether a file, or a place in a file of JSON, is not compared."""
    return any(
        fnmatchcase(file, ignored.file) and bool(place) == bool(ignored.place) and fnmatchcase(place, ignored.place)
        for ignored in IGNORED
    )


def without_ignored(text: str) -> str:
    """The text of a report without what must differ."""
    for pattern, reason in IGNORED_IN_REPORTS:
        text = pattern.sub(f"({reason})", text)
    return text
