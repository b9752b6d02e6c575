"""Rasters as GDAL opens them: their grid, their types, their masks and which of their blocks are stored."""

from __future__ import annotations

import numpy as np
from osgeo import gdal

from ..errors import InputError
from ..language import tr
from . import pixel_types
from .connections import Connection
from .crs import crs_name
from .grid import Grid, Window


def open_raster(path: str) -> gdal.Dataset:
    """Open a raster for reading.

    Args:
        path: a file, or any text that `Connection.parse` reads.

    Raises:
        InputError: it is missing or not a raster.
    """
    try:
        return Connection.parse(path).open(gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
    except RuntimeError as error:
        raise InputError(
            tr("The raster {path} cannot be opened.").format(path=path),
            expected=tr("a raster file that GDAL reads"),
            received=str(error),
        ) from error


def grid_of(dataset: gdal.Dataset, path: str) -> Grid:
    """The grid of a raster, in the CRS that its path says, or else in its own.

    Args:
        dataset: the raster.
        path: what it was opened from.

    Raises:
        InputError: there is no CRS such as the path says.
    """
    crs = Connection.parse(path).wkt() or dataset.GetProjection()
    return Grid(dataset.RasterXSize, dataset.RasterYSize, tuple(dataset.GetGeoTransform()), crs)


def dtype_of(band: gdal.Band, path: str) -> np.dtype:
    """The type of a band's values.

    Args:
        band: of a raster.
        path: what the raster was opened from, for the message.

    Raises:
        InputError: it has no real numbers.
    """
    dtype = pixel_types.numpy_dtype(band.DataType)
    if dtype is None:
        raise InputError(
            tr("The raster {path} cannot be used.").format(path=path),
            expected=tr("real numbers: {names}").format(names=tr(pixel_types.NAMES)),
            received=gdal.GetDataTypeName(band.DataType),
        )
    return dtype


def has_mask(dataset: gdal.Dataset) -> bool:
    """Whether a raster has a mask of its own for all bands; no-data values and alpha bands are none.

    Args:
        dataset: the raster.
    """
    flags = dataset.GetRasterBand(1).GetMaskFlags() if dataset.RasterCount else 0
    return bool(flags & gdal.GMF_PER_DATASET) and not flags & gdal.GMF_ALPHA


def has_no_block(band: gdal.Band, window: Window) -> bool:
    """Whether a file stores no block for a window, so that it stands for the band's own no-data value.

    Args:
        band: of a raster.
        window: pixels inside the raster.
    """
    if band.GetNoDataValue() is None:
        return False
    flags, _ = band.GetDataCoverageStatus(*window)
    return bool(flags == gdal.GDAL_DATA_COVERAGE_STATUS_EMPTY)


def describe_grid(grid: Grid) -> str:
    """A grid for messages: its size, its pixels and its CRS.

    Args:
        grid: the pixels.
    """
    x, dx, _, y, _, dy = grid.transform
    size = tr("{width} × {height} pixels of {dx:.9g} × {dy:.9g}").format(
        width=grid.width, height=grid.height, dx=dx, dy=dy
    )
    return tr("{size} from ({x:.10g}, {y:.10g}), {crs}").format(size=size, x=x, y=y, crs=crs_name(grid.crs))
