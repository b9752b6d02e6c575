"""A stratified sample of a map as points in a file: each point knows its stratum and how large that is.

The sizes stand in the fields of each point, so that they stay with the points when these are copied, or saved in
another format; the names of the fields fit into a Shapefile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..language import tr
from ..rasters.grid import Grid
from ..runtime.reporter import Reporter
from ..vectors.points import read_points
from ..vectors.vector_file import field_names, is_missing
from .label_layer import Field, write_layer

LAYER = "sample"
REFERENCE = "reference"  # what a person fills in
STRATUM, PIXELS, HECTARES = "map_class", "stratum_px", "stratum_ha"
HIDDEN = (STRATUM, PIXELS, HECTARES)  # from the person who labels: who knows what the map says tends to agree


@dataclass(frozen=True)
class LabelledSample:
    """The points of a sample, with what people said.

    Args:
        cols: columns of the pixels, [point].
        rows: rows, [point].
        stratum_of: index of each point's stratum, [point].
        reference: class value that a person gave; None: none yet, [point].
        strata: class value of each stratum, [stratum].
        pixels: of each stratum in the map, [stratum].
        hectares: of each stratum in the map; None: unknown, [stratum].
    """

    cols: NDArray[np.int64]
    rows: NDArray[np.int64]
    stratum_of: NDArray[np.int64]
    reference: list[int | str | None]
    strata: list[int]
    pixels: NDArray[np.int64]
    hectares: NDArray[np.float64] | None


def write_sample(
    path: Path,
    points: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    classes: ClassList,
    pixels: NDArray[np.int64],
    hectares: NDArray[np.float64] | None,
    grid: Grid,
    description: Mapping[str, object],
) -> None:
    """Write a sample.

    Args:
        path: GeoPackage to make.
        points: columns, rows and class indices, [point] each.
        classes: those of the map.
        pixels: of each class in the map, [class].
        hectares: of each class in the map; None: unknown.
        grid: of the map.
        description: JSON value that the layer keeps as metadata.
    """
    cols, rows, indices = points
    fields: dict[str, Field] = {
        "id": (int, range(1, len(cols) + 1)),
        REFERENCE: (int, [None] * len(cols)),
        "remark": (str, [None] * len(cols)),
        STRATUM: (int, [classes.values[index] for index in indices.tolist()]),
        PIXELS: (int, pixels[indices].tolist()),
        HECTARES: (float, [None] * len(cols) if hectares is None else hectares[indices].tolist()),
    }
    write_layer(path, LAYER, fields, (cols, rows), grid, description={"kind": LAYER, **description})


def is_sample(path: str) -> bool:
    """Whether the first layer of a file is a sample of a map: it has the fields of one.

    Args:
        path: vector file.

    Raises:
        InputError: the file is missing, not a vector file, or empty.
    """
    return {STRATUM, PIXELS, REFERENCE}.issubset(field_names(path))


def read_sample(path: str, grid: Grid, reporter: Reporter, *, name: str = "") -> LabelledSample:
    """Read a sample, labelled or not.

    Args:
        path: vector file of points in any CRS.
        grid: whose pixels the points are.
        reporter: receives warnings.
        name: what the user calls the layer, for messages.

    Raises:
        InputError: the points are not of one sample.
    """
    points = read_points(path, grid, reporter, name=name, fields=(STRATUM, PIXELS, HECTARES, REFERENCE))
    sizes: dict[int, set[tuple[int, float | None]]] = {}
    hectares = points.values.get(HECTARES, [None] * len(points.cols))
    for stratum, pixels, area in zip(points.values[STRATUM], points.values[PIXELS], hectares):
        sizes.setdefault(stratum, set()).add((pixels, area))
    unclear = [
        stratum
        for stratum, found in sizes.items()
        if len(found) > 1 or stratum is None or any(pixels is None for pixels, _ in found)
    ]
    if unclear:
        raise InputError(
            tr("The points of {name} are not one sample of a map.").format(name=name or path),
            expected=tr("the fields {stratum} and {pixels} as Draw a sample to judge a map made them").format(
                stratum=STRATUM, pixels=PIXELS
            ),
            received=tr("several sizes, or none, of the class {unclear}").format(unclear=unclear[0]),
            remedy=tr("Use the layer as it was made, and one sample at a time."),
        )
    strata = sorted(sizes)
    areas = [next(iter(sizes[stratum])) for stratum in strata]
    return LabelledSample(
        points.cols,
        points.rows,
        np.searchsorted(strata, points.values[STRATUM]),
        [None if is_missing(value) else value for value in points.values[REFERENCE]],
        strata,
        np.array([pixels for pixels, _ in areas], np.int64),
        None if any(area is None for _, area in areas) else np.array([area for _, area in areas], float),
    )
