"""Positions as a table, and as points in a vector file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from ..classes import ClassMap
from ..errors import InputError
from ..grid import Grid
from ..points import read_points
from ..reporter import Reporter
from .splits import SPLITS, TRAIN

MAP_TYPES = {str: ogr.OFTString, int: ogr.OFTInteger64}


@dataclass(frozen=True)
class Positions:
    """Pixels of source 1 that patches are centred on.

    Args:
        cols: columns, [position].
        rows: rows, [position].
        labels: class index, [position].
        split_of: index into `SPLITS`, [position].
        blocks: number of the spatial block, [position].
    """

    cols: NDArray[np.int64]
    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    split_of: NDArray[np.int64]
    blocks: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.cols)

    def where(self, chosen: NDArray) -> Positions:
        """Those that a mask or an index array chooses."""
        return Positions(*(array[chosen] for array in vars(self).values()))

    @classmethod
    def concatenate(cls, parts: list[Positions]) -> Positions:
        """All parts, one after the other."""
        return cls(*(np.concatenate(arrays) for arrays in zip(*(vars(part).values() for part in parts))))

    def counts(self) -> dict[str, int]:
        """Positions per split."""
        return {split: int((self.split_of == number).sum()) for number, split in enumerate(SPLITS)}


def write_positions(path: Path, positions: Positions, classes: ClassMap, text_classes: bool, grid: Grid) -> None:
    """Write points at the pixel centres with the fields ``id, class, label, split, block``.

    Args:
        path: the file to make; its suffix chooses the format.
        positions: what to write.
        classes: what the labels mean.
        text_classes: ``class`` holds names, else values.
        grid: the pixels that the positions count.
    """
    drivers = gdal.GetDriverCount()
    candidates = (gdal.GetDriver(number) for number in range(drivers))
    suffix = path.suffix.lstrip(".").lower()
    driver = next(
        (
            driver
            for driver in candidates
            if driver.GetMetadataItem(gdal.DCAP_VECTOR)
            and driver.GetMetadataItem(gdal.DCAP_CREATE)
            and suffix in (driver.GetMetadataItem(gdal.DMD_EXTENSIONS) or "").split()
        ),
        None,
    )
    if driver is None:
        raise InputError(
            f"Points cannot be written to {path.name}.", expected="a vector format such as .gpkg", received=suffix
        )
    dataset = driver.Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    crs = osr.SpatialReference(wkt=grid.crs) if grid.crs else None
    layer = dataset.CreateLayer("positions", crs, ogr.wkbPoint)
    for name, kind in (
        ("id", int),
        ("class", str if text_classes else int),
        ("label", int),
        ("split", str),
        ("block", int),
    ):
        layer.CreateField(ogr.FieldDefn(name, MAP_TYPES[kind]))
    class_values = classes.names if text_classes else classes.values
    x, y = grid.centres(positions.cols, positions.rows)
    layer.StartTransaction()
    for number in range(len(positions)):
        feature = ogr.Feature(layer.GetLayerDefn())
        label = int(positions.labels[number])
        feature.SetField("id", number)
        feature.SetField("class", class_values[label])
        feature.SetField("label", label)
        feature.SetField("split", SPLITS[positions.split_of[number]])
        feature.SetField("block", int(positions.blocks[number]))
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(float(x[number]), float(y[number]))
        feature.SetGeometryDirectly(point)
        layer.CreateFeature(feature)
    layer.CommitTransaction()


def read_positions(path: str, grid: Grid, reporter: Reporter, *, name: str = "") -> tuple[Positions, list[int | str]]:
    """Read points, ours or anybody's, as pixels of a grid.

    A layer without the field ``split`` is all train; without ``class`` it is all of one class.

    Returns:
        The positions, whose labels are indices into the second value: the class values that occur, sorted.

    Raises:
        InputError: no points, or an unknown split.
    """
    points = read_points(path, grid, reporter, name=name, class_field="class", fields=("split", "block"))
    count = len(points.cols)
    splits = points.values.get("split", [TRAIN] * count)
    unknown = [split for split in splits if split not in SPLITS]
    if unknown:
        raise InputError(
            f"The field split of the layer {name or path} has a value that is no split.",
            expected=", ".join(SPLITS),
            received=str(unknown[0]),
        )
    values = points.values.get("class", [1] * count)
    classes = sorted(set(values))
    labels = np.array([classes.index(value) for value in values], np.int64)
    split_of = np.array([SPLITS.index(split) for split in splits], np.int64)
    blocks = np.array([block or 0 for block in points.values.get("block", [0] * count)], np.int64)
    return Positions(points.cols, points.rows, labels, split_of, blocks), classes
