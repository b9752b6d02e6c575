"""The points of a layer as pixels of a grid, in their order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr

from ..errors import InputError
from ..language import tr
from ..rasters.coordinates import to_grid_crs
from ..rasters.grid import Grid
from ..runtime.reporter import Reporter
from .vector_file import crs_of, features_of, first_layer, is_missing

_CLASSES = (ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTReal, ogr.OFTString)


@dataclass(frozen=True)
class Points:
    """Points of a layer.

    Args:
        cols: columns of the pixels that hold them, [point].
        rows: rows, [point].
        values: of the fields by name, [point].
    """

    cols: NDArray[np.int64]
    rows: NDArray[np.int64]
    values: dict[str, list[Any]]


def read_points(
    path: str, grid: Grid, reporter: Reporter, *, name: str = "", class_field: str = "", fields: Sequence[str] = ()
) -> Points:
    """Read all points of the first layer of a file, in its order.

    Points without geometry or class are left out and warned about.

    Args:
        path: vector file in any CRS.
        grid: the pixels.
        reporter: receives the warnings.
        name: the layer's name for messages; empty: the one in the file.
        class_field: field with the class; empty: none.
        fields: further fields to read; those that the layer does not have are ignored.

    Returns:
        The points.

    Raises:
        InputError: a feature is not a point, or the class field holds neither numbers nor text.
    """
    places: list[tuple[float, float]] = []
    with first_layer(path) as layer:
        name = name or layer.GetName()
        crs = crs_of(layer, grid, name, reporter)
        kinds = {definition.GetName(): definition.GetType() for definition in layer.schema}
        if kinds.get(class_field, ogr.OFTString) not in _CLASSES:
            raise InputError(
                tr("The field {class_field} of the layer {name} cannot name classes.").format(
                    class_field=class_field, name=name
                ),
                expected=tr("a field of numbers or of text"),
                received=ogr.GetFieldTypeName(kinds[class_field]),
                remedy=tr("Choose another field, or make one with the field calculator."),
            )
        numbers = {name: number for number, name in enumerate(kinds)}  # by name, GDAL looks fields up for each point
        wanted = {field: numbers[field] for field in (class_field, *fields) if field in kinds}
        values: dict[str, list[Any]] = {field: [] for field in wanted}
        skipped = 0
        for feature in features_of(layer):
            geometry = feature.GetGeometryRef()
            found = {field: feature.GetField(number) for field, number in wanted.items()}
            has_no_class = class_field in found and is_missing(found[class_field])
            if geometry is None or geometry.IsEmpty() or has_no_class:
                skipped += 1
                continue
            if ogr.GT_Flatten(geometry.GetGeometryType()) != ogr.wkbPoint:
                raise InputError(
                    tr("The layer {name} cannot be used as positions.").format(name=name),
                    expected=tr("points, such as Sample positions makes"),
                    received=ogr.GeometryTypeToName(geometry.GetGeometryType()),
                )
            places.append((geometry.GetX(), geometry.GetY()))
            for field, value in found.items():
                values[field].append(value)
    x, y = np.array(places, float).reshape(-1, 2).T
    x, y = to_grid_crs(x, y, crs, grid)
    is_there = np.isfinite(x) & np.isfinite(y)
    skipped += int((~is_there).sum())
    if skipped:
        reporter.warning(
            tr(
                "{skipped} points of {name} are left out: they have no geometry or no class, or cannot be "
                "transformed to the raster's CRS."
            ).format(skipped=skipped, name=name)
        )
    cols, rows = grid.pixels(x[is_there], y[is_there])
    return Points(cols, rows, {field: list(itertools.compress(all_, is_there)) for field, all_ in values.items()})
