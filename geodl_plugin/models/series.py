"""Time series: the dates of an image's bands as days, and statistics that all dates share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

YEAR = 365.25  # days


def days_of(dates: Sequence[str], bands: int) -> list[float]:
    """The days of the dates, counted from the first of January of the first year.

    Args:
        dates: ISO dates in the order of the bands.  Empty texts: they are at equal steps of a year; an empty list: each
            band is such a date.
        bands: of the image, the same number for each date.
    """
    if not all(dates) or not dates:
        count = len(dates) or bands
        return [YEAR * (number + 0.5) / count for number in range(count)]
    days = [date.fromisoformat(text) for text in dates]
    first = date(min(day.year for day in days), 1, 1)
    return [float((day - first).days) for day in days]


def pooled_over_dates(
    statistics: Mapping[str, Sequence[Any]], dates: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and variance of each band over all dates, so that all dates are normalised alike and stay comparable.

    Args:
        statistics: ``mean`` and ``stddev``, one value for each band of each date.
        dates: number of dates.

    Returns:
        Mean and variance, [dates · bands]: those of the bands, repeated for each date.
    """
    mean, deviation = (np.array(statistics[key], np.float64).reshape(dates, -1) for key in ("mean", "stddev"))
    has_data = ((mean != 0) | (deviation > 0)).any(axis=1)  # a date without any value counts as constant 0
    mean, deviation = (values[has_data] if has_data.any() else values for values in (mean, deviation))
    pooled = mean.mean(axis=0)
    variance = (deviation**2 + (mean - pooled) ** 2).mean(axis=0)
    variance = np.where(variance > 0, variance, 1)  # a constant band is only shifted
    return np.tile(pooled, dates).astype(np.float32), np.tile(variance, dates).astype(np.float32)
