"""Extracting patches into a patches image, as OTBTF's PatchesExtraction does."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..errors import InputError
from ..labels.class_raster import write_classes
from ..labels.classes import ClassList
from ..language import tr
from ..operations import InputPath, OutputPath, Request, operation
from ..rasters.nodata import parse_nodata
from ..rasters.pixel_types import gdal_type_of
from ..rasters.raster import Source, small_cache
from ..rasters.sources import Sources
from ..runtime import files
from ..runtime.checks import check_minimum
from ..runtime.companions import discard
from ..runtime.reporter import Reporter
from ..sampling.origin import FIELDS, Origin
from ..systems.sharing import replace
from ..vectors.points import Points, read_points
from ..vectors.vector_file import check_class_field
from .patch_sizes import chosen_size
from .raster_patches import read_raster_patches

_OPTIONS = ["INTERLEAVE=PIXEL", "BIGTIFF=IF_SAFER", "PROFILE=GDALGeoTIFF"]
WritePatch = Callable[[int, NDArray], None]


@dataclass
class ExtractRequest(Request):
    """Patches around points, to be stacked in rows: width = patch size, height = n × patch size.

    The patches have the order of the points.  A point is rejected if its patch crosses the border of the raster, or
    holds the value ``nodata`` in any pixel of any band.

    Args:
        source1: rasters, stacked band-wise.
        positions: point file.
        output: raster to make.
        patch_size: side of the patches in pixels; for an even size N the point lies in pixel N/2; 0: the size for
            which the positions were sampled, or `options.PATCH_SIZE` if they do not tell it.
        nodata: number that rejects a patch, or ``nan``; empty: none.
        class_field: field of integers or text; empty: none.
        labels: raster of 1 × n class values to make; empty: none.
        positions_name: what the user calls the positions, for messages.
    """

    source1: list[InputPath]
    positions: InputPath
    output: OutputPath
    patch_size: int = 0
    nodata: str = ""
    class_field: str = ""
    labels: OutputPath = ""
    positions_name: str = ""


@dataclass(frozen=True)
class ExtractResult:
    """What an extraction made.

    Args:
        output: the patches image.
        labels: the raster of labels; empty: none.
        count: number of patches.
        count_rejected: number of points that are left out.
    """

    output: str
    labels: str
    count: int
    count_rejected: int


@operation
def extract_patches(request: ExtractRequest, reporter: Reporter) -> ExtractResult:
    """Cut a patch around each point and stack the patches in one raster.

    Args:
        request: what to extract.
        reporter: receives progress and warnings; None: they are logged.

    Raises:
        InputError: a parameter, a raster or the layer is invalid, or no patch is left.

    Example::

        extract_patches(ExtractRequest(["image.tif"], "positions.gpkg", "patches.tif", patch_size=32))
    """
    check_minimum(tr("patch size"), request.patch_size, 0)
    nodata = parse_nodata(request.nodata)
    if request.labels and not request.class_field:
        raise InputError(
            tr("The class field of the labels is missing."), expected=tr("CLASS_FIELD, a field of the positions")
        )
    source = Source("source1", request.source1)
    sources = Sources([source])
    if request.class_field:
        check_class_field(request.positions, request.class_field, name=request.positions_name)
    points = read_points(
        request.positions,
        source.grid,
        reporter,
        name=request.positions_name,
        class_field=request.class_field,
        fields=tuple(FIELDS),
    )
    request = dataclasses.replace(
        request, patch_size=chosen_size(request.patch_size, Origin.read(points.values), reporter)
    )
    count = len(points.cols)
    inside = np.flatnonzero(sources.fits(points.cols, points.rows, request.patch_size))
    if len(inside) == 0:
        raise _nothing_left(request, count, tr("all too near the raster's border or outside"))
    values = points.values.get(request.class_field, [])
    classes = ClassList.from_values(values) if request.labels else None
    with small_cache(), files.all_unfinished(request.outputs()) as parts:
        kept = _write_patches(parts[0], request, sources, points, inside, nodata, reporter)
        if classes:
            _write_labels(parts[1], classes, [values[number] for number in inside[kept].tolist()])
    rejected = count - len(kept)
    if rejected:
        reporter.warning(
            tr(
                "{rejected} of {count} points are rejected: {outside} too near the raster's border or outside, "
                "{without_data} with no data in their patch."
            ).format(rejected=rejected, count=count, outside=count - len(inside), without_data=len(inside) - len(kept))
        )
    return ExtractResult(request.output, request.labels, len(kept), rejected)


def _write_patches(
    path: Path,
    request: ExtractRequest,
    sources: Sources,
    points: Points,
    inside: NDArray[np.int64],
    nodata: float | None,
    reporter: Reporter,
) -> NDArray[np.int64]:
    """Write the patches image; gives which of the points inside are in it."""
    source, size = sources.reference, request.patch_size
    has_data = np.ones(len(inside), bool)
    with _patches_image(path, source, size, len(inside)) as write:
        for index, (patch,), _ in read_raster_patches(
            sources, points.cols[inside], points.rows[inside], size, None, reporter
        ):
            has_data[index] = nodata is None or not (np.isnan(patch) if math.isnan(nodata) else patch == nodata).any()
            write(index, patch)
    kept = np.flatnonzero(has_data)
    if len(kept) == 0:
        raise _nothing_left(request, len(points.cols), tr("all near the border or with no data in their patch"))
    if len(kept) < len(inside):
        _keep_patches(path, source, size, kept, reporter)
    return kept


def _keep_patches(path: Path, source: Source, size: int, kept: NDArray[np.int64], reporter: Reporter) -> None:
    """Write a patches image once more, with these patches only: how many they are is known at the end."""
    everything = path.with_name(f"{path.stem}.all{path.suffix}")
    replace(path, everything)
    try:
        dataset = gdal.Open(str(everything))
        with _patches_image(path, source, size, len(kept)) as write:
            for place, index in enumerate(kept.tolist()):
                values = dataset.ReadAsArray(0, index * size, size, size, interleave="pixel")
                write(place, values.reshape(size, size, -1))
                reporter.check_cancelled()
    finally:
        dataset = None  # closes the file
        discard(everything)


def _nothing_left(request: ExtractRequest, count: int, why: str) -> InputError:
    return InputError(
        tr("No patch of the layer {positions_name} can be extracted.").format(
            positions_name=request.positions_name or request.positions
        ),
        expected=tr("points at least {patch_size} pixels inside the raster's border, on data").format(
            patch_size=request.patch_size // 2
        ),
        received=tr("{count} points, {why}").format(count=count, why=why),
        remedy=tr("Check the layer, its CRS and the patch size."),
    )


@contextmanager
def _patches_image(path: Path, source: Source, size: int, count: int) -> Iterator[WritePatch]:
    """Make a raster of so many patches; gives the function that writes one to its place, in any order."""
    kind = gdal_type_of(source.dtype)
    options = [*_OPTIONS, f"BLOCKYSIZE={size}"]  # a block is a patch: each is written at once
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), size, count * size, source.bands, kind, options)
    item = source.dtype.itemsize
    for number, (name, nodata) in enumerate(zip(source.band_names, source.nodata), start=1):
        dataset.GetRasterBand(number).SetDescription(name)
        if number == 1 and nodata is not None and set(source.nodata) == {nodata}:
            dataset.GetRasterBand(number).SetNoDataValue(nodata)

    def write(place: int, patch: NDArray) -> None:
        dataset.WriteRaster(
            0,
            place * size,
            size,
            size,
            np.ascontiguousarray(patch).tobytes(),
            buf_type=kind,
            buf_pixel_space=item * source.bands,
            buf_line_space=item * source.bands * size,
            buf_band_space=item,
        )

    try:
        yield write
    finally:
        dataset = None  # closes the file, though `write` may still be known


def _write_labels(path: Path, classes: ClassList, values: list[int | str]) -> None:
    """One column of class values, with their names."""
    codes = classes.values_array()
    indices = [classes.index(value) for value in values]
    kind = gdal_type_of(codes.dtype)
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 1, len(values), 1, kind, ["BIGTIFF=IF_SAFER"])
    band = dataset.GetRasterBand(1)
    write_classes(band, classes)
    band.WriteArray(codes[np.array(indices)][:, None])
    dataset.FlushCache()
