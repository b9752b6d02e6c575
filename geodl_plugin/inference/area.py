"""Where a map is wanted: a rectangle on the ground, and polygons known again."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import numpy as np

from ..errors import InputError
from ..rasters.grid import Grid, Window
from ..vectors.vector_file import features_of, first_layer

_TOLERANCE = 1e-3  # pixels: extents are rounded, as in QGIS's dialogs


def extent_window(extent: Sequence[float], grid: Grid) -> Window:
    """The pixels of a grid that meet a rectangle on the ground.

    Args:
        extent: least and greatest x, least and greatest y, in the CRS of the grid.
        grid: of the map of the whole raster.

    Raises:
        InputError: there is none.
    """
    x_min, x_max, y_min, y_max = extent
    cols, rows = grid.fractional_pixels(np.array([x_min, x_max, x_min, x_max]), np.array([y_min, y_min, y_max, y_max]))
    first_col, first_row = (math.floor(places.min() + _TOLERANCE) for places in (cols, rows))
    last_col, last_row = (math.ceil(places.max() - _TOLERANCE) for places in (cols, rows))
    found = Window(first_col, first_row, last_col - first_col, last_row - first_row).intersection(grid.window)
    if min(found.shape) == 0:
        left, bottom, right, top = grid.bounds()
        raise InputError(
            "The extent and the image do not overlap.",
            expected=f"an extent that meets {left:.10g} … {right:.10g}, {bottom:.10g} … {top:.10g}",
            received=f"{x_min:.10g} … {x_max:.10g}, {y_min:.10g} … {y_max:.10g}",
            remedy="Check the extent and its CRS.",
        )
    return found


def geometry_hash(path: str) -> str:
    """A hash of the geometries of a vector file and of their CRS; the file may have another name or date."""
    digest = hashlib.sha256()
    with first_layer(path) as layer:
        digest.update((layer.GetSpatialRef().ExportToWkt() if layer.GetSpatialRef() else "").encode())
        for feature in features_of(layer):
            geometry = feature.GetGeometryRef()
            digest.update(bytes(geometry.ExportToIsoWkb()) if geometry is not None else b"none")
    return digest.hexdigest()
