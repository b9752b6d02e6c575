"""Labelled geometries: read in a raster's coordinates, and burnt onto its pixels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from ..errors import InputError
from ..rasters.crs import name_of
from ..rasters.grid import Grid, Window
from ..runtime.reporter import Reporter
from ..vectors.lines import Lines, Spots
from ..vectors.reprojection import ToGrid, parts
from ..vectors.vector_file import crs_of, features_of, field_kind, first_layer, is_missing
from .classes import ClassList
from .splits import SPLITS

_INDEX, _SPLIT = _FIELDS = ("class_index", "split_index")
_SURFACES = (ogr.wkbPolyhedralSurface, ogr.wkbTIN, ogr.wkbTriangle)
_SMALL = 16  # pixels: smaller polygons are looked at one by one


@dataclass(frozen=True)
class LabelledGeometries:
    """Geometries with a class index, in the coordinates of a grid.

    Args:
        layers: polygons as OGR layers in memory with class and split index as fields, or lines or points with the
            same as values; the later lie above the earlier ones.
        classes: what the indices mean.
        dataset: owner of the layers, kept alive with them.
        text_classes: the class field holds text.
        features: how many of each class meet the grid, [class].
    """

    layers: list[ogr.Layer | Lines | Spots]
    classes: ClassList
    dataset: gdal.Dataset
    text_classes: bool
    features: NDArray[np.int64]

    def burner(self, grid: Grid) -> Callable[[Window], NDArray]:
        """A function that gives the class indices of a window of ``grid``, the unlabelled index elsewhere."""
        return self._burner(grid, _INDEX, self.classes.label_dtype, self.classes.unlabelled)

    def split_burner(self, grid: Grid) -> Callable[[Window], NDArray]:
        """A function that gives the split of the pixels of a window, as an index into `SPLITS`."""
        return self._burner(grid, _SPLIT, np.dtype(np.uint8), len(SPLITS))

    def overlap_counter(self, grid: Grid) -> Callable[[Window], int]:
        """A function that gives the number of pixels of a window that lie in more than one polygon or point."""

        finders = [layer.finder(grid) if isinstance(layer, Spots) else None for layer in self.layers]

        def count(window: Window) -> int:
            image = np.zeros(window.shape, np.uint16)
            for layer, inside in zip(self.layers, finders):
                if inside is not None:
                    rows, cols, _ = inside(window)
                    np.add.at(image, (rows, cols), 1)
                elif not isinstance(layer, Lines):
                    image = _burn(layer, grid.sub(window), image, "MERGE_ALG=ADD")
            return int((image > 1).sum())

        return count

    def _burner(self, grid: Grid, field: str, dtype: np.dtype, fill: int) -> Callable[[Window], NDArray]:
        burners = [layer.burner(grid) if isinstance(layer, (Lines, Spots)) else None for layer in self.layers]

        def burn(window: Window) -> NDArray:
            image = np.full(window.shape, fill, dtype)
            for layer, draw in zip(self.layers, burners):
                if draw is not None:
                    draw(image, window, _FIELDS.index(field))
                else:
                    image = _burn(layer, grid.sub(window), image, f"ATTRIBUTE={field}")
            return image

        return burn


@dataclass(frozen=True)
class _Feature:
    """A geometry in the CRS of a grid, its class value, and the index of its split."""

    geometry: ogr.Geometry
    value: int | str
    split: int


def read_labels(
    path: str,
    class_field: str,
    grid: Grid,
    reporter: Reporter,
    *,
    name: str = "",
    split_field: str = "",
    keep_tiny: bool = False,
) -> LabelledGeometries:
    """Read the labelled geometries of the first layer of a file.

    Features without geometry or class are left out, invalid geometries are repaired; both are warned about.

    Args:
        path: vector file in any CRS.
        class_field: integer or text field; empty: all features are of one class.
        grid: where they are to be burnt; they come in its CRS.
        reporter: hears the warnings.
        name: what the user calls the layer, for messages.
        split_field: text field with train, valid or test; features where it is empty are left out; empty: all train.
        keep_tiny: a polygon that holds no pixel's centre gets the pixel that holds a point inside it.

    Raises:
        InputError: no such field, a field of another type, or nothing that lies on the grid.
    """
    with first_layer(path) as layer:
        name = name or layer.GetName()
        features, extent = _read_features(layer, class_field, split_field, grid, name, reporter)
    inside = [feature for feature in features if _meets(feature.geometry, grid)]
    if not inside:
        raise InputError(
            f"The layer {name} and the raster do not overlap.",
            expected=f"features within {_extent(*grid.bounds())} (in the raster's CRS, {name_of(grid.crs)})",
            received=extent or "no usable feature",
            remedy="Check the layer's CRS and the choice of raster.",
        )
    return _in_memory(inside, grid, keep_tiny)


def read_areas(path: str, grid: Grid, reporter: Reporter, *, name: str = "") -> Callable[[Window], NDArray[np.bool_]]:
    """A function that tells which pixels of a window of a grid lie in a feature of a vector file, by their centre.

    Args:
        path: vector file in any CRS.
        grid: the pixels.
        reporter: hears what is left out.
        name: what the user calls the layer, for messages.

    Raises:
        InputError: no feature meets the grid.
    """
    labels = read_labels(path, "", grid, reporter, name=name)
    burn, outside = labels.burner(grid), labels.classes.unlabelled
    return lambda window: burn(window) != outside


def _read_features(
    layer: ogr.Layer, class_field: str, split_field: str, grid: Grid, name: str, reporter: Reporter
) -> tuple[list[_Feature], str]:
    """The usable features around the grid, and the extent of all usable ones, for messages; empty if there is none."""
    convert = field_kind(layer, class_field, name) if class_field else None
    if split_field:
        field_kind(layer, split_field, name)
    crs = crs_of(layer, grid, name, reporter)
    to_grid = ToGrid(crs, grid)
    features: list[_Feature] = []
    usable = 0
    skipped = repaired = without_split = 0
    for feature in features_of(layer):
        geometry = feature.GetGeometryRef()
        value = feature.GetField(class_field) if class_field else 1
        if geometry is None or geometry.IsEmpty() or is_missing(value):
            skipped += 1
            continue
        split = feature.GetField(split_field) if split_field else SPLITS[0]
        if is_missing(split):
            without_split += 1
            continue
        if split not in SPLITS:
            raise InputError(
                f"The field {split_field} of the layer {name} has a value that is no split.",
                expected=", ".join(SPLITS),
                received=str(split),
            )
        geometry = _flat(geometry)
        if not geometry.IsValid():
            geometry, repaired = geometry.MakeValid(), repaired + 1
        try:
            geometry = to_grid(geometry)
        except RuntimeError:  # such as a point beyond the pole
            skipped += 1
            continue
        usable += 1
        if not geometry.IsEmpty():
            features.append(_Feature(geometry, convert(value) if convert else 1, SPLITS.index(split)))
    if skipped:
        reporter.warning(
            f"{skipped} features of {name} have no geometry, no class or no place in the raster's CRS and are left out."
        )
    if without_split:
        reporter.warning(f"{without_split} features of {name} have no value of {split_field} and are left out.")
    if repaired:
        reporter.warning(f"{repaired} geometries of {name} were invalid and have been repaired.")
    left, right, bottom, top = layer.GetExtent() if usable else (0, 0, 0, 0)
    return features, f"{_extent(left, bottom, right, top)} (in {name_of(crs or grid.crs)})" if usable else ""


def _flat(geometry: ogr.Geometry) -> ogr.Geometry:
    """A copy of two dimensions without curves: what GDAL can burn."""
    if ogr.GT_Flatten(geometry.GetGeometryType()) in _SURFACES:
        flat = ogr.ForceToMultiPolygon(geometry.Clone())
        flat.FlattenTo2D()
        faces = ogr.Geometry(ogr.wkbMultiPolygon)
        for number in range(flat.GetGeometryCount()):
            if flat.GetGeometryRef(number).GetArea() > 0:  # not upright
                faces.AddGeometry(flat.GetGeometryRef(number))
        return faces.UnionCascaded()
    if ogr.GT_Flatten(geometry.GetGeometryType()) == ogr.wkbGeometryCollection:
        flat = ogr.Geometry(ogr.wkbGeometryCollection)
        for number in range(geometry.GetGeometryCount()):
            flat.AddGeometry(_flat(geometry.GetGeometryRef(number)))
        return flat
    flat = geometry.GetLinearGeometry()
    flat.FlattenTo2D()
    return flat


def _burn(layer: ogr.Layer, grid: Grid, image: NDArray, option: str) -> NDArray:
    """The image with a layer's geometries burnt: pixels whose centre a polygon holds, or that a point lies in.

    Args:
        layer: geometries in the CRS of ``grid``; of overlapping ones the later wins.
        grid: the pixels.
        image: what is there already.
        option: what is burnt, an option of ``gdal.RasterizeLayer``.
    """
    layer.SetSpatialFilterRect(*grid.bounds())
    if layer.GetFeatureCount() > 0:
        kind = gdal.GDT_Byte if image.dtype == np.uint8 else gdal.GDT_UInt16
        target = gdal.GetDriverByName("MEM").Create("", grid.width, grid.height, 1, kind)
        target.SetGeoTransform(grid.transform)
        target.SetProjection(grid.crs)
        target.WriteArray(image)
        gdal.RasterizeLayer(target, [1], layer, burn_values=[1], options=[option])
        image = target.ReadAsArray()
    layer.SetSpatialFilter(None)
    return image


def _in_memory(features: list[_Feature], grid: Grid, keep_tiny: bool) -> LabelledGeometries:
    classes = ClassList.from_values(feature.value for feature in features)
    dataset = gdal.GetDriverByName("Memory").Create("", 0, 0, 0, gdal.GDT_Unknown)
    text = isinstance(features[0].value, str)
    index_of = {value: index for index, value in enumerate(classes.names if text else classes.values)}
    found = [
        (_at_least_a_point(part, grid) if keep_tiny else part, (index_of[feature.value], feature.split))
        for feature in features
        for part in parts(feature.geometry)
    ]
    layers: list[ogr.Layer | Lines | Spots] = []
    for dimension, run in itertools.groupby(found, lambda part: part[0].GetDimension()):
        geometries, values = zip(*run)
        if dimension == 2:
            layers.append(_layer(dataset, geometries, values, grid))
        else:
            layers.append((Lines if dimension else Spots).from_geometries(geometries, values))
    counts = np.bincount([index_of[feature.value] for feature in features], minlength=len(classes))
    return LabelledGeometries(layers, classes, dataset, text_classes=text, features=counts)


def _layer(
    dataset: gdal.Dataset, geometries: Sequence[ogr.Geometry], values: Sequence[tuple[int, int]], grid: Grid
) -> ogr.Layer:
    crs = osr.SpatialReference(wkt=grid.crs) if grid.crs else None
    layer = dataset.CreateLayer(f"labels{dataset.GetLayerCount()}", crs, ogr.wkbUnknown)
    for field in _FIELDS:
        layer.CreateField(ogr.FieldDefn(field, ogr.OFTInteger))
    for geometry, value in zip(geometries, values):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(geometry)
        for field, one in zip(_FIELDS, value):
            feature.SetField(field, one)
        layer.CreateFeature(feature)
    return layer


def _at_least_a_point(geometry: ogr.Geometry, grid: Grid) -> ogr.Geometry:
    """The geometry, or a point inside it if it is a polygon that holds no pixel's centre."""
    if geometry.GetDimension() != 2 or geometry.GetArea() > _SMALL * grid.pixel_area:
        return geometry
    left, right, bottom, top = geometry.GetEnvelope()
    cols, rows = grid.places(np.array([left, right, left, right]), np.array([bottom, bottom, top, top]))
    col, row = math.floor(cols.min()), math.floor(rows.min())
    window = Window(col, row, math.floor(cols.max()) - col + 1, math.floor(rows.max()) - row + 1)
    window = window.intersection(grid.window)
    if min(window.shape) == 0:
        return geometry
    dataset = gdal.GetDriverByName("Memory").Create("", 0, 0, 0, gdal.GDT_Unknown)
    layer = _layer(dataset, [geometry], [(1, 0)], grid)
    burnt = _burn(layer, grid.sub(window), np.zeros(window.shape, np.uint8), "MERGE_ALG=REPLACE")
    return geometry if burnt.any() else geometry.PointOnSurface()


def _meets(geometry: ogr.Geometry, grid: Grid) -> bool:
    x_min, y_min, x_max, y_max = grid.bounds()
    left, right, bottom, top = geometry.GetEnvelope()
    if (left, bottom) == (right, top):  # on an edge it has a pixel, or not
        col, row = grid.pixels(np.array(left), np.array(top))
        return bool(0 <= col < grid.width and 0 <= row < grid.height)
    return bool(left < x_max and right > x_min and bottom < y_max and top > y_min)


def _extent(x_min: float, y_min: float, x_max: float, y_max: float) -> str:
    return f"x {x_min:.9g} to {x_max:.9g}, y {y_min:.9g} to {y_max:.9g}"
