"""Maps of several images as one raster."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from osgeo import gdal

from ..errors import InputError
from ..language import tr
from ..rasters.crs import crs_name
from ..rasters.grid import Grid
from ..rasters.nesting import Nesting
from ..runtime import files
from ..runtime.companions import discard
from .raster_format import RasterFormat
from .raster_writer import copy_raster, gdal_errors


def join_maps(maps: Sequence[str], target: str, raster_format: RasterFormat) -> None:
    """Join maps of one model on one grid; where they overlap, the first that has data is on top.

    Args:
        maps: GeoTIFFs.
        target: the file to make.
        raster_format: in which it is stored.

    Raises:
        InputError: their grids do not fit together, or the file cannot be written.
    """
    with gdal_errors(tr("The maps cannot be joined.")):
        _check_grids(maps)
    with files.unfinished(target) as part:
        folder = Path(tempfile.mkdtemp(prefix="geodl_"))
        try:
            with gdal_errors(tr("The maps cannot be joined.")):
                plan = folder / "maps.vrt"
                joined = gdal.BuildVRT(str(plan), list(reversed(maps)))  # GDAL puts the last on top
                _describe(joined, gdal.Open(maps[0]))
                joined = None  # writes the file
            copy_raster(plan, part, raster_format)
        finally:
            discard(folder)


def _check_grids(maps: Sequence[str]) -> None:
    """Raise `InputError` if maps do not have the same CRS, pixel size and pixel edges, or are turned."""
    first = _grid(maps[0])
    if first.transform[2] or first.transform[4] or first.transform[5] > 0:
        raise InputError(
            tr("These maps cannot be joined: the maps themselves are made."),
            expected=tr("images whose rows go from west to east, and from north to south"),
            received=maps[0],
            remedy=tr("Leave out the mosaic, or bring the images to such a grid first (Warp)."),
        )
    for path in maps[1:]:
        other = _grid(path)
        nesting = Nesting.between(first, other)
        if nesting is None or nesting.ratio != 1:
            raise InputError(
                tr("These maps cannot be joined, since their grids differ: the maps themselves are made."),
                expected=tr("the grid of {map}: {grid}").format(map=maps[0], grid=_text(first)),
                received=f"{path}: {_text(other)}",
                remedy=tr("Leave out the mosaic, or bring the images to one grid first (Warp)."),
            )


def _grid(path: str) -> Grid:
    dataset = gdal.Open(path)
    return Grid(dataset.RasterXSize, dataset.RasterYSize, dataset.GetGeoTransform(), dataset.GetProjection())


def _text(grid: Grid) -> str:
    x0, width, _, y0, _, height = grid.transform
    return tr("{crs}, pixels of {width:g} × {height:g}, corner {x0:.10g}, {y0:.10g}").format(
        crs=crs_name(grid.crs), width=width, height=-height, x0=x0, y0=y0
    )


def _describe(joined: gdal.Dataset, first: gdal.Dataset) -> None:
    """Give the joined bands what the first map says of its own."""
    for number in range(1, first.RasterCount + 1):
        band, known = joined.GetRasterBand(number), first.GetRasterBand(number)
        table: Any = known.GetDefaultRAT()
        band.SetDescription(known.GetDescription())
        if known.GetCategoryNames():
            band.SetCategoryNames(known.GetCategoryNames())
        if table is not None:
            band.SetDefaultRAT(table)
        if known.GetScale() not in (None, 1):
            band.SetScale(known.GetScale())
            band.SetOffset(0)
