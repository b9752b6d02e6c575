"""Extract patches into a patches image, as OTBTF's PatchesExtraction does."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..datasets.patches import read_patches
from ..errors import InputError
from ..labels.class_raster import write_classes
from ..labels.classes import ClassList
from ..operations import InputPath, OutputPath
from ..options import PATCH_SIZE
from ..rasters.nodata import parse_nodata
from ..rasters.pixel_types import gdal_type_of
from ..rasters.raster import Source, small_cache
from ..rasters.sources import Sources
from ..runtime import files
from ..runtime.checks import check_minimum
from ..runtime.companions import discard
from ..runtime.reporter import Reporter
from ..systems.sharing import replace
from ..vectors.points import Points, read_points
from ..vectors.vector_file import check_class_field
from . import Job

_OPTIONS = ["INTERLEAVE=PIXEL", "BIGTIFF=IF_SAFER", "PROFILE=GDALGeoTIFF"]
WritePatch = Callable[[int, NDArray], None]


@dataclass
class ExtractPatches(Job):
    """Cut a patch around each point and stack the patches in rows: width = patch size, height = n × patch size.

    The patches have the order of the points.  A point whose patch crosses the border of the raster is
    rejected, and one whose patch holds the value ``nodata`` in any band.

    Args:
        source1: rasters, stacked band-wise.
        positions: point file.
        output: raster to make.
        patch_size: side of the patches in pixels; for an even size N the point lies in pixel N/2.
        nodata: number that rejects a patch, or ``nan``; empty: none.
        class_field: field of integers or text; empty: none.
        labels: raster of 1 × n class values to make; empty: none.
        positions_name: what the user calls the positions, for messages.
    """

    NAME: ClassVar = "extractpatches"
    NEEDS_TENSORFLOW: ClassVar = False

    source1: list[InputPath]
    positions: InputPath
    output: OutputPath
    patch_size: int = PATCH_SIZE
    nodata: str = ""
    class_field: str = ""
    labels: OutputPath = ""
    positions_name: str = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_minimum("patch size", self.patch_size, 1)
        nodata = parse_nodata(self.nodata)
        if self.labels and not self.class_field:
            raise InputError(
                "The class field of the labels is missing.", expected="CLASS_FIELD, a field of the positions"
            )
        source = Source("source1", self.source1)
        sources = Sources([source])
        if self.class_field:
            check_class_field(self.positions, self.class_field, name=self.positions_name)
        points = read_points(
            self.positions, source.grid, reporter, name=self.positions_name, class_field=self.class_field
        )
        inside = np.flatnonzero(sources.fits(points.cols, points.rows, self.patch_size))
        if len(inside) == 0:
            raise self._nothing(len(points.cols), "all too near the raster's border or outside")
        values = points.values.get(self.class_field, [])
        classes = ClassList.from_values(values) if self.labels else None
        with small_cache(), files.all_unfinished(self.outputs()) as parts:
            kept = self._write(parts[0], sources, points, inside, nodata, reporter)
            if classes:
                _write_labels(parts[1], classes, [values[number] for number in inside[kept].tolist()])
        rejected = len(points.cols) - len(kept)
        if rejected:
            reporter.warning(
                f"{rejected} of {len(points.cols)} points are rejected: {len(points.cols) - len(inside)} too near the "
                f"raster's border or outside, {len(inside) - len(kept)} with no data in their patch."
            )
        return {"output": self.output, "labels": self.labels, "count": len(kept), "count_rejected": rejected}

    def _write(
        self,
        path: Path,
        sources: Sources,
        points: Points,
        inside: NDArray[np.int64],
        nodata: float | None,
        reporter: Reporter,
    ) -> NDArray[np.int64]:
        """Write the patches image; gives which of the points inside are in it."""
        source, size = sources.reference, self.patch_size
        good = np.ones(len(inside), bool)
        with _patches_image(path, source, size, len(inside)) as write:
            for index, (patch,), _ in read_patches(
                sources, points.cols[inside], points.rows[inside], size, None, reporter
            ):
                good[index] = nodata is None or not (np.isnan(patch) if math.isnan(nodata) else patch == nodata).any()
                write(index, patch)
        kept = np.flatnonzero(good)
        if len(kept) == 0:
            raise self._nothing(len(points.cols), "all near the border or with no data in their patch")
        if len(kept) < len(inside):
            whole = path.with_name(f"{path.stem}.all{path.suffix}")
            replace(path, whole)
            try:
                gathered = gdal.Open(str(whole))
                with _patches_image(path, source, size, len(kept)) as write:
                    for place, index in enumerate(kept.tolist()):
                        window = (0, index * size, size, size)
                        values = gathered.ReadAsArray(*window, interleave="pixel")
                        write(place, values.reshape(size, size, -1))
                        reporter.check_cancelled()
            finally:
                gathered = None  # closes the file
                discard(whole)
        return kept

    def _nothing(self, count: int, why: str) -> InputError:
        return InputError(
            f"No patch of the layer {self.positions_name or self.positions} can be extracted.",
            expected=f"points at least {self.patch_size // 2} pixels inside the raster's border, on data",
            received=f"{count} points, {why}",
            remedy="Check the layer, its CRS and the patch size.",
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
