"""Compare JSON, reports, and files that are only bytes."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from .differences import Difference, short, unequal
from .ignored import FREE_TEXT, is_ignored, without_ignored

PRINTED_NAME = "printed.json"  # what a job printed
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def of_json_file(before: Path, after: Path, name: str) -> Iterator[Difference]:
    """Differences of two files of JSON; see `of_json`."""
    yield from of_json(name, before.read_text(encoding="utf-8"), after.read_text(encoding="utf-8"))


def of_json(name: str, before: str, after: str) -> Iterator[Difference]:
    """Differences of two texts of JSON: values, with their types and every digit, and the order of the keys."""
    try:
        old, new = (dict(_leaves(json.loads(text))) for text in (before, after))
    except ValueError:
        if before != after:
            yield Difference(name, f"no JSON: {short(before)} → {short(after)}")
        return
    old, new = ({place: leaf for place, leaf in one.items() if not is_ignored(name, place)} for one in (old, new))
    for place, values in unequal(old, new):
        yield Difference(name, f"{place}: {values}", is_text=name.endswith(PRINTED_NAME) and place in FREE_TEXT)
    if old == new and list(old) != list(new):
        yield Difference(name, "the order of the keys")


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """The places of a value of JSON that hold no others, each with what it holds, as JSON."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not parts or not value:
        yield place, json.dumps(value, ensure_ascii=False)
    for key, part in parts:
        yield from _leaves(part, f"{place}/{key}" if place else str(key))


def of_report(before: Path, after: Path, name: str) -> Iterator[Difference]:
    """Differences of two HTML reports: of numbers, words and pictures; they are all texts for people."""
    old, new = (_Report(without_ignored(path.read_text(encoding="utf-8"))) for path in (before, after))
    if old.source == new.source:
        return
    changes = [line for line in difflib.ndiff(old.lines, new.lines) if line[:2] in ("- ", "+ ")]
    numbers = [sorted(_NUMBER.findall("\n".join(report.lines))) for report in (old, new)]
    found = [f"{len(changes)} lines of text, as {short(changes[0])!r}"] if changes else []
    found += ["numbers"] if numbers[0] != numbers[1] else []
    found += ["pictures"] if old.pictures != new.pictures else []
    yield Difference(name, ", ".join(found) or "only the markup", is_text=True)


class _Report(HTMLParser):
    """The text that is seen in a page, in lines, and its pictures."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.lines: list[str] = []
        self.pictures: list[str] = []
        self._within = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        self.pictures += [value for name, value in attrs if name in ("src", "xlink:href", "d", "points") and value]

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within not in ("style", "script"):
            self.lines += [" ".join(line.split()) for line in data.splitlines() if line.strip()]


def of_bytes(before: Path, after: Path, name: str) -> Iterator[Difference]:
    """A difference, since the bytes differ: the first line that does, or the sizes."""
    try:
        old, new = (path.read_text(encoding="utf-8").splitlines() for path in (before, after))
    except UnicodeDecodeError:
        sizes = f"{before.stat().st_size} → {after.stat().st_size} bytes"
        yield Difference(name, f"content, {sizes}")
        return
    changes = [line for line in difflib.ndiff(old, new) if line[:2] in ("- ", "+ ")]
    yield Difference(name, f"{len(changes)} lines, as {short(changes[0])!r}" if changes else "only the ends of lines")
