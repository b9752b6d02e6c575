"""Points of any layer as pixels, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr

from .errors import InputError
from .grid import Grid
from .reporter import Reporter
from .vector import open_vector, transformation


@dataclass(frozen=True)
class Points:
    """Points of a layer.

    Args:
        cols: columns of the pixels that hold them, [point].
        rows: rows, [point].
        values: of the fields, by name, [point].
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
        reporter: hears the warnings.
        name: what the user calls the layer, for messages.
        class_field: field with the class; empty: none.
        fields: others to read.  Of fields that the layer does not have there are no values.

    Raises:
        InputError: features that are no points.
    """
    dataset = open_vector(path)
    layer = dataset.GetLayer(0)
    name = name or layer.GetName()
    to_grid = transformation(layer.GetSpatialRef(), grid, name, reporter)
    there = {definition.GetName() for definition in layer.schema}
    wanted = [one for one in (class_field, *fields) if one in there]
    places: list[tuple[float, float]] = []
    values: dict[str, list[Any]] = {one: [] for one in wanted}
    skipped = 0
    for feature in layer:
        geometry = feature.GetGeometryRef()
        found = {one: feature.GetField(one) for one in wanted}
        if geometry is None or geometry.IsEmpty() or found.get(class_field, "one") in (None, ""):
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
        for one, value in found.items():
            values[one].append(value)
    if skipped:
        reporter.warning(
            f"{skipped} points of {name} have no geometry, no class or no place in the raster's CRS and are left out."
        )
    x, y = np.array(places, float).reshape(-1, 2).T
    cols, rows = grid.pixels(x, y)
    return Points(cols, rows, values)
