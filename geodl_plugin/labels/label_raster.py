"""Label rasters: class values or continuous values by pixel, on the grid of another raster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..errors import InputError
from ..language import tr
from ..rasters.connections import Connection
from ..rasters.coverage import covered
from ..rasters.crs import same_crs, transform_points
from ..rasters.grid import Grid, Window, tiles
from ..rasters.opening import open_raster
from ..rasters.raster import Source
from ..rasters.resampling import resampled
from ..runtime.reporter import Reporter
from .class_raster import described, read_names
from .classes import MAXIMUM_CLASSES, ClassList

_TILE = 2048

_TOLERANCE = 1e-6


def read_label_raster(
    path: str, grid: Grid, reporter: Reporter, *, named: bool = False
) -> tuple[ClassList, Callable[[Window], NDArray]]:
    """Open a raster of class values.

    A raster on another grid is resampled to the nearest pixel.  No-data pixels are unlabelled.  Names and
    colours come from the raster's category names and colour table where it has them.

    Args:
        path: raster with one band of integers.
        grid: the grid that windows count on.
        reporter: receives warnings, and can cancel the search for the values that occur.
        named: classes that the raster names are classes even if no pixel has their value.

    Returns:
        The classes, and a function that gives the class indices of a window of ``grid``, [y, x].

    Raises:
        InputError: the raster does not hold one band of integers, or has no value.
    """
    stored, source = Source("labels", [path]).stored, label_source(path, grid)
    if stored.kind not in "iu" or source.bands != 1:
        raise InputError(
            tr("The raster {path} cannot give class labels.").format(path=path),
            expected=tr("one band of integers"),
            received=tr("{bands} bands of {name}").format(bands=source.bands, name=stored.name),
        )
    dataset = open_raster(path)  # a band does not keep its dataset alive
    band = dataset.GetRasterBand(1)
    limits = np.iinfo(stored.name)
    named_values = set(read_names(band)) if named else set()
    values = {value for value in named_values if limits.min <= value <= limits.max}
    if named_values - values:
        reporter.warning(
            tr(
                "The attribute table or the category names of {path} have values that its type, {type}, cannot hold: "
                "{values}. They are left out."
            ).format(path=path, type=stored.name, values=", ".join(map(str, sorted(named_values - values))))
        )
    for window in tiles(grid.window, _TILE):
        found = _distinct(source.read(window).ravel())
        values |= {int(value) for value in found[np.isfinite(found)].tolist()}  # NaN: outside the raster's mask
        if len(values) > MAXIMUM_CLASSES:
            raise InputError(
                tr("The raster {path} has too many classes.").format(path=path),
                expected=tr("at most {maximum}").format(maximum=MAXIMUM_CLASSES),
            )
        reporter.check_cancelled()
    values.discard(source.nodata[0])
    if not values:
        raise InputError(
            tr("The raster {path} has no class within the image.").format(path=path),
            expected=tr("pixels with a class value, rather than no-data"),
            received=tr("none"),
        )
    classes = described(ClassList.from_values(values), band)
    index_of = classes.index_lookup(source.dtype)
    return classes, lambda window: index_of(source.read(window)[..., 0])


def _distinct(values: NDArray) -> NDArray:
    """The values that occur; fast where many neighbours are equal."""
    differs = np.ones(len(values), bool)
    differs[1:] = values[1:] != values[:-1]
    return np.unique(values[differs])


def label_source(path: str, grid: Grid) -> Source:
    """Open a raster of classes as a source on a grid, resampled to the nearest pixel if it lies on another.

    Args:
        path: raster in any CRS.
        grid: the pixels.

    Raises:
        InputError: the raster does not cover the grid and has no no-data value, or cannot be resampled.
    """
    source = Source("labels", [path])
    if source.grid.coincides(grid) and same_crs(source.grid.crs, grid.crs):
        return source
    if source.nodata[0] is None and not source.has_mask and covered(grid, source) != grid.window:
        raise InputError(
            tr("The raster {path} does not cover the image and has no no-data value.").format(path=path),
            expected=tr("a no-data value, for the pixels that have no label"),
            received=tr("none"),
            remedy=tr("Set one with Translate (convert format)."),
        )
    return resampled(source, grid, "near")


class ValueRaster:
    """A raster of continuous values, such as tree cover in percent, on the grid of another raster.

    A raster on another grid, in any CRS, is resampled: bilinearly, or, if its pixels are smaller, by the average
    of those on the ground of each pixel.  Values that are no data, NaN or infinite are unlabelled.

    Args:
        path: raster with one band of real numbers.
        grid: the grid that windows count on.

    Attributes:
        name: of the values: the band's description, or else the file's name.
        source: the raster on the grid.

    Raises:
        InputError: it has more than one band, or cannot be resampled.
    """

    def __init__(self, path: str, grid: Grid) -> None:
        source = Source("labels", [path])
        if source.bands != 1:
            raise InputError(
                tr("The raster {path} cannot give labels of continuous values.").format(path=path),
                expected=tr("one band of real numbers"),
                received=tr("{bands} bands").format(bands=source.bands),
            )
        dataset = open_raster(path)  # a band does not keep its dataset alive
        self.name = dataset.GetRasterBand(1).GetDescription() or Path(Connection.parse(path).name).stem
        if not (source.grid.coincides(grid) and same_crs(source.grid.crs, grid.crs)):
            missing = {"srcNodata": "nan"} if source.nodata == [None] and source.dtype.kind == "f" else {}
            way = "average" if _is_finer(source.grid, grid) else "bilinear"
            source = resampled(source, grid, way, outputType=gdal.GDT_Float32, dstNodata="nan", **missing)
        self.source = source

    def values(self, pixels: NDArray) -> NDArray[np.float32]:
        """The labels of pixels.

        Args:
            pixels: what `source` reads, [y, x, 1].

        Returns:
            Values, [y, x]; NaN where unlabelled.
        """
        with np.errstate(over="ignore"):
            found: NDArray[np.float32] = pixels[..., 0].astype(np.float32)
        found[self.source.is_nodata(pixels) | np.isinf(found)] = np.nan
        return found

    def read(self, window: Window) -> NDArray[np.float32]:
        """Read the labels of a window of the grid.

        Args:
            window: pixels of the grid.

        Returns:
            Values, [y, x]; NaN where unlabelled.
        """
        return self.values(self.source.read(window))


def _is_finer(grid: Grid, other: Grid) -> bool:
    """Whether the pixels of a grid are smaller on the ground than those of another, in the middle of the other."""
    col, row = other.width / 2, other.height / 2
    x, y = other.ground(np.array([col, col + 1, col]), np.array([row, row, row + 1]))
    if not same_crs(other.crs, grid.crs):
        x, y = transform_points(x, y, other.crs, grid.crs)
    cols, rows = grid.fractional_pixels(x, y)
    pixels = abs((cols[1] - cols[0]) * (rows[2] - rows[0]) - (cols[2] - cols[0]) * (rows[1] - rows[0]))
    return bool(pixels > 1 + _TOLERANCE)
