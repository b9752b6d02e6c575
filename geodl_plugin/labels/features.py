"""Features of a layer, made usable: flat, valid, in the CRS of a grid, and with a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from osgeo import ogr

from ..errors import InputError
from ..language import tr
from ..rasters.crs import crs_name
from ..rasters.grid import Grid
from ..runtime.reporter import Reporter
from ..vectors.class_fields import check_classes
from ..vectors.reprojection import ToGrid
from ..vectors.vector_file import crs_of, features_of, field_kind, is_missing
from .splits import SPLITS

_NUMBERS = (ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTReal)
_SURFACES = (ogr.wkbPolyhedralSurface, ogr.wkbTIN, ogr.wkbTriangle)


@dataclass(frozen=True)
class Feature:
    """A labelled geometry.

    Args:
        geometry: in the CRS of a grid.
        value: its class, as the class field has it, or its quantity.
        split: index of its split in `SPLITS`.
    """

    geometry: ogr.Geometry
    value: int | str | float
    split: int


def read_features(
    layer: ogr.Layer,
    class_field: str,
    split_field: str,
    grid: Grid,
    name: str,
    reporter: Reporter,
    *,
    quantities: bool = False,
) -> tuple[list[Feature], str]:
    """Read the usable features of a layer that lie around a grid.

    Features without geometry or class are left out, invalid geometries are repaired; both are warned about.

    Args:
        layer: in any CRS.
        class_field: integer or text field; empty: all features are of one class.
        split_field: text field with train, valid or test; features where it is empty are left out; empty: all train.
        grid: in whose CRS the features are wanted.
        name: the layer's name for messages.
        reporter: receives the warnings.
        quantities: the class field holds numbers that are no classes.

    Returns:
        The features, and the extent of all usable ones of the layer, for messages; empty if there is none.

    Raises:
        InputError: there is no such field, a field has another type or numbers the features, or a value of the split
            field is not a split.
    """
    convert = _convert(layer, class_field, name, quantities)
    if split_field:
        field_kind(layer, split_field, name)
    crs = crs_of(layer, grid, name, reporter)
    to_grid = ToGrid(crs, grid)
    features: list[Feature] = []
    values: list[int | str | float] = []
    count: Counter[str] = Counter()
    for feature in features_of(layer):
        geometry = feature.GetGeometryRef()
        value = feature.GetField(class_field) if class_field else 1
        if geometry is None or geometry.IsEmpty() or is_missing(value):
            count["skipped"] += 1
            continue
        split = feature.GetField(split_field) if split_field else SPLITS[0]
        if is_missing(split):
            count["without split"] += 1
            continue
        if split not in SPLITS:
            raise InputError(
                tr("The field {split_field} of the layer {name} has a value that is not a split.").format(
                    split_field=split_field, name=name
                ),
                expected=", ".join(SPLITS),
                received=str(split),
            )
        geometry = _flat(geometry)
        if not geometry.IsValid():
            geometry = geometry.MakeValid()
            count["repaired"] += 1
        try:
            geometry = to_grid(geometry)
        except RuntimeError:  # such as a point beyond the pole
            count["skipped"] += 1
            continue
        count["usable"] += 1
        values.append(value)
        if not geometry.IsEmpty():
            features.append(Feature(geometry, convert(value), SPLITS.index(split)))
    if count["skipped"]:
        reporter.warning(
            tr(
                "{count} features of {name} are left out: they have no geometry or no class, or cannot be "
                "transformed to the raster's CRS."
            ).format(count=count["skipped"], name=name)
        )
    if count["without split"]:
        reporter.warning(
            tr("{count} features of {name} have no value of {split_field} and are left out.").format(
                count=count["without split"], name=name, split_field=split_field
            )
        )
    if count["repaired"]:
        reporter.warning(
            tr("{count} geometries of {name} were invalid and have been repaired.").format(
                count=count["repaired"], name=name
            )
        )
    check_classes(layer, "" if quantities else class_field, values, name)
    if not count["usable"]:
        return features, ""
    left, right, bottom, top = layer.GetExtent()
    return features, tr("{extent} (in {crs})").format(
        extent=extent_text(left, bottom, right, top), crs=crs_name(crs or grid.crs)
    )


def _convert(
    layer: ogr.Layer, field: str, name: str, quantities: bool
) -> Callable[[int | str | float], int | str | float]:
    """What turns values of a field into those of features; the arguments are those of `read_features`."""
    if not quantities:
        return field_kind(layer, field, name) if field else int
    place = layer.GetLayerDefn().GetFieldIndex(field)
    kind = layer.schema[place].GetType() if place >= 0 else None
    if kind not in _NUMBERS:
        numbers = [definition.GetName() for definition in layer.schema if definition.GetType() in _NUMBERS]
        wanted = (
            tr("CLASS_FIELD, a field of numbers, such as {fields}")
            if numbers
            else tr("CLASS_FIELD, a field of numbers")
        )
        raise InputError(
            tr("The field {field} of the layer {name} holds no values to compare a map of values with.").format(
                field=field, name=name
            ),
            expected=wanted.format(fields=", ".join(numbers)),
            received=tr("no such field") if kind is None else ogr.GetFieldTypeName(kind),
        )
    return float


def meets(geometry: ogr.Geometry, grid: Grid) -> bool:
    """Whether the bounding box of a geometry overlaps a grid; a point does if its pixel belongs to the grid.

    Args:
        geometry: in the CRS of the grid.
        grid: the pixels.
    """
    x_min, y_min, x_max, y_max = grid.bounds()
    left, right, bottom, top = geometry.GetEnvelope()
    if (left, bottom) == (right, top):  # a point on the grid's edge may belong to a pixel outside
        col, row = grid.pixels(np.array(left), np.array(top))
        return bool(0 <= col < grid.width and 0 <= row < grid.height)
    return bool(left < x_max and right > x_min and bottom < y_max and top > y_min)


def extent_text(x_min: float, y_min: float, x_max: float, y_max: float) -> str:
    """An extent for messages.

    Args:
        x_min: left edge, in the units of any CRS.
        y_min: lower edge.
        x_max: right edge.
        y_max: upper edge.
    """
    return tr("x {x_min:.9g} to {x_max:.9g}, y {y_min:.9g} to {y_max:.9g}").format(
        x_min=x_min, x_max=x_max, y_min=y_min, y_max=y_max
    )


def _flat(geometry: ogr.Geometry) -> ogr.Geometry:
    """A copy in two dimensions and without curves, which GDAL can burn."""
    if ogr.GT_Flatten(geometry.GetGeometryType()) in _SURFACES:
        flat = ogr.ForceToMultiPolygon(geometry.Clone())
        flat.FlattenTo2D()
        faces = ogr.Geometry(ogr.wkbMultiPolygon)
        for number in range(flat.GetGeometryCount()):
            if flat.GetGeometryRef(number).GetArea() > 0:  # a vertical face has none
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
