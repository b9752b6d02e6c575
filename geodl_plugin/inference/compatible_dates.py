"""Whether the dates of a time series are those that a network was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..errors import InputError
from ..language import tr
from ..models.folder import ModelInput
from ..models.series import YEAR
from ..rasters.raster import Source
from ..runtime.reporter import Reporter


def describe_dates(trained: ModelInput) -> str:
    """The dates of an input for people: ``24 bands, 12 dates with 2 bands each, from 2018-01-05 to 2018-12-11``."""
    each = len(trained.bands) // len(trained.dates)
    values = {"bands": len(trained.bands), "dates": len(trained.dates), "each": each}
    if all(trained.dates):
        text = (
            tr("{bands} bands, {dates} dates with {each} band each, from {first} to {last}")
            if each == 1
            else tr("{bands} bands, {dates} dates with {each} bands each, from {first} to {last}")
        )
        return text.format(first=min(trained.dates), last=max(trained.dates), **values)
    text = (
        tr("{bands} bands, {dates} dates with {each} band each")
        if each == 1
        else tr("{bands} bands, {dates} dates with {each} bands each")
    )
    return text.format(**values)


def check_dates(source: Source, trained: ModelInput, reporter: Reporter) -> None:
    """Compare the dates of a source that has as many bands as the network takes; unknown ones are not compared.

    Args:
        source: the image.
        trained: the input of the network, a time series.
        reporter: receives a warning if there are other dates.

    Raises:
        InputError: the dates are the same, but in another order.
    """
    if not source.dates or not all(trained.dates) or source.dates == trained.dates:
        return
    if sorted(source.dates) == sorted(trained.dates):
        raise InputError(
            tr("The dates of {name} are in another order than those that the network was trained on.").format(
                name=source.name
            ),
            expected=_shortened(trained.dates),
            received=_shortened(source.dates),
            remedy=tr("Choose the rasters in the right order."),
        )
    if len(source.dates) != len(trained.dates):
        found = tr("{count} dates, {dates}").format(count=len(source.dates), dates=_shortened(source.dates))
    else:
        pairs = [*zip(source.dates, trained.dates)]
        others = sum(given != known for given, known in pairs)
        apart = max(_days_apart(given, known) for given, known in pairs)
        found = tr(
            "{dates}: {others} of {count} dates are others, up to {apart} days earlier or later in the year"
        ).format(dates=_shortened(source.dates), others=others, count=len(pairs), apart=apart)
    reporter.warning(
        tr(
            "The network was trained on {dates}. {name} has {found}. The network takes them for those of "
            "the training: the map is good only as far as the seasons are alike."
        ).format(dates=describe_dates(trained), name=source.name, found=found)
    )


def _days_apart(one: str, other: str) -> int:
    """Days between two dates, whatever their years."""
    first, second = (date.fromisoformat(text).timetuple().tm_yday for text in (one, other))
    apart = abs(first - second)
    return int(min(apart, YEAR - apart))


def _shortened(dates: Sequence[str]) -> str:
    return ", ".join(dates) if len(dates) < 4 else f"{dates[0]}, {dates[1]}, … {dates[-1]}"
