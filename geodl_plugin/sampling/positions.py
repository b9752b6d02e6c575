"""Positions as a table, and as points in a vector file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.splits import SPLITS, TRAIN
from ..language import tr
from ..options import POSITION_FORMATS
from ..rasters.grid import Grid
from ..runtime.reporter import Reporter, SilentReporter
from ..vectors.points import read_points
from .origin import FIELDS as ORIGIN_FIELDS
from .origin import UNKNOWN, Origin

_LAYER, _FIELDS = "positions", ("id", "class", "label", "split", "block")
_FURTHER_FIELDS = ("feature", "way", *ORIGIN_FIELDS)  # which files of earlier versions do not have
_TEXTS = ("split", "way", *(name for name, kind in ORIGIN_FIELDS.items() if kind is str))
_WITH_LAYERS = (".gpkg", ".sqlite")  # of several layers a file
_OPTIONS = {
    ".shp": ["ENCODING=UTF-8"],
    ".geojson": ["COORDINATE_PRECISION=15"],
    ".json": ["COORDINATE_PRECISION=15"],
    ".fgb": ["SPATIAL_INDEX=NO"],  # which would sort the points
}
_MAX_SHAPEFILE_TEXT, _SHAPEFILE_DIGITS = 254, 18


@dataclass(frozen=True)
class Positions:
    """Pixels of the reference that patches are centred on.

    Args:
        cols: columns, [position].
        rows: rows, [position].
        labels: class index, [position].
        split_of: index into `SPLITS`, [position].
        blocks: number of the spatial block, [position].
        features: number of the single polygon, line or point, [position]; None: labels do not come from these.
        way: how labels were split, one of `labels.splits.WAYS`; empty: unknown.
        origin: how they were sampled.
    """

    cols: NDArray[np.int64]
    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    split_of: NDArray[np.int64]
    blocks: NDArray[np.int64]
    features: NDArray[np.int64] | None = None
    way: str = ""
    origin: Origin = UNKNOWN

    def __len__(self) -> int:
        return len(self.cols)

    def where(self, chosen: NDArray) -> Positions:
        """Those that a mask or an index array chooses."""
        return Positions(
            self.cols[chosen],
            self.rows[chosen],
            self.labels[chosen],
            self.split_of[chosen],
            self.blocks[chosen],
            None if self.features is None else self.features[chosen],
            self.way,
            self.origin,
        )

    @classmethod
    def concatenate(cls, parts: list[Positions]) -> Positions:
        """All parts, one after the other, without the numbers of features."""
        arrays = zip(*((part.cols, part.rows, part.labels, part.split_of, part.blocks) for part in parts))
        return cls(*(np.concatenate(array) for array in arrays))

    def counts(self) -> dict[str, int]:
        """Positions per split."""
        return {split: int((self.split_of == number).sum()) for number, split in enumerate(SPLITS)}


def check_writable(path: str, grid: Grid) -> None:
    """Raise `InputError` if positions cannot be written to a file, before any are drawn.

    The format must hold points, text and the CRS of the grid, which is tried with one position.  A file with several
    layers is not replaced if any of them does not hold positions.

    Args:
        path: the file to make; its suffix chooses the format.
        grid: the reference, whose pixels the positions are.
    """
    suffix = Path(path).suffix.lower()
    name = POSITION_FORMATS.get(suffix)
    if name is None or gdal.GetDriverByName(name) is None:
        known = [suffix for suffix, name in POSITION_FORMATS.items() if gdal.GetDriverByName(name)]
        raise InputError(
            tr("Positions cannot be written to {name}.").format(name=Path(path).name),
            expected=tr("a file name that ends with {known}").format(known=", ".join(known)),
            received=suffix or tr("no ending"),
        )
    others = _other_layers(path) if suffix in _WITH_LAYERS else []
    if others:
        raise InputError(
            tr("The file {path} cannot be replaced: it holds more than positions, which would be lost.").format(
                path=path
            ),
            expected=tr("a new file, or one whose only layer is {layer}, made by GeoDL").format(layer=_LAYER),
            received=tr("layers {others}").format(others=", ".join(others)),
            remedy=tr("Choose another output."),
        )
    far = np.array([grid.width - 1]), np.array([grid.height - 1])
    trial = Positions(*far, np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros(1, np.int64))
    with tempfile.TemporaryDirectory(prefix="geodl_") as folder:
        place = str(Path(folder) / f"trial{suffix}")
        _write(place, trial, ["1"], grid)
        found, _ = read_positions(place, grid, SilentReporter())
    if (found.cols.tolist(), found.rows.tolist()) != ([grid.width - 1], [grid.height - 1]):
        raise InputError(
            tr("Positions on this raster cannot be written to {file}: {format} does not keep its CRS.").format(
                file=Path(path).name, format=name
            ),
            expected=tr("a format that keeps any CRS, such as .gpkg"),
            received=suffix,
        )


def write_positions(path: Path, positions: Positions, classes: ClassList, text_classes: bool, grid: Grid) -> None:
    """Write points at the pixel centres.

    Their fields are ``id, class, label, split, block, feature, way`` and those of `Origin`.

    Args:
        path: the file to make; its suffix chooses the format.
        positions: what to write.
        classes: what the labels mean.
        text_classes: the field ``class`` holds names of classes, else their values.
        grid: the reference, whose pixels the positions are.

    Raises:
        InputError: the disk is full, or the file cannot be written for another reason.
    """
    _write(str(path), positions, classes.names if text_classes else classes.values, grid)


def _write(path: str, positions: Positions, class_values: Sequence[int | str], grid: Grid) -> None:
    suffix = Path(path).suffix.lower()
    names = [value for value in class_values if isinstance(value, str)]
    longest = max((len(name.encode()) for name in names), default=0)
    if suffix == ".shp" and longest > _MAX_SHAPEFILE_TEXT:
        raise InputError(
            tr("A class name is too long for a Shapefile."),
            expected=tr("{maximum} bytes, or another format such as .gpkg").format(maximum=_MAX_SHAPEFILE_TEXT),
            received=tr("{longest} bytes").format(longest=longest),
        )
    try:
        dataset = gdal.GetDriverByName(POSITION_FORMATS[suffix]).Create(path, 0, 0, 0, gdal.GDT_Unknown)
        crs = osr.SpatialReference(wkt=grid.crs) if grid.crs else None
        layer = dataset.CreateLayer(_LAYER, crs, ogr.wkbPoint, _OPTIONS.get(suffix, []))
        for name in (*_FIELDS, *_FURTHER_FIELDS):
            is_text = name in _TEXTS or (name == "class" and bool(names))
            definition = ogr.FieldDefn(name, ogr.OFTString if is_text else ogr.OFTInteger64)
            if name == "class" and suffix == ".shp":
                definition.SetWidth(longest or _SHAPEFILE_DIGITS)  # its own width for text cuts long names off
            elif name == "image" and suffix == ".shp":
                definition.SetWidth(_MAX_SHAPEFILE_TEXT)
            layer.CreateField(definition)
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
            if positions.features is not None:
                feature.SetField("feature", int(positions.features[number]))
            feature.SetField("way", positions.way)
            for name in ORIGIN_FIELDS:
                feature.SetField(name, getattr(positions.origin, name))
            point = ogr.Geometry(ogr.wkbPoint)
            point.AddPoint_2D(float(x[number]), float(y[number]))
            feature.SetGeometryDirectly(point)
            layer.CreateFeature(feature)
        layer.CommitTransaction()
        layer = dataset = None  # closes the file: only then are some formats written
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_VERBOSE_ERROR)
        written = sum(1 for _ in dataset.GetLayer(0))  # the number in a header says nothing of what follows it
    except RuntimeError as error:
        raise InputError(
            tr("The positions cannot be written to {path}.").format(path=path), received=str(error)
        ) from error
    if written != len(positions):
        raise InputError(
            tr("The positions cannot be written to {path}.").format(path=path),
            expected=tr("{count} points").format(count=len(positions)),
            received=tr("{written} that can be read back").format(written=written),
            remedy=tr("Make room on the disk, or choose another output."),
        )


def _other_layers(path: str) -> list[str]:
    """What a file holds beside positions as they are written here; empty if GDAL cannot open it."""
    try:
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_RASTER)
    except RuntimeError:
        return []
    others = []
    for number in range(dataset.GetLayerCount()):
        layer = dataset.GetLayer(number)
        if layer.GetName() != _LAYER or not {field.GetName() for field in layer.schema}.issuperset(_FIELDS):
            others.append(layer.GetName())
    return [*others, *(["with pixels"] if dataset.RasterCount or dataset.GetMetadata("SUBDATASETS") else [])]


def read_positions(
    path: str, grid: Grid, reporter: Reporter, *, name: str = "", class_field: str = "class"
) -> tuple[Positions, list[Any]]:
    """Read points as pixels of a grid, whether they were written by `write_positions` or not.

    Without the field ``split`` all points are in train; without the class field all are of one class.

    Args:
        path: vector file of points in any CRS.
        grid: the reference, whose pixels the positions are.
        reporter: receives warnings of points that are left out.
        name: what the user calls the layer, for messages.
        class_field: field of integers or text.

    Returns:
        The positions, whose labels are indices into the second value: the class values that occur, sorted.

    Raises:
        InputError: there are no points, or the field ``split`` has an unknown value.
    """
    points = read_points(
        path, grid, reporter, name=name, class_field=class_field, fields=("split", "block", *_FURTHER_FIELDS)
    )
    count = len(points.cols)
    splits = points.values.get("split", [TRAIN] * count)
    unknown = [split for split in splits if split not in SPLITS]
    if unknown:
        raise InputError(
            tr("Invalid value in the field split of the layer {name}.").format(name=name or path),
            expected=tr("one of {choices}").format(choices=", ".join(SPLITS)),
            received=str(unknown[0]),
        )
    values = points.values.get(class_field, [1] * count)
    classes = sorted(set(values))
    index_of = {value: index for index, value in enumerate(classes)}
    labels = np.array([index_of[value] for value in values], np.int64)
    split_of = np.array([SPLITS.index(split) for split in splits], np.int64)
    blocks = np.array([block or 0 for block in points.values.get("block", [0] * count)], np.int64)
    ways, numbers = set(points.values.get("way", [])), points.values.get("feature", [None])
    way = ways.pop() if len(ways) == 1 else ""
    features = None if None in numbers or not count else np.array(numbers, np.int64)
    origin = Origin.read(points.values)
    return Positions(points.cols, points.rows, labels, split_of, blocks, features, way or "", origin), classes
