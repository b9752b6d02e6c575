"""Labelled geometries: read in a raster's coordinates, and burnt onto its pixels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr

from ..errors import InputError
from ..language import tr
from ..rasters.crs import crs_name
from ..rasters.grid import Grid, Window
from ..runtime.reporter import Reporter
from ..vectors.class_fields import require_class_field
from ..vectors.geometry import single_parts
from ..vectors.rasterizers import LineRasterizer, PointRasterizer, PolygonRasterizer
from ..vectors.vector_file import first_layer
from .classes import ClassList
from .features import Feature, extent_text, meets, read_features
from .splits import SPLITS

_CLASS, _SPLIT, _PART = 0, 1, 2  # the attributes that are burnt
_SMALL = 16  # pixels: of smaller polygons it is looked up whether they hold a pixel's centre


@dataclass(frozen=True)
class LabelledGeometries:
    """Geometries with a class index, in the coordinates of a grid.

    Args:
        layers: what burns class, split index and number of polygons, lines and points; later ones lie above earlier
            ones.
        classes: the classes that the indices mean.
        text_classes: whether the class field holds text.
        features: number of features of each class that meet the grid, [class].
        class_of_part: class index of each single polygon, line or point, [part]; a feature may consist of several.
        split_of_part: index of the split of each, [part].
    """

    layers: Sequence[PolygonRasterizer | LineRasterizer | PointRasterizer]
    classes: ClassList
    text_classes: bool
    features: NDArray[np.int64]
    class_of_part: NDArray[np.int64]
    split_of_part: NDArray[np.int64]

    def burner(self, grid: Grid) -> Callable[[Window], NDArray]:
        """Make a function that burns the classes.

        Args:
            grid: whose windows will be asked for.

        Returns:
            A function of a window that gives class indices, [y, x]; the unlabelled index where there is no geometry.
        """
        return self._burner(grid, _CLASS, self.classes.label_dtype, self.classes.unlabelled)

    def split_burner(self, grid: Grid) -> Callable[[Window], NDArray]:
        """Make a function that burns the splits.

        Args:
            grid: whose windows will be asked for.

        Returns:
            A function of a window that gives indices into `SPLITS`, [y, x]; their number where there is no geometry.
        """
        return self._burner(grid, _SPLIT, np.dtype(np.uint8), len(SPLITS))

    def part_burner(self, grid: Grid) -> Callable[[Window], NDArray]:
        """Make a function that burns the numbers of the single polygons, lines and points.

        Args:
            grid: whose windows will be asked for.

        Returns:
            A function of a window that gives indices into `class_of_part`, [y, x]; its length where there is no
            geometry.
        """
        return self._burner(grid, _PART, np.dtype(np.int32), len(self.class_of_part))

    def overlap_counter(self, grid: Grid) -> Callable[[Window], int]:
        """Make a function that counts pixels that lie in more than one polygon or point; lines are not counted.

        Args:
            grid: whose windows will be asked for.

        Returns:
            A function of a window that gives the number of pixels.
        """
        counters = [layer.counter(grid) for layer in self.layers if not isinstance(layer, LineRasterizer)]

        def overlap(window: Window) -> int:
            image = np.zeros(window.shape, np.uint16)
            for count in counters:
                count(image, window)
            return int((image > 1).sum())

        return overlap

    def _burner(self, grid: Grid, attribute: int, dtype: np.dtype, fill: int) -> Callable[[Window], NDArray]:
        burners = [layer.burner(grid) for layer in self.layers]

        def labels(window: Window) -> NDArray:
            image = np.full(window.shape, fill, dtype)
            for burn in burners:
                burn(image, window, attribute)
            return image

        return labels


def read_labels(
    path: str,
    class_field: str,
    grid: Grid,
    reporter: Reporter,
    *,
    name: str = "",
    split_field: str = "",
    keep_tiny: bool = False,
) -> LabelledGeometries:
    """Read the labelled geometries of the first layer of a file.

    Features without geometry or class are left out, invalid geometries are repaired; both are warned about.

    Args:
        path: vector file in any CRS.
        class_field: integer or text field; empty: all features are of one class.
        grid: onto which they will be burnt; they come in its CRS.
        reporter: receives the warnings.
        name: the layer's name for messages; empty: the one in the file.
        split_field: text field with train, valid or test; features where it is empty are left out; empty: all train.
        keep_tiny: a polygon that holds no pixel's centre gets the pixel that holds a point inside it.

    Returns:
        The geometries that meet the grid.

    Raises:
        InputError: there is no such field, a field has another type, or nothing lies on the grid.
    """
    with first_layer(path) as layer:
        name = name or layer.GetName()
        features, extent = read_features(layer, class_field, split_field, grid, name, reporter)
    return _labelled(_on_the_grid(features, extent, grid, name), grid, keep_tiny)


def read_quantities(
    path: str, field: str, grid: Grid, reporter: Reporter, *, name: str = ""
) -> tuple[NDArray[np.float64], Callable[[Window], NDArray]]:
    """Read features with a quantity each, such as the tree cover of plots.

    Args:
        path: vector file in any CRS.
        field: of numbers.
        grid: onto which the features will be burnt.
        reporter: receives warnings about features that are left out.
        name: the layer's name for messages; empty: the one in the file.

    Returns:
        The quantities, [feature], and a function of a window that gives the number of the feature of each pixel,
        [y, x]; that of features where there is none.

    Raises:
        InputError: the field does not hold numbers, or nothing lies on the grid.
    """
    with first_layer(path) as layer:
        name = name or layer.GetName()
        features, extent = read_features(layer, field, "", grid, name, reporter, quantities=True)
    inside = _on_the_grid(features, extent, grid, name)
    parts = [(part, (number,)) for number, feature in enumerate(inside) for part in single_parts(feature.geometry)]
    burners = [rasterizer.burner(grid) for rasterizer in _rasterizers(parts, grid)]

    def numbers(window: Window) -> NDArray:
        image = np.full(window.shape, len(inside), np.int32)
        for burn in burners:
            burn(image, window, 0)
        return image

    return np.array([feature.value for feature in inside], np.float64), numbers


def _on_the_grid(features: Sequence[Feature], extent: str, grid: Grid, name: str) -> list[Feature]:
    """The features that meet a grid; an error if there are none."""
    inside = [feature for feature in features if meets(feature.geometry, grid)]
    if not inside:
        raise InputError(
            tr("The layer {name} and the raster do not overlap.").format(name=name),
            expected=tr("features within {extent} (in the raster's CRS, {crs})").format(
                extent=extent_text(*grid.bounds()), crs=crs_name(grid.crs)
            ),
            received=extent or tr("no usable feature"),
            remedy=tr("Check the layer's CRS and the choice of raster."),
        )
    return inside


def check_class_field_given(path: str, class_field: str, *, one: bool | None, name: str = "") -> None:
    """Raise `InputError` unless there is a class field, or the user says that all features are of one class.

    Args:
        path: vector file.
        class_field: its field of integers or text; empty: none.
        one: all features are of one class; None: that cannot be.
        name: the layer's name for messages; empty: the one in the file.
    """
    if one and class_field:
        raise InputError(
            tr("All features cannot be of one class and have a class field."),
            expected=tr("either CLASS_FIELD or ONE_CLASS"),
            received=tr("ONE_CLASS, and the field {class_field}").format(class_field=class_field),
        )
    if not one:
        with first_layer(path) as layer:
            choose = (
                tr("Choose that field.")
                if one is None
                else tr("Choose that field, or ONE_CLASS if all features are of one class.")
            )
            require_class_field(layer, class_field, name or layer.GetName(), choose)


def read_areas(path: str, grid: Grid, reporter: Reporter, *, name: str = "") -> Callable[[Window], NDArray[np.bool_]]:
    """Make a function that tells which pixels lie in the features of a vector file, by their centre.

    Args:
        path: vector file in any CRS.
        grid: whose windows will be asked for.
        reporter: receives warnings about features that are left out.
        name: the layer's name for messages; empty: the one in the file.

    Returns:
        A function of a window that gives whether each pixel lies in a feature, [y, x].

    Raises:
        InputError: no feature meets the grid.
    """
    labels = read_labels(path, "", grid, reporter, name=name)
    burn, outside = labels.burner(grid), labels.classes.unlabelled
    return lambda window: burn(window) != outside


def _labelled(features: Sequence[Feature], grid: Grid, keep_tiny: bool) -> LabelledGeometries:
    classes = ClassList.from_values(feature.value for feature in features)  # type: ignore[misc]  # no quantities
    text = isinstance(features[0].value, str)
    index_of = {value: index for index, value in enumerate(classes.names if text else classes.values)}
    singles = ((part, feature) for feature in features for part in single_parts(feature.geometry))
    found = [
        (_at_least_a_point(part, grid) if keep_tiny else part, (index_of[feature.value], feature.split, number))
        for number, (part, feature) in enumerate(singles)
    ]
    layers = _rasterizers(found, grid)
    counts = np.bincount([index_of[feature.value] for feature in features], minlength=len(classes))
    attributes = np.array([values for _, values in found], np.int64)
    return LabelledGeometries(
        layers,
        classes,
        text_classes=text,
        features=counts,
        class_of_part=attributes[:, _CLASS],
        split_of_part=attributes[:, _SPLIT],
    )


def _rasterizers(
    parts: Iterable[tuple[ogr.Geometry, tuple[int, ...]]], grid: Grid
) -> list[PolygonRasterizer | LineRasterizer | PointRasterizer]:
    """What burns single geometries with their attributes, later ones above earlier ones."""
    layers: list[PolygonRasterizer | LineRasterizer | PointRasterizer] = []
    for dimension, run in itertools.groupby(parts, lambda part: part[0].GetDimension()):
        geometries, values = zip(*run)
        if dimension == 2:
            layers.append(PolygonRasterizer.from_geometries(geometries, values, grid.crs))
        else:
            layers.append((LineRasterizer if dimension else PointRasterizer).from_geometries(geometries, values))
    return layers


def _at_least_a_point(geometry: ogr.Geometry, grid: Grid) -> ogr.Geometry:
    """The geometry, or a point inside it if it is a polygon that holds no pixel's centre."""
    if geometry.GetDimension() != 2 or geometry.GetArea() > _SMALL * grid.pixel_area:
        return geometry
    left, right, bottom, top = geometry.GetEnvelope()
    cols, rows = grid.fractional_pixels(np.array([left, right, left, right]), np.array([bottom, bottom, top, top]))
    col, row = math.floor(cols.min()), math.floor(rows.min())
    window = Window(col, row, math.floor(cols.max()) - col + 1, math.floor(rows.max()) - row + 1)
    window = window.intersection(grid.window)
    if min(window.shape) == 0:
        return geometry
    image = np.zeros(window.shape, np.uint8)
    PolygonRasterizer.from_geometries([geometry], [(1,)], grid.crs).counter(grid)(image, window)
    return geometry if image.any() else geometry.PointOnSurface()
