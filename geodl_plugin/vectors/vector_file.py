"""Vector layers in files: their features, their fields and their CRS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from osgeo import gdal, ogr

from ..errors import InputError
from ..language import either, tr
from ..rasters.grid import Grid
from ..runtime.reporter import Reporter
from .class_fields import class_fields


@contextmanager
def first_layer(path: str) -> Iterator[ogr.Layer]:
    """Open the first layer of a vector file, to be used inside the block only.

    The file is closed when the block ends, also by an error: Windows does not delete files that are open.

    Args:
        path: the file.

    Yields:
        The layer, which has at least one feature.

    Raises:
        InputError: the file is missing, not a vector file, or empty.
    """
    try:
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_VERBOSE_ERROR)
    except RuntimeError as error:
        raise InputError(
            tr("The vector layer {path} cannot be opened.").format(path=path), received=str(error)
        ) from error
    layer = dataset.GetLayer(0)
    try:
        with _damage(path):
            count = layer.GetFeatureCount() if layer is not None else 0
        if count == 0:
            raise InputError(
                tr("The vector layer {path} has no features.").format(path=path),
                remedy=tr("Choose a layer, or a selection, that has some."),
            )
        yield layer
    finally:
        del layer, dataset


def features_of(layer: ogr.Layer) -> Iterator[ogr.Feature]:
    """Read the features of a layer in their order.

    Args:
        layer: is read from its beginning.

    Yields:
        The features.

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
            tr("The vector layer {name} cannot be read to its end.").format(name=name),
            received=str(error) or tr("a damaged file"),
            remedy=tr("Repair the file, or make it again."),
        ) from error


def field_names(path: str) -> list[str]:
    """The names of the fields of the first layer of a file.

    Args:
        path: vector file.

    Raises:
        InputError: the file is missing, not a vector file, or empty.
    """
    with first_layer(path) as layer:
        return [definition.GetName() for definition in layer.schema]


def check_class_field(path: str, field: str, *, name: str = "") -> None:
    """Raise `InputError` if the first layer of a file has no such field of integers or text.

    Args:
        path: vector file.
        field: the field's name.
        name: the layer's name for messages; empty: the one in the file.
    """
    with first_layer(path) as layer:
        field_kind(layer, field, name or layer.GetName())


def field_kind(layer: ogr.Layer, field: str, name: str) -> type[int] | type[str]:
    """The type of the values of a class field.

    Args:
        layer: the layer.
        field: the field's name.
        name: the layer's name for messages.

    Returns:
        ``int`` or ``str``.

    Raises:
        InputError: there is no such field, or it holds neither integers nor text.
    """
    layer_definition = layer.GetLayerDefn()
    fields = [layer_definition.GetFieldDefn(number) for number in range(layer_definition.GetFieldCount())]
    kinds = {definition.GetName(): definition.GetType() for definition in fields}
    if field not in kinds:
        likely = class_fields(layer)
        raise InputError(
            tr("The layer {name} has no field {field}.").format(name=name, field=field),
            expected=tr("one of {choices}").format(choices=", ".join(kinds)),
            received=field,
            remedy=tr("The classes may be in {likely}.").format(likely=either(likely)) if likely else "",
        )
    if kinds[field] in (ogr.OFTInteger, ogr.OFTInteger64):
        return int
    if kinds[field] == ogr.OFTString:
        return str
    raise InputError(
        tr("The field {field} of the layer {name} cannot name classes.").format(field=field, name=name),
        expected=tr("a field of integers or of text"),
        received=ogr.GetFieldTypeName(kinds[field]),
        remedy=tr("Choose another field, or make one with the field calculator."),
    )


def crs_of(layer: ogr.Layer, grid: Grid, name: str, reporter: Reporter) -> str:
    """The CRS of a layer, if both it and that of a grid are known; otherwise there is a warning.

    Args:
        layer: any layer.
        grid: on which the layer is used.
        name: the layer's name for messages.
        reporter: receives the warning.

    Returns:
        The CRS as WKT; empty if one of both is unknown: coordinates are then taken to be in the same CRS.
    """
    crs = layer.GetSpatialRef()
    if crs is not None and crs.GetName().startswith("Undefined"):
        crs = None  # GeoPackage's way to say so
    if crs is None or not grid.crs:
        reporter.warning(
            tr("The CRS of the raster is unknown: both are taken to be in the same CRS.")
            if crs is not None
            else tr("The CRS of {name} is unknown: both are taken to be in the same CRS.").format(name=name)
        )
        return ""
    return str(crs.ExportToWkt(["FORMAT=WKT2_2019"]))


def is_missing(value: Any) -> bool:
    """Whether a field has no value: NULL, an empty text or one of blanks, or NaN.

    Args:
        value: of a field.
    """
    return value is None or (isinstance(value, str) and not value.strip()) or value != value  # noqa: PLR0124
