"""Tell what differs between two rasters whose bytes do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from .differences import Difference, unequal


def of_raster(before: Path, after: Path, name: str) -> Iterator[Difference]:
    """A difference, since the bytes differ: of pixels, of what GDAL says of them, or only of how they are stored."""
    old, new = (gdal.Open(str(path)) for path in (before, after))
    found = [f"{what}: {values}" for what, values in unequal(_described(old), _described(new))]
    values = [dataset.ReadAsArray() for dataset in (old, new)]
    if values[0].shape != values[1].shape:
        found.append(f"shape: {values[0].shape} → {values[1].shape}")
    elif values[0].tobytes() != values[1].tobytes():
        found.append(_pixels(*values))
    yield Difference(name, "; ".join(found) or "only the container: pixels and metadata are equal")


def _pixels(before: np.ndarray, after: np.ndarray) -> str:
    old, new = before.astype(float), after.astype(float)
    unlike = (old != new) & ~(np.isnan(old) & np.isnan(new))
    largest = np.nanmax(np.abs(old - new)[unlike], initial=0)
    return f"pixels: {int(unlike.sum())} of {unlike.size} values differ, by up to {largest:g}"


def _described(dataset: gdal.Dataset) -> dict[str, Any]:
    """All that a raster says beside its pixels."""
    said: dict[str, Any] = {
        "transform": dataset.GetGeoTransform(),
        "CRS": dataset.GetProjection(),
        "metadata": {domain: dataset.GetMetadata(domain) for domain in _domains(dataset)},
    }
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        colors, table = band.GetColorTable(), band.GetDefaultRAT()
        said |= {
            f"band {number} type": gdal.GetDataTypeName(band.DataType),
            f"band {number} no-data": repr(band.GetNoDataValue()),
            f"band {number} name": band.GetDescription(),
            f"band {number} categories": band.GetCategoryNames(),
            f"band {number} blocks": band.GetBlockSize(),
            f"band {number} overviews": [band.GetOverview(index).XSize for index in range(band.GetOverviewCount())],
            f"band {number} colours": colors and [colors.GetColorEntry(key) for key in range(colors.GetCount())],
            f"band {number} attributes": table and _rows(table),
            f"band {number} metadata": {domain: band.GetMetadata(domain) for domain in _domains(band)},
        }
    return said


def _domains(of: Any) -> list[str]:
    """Metadata domains, but for the one that names the file and its driver."""
    return [domain for domain in of.GetMetadataDomainList() or [] if domain != "DERIVED_SUBDATASETS"]


def _rows(table: gdal.RasterAttributeTable) -> list[list[str]]:
    columns = range(table.GetColumnCount())
    names = [table.GetNameOfCol(column) for column in columns]
    rows = range(table.GetRowCount())
    return [names, *([table.GetValueAsString(row, column) for column in columns] for row in rows)]
