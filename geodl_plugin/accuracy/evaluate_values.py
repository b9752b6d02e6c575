"""How well a map of values, such as tree cover in percent, agrees with a reference: `evaluate_values`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.digests import count_trained
from ..labels.geometries import read_quantities
from ..labels.label_raster import ValueRaster
from ..language import tr
from ..operations import operation
from ..rasters.grid import Grid, Window, tiles
from ..rasters.raster import Source
from ..runtime.reporter import Reporter
from .evaluate_map import EvaluateMapRequest, excluded_areas, trained_warnings
from .regression import RegressionErrors

_TILE = 2048  # pixels along a side
Pairs = Iterator[tuple[NDArray, NDArray]]


@dataclass(frozen=True)
class ValueAccuracy:
    """How well a map of values agrees with a reference.

    Args:
        name: of the values.
        errors: map − reference, of all that is compared.
        compared: what is compared: ``pixels``, or ``features``, whose value is compared with the mean of the map in
            them.
        outside: features in which the map has no value.
        trained: of the features, how many the network has seen, and how many there are.
    """

    name: str
    errors: RegressionErrors
    compared: str
    outside: int
    trained: tuple[int, int] = (0, 0)

    @property
    def warnings(self) -> list[str]:
        """What the user should know about the figures."""
        warnings = trained_warnings(*self.trained)
        if self.outside:
            warnings.append(
                tr("{outside:,} features do not count: the map has no value in them.").format(outside=self.outside)
            )
        if math.isnan(self.errors.r2):
            warnings.append(tr("R² is undefined: all values of the reference are the same."))
        return warnings

    @property
    def figures(self) -> dict[str, Any]:
        """The figures that sum it up, by name, as JSON values."""
        errors = self.errors  # whose numbers are numpy's, of which qgis_process prints nothing
        figures = {"r2": errors.r2, "rmse": errors.rmse, "mae": errors.mae, "bias": errors.bias}
        known = {name: None if math.isnan(value) else float(value) for name, value in figures.items()}
        return {**known, self.compared: errors.total}

    def as_text(self) -> str:
        """The figures as a table."""
        errors = self.errors
        figures = (("R²", errors.r2), ("RMSE", errors.rmse), ("MAE", errors.mae), (tr("bias"), errors.bias))
        lines = [f"{label:5} {value:12.4f}" for label, value in figures]
        compared = tr("of {total:,} features") if self.compared == "features" else tr("of {total:,} pixels")
        return "\n".join([*lines, compared.format(total=errors.total)])


@operation
def evaluate_values(request: EvaluateMapRequest, reporter: Reporter) -> ValueAccuracy:
    """Compare a map of values with a raster of values, or with features that have a value each.

    A reference raster on another grid is averaged or interpolated to that of the map.  Of a polygon, the mean of the
    map in it is compared with its value; of a point, the pixel that holds it.

    Args:
        request: the map and the reference, whose class field holds the values.
        reporter: receives progress, warnings and the figures.

    Raises:
        InputError: a file cannot be read, the field does not hold numbers, or map and reference have nothing in common.
    """
    if bool(request.reference) == bool(request.reference_raster):
        raise InputError(
            tr("The reference must be one layer."),
            expected=tr("either features with a field of numbers, or a raster of values"),
            received=tr("both") if request.reference else tr("neither"),
        )
    grid = Source("map", [request.map]).grid
    predicted = ValueRaster(request.map, grid)
    excluded = excluded_areas(request, grid, reporter)
    outside = 0
    if request.reference:
        true, means = _means(request, grid, predicted, excluded, reporter)
        known = np.isfinite(means)
        outside = int((~known).sum())
        pairs = [(true[known], means[known])]
        errors = _errors(lambda: iter(pairs))
    else:
        reference = ValueRaster(request.reference_raster, grid)
        steps = iter([reporter.part(0, 0.5), reporter.part(0.5, 1)])
        errors = _errors(lambda: _pixels(grid, reference, predicted, excluded, next(steps)))
    if errors.total == 0:
        raise InputError(
            tr("The map and the reference have no value in common."),
            expected=tr("a reference where the map has values"),
            received=tr("none"),
            remedy=tr("Check the reference layer and the areas that are excluded."),
        )
    trained = count_trained(request.map, request.reference, request.exclude) if request.reference else (0, 0)
    compared = "features" if request.reference else "pixels"
    accuracy = ValueAccuracy(predicted.name, errors, compared, outside, trained)
    for warning in accuracy.warnings:
        reporter.warning(warning)
    reporter.info(accuracy.as_text())
    return accuracy


def _errors(pairs: Callable[[], Pairs]) -> RegressionErrors:
    """The errors of all pairs of true and predicted values, which are read twice: the first time for their range."""
    low, high = math.inf, -math.inf
    for both in pairs():
        for values in both:
            if len(values):
                low, high = min(low, float(values.min())), max(high, float(values.max()))
    if low > high:
        return RegressionErrors(0, 1)
    errors = RegressionErrors(low, high)
    for true, predicted in pairs():
        errors.add(true, predicted)
    return errors


def _pixels(
    grid: Grid,
    reference: ValueRaster,
    predicted: ValueRaster,
    excluded: Callable[[Window], NDArray[np.bool_]],
    reporter: Reporter,
) -> Pairs:
    """True and predicted values of the pixels that have both, tile by tile."""
    windows = list(tiles(grid.window, _TILE))
    for number, window in enumerate(windows, start=1):
        true, found = reference.read(window), predicted.read(window)
        counts = np.isfinite(true) & np.isfinite(found) & ~excluded(window)
        yield true[counts], found[counts]
        reporter.progress(number / len(windows), tr("Comparing map and reference"))


def _means(
    request: EvaluateMapRequest,
    grid: Grid,
    predicted: ValueRaster,
    excluded: Callable[[Window], NDArray[np.bool_]],
    reporter: Reporter,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The values of the features, and the mean of the map in each, NaN where it has none, [feature]."""
    true, read = read_quantities(request.reference, request.class_field, grid, reporter, name=request.reference_name)
    sums, counts = np.zeros(len(true) + 1), np.zeros(len(true) + 1, np.int64)
    windows = list(tiles(grid.window, _TILE))
    for number, window in enumerate(windows, start=1):
        features, values = read(window), predicted.read(window).astype(np.float64)
        known = np.isfinite(values) & ~excluded(window)
        sums += np.bincount(features[known], values[known], minlength=len(sums))
        counts += np.bincount(features[known], minlength=len(counts))
        reporter.progress(number / len(windows), tr("Comparing map and reference"))
    with np.errstate(invalid="ignore"):
        means: NDArray[np.float64] = sums[:-1] / counts[:-1]
    return true, means
