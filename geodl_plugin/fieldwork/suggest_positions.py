"""Where further labels would help a network most: `suggest_positions`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.geometries import read_areas
from ..labels.label_raster import read_label_raster
from ..language import tr
from ..operations import InputPath, OutputPath, Request, operation
from ..options import SUGGESTED_SHAPES
from ..rasters.crs import same_crs
from ..rasters.grid import Grid, Window
from ..rasters.opening import describe_grid
from ..rasters.raster import Source
from ..runtime import files
from ..runtime.checks import check_choice, check_minimum, check_seed
from ..runtime.reporter import Reporter
from .label_layer import Field, check_replaceable, write_layer
from .spread import choose
from .uncertainty import Squares, UncertaintyReader, measure, side_of_squares

LAYER, TO_FILL_IN = "suggestions", "class"
_LEAST_SIDE = 8  # pixels of the squares that the map is measured in
_SPREAD = 0.5  # of the distance of as many points on a regular grid


@dataclass
class SuggestPositionsRequest(Request):
    """Suggest places to label, from a map and how certain the network was of it.

    Args:
        map: class map that `inference.map_raster` made.
        confidence: the raster of confidence that was made with it.
        output: GeoPackage to make.
        unfamiliarity: the raster of unfamiliarity that was made with it; empty: none.
        labels: vector file of what is labelled already, which is avoided; empty: nothing.
        count: number of places.
        shape: one of `options.SUGGESTED_SHAPES`.
        size: ``squares``: their side in pixels.
        min_distance: minimum distance of two places in pixels, as far as there is room; 0: automatic.
        seed: the same seed gives the same places.
        labels_name: what the user calls the labels, for messages.
    """

    map: InputPath
    confidence: InputPath
    output: OutputPath
    unfamiliarity: InputPath = ""
    labels: InputPath = ""
    count: int = 50
    shape: str = SUGGESTED_SHAPES[0]
    size: int = 5
    min_distance: int = 0
    seed: int = 0
    labels_name: str = ""


@dataclass(frozen=True)
class SuggestedPositions:
    """Places to label.

    Args:
        output: the GeoPackage.
        counts: places by name of the class that the map shows there.
        mean_uncertainty: of the places, 0…1.
        mean_uncertainty_of_map: of the whole map.
        classes: those of the map, in JSON as `ClassList.to_json` gives it.
    """

    output: str
    counts: dict[str, int]
    mean_uncertainty: float
    mean_uncertainty_of_map: float
    classes: list[dict[str, object]]


@operation
def suggest_positions(request: SuggestPositionsRequest, reporter: Reporter) -> SuggestedPositions:
    """Suggest places where labels would help most: uncertain ones, of all classes, far apart and far from labels.

    Args:
        request: the map, how certain the network was, and how many places are wanted.
        reporter: receives progress and warnings.

    Returns:
        The layer of places, whose field ``class`` is to be filled in, and how they are distributed.

    Raises:
        InputError: a file or a parameter is invalid, the rasters are not of one grid, or there is no place.
    """
    check_choice(tr("shape"), request.shape, SUGGESTED_SHAPES)
    check_minimum(tr("number of places"), request.count, 1)
    check_minimum(tr("size"), request.size, 1)
    check_minimum(tr("minimum distance"), request.min_distance, 0)
    check_seed(request.seed)
    check_replaceable(request.output, TO_FILL_IN)
    grid = Source("map", [request.map]).grid
    reader = UncertaintyReader(
        _on_grid("confidence", request.confidence, grid),
        _on_grid("unfamiliarity", request.unfamiliarity, grid) if request.unfamiliarity else None,
    )
    classes, read_map = read_label_raster(request.map, grid, reporter, named=True)
    squares = measure(
        grid.window,
        side_of_squares(grid.window, max(_LEAST_SIDE, request.size)),
        len(classes),
        read_map,
        reader.read,
        _labelled(request, grid, reporter),
        reporter,
    )
    if not len(squares.cols):
        raise InputError(
            tr("There is no place to suggest."),
            expected=tr("parts of the map that have a class and a confidence, and no label"),
            received=tr("none"),
        )
    distance = (request.min_distance or _SPREAD * math.sqrt(squares.pixels.sum() / request.count)) / squares.side
    rng = np.random.default_rng(request.seed)
    chosen = choose(squares, request.count, distance, rng)
    if len(chosen) < request.count:
        reporter.warning(
            tr("There is room for {count} places only, far enough from each other and from labels.").format(
                count=len(chosen)
            )
        )
    pixels = [
        _pixel(squares.window(number, grid.window), int(squares.classes[number]), read_map, rng)
        for number in chosen.tolist()
    ]
    cols, rows = np.array(pixels, np.int64).T
    _write(request, squares, chosen, classes, (cols, rows), grid)
    reporter.done(tr("Places suggested"))
    counts = np.bincount(squares.classes[chosen], minlength=len(classes)).tolist()
    return SuggestedPositions(
        request.output,
        dict(zip(classes.names, counts)),
        float(squares.uncertainty[chosen].mean()),
        float(squares.uncertainty.mean()),
        classes.to_json(),
    )


def _on_grid(name: str, path: str, grid: Grid) -> Source:
    """Open a raster that was made with the map."""
    source = Source(name, [path])
    if not (source.grid.coincides(grid) and same_crs(source.grid.crs, grid.crs)):
        raise InputError(
            tr("The confidence does not belong to the map.")
            if name == "confidence"
            else tr("The unfamiliarity does not belong to the map."),
            expected=tr("the raster that was made with it: {grid}").format(grid=describe_grid(grid)),
            received=f"{describe_grid(source.grid)}, {path}",
        )
    return source


def _labelled(
    request: SuggestPositionsRequest, grid: Grid, reporter: Reporter
) -> Callable[[Window], NDArray[np.bool_]]:
    """A function that gives the pixels of a window that have a label."""
    if request.labels:
        return read_areas(request.labels, grid, reporter, name=request.labels_name)
    return lambda window: np.zeros(window.shape, bool)


def _pixel(
    window: Window, index: int, read_map: Callable[[Window], NDArray], rng: np.random.Generator
) -> tuple[int, int]:
    """A pixel of a class in a square, at random: where the class is purest it is easy to name, but teaches less."""
    places = np.flatnonzero(read_map(window) == index)
    row, col = divmod(int(places[rng.integers(len(places))]), window.width)
    return window.col + col, window.row + row


def _write(
    request: SuggestPositionsRequest,
    squares: Squares,
    chosen: NDArray[np.int64],
    classes: ClassList,
    pixels: tuple[NDArray[np.int64], NDArray[np.int64]],
    grid: Grid,
) -> None:
    are_named = any(each.name != str(each.value) for each in classes.classes)
    nothing = [None] * len(chosen)
    fields: dict[str, Field] = {
        "id": (int, range(1, len(chosen) + 1)),
        TO_FILL_IN: (str if are_named else int, nothing),
        "mapped": (str, [classes.names[index] for index in squares.classes[chosen].tolist()]),
        "uncertain": (float, np.round(squares.uncertainty[chosen], 4).tolist()),
    }
    side = request.size if request.shape == "squares" else 0
    with files.unfinished(request.output) as part:
        write_layer(
            part, LAYER, fields, pixels, grid, side=side, description={"kind": LAYER, "classes": classes.to_json()}
        )
