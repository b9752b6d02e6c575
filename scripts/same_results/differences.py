"""What comparisons give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

_SHOWN = 60  # characters of a value
_NOTHING = "(nothing)"


@dataclass(frozen=True)
class Difference:
    """Something that differs between two folders of results.

    Args:
        file: path in the folders.
        what: what differs in it.
        is_text: it is of the wording or the look of something for people, and may be wanted.
    """

    file: str
    what: str
    is_text: bool = False


def unequal(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Names whose values are not equal, each with a text of both values."""
    for name in dict.fromkeys([*before, *after]):
        values = before.get(name, _NOTHING), after.get(name, _NOTHING)
        if values[0] != values[1]:
            yield name, f"{short(values[0])} → {short(values[1])}"


def first_unequal(before: Iterable[str], after: Iterable[str]) -> tuple[int, str]:
    """The number of items that are not equal, one by one, and the first of them."""
    pairs = [(old, new) for old, new in zip_longest(before, after, fillvalue=_NOTHING) if old != new]
    return len(pairs), f"{short(pairs[0][0])} → {short(pairs[0][1])}" if pairs else ""


def short(value: Any) -> str:
    """A value as a text that is not long."""
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
