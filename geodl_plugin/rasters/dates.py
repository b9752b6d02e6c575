"""The dates of a time series: what the names and the metadata of bands and files say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import PurePath

from osgeo import gdal

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./:]?)(\d\d)\2(\d\d)(?!\d)")
_KEYS = ("ACQUISITION_DATE", "ACQUISITIONDATETIME", "DATE_ACQUIRED", "SENSING_DATE", "SENSING_TIME", "DATE")
_DOMAINS = ("", "IMAGERY")
_DAYS_SINCE = re.compile(r"days since (\d{4}-\d\d-\d\d)")


def date_in(text: str) -> str:
    """The first date that a text contains, such as the name of a file, as ISO 8601; empty if there is none.

    Args:
        text: any, with year, month and day: ``2018-06-03``, ``2018_06_03`` or ``20180603``.
    """
    for year, _, month, day in _DATE.findall(text):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:  # the 31st of June is another number
            continue
    return ""


def dates_of_bands(dataset: gdal.Dataset, path: str) -> list[str]:
    """The date of each band of a file, as ISO 8601; empty where it is not known.

    Args:
        dataset: the file.
        path: its path.

    Returns:
        For each band the date in its description, else in its metadata, else in those of the file, else in its name.
    """
    of_file = _date_in_metadata(dataset) or date_in(PurePath(path).name)
    bands = (dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1))
    return [
        date_in(band.GetDescription()) or _date_in_metadata(band) or _date_of_netcdf(dataset, band) or of_file
        for band in bands
    ]


def dates_of_series(band_dates: Sequence[str]) -> list[str]:
    """The dates of a time series, whose bands are those of the first date, then those of the second, and so on.

    Args:
        band_dates: of each band, as ISO 8601; empty where it is not known.

    Returns:
        Each date once; empty if not all are known, or if the bands are not in this order.
    """
    groups = [(day, len([*bands])) for day, bands in groupby(band_dates)]
    dates = [day for day, _ in groups]
    is_series = all(dates) and len({*dates}) == len(dates) and len({count for _, count in groups}) == 1
    return dates if is_series else []


def _date_in_metadata(described: gdal.MajorObject) -> str:
    for domain in _DOMAINS:
        values = {key.upper(): value for key, value in (described.GetMetadata(domain) or {}).items()}
        found = next((found for found in (date_in(values.get(key, "")) for key in _KEYS) if found), "")
        if found:
            return found
    return ""


def _date_of_netcdf(dataset: gdal.Dataset, band: gdal.Band) -> str:
    """The date of a band of a netCDF file, which counts days since another one."""
    since = _DAYS_SINCE.match(dataset.GetMetadataItem("time#units") or "")
    days = band.GetMetadataItem("NETCDF_DIM_time")
    if not since or not days:
        return ""
    return (date.fromisoformat(since[1]) + timedelta(days=float(days))).isoformat()
