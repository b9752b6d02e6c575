"""A sample to judge a map by: `sample_map`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.geometries import read_areas
from ..labels.label_raster import read_label_raster
from ..language import tr
from ..operations import InputPath, OutputPath, Request, operation
from ..options import ALLOCATIONS
from ..rasters.extent import extent_window
from ..rasters.grid import Grid, Window
from ..rasters.raster import Source
from ..runtime import files
from ..runtime.checks import check_choice, check_minimum, check_range, check_seed
from ..runtime.reporter import Reporter
from .label_layer import check_replaceable
from .map_sample import REFERENCE, write_sample
from .sample_size import allocate, allocate_for, standard_error
from .strata import Strata

_COARSER = 2  # how many times the standard error, for comparison


@dataclass
class SampleMapRequest(Request):
    """Draw a stratified random sample of a class map, whose points are to be labelled.

    Args:
        map: raster of class values.
        output: GeoPackage of points to make.
        standard_error: wanted for the overall accuracy, 0…1.
        users_accuracy: of each class, as it is expected, 0…1.
        users_accuracies: of single classes, such as ``forest=0.95, wetland=0.7``, by name or value; empty: none.
        count: number of points; 0: as many as the standard error asks for.
        allocation: one of `options.ALLOCATIONS`: how the points are divided among the classes.
        minimum: ``mixed``: points that a rare class gets.
        mask: vector file; points lie inside its features; empty: everywhere.
        extent: minimum and maximum x, minimum and maximum y, in the CRS of the map; empty: everywhere.
        seed: the same seed gives the same sample.
        map_name: what the user calls the map.
        mask_name: what the user calls the mask, for messages.
    """

    map: InputPath
    output: OutputPath
    standard_error: float = 0.01
    users_accuracy: float = 0.9
    users_accuracies: str = ""
    count: int = 0
    allocation: str = ALLOCATIONS[0]
    minimum: int = 50
    mask: InputPath = ""
    extent: list[float] = field(default_factory=list)
    seed: int = 0
    map_name: str = ""
    mask_name: str = ""


@dataclass(frozen=True)
class MapSample:
    """A sample of a map.

    Args:
        output: the GeoPackage.
        count: number of points.
        counts: points by name of the class in the map.
        expected_standard_error: of the overall accuracy, if the user's accuracies are as expected.
        classes: those of the map, in JSON as `ClassList.to_json` gives it.
    """

    output: str
    count: int
    counts: dict[str, int]
    expected_standard_error: float
    classes: list[dict[str, object]]


@operation
def sample_map(request: SampleMapRequest, reporter: Reporter) -> MapSample:
    """Draw a stratified random sample of a class map after Olofsson et al. (2014).

    The classes of the map are the strata.  Every pixel of a class has the same chance; pixels without a class have
    none.  The result does not depend on how the map is stored.

    Args:
        request: the map, and how large the sample shall be.
        reporter: receives progress and messages.

    Returns:
        The layer of points, whose field ``reference`` is to be filled in, and how many there are of each class.

    Raises:
        InputError: a file or a parameter is invalid, or no pixel of the map may be drawn.
    """
    check_choice(tr("allocation"), request.allocation, ALLOCATIONS)
    check_range(tr("standard error"), request.standard_error, 1e-4, 0.5)
    check_range(tr("user's accuracy"), request.users_accuracy, 0, 1)
    check_minimum(tr("number of points"), request.count, 0)
    check_minimum(tr("minimum of a class"), request.minimum, 0)
    check_seed(request.seed)
    check_replaceable(request.output, REFERENCE)
    grid = Source("map", [request.map]).grid
    area = extent_window(request.extent, grid) if request.extent else grid.window
    classes, read_map = read_label_raster(request.map, grid, reporter, named=True)
    expected = _expected(request, classes)
    strata = Strata(_masked(request, read_map, len(classes), grid, reporter), len(classes), area)
    pixels, hectares = strata.measure(grid, reporter)
    if not pixels.any():
        raise InputError(
            tr("There is nothing to draw from."),
            expected=tr("pixels of the map that have a class, inside the mask and the extent"),
            received=tr("none"),
        )
    rule = request.allocation, request.minimum
    wanted = (
        allocate(pixels, request.count, *rule)
        if request.count
        else allocate_for(pixels, expected, request.standard_error, *rule)
    )
    points = strata.draw(pixels, wanted, request.seed, reporter)
    description = {
        "map": request.map_name or request.map,
        "allocation": request.allocation,
        "seed": request.seed,
        "strata": [
            {**each, "pixels": size, "points": points_of}
            for each, size, points_of in zip(classes.to_json(), pixels.tolist(), wanted.tolist())
        ],
    }
    with files.unfinished(request.output) as part:
        write_sample(part, points, classes, pixels, hectares, grid, description)
    reporter.done(tr("Sample written"))
    error = standard_error(pixels, expected, wanted)
    counts = dict(zip(classes.names, wanted.tolist()))
    _tell(request, pixels, expected, counts, error, reporter)
    return MapSample(request.output, int(wanted.sum()), counts, error, classes.to_json())


def _expected(request: SampleMapRequest, classes: ClassList) -> NDArray[np.float64]:
    """The user's accuracy that is expected of each class, [class]."""
    found = np.full(len(classes), float(request.users_accuracy))
    for entry in filter(None, (part.strip() for part in request.users_accuracies.split(","))):
        name, _, number = (part.strip() for part in entry.rpartition("="))
        index = classes.index(name)
        if index is None and name.lstrip("-").isdigit():
            index = classes.index(int(name))
        try:
            accuracy = float(number)
        except ValueError:
            accuracy = np.nan
        if index is None or not 0 <= accuracy <= 1:
            raise InputError(
                tr("Invalid user's accuracies."),
                expected=tr("such as {name}=0.9, with the classes {classes} and numbers from 0 to 1").format(
                    name=classes.names[0], classes=", ".join(classes.names)
                ),
                received=entry,
            )
        found[index] = accuracy
    return found


def _masked(
    request: SampleMapRequest, read_map: Callable[[Window], NDArray], no_class: int, grid: Grid, reporter: Reporter
) -> Callable[[Window], NDArray]:
    """The classes of a window, without those outside the mask."""
    if not request.mask:
        return read_map
    inside = read_areas(request.mask, grid, reporter, name=request.mask_name)
    return lambda window: np.where(inside(window), read_map(window), no_class)


def _tell(
    request: SampleMapRequest,
    pixels: NDArray[np.int64],
    expected: NDArray[np.float64],
    counts: dict[str, int],
    error: float,
    reporter: Reporter,
) -> None:
    by_class = ", ".join(f"{name}: {count}" for name, count in counts.items() if count)
    reporter.info(tr("{count} points ({by_class}).").format(count=sum(counts.values()), by_class=by_class))
    reporter.info(
        tr(
            "If the map is as accurate as expected, the overall accuracy will be known to ± {margin:.1%} (95 % "
            "interval; standard error {error:.3f})."
        ).format(margin=1.96 * error, error=error)
    )
    if not request.count:
        coarser = _COARSER * request.standard_error
        fewer = allocate_for(pixels, expected, coarser, request.allocation, request.minimum).sum()
        if fewer < sum(counts.values()):
            reporter.info(
                tr("With a standard error of {coarser:g}, {fewer} points would do.").format(
                    coarser=coarser, fewer=fewer
                )
            )
    absent = [name for name, count in counts.items() if not count]
    if absent:
        reporter.info(tr("No pixel, and so no point, has the class {absent}.").format(absent=", ".join(absent)))
