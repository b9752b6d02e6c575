"""Burns geometries onto pixels, the same in any window of a grid.

A polygon covers the pixels whose centre lies in it, which GDAL finds.  A line covers every pixel that it touches, and
a point the pixel that it lies in.  Those are found here: GDAL clips a line to the raster that it is drawn into, so that
the pixels at the edge of a tile differ from those of the whole, and it knows no tolerance, so that a corner of pixels
may come out on either side.  A point on the edge of two pixels belongs to the one with the higher index, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from ..rasters.grid import Grid, Window, snapped
from ..rasters.pixel_types import gdal_type_of

Burn = Callable[[NDArray, Window, int], None]
"""Burns an attribute, by its number, into the image [y, x] of a window of a grid; later geometries win."""


@dataclass(frozen=True)
class PolygonRasterizer:
    """Burns polygons.

    Args:
        layer: polygons in the CRS of a grid; their fields are what to burn, one an attribute.
        dataset: owner of the layer, kept alive with it.
    """

    layer: ogr.Layer
    dataset: gdal.Dataset

    @classmethod
    def from_geometries(
        cls, geometries: Sequence[ogr.Geometry], values: Sequence[tuple[int, ...]], crs: str = ""
    ) -> PolygonRasterizer:
        """Collect (multi-)polygons.

        Args:
            geometries: in the CRS of the grid.
            values: the attributes of each.
            crs: of the geometries, as WKT; empty: unknown.
        """
        memory = gdal.GetDriverByName("MEM")  # also for vectors from GDAL 3.11 on, where "Memory" is deprecated
        driver = memory if memory.GetMetadataItem(gdal.DCAP_VECTOR) else gdal.GetDriverByName("Memory")
        dataset = driver.Create("", 0, 0, 0, gdal.GDT_Unknown)
        layer = dataset.CreateLayer("polygons", osr.SpatialReference(wkt=crs) if crs else None, ogr.wkbUnknown)
        for number in range(len(values[0])):
            layer.CreateField(ogr.FieldDefn(_field(number), ogr.OFTInteger))
        for geometry, attributes in zip(geometries, values):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(geometry)
            for number, attribute in enumerate(attributes):
                feature.SetField(_field(number), attribute)
            layer.CreateFeature(feature)
        return cls(layer, dataset)

    def burner(self, grid: Grid) -> Burn:
        """A function that burns an attribute into the image of a window.

        Args:
            grid: whose windows they are.
        """
        return lambda image, window, attribute: self._burn(image, grid.sub(window), f"ATTRIBUTE={_field(attribute)}")

    def counter(self, grid: Grid) -> Callable[[NDArray, Window], None]:
        """A function that adds 1 to the pixels of a window's image for each polygon that covers them.

        Args:
            grid: whose windows they are.
        """
        return lambda image, window: self._burn(image, grid.sub(window), "MERGE_ALG=ADD")

    def _burn(self, image: NDArray, grid: Grid, option: str) -> None:
        """Burn into an image [y, x] of integers with an option of ``gdal.RasterizeLayer``."""
        self.layer.SetSpatialFilterRect(*grid.bounds())
        if self.layer.GetFeatureCount() > 0:
            gdal_type = gdal_type_of(image.dtype)
            target = gdal.GetDriverByName("MEM").Create("", grid.width, grid.height, 1, gdal_type)
            target.SetGeoTransform(grid.transform)
            target.SetProjection(grid.crs)
            target.WriteArray(image)
            gdal.RasterizeLayer(target, [1], self.layer, burn_values=[1], options=[option])
            image[...] = target.ReadAsArray()
        self.layer.SetSpatialFilter(None)


@dataclass(frozen=True)
class LineRasterizer:
    """Burns lines.

    Args:
        ends: x and y of the start and of the end of straight pieces on the ground, [piece, 4].
        values: what to burn, [piece, attribute].
    """

    ends: NDArray[np.float64]
    values: NDArray[np.int64]

    @classmethod
    def from_geometries(cls, geometries: Sequence[ogr.Geometry], values: Sequence[tuple[int, ...]]) -> LineRasterizer:
        """Collect the pieces of (multi-)lines.

        Args:
            geometries: in the CRS of the grid.
            values: the attributes of each.
        """
        ends, of_piece = [], []
        for geometry, attributes in zip(geometries, values):
            for line in _members(geometry):
                points = np.array(line.GetPoints())[:, :2]
                ends.append(np.concatenate([points[:-1], points[1:]], axis=1))
                of_piece.append(np.tile(attributes, (len(points) - 1, 1)))
        return cls(np.concatenate(ends), np.concatenate(of_piece))

    def burner(self, grid: Grid) -> Burn:
        """A function that burns an attribute into the image of a window.

        Args:
            grid: whose windows they are.
        """
        start, end = grid.fractional_pixels(*self.ends[:, :2].T), grid.fractional_pixels(*self.ends[:, 2:].T)
        pieces = snapped(np.stack([*start, *end], axis=1))
        return lambda image, window, attribute: _draw(image, window, pieces, self.values[:, attribute])


@dataclass(frozen=True)
class PointRasterizer:
    """Burns points.

    Args:
        points: x and y on the ground, [point, 2].
        values: what to burn, [point, attribute].
    """

    points: NDArray[np.float64]
    values: NDArray[np.int64]

    @classmethod
    def from_geometries(cls, geometries: Sequence[ogr.Geometry], values: Sequence[tuple[int, ...]]) -> PointRasterizer:
        """Collect (multi-)points.

        Args:
            geometries: in the CRS of the grid.
            values: the attributes of each.
        """
        points, of_point = [], []
        for geometry, attributes in zip(geometries, values):
            for point in _members(geometry):
                points.append((point.GetX(), point.GetY()))
                of_point.append(attributes)
        return cls(np.array(points, float), np.array(of_point, np.int64))

    def burner(self, grid: Grid) -> Burn:
        """A function that burns an attribute into the image of a window.

        Args:
            grid: whose windows they are.
        """
        find = self._finder(grid)

        def burn(image: NDArray, window: Window, attribute: int) -> None:
            rows, cols, points = find(window)
            image[rows, cols] = self.values[points, attribute]

        return burn

    def counter(self, grid: Grid) -> Callable[[NDArray, Window], None]:
        """A function that adds 1 to the pixels of a window's image for each point that lies in them.

        Args:
            grid: whose windows they are.
        """
        find = self._finder(grid)

        def count(image: NDArray, window: Window) -> None:
            rows, cols, _ = find(window)
            np.add.at(image, (rows, cols), 1)

        return count

    def _finder(self, grid: Grid) -> Callable[[Window], tuple[NDArray, NDArray, NDArray]]:
        """A function that gives row and column in a window, and number, of the points that lie in it."""
        cols, rows = grid.pixels(*self.points.T)

        def find(window: Window) -> tuple[NDArray, NDArray, NDArray]:
            own_cols, own_rows = cols - window.col, rows - window.row
            inside = (own_cols >= 0) & (own_cols < window.width) & (own_rows >= 0) & (own_rows < window.height)
            points = np.flatnonzero(inside)
            return own_rows[points], own_cols[points], points

        return find


def _field(number: int) -> str:
    """The name of the field of an attribute."""
    return f"attribute_{number}"


def _members(geometry: ogr.Geometry) -> list[ogr.Geometry]:
    """The lines or points that a geometry consists of; it is one itself, or a collection of them."""
    count = geometry.GetGeometryCount()
    return [geometry.GetGeometryRef(number) for number in range(count)] if count else [geometry]


def _draw(image: NDArray, window: Window, pieces: NDArray[np.float64], values: NDArray[np.int64]) -> None:
    """Burn straight pieces of lines into the image of a window; later ones win.

    Each piece is followed row by row.  The one from (0.5, 0.5) to (2.5, 1.5) runs from column 0.5 to 1.5 while it is in
    row 0, which are pixels 0 and 1, and from 1.5 to 2.5 in row 1, which are pixels 1 and 2.

    Args:
        image: pixels of the window, [y, x].
        window: where they lie in the grid.
        pieces: column and row of the start and of the end of the pieces, in fractional pixels, [piece, 4].
        values: what to burn, [piece].
    """
    low, high = np.floor(np.minimum(pieces[:, :2], pieces[:, 2:])), np.floor(np.maximum(pieces[:, :2], pieces[:, 2:]))
    first, last = (window.col, window.row), (window.col + window.width - 1, window.row + window.height - 1)
    for piece in np.flatnonzero(((high >= first) & (low <= last)).all(axis=1)):
        col0, row0, col1, row1 = pieces[piece]
        rows = np.arange(max(low[piece, 1], first[1]), min(high[piece, 1], last[1]) + 1)
        if row0 == row1:
            left, right = np.array([min(col0, col1)]), np.array([max(col0, col1)])
        else:
            upper, lower = np.clip([rows, rows + 1], min(row0, row1), max(row0, row1))
            slope = (col1 - col0) / (row1 - row0)
            at_upper, at_lower = col0 + (upper - row0) * slope, col0 + (lower - row0) * slope
            left, right = np.minimum(at_upper, at_lower), np.maximum(at_upper, at_lower)
        starts = np.clip(np.floor(left) - window.col, 0, window.width).astype(int)
        ends = np.clip(np.floor(right) + 1 - window.col, 0, window.width).astype(int)
        for row, start, end in zip((rows - window.row).astype(int).tolist(), starts.tolist(), ends.tolist()):
            image[row, start:end] = values[piece]
