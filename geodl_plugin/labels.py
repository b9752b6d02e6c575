"""Label rasters: class values by pixel, seen on the grid of another raster."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from .class_raster import described, read_names
from .classes import ClassMap
from .errors import InputError
from .grid import Grid, Window, tiles
from .raster import Source, open_raster
from .reporter import Reporter

_TILE = 2048
_MOST_CLASSES = 65535


def read_label_raster(
    path: str, grid: Grid, reporter: Reporter, *, named: bool = False
) -> tuple[ClassMap, Callable[[Window], NDArray]]:
    """Open a raster of class values.

    A raster on another grid is resampled to the nearest pixel.  No-data pixels are unlabelled.  Names and
    colours come from the raster's category names and colour table where it has them.

    Args:
        path: raster with one band of integers.
        grid: the grid that windows count on.
        reporter: asked whether to stop during the search for the values that occur.
        named: classes that the raster names are classes even if no pixel has their value.

    Returns:
        The classes, and a function that gives the class indices of a window of ``grid``.

    Raises:
        InputError: it is no raster of integers, or has no value.
    """
    source = label_source(path, grid)
    if source.dtype.kind not in "iu" or source.bands != 1:
        raise InputError(
            f"The raster {path} cannot give class labels.",
            expected="one band of integers",
            received=f"{source.bands} bands of {source.dtype.name}",
        )
    dataset = open_raster(path)  # a band does not keep its dataset alive
    band = dataset.GetRasterBand(1)
    values = set(read_names(band)) if named else set()
    for window in tiles(grid.window, _TILE):
        found = source.read(window)
        values |= set(np.unique(found[~source.is_nodata(found)]).tolist())
        if len(values) > _MOST_CLASSES:
            raise InputError(f"The raster {path} has too many classes.", expected=f"at most {_MOST_CLASSES}")
        reporter.check_cancelled()
    if not values:
        raise InputError(
            f"The raster {path} has no class within the image.", expected="values that are not no-data", received="none"
        )
    classes = described(ClassMap.from_values(values), band)
    known = np.array(classes.values)

    def read(window: Window) -> NDArray:
        found = source.read(window)[..., 0]
        index = np.searchsorted(known, found).clip(0, len(known) - 1)
        return np.where(
            (known[index] == found) & ~source.is_nodata(found[..., None]), index, classes.unlabelled
        ).astype(classes.label_dtype)

    return classes, read


def label_source(path: str, grid: Grid) -> Source:
    """A raster of classes as a source on ``grid``, resampled to the nearest pixel if it lies on another."""
    source = Source("labels", [path])
    if source.grid.coincides(grid):
        return source
    dataset = open_raster(path)
    if dataset.GetRasterBand(1).GetNoDataValue() is None and not _covers(source.grid, grid):
        raise InputError(
            f"The raster {path} does not cover the image and has no no-data value.",
            expected="a no-data value, for the pixels that have no label",
            received="none",
            remedy="Set one with Translate (convert format).",
        )
    x_min, y_min, x_max, y_max = grid.bounds()
    name = f"/vsimem/geodl_{id(dataset)}.vrt"
    gdal.Warp(
        name,
        dataset,
        format="VRT",
        dstSRS=grid.crs,
        outputBounds=(x_min, y_min, x_max, y_max),
        width=grid.width,
        height=grid.height,
        resampleAlg="near",
    )
    resampled = Source("labels", [name])
    if not resampled.grid.coincides(grid):
        raise InputError(
            f"The raster {path} lies on another grid than the image, and the image is rotated or south-up.",
            remedy="Warp both to one north-up grid first.",
        )
    return resampled


def _covers(outer: Grid, inner: Grid) -> bool:
    left, bottom, right, top = outer.bounds()
    x_min, y_min, x_max, y_max = inner.bounds()
    return outer.crs == inner.crs and left <= x_min and bottom <= y_min and right >= x_max and top >= y_max
