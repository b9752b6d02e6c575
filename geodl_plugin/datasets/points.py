"""Points of any layer as pixels, in their order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr

from ..errors import InputError
from ..grid import Grid
from ..reporter import Reporter
from ..vector import open_vector, transformation


@dataclass(frozen=True)
class Points:
    """Points of a layer.

    Args:
        cols: columns of the pixels that hold them, [point].
        rows: rows, [point].
        values: of the class field, [point]; empty without one.
    """

    cols: NDArray[np.int64]
    rows: NDArray[np.int64]
    values: list[int | str]


def read_points(path: str, class_field: str, grid: Grid, reporter: Reporter, *, name: str = "") -> Points:
    """Read all points of the first layer of a file, in its order.

    Points without geometry or class are left out and warned about.

    Args:
        path: vector file in any CRS.
        class_field: field of integers or text; empty: none.
        grid: the pixels.
        reporter: hears the warnings.
        name: what the user calls the layer, for messages.

    Raises:
        InputError: features that are no points, no such field, or a field of another type.
    """
    dataset = open_vector(path)
    layer = dataset.GetLayer(0)
    name = name or layer.GetName()
    definition = layer.GetLayerDefn()
    fields = {
        definition.GetFieldDefn(number).GetName(): definition.GetFieldDefn(number).GetType()
        for number in range(definition.GetFieldCount())
    }
    if class_field and fields.get(class_field) not in (ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTString):
        kind = ogr.GetFieldTypeName(fields[class_field]) if class_field in fields else "no such field"
        raise InputError(
            f"The field {class_field} of the layer {name} cannot name classes.",
            expected="a field of integers or of text",
            received=kind,
            remedy=f"Choose one of {', '.join(fields)}, or make one with the field calculator.",
        )
    to_grid = transformation(layer.GetSpatialRef(), grid, name, reporter)
    places: list[tuple[float, float]] = []
    values: list[int | str] = []
    skipped = 0
    for feature in layer:
        geometry = feature.GetGeometryRef()
        value = feature.GetField(class_field) if class_field else 1
        if geometry is None or geometry.IsEmpty() or value in (None, ""):
            skipped += 1
            continue
        if ogr.GT_Flatten(geometry.GetGeometryType()) != ogr.wkbPoint:
            raise InputError(
                f"The layer {name} holds no positions.",
                expected="points, such as Sample patch positions makes",
                received=ogr.GeometryTypeToName(geometry.GetGeometryType()),
            )
        point = geometry.Clone()
        try:
            if to_grid is not None:
                point.Transform(to_grid)
        except RuntimeError:  # such as a point beyond the pole
            skipped += 1
            continue
        places.append((point.GetX(), point.GetY()))
        values.append(value)
    if skipped:
        reporter.warning(
            f"{skipped} points of {name} have no geometry, no class or no place in the raster's CRS and are left out."
        )
    x, y = np.array(places, float).reshape(-1, 2).T
    cols, rows = grid.pixels(x, y)
    return Points(cols, rows, values if class_field else [])
