"""Sources on another grid, by virtual rasters in memory: nothing is written to disk."""

from __future__ import annotations

import uuid
import weakref
from typing import Any

import numpy as np
from osgeo import gdal

from ..errors import InputError
from ..language import tr
from .grid import Grid
from .opening import open_raster
from .raster import Source


def resampled(source: Source, grid: Grid, method: str, **options: Any) -> Source:
    """The source as it would be on another grid.

    Args:
        source: in any CRS; without one it is taken to be in that of the grid.
        grid: north-up.
        method: GDAL's name of the resampling method, such as ``near`` or ``bilinear``.
        **options: further options of ``gdal.Warp``.

    Returns:
        A source whose pixels are computed when they are read.

    Raises:
        InputError: the grid is rotated or south-up.
    """
    x_min, y_min, x_max, y_max = grid.bounds()
    if source.has_mask:
        is_double = source.dtype == np.float64
        options = {"outputType": gdal.GDT_Float64 if is_double else gdal.GDT_Float32, "dstNodata": "nan", **options}
    names: list[str] = []
    first = 0
    for path in source.paths:
        dataset, name = open_raster(path), f"/vsimem/geodl_{uuid.uuid4().hex}.vrt"
        bands = range(first, first + dataset.RasterCount)
        gdal.Warp(
            name,
            dataset,
            options=["-nosrcalpha"],  # a band that is tagged as alpha is a band like any other
            format="VRT",
            srcSRS=source.grid.crs or grid.crs or None,
            dstSRS=grid.crs or None,
            outputBounds=(x_min, y_min, x_max, y_max),
            width=grid.width,
            height=grid.height,
            resampleAlg=method,
            warpOptions=["UNIFIED_SRC_NODATA=NO"],  # each band by itself, as elsewhere
            **{**_source_nodata(dataset, [source.nodata[band] for band in bands]), **options},
        )
        names.append(name)
        first += dataset.RasterCount
    found = Source(source.name, names, bands_of=source)
    weakref.finalize(found, _remove, names)
    if not found.grid.coincides(grid):
        raise InputError(
            tr("{paths} cannot be resampled to the first source, which is rotated or south-up.").format(
                paths=", ".join(source.paths)
            ),
            remedy=tr("Warp both to one north-up grid first."),
        )
    return found


def _source_nodata(dataset: gdal.Dataset, nodata: list[float | None]) -> dict[str, str]:
    """The option of `gdal.Warp` for no-data values that the file itself does not have."""
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    if all(value is None or band.GetNoDataValue() is not None for band, value in zip(bands, nodata)):
        return {}
    return {"srcNodata": " ".join("nan" if value is None else f"{value:.17g}" for value in nodata)}


def _remove(names: list[str]) -> None:
    for name in names:
        gdal.Unlink(name)
