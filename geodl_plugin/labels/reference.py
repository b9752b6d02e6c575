"""Labels from features or from a raster, whichever is given, to compare pixels with."""

from __future__ import annotations

from collections.abc import Callable

from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from ..rasters.grid import Grid, Window
from ..runtime.reporter import Reporter
from .classes import ClassList
from .geometries import LabelledGeometries, check_class_field_given, read_labels
from .label_raster import read_label_raster


def read_features_or_raster(
    features: str,
    class_field: str,
    raster: str,
    grid: Grid,
    reporter: Reporter,
    *,
    name: str = "",
    one: bool | None = None,
) -> tuple[ClassList, Callable[[Window], NDArray], LabelledGeometries | None]:
    """Labels from a vector file or from a raster of classes, whichever is given.

    Args:
        features: vector file; empty: none.
        class_field: its field of integers or text.
        raster: raster of class values; empty: none.
        grid: the pixels.
        reporter: receives the warnings.
        name: the layer's name for messages; empty: the one in the file.
        one: all features are of one class; there is no class field; None: that cannot be.

    Returns:
        The classes, a function that gives the class indices of a window of ``grid``, [y, x], and the features; None
        for a raster.

    Raises:
        InputError: both or none are given, or they cannot be read.
    """
    if bool(features) == bool(raster):
        raise InputError(
            tr("Labels must come from one layer."),
            expected=tr("either labelled features or a label raster"),
            received=tr("both") if raster else tr("neither"),
        )
    if raster:
        return (*read_label_raster(raster, grid, reporter), None)
    check_class_field_given(features, class_field, one=one, name=name)
    labels = read_labels(features, class_field, grid, reporter, name=name)
    return labels.classes, labels.burner(grid), labels
