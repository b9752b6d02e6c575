"""The pixels of a raster that an extent on the ground covers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..errors import InputError
from ..language import tr
from .grid import Grid, Window

_TOLERANCE = 1e-3  # pixels: extents are rounded, as in QGIS's dialogs


def extent_window(extent: Sequence[float], grid: Grid) -> Window:
    """The pixels of a grid that an extent overlaps.

    Args:
        extent: minimum and maximum x, minimum and maximum y, in the CRS of the grid.
        grid: of the map of the whole raster.

    Raises:
        InputError: there are none, or the extent is not four numbers.
    """
    if len(extent) != 4:
        raise InputError(
            tr("Invalid extent."),
            expected=tr("four numbers: x minimum, x maximum, y minimum, y maximum"),
            received=str(extent),
        )
    x_min, x_max, y_min, y_max = extent
    cols, rows = grid.fractional_pixels(np.array([x_min, x_max, x_min, x_max]), np.array([y_min, y_min, y_max, y_max]))
    first_col, first_row = (math.floor(places.min() + _TOLERANCE) for places in (cols, rows))
    last_col, last_row = (math.ceil(places.max() - _TOLERANCE) for places in (cols, rows))
    found = Window(first_col, first_row, last_col - first_col, last_row - first_row).intersection(grid.window)
    if min(found.shape) == 0:
        left, bottom, right, top = grid.bounds()
        raise InputError(
            tr("The extent and the image do not overlap."),
            expected=tr("an extent that overlaps {left:.10g} … {right:.10g}, {bottom:.10g} … {top:.10g}").format(
                left=left, right=right, bottom=bottom, top=top
            ),
            received=f"{x_min:.10g} … {x_max:.10g}, {y_min:.10g} … {y_max:.10g}",
            remedy=tr("Check the extent and its CRS."),
        )
    return found
