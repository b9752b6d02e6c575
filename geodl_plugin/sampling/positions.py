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
from ..reporter import Reporter
from ..vector import open_vector, transformation
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
    dataset = open_vector(path)
    layer = dataset.GetLayer(0)
    name = name or layer.GetName()
    transform = transformation(layer.GetSpatialRef(), grid, name, reporter)
    definition = layer.GetLayerDefn()
    fields = {definition.GetFieldDefn(number).GetName() for number in range(definition.GetFieldCount())}
    x, y, splits, values, blocks = [], [], [], [], []
    skipped = 0
    for feature in layer:
        geometry = feature.GetGeometryRef()
        if geometry is None or geometry.IsEmpty() or ("class" in fields and feature.GetField("class") is None):
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
            if transform is not None:
                point.Transform(transform)
        except RuntimeError:  # such as a point beyond the pole
            skipped += 1
            continue
        split = feature.GetField("split") if "split" in fields else TRAIN
        if split not in SPLITS:
            raise InputError(
                f"The field split of the layer {name} has a value that is no split.",
                expected=", ".join(SPLITS),
                received=str(split),
            )
        x.append(point.GetX())
        y.append(point.GetY())
        splits.append(SPLITS.index(split))
        values.append(feature.GetField("class") if "class" in fields else 1)
        blocks.append((feature.GetField("block") or 0) if "block" in fields else 0)
    if skipped:
        reporter.warning(
            f"{skipped} points of {name} have no geometry, no class or no place in the raster's CRS and are left out."
        )
    cols, rows = grid.pixels(np.array(x, float), np.array(y, float))
    classes = sorted(set(values))
    labels = np.array([classes.index(value) for value in values], np.int64)
    return Positions(cols, rows, labels, np.array(splits, np.int64), np.array(blocks, np.int64)), classes
