"""Labelled geometries: read in a raster's coordinates, and burnt onto its pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from .classes import ClassMap
from .errors import InputError
from .grid import Grid, Window
from .reporter import Reporter

_INDEX = "class_index"


@dataclass(frozen=True)
class Labels:
    """Geometries with a class index, in the coordinates of a grid.

    Args:
        layer: OGR layer in memory with the class index as its only field.
        classes: what the indices mean.
        dataset: owner of the layer, kept alive with it.
        text_classes: the class field holds text.
    """

    layer: ogr.Layer
    classes: ClassMap
    dataset: gdal.Dataset
    text_classes: bool

    def burner(self, grid: Grid) -> Callable[[Window], NDArray]:
        """A function that gives the class indices of a window of ``grid``, the unlabelled index elsewhere."""
        return lambda window: burn(
            self.layer, grid.sub(window), self.classes.label_dtype, self.classes.unlabelled, attribute=_INDEX
        )


def open_vector(path: str) -> gdal.Dataset:
    """Open a vector file for reading.

    Raises:
        InputError: it is missing, no vector file, or empty.
    """
    try:
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_VERBOSE_ERROR)
    except RuntimeError as error:
        raise InputError(f"The vector layer {path} cannot be opened.", received=str(error)) from error
    if dataset.GetLayerCount() == 0 or dataset.GetLayer(0).GetFeatureCount() == 0:
        raise InputError(
            f"The vector layer {path} has no features.", remedy="Choose a layer, or a selection, that has some."
        )
    return dataset


def read_labels(path: str, class_field: str, grid: Grid, reporter: Reporter, *, name: str = "") -> Labels:
    """Read the labelled geometries of the first layer of a file.

    Features without geometry or class are left out, invalid geometries are repaired; both are warned about.

    Args:
        path: vector file in any CRS.
        class_field: integer or text field; empty: all features are of one class.
        grid: where they are to be burnt; they come in its CRS.
        reporter: hears the warnings.
        name: what the user calls the layer, for messages.

    Raises:
        InputError: no such field, a field of another type, or nothing that lies on the grid.
    """
    dataset = open_vector(path)
    layer = dataset.GetLayer(0)
    name = name or layer.GetName()
    convert = _field_kind(layer, class_field, name) if class_field else None
    to_grid = transformation(layer.GetSpatialRef(), grid, name, reporter)
    features: list[tuple[ogr.Geometry, int | str]] = []
    skipped = repaired = 0
    for feature in layer:
        geometry = feature.GetGeometryRef()
        unclassed = convert is not None and feature.GetField(class_field) in (None, "")
        if geometry is None or geometry.IsEmpty() or unclassed:
            skipped += 1
            continue
        geometry = geometry.GetLinearGeometry()  # a copy; GDAL burns no curves
        geometry.FlattenTo2D()
        if not geometry.IsValid():
            geometry, repaired = geometry.MakeValid(), repaired + 1
        try:
            if to_grid is not None:
                geometry.Transform(to_grid)
        except RuntimeError:  # such as a point beyond the pole
            skipped += 1
            continue
        features.append((geometry, convert(feature.GetField(class_field)) if convert else 1))
    if skipped:
        reporter.warning(
            f"{skipped} features of {name} have no geometry, no class or no place in the raster's CRS and are left out."
        )
    if repaired:
        reporter.warning(f"{repaired} geometries of {name} were invalid and have been repaired.")
    inside = [(geometry, value) for geometry, value in features if _meets(geometry, grid)]
    if not inside:
        raise InputError(
            f"The layer {name} and the raster do not overlap.",
            expected=f"features within {_extent(*grid.bounds())} (in the raster's CRS)",
            received=_extent(*_bounds([geometry for geometry, _ in features])) if features else "no usable feature",
            remedy="Check the layer's CRS and the choice of raster.",
        )
    return _in_memory(inside, grid)


def burn(layer: ogr.Layer, grid: Grid, dtype: np.dtype, fill: int, *, attribute: str = "") -> NDArray:
    """Burn a layer's geometries onto pixels: those whose centre a polygon holds, a line or point touches.

    Args:
        layer: geometries in the CRS of ``grid``; of overlapping ones the later wins.
        grid: the pixels.
        dtype: type of the result.
        fill: value of pixels without geometry.
        attribute: integer field to burn; empty: burn 1.
    """
    driver = gdal.GetDriverByName("MEM")
    kind = gdal.GDT_Byte if dtype == np.uint8 else gdal.GDT_UInt16
    target = driver.Create("", grid.width, grid.height, 1, kind)
    target.SetGeoTransform(grid.transform)
    target.SetProjection(grid.crs)
    target.GetRasterBand(1).Fill(fill)
    x_min, y_min, x_max, y_max = grid.bounds()
    layer.SetSpatialFilterRect(x_min, y_min, x_max, y_max)
    if layer.GetFeatureCount() > 0:
        options = [f"ATTRIBUTE={attribute}"] if attribute else []
        gdal.RasterizeLayer(target, [1], layer, burn_values=[1], options=options)
    layer.SetSpatialFilter(None)
    return target.ReadAsArray().astype(dtype, copy=False)


def _in_memory(features: list[tuple[ogr.Geometry, int | str]], grid: Grid) -> Labels:
    classes = ClassMap.from_values(value for _, value in features)
    dataset = gdal.GetDriverByName("Memory").Create("", 0, 0, 0, gdal.GDT_Unknown)
    crs = osr.SpatialReference(wkt=grid.crs) if grid.crs else None
    layer = dataset.CreateLayer("labels", crs, ogr.wkbUnknown)
    layer.CreateField(ogr.FieldDefn(_INDEX, ogr.OFTInteger))
    text = isinstance(features[0][1], str)
    index_of = {value: index for index, value in enumerate(classes.names if text else classes.values)}
    for geometry, value in features:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometryDirectly(geometry)
        feature.SetField(_INDEX, index_of[value])
        layer.CreateFeature(feature)
    return Labels(layer, classes, dataset, text_classes=text)


def _field_kind(layer: ogr.Layer, field: str, name: str) -> type[int] | type[str]:
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(number) for number in range(definition.GetFieldCount())]
    kinds = {one.GetName(): one.GetType() for one in fields}
    if field not in kinds:
        raise InputError(
            f"The layer {name} has no field {field}.", expected="one of " + ", ".join(kinds), received=field
        )
    if kinds[field] in (ogr.OFTInteger, ogr.OFTInteger64):
        return int
    if kinds[field] == ogr.OFTString:
        return str
    raise InputError(
        f"The field {field} of the layer {name} cannot name classes.",
        expected="a field of integers or of text",
        received=ogr.GetFieldTypeName(kinds[field]),
        remedy="Choose another field, or make one with the field calculator.",
    )


def transformation(
    crs: osr.SpatialReference | None, grid: Grid, name: str, reporter: Reporter
) -> osr.CoordinateTransformation | None:
    """How to bring coordinates of a layer to a grid's CRS; None where they are there already."""
    if crs is not None and crs.GetName().startswith("Undefined"):
        crs = None  # GeoPackage's way to say so
    if crs is None or not grid.crs:
        reporter.warning(
            f"The CRS of {'the raster' if crs is not None else name} is unknown: "
            "coordinates are taken to be in the other's."
        )
        return None
    target = osr.SpatialReference(wkt=grid.crs)
    target.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    crs = crs.Clone()
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return None if crs.IsSame(target) else osr.CoordinateTransformation(crs, target)


def _bounds(geometries: list[ogr.Geometry]) -> tuple[float, float, float, float]:
    envelopes = np.array([geometry.GetEnvelope() for geometry in geometries])
    x_min, x_max, y_min, y_max = envelopes.T
    return float(x_min.min()), float(y_min.min()), float(x_max.max()), float(y_max.max())


def _meets(geometry: ogr.Geometry, grid: Grid) -> bool:
    x_min, y_min, x_max, y_max = grid.bounds()
    left, right, bottom, top = geometry.GetEnvelope()
    if (left, bottom) == (right, top):  # on an edge it has a pixel, or not
        col, row = grid.pixels(np.array(left), np.array(top))
        return bool(0 <= col < grid.width and 0 <= row < grid.height)
    return bool(left < x_max and right > x_min and bottom < y_max and top > y_min)


def _extent(x_min: float, y_min: float, x_max: float, y_max: float) -> str:
    return f"x {x_min:.9g} to {x_max:.9g}, y {y_min:.9g} to {y_max:.9g}"
