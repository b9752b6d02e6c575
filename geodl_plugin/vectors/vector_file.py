"""Vector layers in files: opened, read feature by feature, their fields and their CRS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from osgeo import gdal, ogr

from ..errors import InputError
from ..rasters.grid import Grid
from ..runtime.reporter import Reporter


@contextmanager
def first_layer(path: str) -> Iterator[ogr.Layer]:
    """The first layer of a vector file, only to be used inside the block.

    The file is closed at its end, after an error, too: Windows does not delete what is open.

    Raises:
        InputError: it is missing, no vector file, or empty.
    """
    try:
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_VERBOSE_ERROR)
    except RuntimeError as error:
        raise InputError(f"The vector layer {path} cannot be opened.", received=str(error)) from error
    layer = dataset.GetLayer(0)
    try:
        with _damage(path):
            count = layer.GetFeatureCount() if layer is not None else 0
        if count == 0:
            raise InputError(
                f"The vector layer {path} has no features.", remedy="Choose a layer, or a selection, that has some."
            )
        yield layer
    finally:
        del layer, dataset


def features_of(layer: ogr.Layer) -> Iterator[ogr.Feature]:
    """The features of a layer in their order.

    Raises:
        InputError: the file is damaged.
    """
    layer.ResetReading()
    while True:
        with _damage(layer.GetName()):
            feature = layer.GetNextFeature()
        if feature is None:
            return
        yield feature


@contextmanager
def _damage(name: str) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise InputError(
            f"The vector layer {name} cannot be read to its end.",
            received=str(error) or "a damaged file",
            remedy="Mend the file, or make it again.",
        ) from error


def field_names(path: str) -> list[str]:
    """The fields of the first layer of a file."""
    with first_layer(path) as layer:
        return [definition.GetName() for definition in layer.schema]


def check_class_field(path: str, field: str, *, name: str = "") -> None:
    """Raise `InputError` if the first layer of a file has no field of integers or text of that name.

    Args:
        path: vector file.
        field: the field's name.
        name: what the user calls the layer, for messages.
    """
    with first_layer(path) as layer:
        field_kind(layer, field, name or layer.GetName())


def field_kind(layer: ogr.Layer, field: str, name: str) -> type[int] | type[str]:
    """The type of the values of a field that names classes.

    Args:
        layer: the layer.
        field: the field's name.
        name: what the user calls the layer, for messages.

    Raises:
        InputError: there is no such field, or it holds neither integers nor text.
    """
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


def crs_of(layer: ogr.Layer, grid: Grid, name: str, reporter: Reporter) -> str:
    """The CRS of a layer as WKT; empty, and warned about, where it or that of the grid is unknown."""
    crs = layer.GetSpatialRef()
    if crs is not None and crs.GetName().startswith("Undefined"):
        crs = None  # GeoPackage's way to say so
    if crs is None or not grid.crs:
        reporter.warning(
            f"The CRS of {'the raster' if crs is not None else name} is unknown: "
            "coordinates are taken to be in the other's."
        )
        return ""
    return str(crs.ExportToWkt(["FORMAT=WKT2_2019"]))


def is_missing(value: Any) -> bool:
    """Whether a field's value says nothing: NULL, empty, only blanks, or NaN."""
    return value is None or (isinstance(value, str) and not value.strip()) or value != value  # noqa: PLR0124
