"""Rasters that are written block by block: georeferenced, tiled, compressed, described."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..class_raster import write_classes
from ..classes import ClassMap
from ..errors import InputError
from ..grid import Grid, Window

_TYPES = {
    "uint8": gdal.GDT_Byte,
    "int16": gdal.GDT_Int16,
    "uint16": gdal.GDT_UInt16,
    "int32": gdal.GDT_Int32,
    "uint32": gdal.GDT_UInt32,
    "float32": gdal.GDT_Float32,
}
_OPTIONS = ("TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=6", "BIGTIFF=IF_SAFER", "NUM_THREADS=ALL_CPUS")


class RasterWriter:
    """A GeoTIFF that is being written; `close` when all blocks are in.

    Args:
        path: the file to make.
        grid: its pixels.
        dtype: type of the values.
        bands: number of bands.
    """

    def __init__(self, path: Path, grid: Grid, dtype: np.dtype, bands: int) -> None:
        if path.suffix.lower() not in (".tif", ".tiff"):
            raise InputError(
                f"The map {path.name} cannot be written.",
                expected="a file name that ends with .tif",
                received=path.suffix,
            )
        options = [*_OPTIONS, f"PREDICTOR={3 if dtype.kind == 'f' else 1}", "INTERLEAVE=PIXEL"]
        self._dataset = gdal.GetDriverByName("GTiff").Create(
            str(path), grid.width, grid.height, bands, _TYPES[dtype.name], options
        )
        if grid.transform != (0.0, 1.0, 0.0, 0.0, 0.0, 1.0):  # what GDAL says of a raster without a place
            self._dataset.SetGeoTransform(grid.transform)
        if grid.crs:
            self._dataset.SetProjection(grid.crs)

    def describe_classes(self, classes: ClassMap) -> None:
        """Name and colour the values of the only band."""
        write_classes(self._dataset.GetRasterBand(1), classes)

    def describe_bands(self, names: Sequence[str], nodata: float) -> None:
        """Name the bands and set their no-data value."""
        for number, name in enumerate(names, start=1):
            band = self._dataset.GetRasterBand(number)
            band.SetDescription(name)
            band.SetNoDataValue(nodata)

    def write(self, window: Window, values: NDArray) -> None:
        """Write a block, [y, x] or [y, x, bands]."""
        interleaved = np.ascontiguousarray(values.reshape(*window.shape, -1))
        self._dataset.WriteArray(np.moveaxis(interleaved, -1, 0), window.col, window.row)

    def drop(self) -> None:
        """Let go of the file, finished or not: GDAL would write to it later."""
        self._dataset = None

    def close(self) -> None:
        """Finish the file.

        Raises:
            InputError: the disk is full, or another fault of writing.
        """
        try:
            self._dataset.FlushCache()
        except RuntimeError as error:
            raise InputError("The map cannot be written to the end.", received=str(error)) from error
        self._dataset = None
