"""Layers for people to label: points or squares on the pixels of a grid, with a field that they fill in."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from ..errors import InputError
from ..language import tr
from ..rasters.grid import Grid
from ..vectors.geometry import point, polygon
from ..vectors.vector_file import is_missing

SUFFIX = ".gpkg"
DESCRIPTION = "geodl"  # metadata of the layer: what it is, as JSON
_KINDS = {int: ogr.OFTInteger64, float: ogr.OFTReal, str: ogr.OFTString}

Field = tuple[type, Sequence[Any]]
"""The type of a field, `int`, `float` or `str`, and its values, [feature]; None: it is empty."""


def check_replaceable(path: str, to_fill_in: str) -> None:
    """Raise `InputError` if a layer cannot be written to a file, or would replace what a person has filled in.

    Args:
        path: the file to make.
        to_fill_in: the field that people fill in.
    """
    if Path(path).suffix.lower() != SUFFIX:
        raise InputError(
            tr("The layer cannot be written to {name}.").format(name=Path(path).name),
            expected=tr("a file name that ends with {suffix}").format(suffix=SUFFIX),
            received=Path(path).suffix or tr("no ending"),
        )
    if not os.path.exists(path):
        return
    try:
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_RASTER)
    except RuntimeError:
        return
    layer = dataset.GetLayer(0)
    if dataset.GetLayerCount() != 1 or layer.GetMetadataItem(DESCRIPTION) is None or dataset.RasterCount:
        raise InputError(
            tr("The file {path} cannot be replaced: it holds something else, which would be lost.").format(path=path),
            expected=tr("a new file, or one whose only layer was made by GeoDL to be labelled"),
            remedy=tr("Choose another output."),
        )
    has_field = layer.GetLayerDefn().GetFieldIndex(to_fill_in) >= 0
    filled = sum(not is_missing(feature.GetField(to_fill_in)) for feature in layer) if has_field else 0
    if filled:
        raise InputError(
            tr("The file {path} cannot be replaced: its labels would be lost.").format(path=path),
            expected=tr("a new file, or one whose field {to_fill_in} is empty").format(to_fill_in=to_fill_in),
            received=tr("{filled} labelled features").format(filled=filled),
            remedy=tr("Choose another output."),
        )


def write_layer(
    path: Path,
    name: str,
    fields: Mapping[str, Field],
    pixels: tuple[NDArray[np.int64], NDArray[np.int64]],
    grid: Grid,
    *,
    side: int = 0,
    description: Mapping[str, Any],
) -> None:
    """Write a GeoPackage with one layer.

    Args:
        path: the file to make.
        name: of the layer.
        fields: by name.
        pixels: columns and rows of the pixels, [feature] each.
        grid: whose pixels they are.
        side: of the squares around the pixels, in pixels; 0: points at their centres.
        description: JSON value that the layer keeps as metadata.

    Raises:
        InputError: the file cannot be written.
    """
    shapes = _squares(*pixels, side, grid) if side else _points(*pixels, grid)
    try:
        dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
        crs = osr.SpatialReference(wkt=grid.crs) if grid.crs else None
        layer = dataset.CreateLayer(name, crs, ogr.wkbPolygon if side else ogr.wkbPoint)
        layer.SetMetadataItem(DESCRIPTION, json.dumps(description, ensure_ascii=False))
        for field, (kind, _) in fields.items():
            layer.CreateField(ogr.FieldDefn(field, _KINDS[kind]))
        layer.StartTransaction()
        for number, shape in enumerate(shapes):
            feature = ogr.Feature(layer.GetLayerDefn())
            for field, (kind, values) in fields.items():
                if values[number] is not None:
                    feature.SetField(field, kind(values[number]))
            feature.SetGeometryDirectly(shape)
            layer.CreateFeature(feature)
        layer.CommitTransaction()
        layer = dataset = None  # closes the file
    except RuntimeError as error:
        raise InputError(tr("The layer cannot be written to {path}.").format(path=path), received=str(error)) from error


def _points(cols: NDArray[np.int64], rows: NDArray[np.int64], grid: Grid) -> list[ogr.Geometry]:
    x, y = grid.centres(cols, rows)
    return [point(*place) for place in zip(x.tolist(), y.tolist())]


def _squares(cols: NDArray[np.int64], rows: NDArray[np.int64], side: int, grid: Grid) -> list[ogr.Geometry]:
    """The squares around pixels, which end at the edges of the grid."""
    left, top = cols - side // 2, rows - side // 2
    right, bottom = (left + side).clip(max=grid.width), (top + side).clip(max=grid.height)
    left, top = left.clip(0), top.clip(0)
    x, y = grid.ground(np.stack([left, right, right, left, left], 1), np.stack([top, top, bottom, bottom, top], 1))
    return [polygon(zip(*ring)) for ring in zip(x.tolist(), y.tolist())]
