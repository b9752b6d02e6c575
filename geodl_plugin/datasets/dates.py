"""The dates of the sources of a dataset: those that a user gives, else those that the rasters tell."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import InputError
from ..language import mark, tr
from ..rasters.dates import date_in
from ..rasters.raster import Source

_EXPECTED = mark("dates such as 2018-06-03, 2018-06-13, or how many dates there are, such as 12; ; between two sources")


def parse_dates(text: str) -> list[list[str]]:
    """The dates that a user gives for each source.

    Args:
        text: ISO dates with commas between, or the number of dates, which are then taken for equal steps of a year;
            semicolons between sources; empty: not given.

    Returns:
        For each source its dates, empty texts if only their number is given; an empty list if none are given.

    Raises:
        InputError: the text is something else, or a date comes twice.
    """
    return [_dates(part) for part in text.split(";")] if text.strip() else []


def dates_of_sources(text: str, sources: Sequence[Source]) -> list[list[str]]:
    """The dates of each source.

    Args:
        text: as for `parse_dates`; a source for which it gives none has those of its rasters.
        sources: all of them.

    Raises:
        InputError: there are dates for more sources than there are, or the bands of a source cannot be divided by them.
    """
    given = parse_dates(text)
    if len(given) > len(sources):
        raise InputError(
            tr("There are dates for more sources than there are."),
            expected=tr("{count} or less").format(count=len(sources)),
            received=text,
        )
    given += [[]] * (len(sources) - len(given))
    for source, dates in zip(sources, given):
        if dates and source.bands % len(dates):
            raise InputError(
                tr("The number of dates is not that of the bands of {name}.").format(name=source.name),
                expected=tr("dates of which each has as many of the {bands} bands").format(bands=source.bands),
                received=tr("{count} dates").format(count=len(dates)),
                remedy=tr(
                    "Correct DATES; the bands must be those of the first date, then those of the second, and so on."
                ),
            )
    return [dates or list(source.dates) for source, dates in zip(sources, given)]


def _dates(text: str) -> list[str]:
    """The dates of one source."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) == 1 and words[0].isdecimal() and 0 < int(words[0]) < 10_000:
        return [""] * int(words[0])
    found = [date_in(word) for word in words]
    if not all(found):
        raise InputError(tr("Invalid DATES."), expected=tr(_EXPECTED), received=text)
    if len({*found}) < len(found):
        raise InputError(tr("A date comes twice in DATES."), expected=tr("each date once"), received=text)
    return found
