"""GeoTIFFs that are written block by block, then read back and compared with what was written."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from ..errors import InputError
from ..labels.class_raster import write_classes
from ..language import tr
from ..rasters.grid import Grid, Window
from ..rasters.pixel_types import gdal_type_of
from ..runtime import files
from ..runtime.companions import scratch_path
from ..systems.processor import threads
from .checksums import BlockChecksums
from .output_rasters import OutputRaster
from .raster_format import RasterFormat

_OPTIONS = {
    "TILED": "YES",
    "COMPRESS": "DEFLATE",
    "ZLEVEL": "3",  # GDAL's own is 6: four times as long, for files a little smaller
    "BIGTIFF": "IF_SAFER",
    "INTERLEAVE": "PIXEL",
}
_COG_OPTIONS = {"COMPRESS": "DEFLATE", "BIGTIFF": "IF_SAFER"}
_TILE_SIDES = range(16, 257, 16)  # TIFF requires multiples of 16 pixels
_OVERVIEW_SIZE = 256  # pixels: the smallest overview is not larger than this


class RasterWriter:
    """A GeoTIFF that is being written; `close` when all blocks are in.

    Args:
        path: the file to make.
        grid: its pixels.
        raster: its bands and their values.
        options: GDAL's creation options, which override ours.
        side: of the blocks that will be written, in pixels: tiles end where blocks end; 0: any.

    Attributes:
        path: the file.
        checksums: of the blocks that were written.

    Raises:
        InputError: the file has another suffix than that of a GeoTIFF, or cannot be created.
    """

    def __init__(
        self, path: Path, grid: Grid, raster: OutputRaster, options: Mapping[str, str] | None = None, side: int = 0
    ) -> None:
        check_name(path)
        self.path = path
        self.checksums = BlockChecksums()
        given = options or {}
        tile = max((tile for tile in _TILE_SIDES if side % tile == 0), default=max(_TILE_SIDES))
        predictor = {"PREDICTOR": "3"} if raster.dtype.kind == "f" and "COMPRESS" not in given else {}
        ours = {name: value for name, value in _OPTIONS.items() if name != "ZLEVEL" or "COMPRESS" not in given}
        plain = {"PHOTOMETRIC": "MINISBLACK"} if len(raster.names) > 1 else {}  # else GDAL takes 3 bands for RGB
        every = {**ours, **_threads(), "BLOCKXSIZE": tile, "BLOCKYSIZE": tile, **predictor, **plain, **given}
        with gdal_errors(tr("The map cannot be created.")):
            self._dataset = gdal.GetDriverByName("GTiff").Create(
                str(path),
                grid.width,
                grid.height,
                len(raster.names),
                gdal_type_of(raster.dtype),
                [f"{name}={value}" for name, value in every.items()],
            )
        if grid.transform != (0.0, 1.0, 0.0, 0.0, 0.0, 1.0):  # that of a raster without georeference
            self._dataset.SetGeoTransform(grid.transform)
        if grid.crs:
            self._dataset.SetProjection(grid.crs)
        describe(self._dataset, raster)

    def write(self, window: Window, values: NDArray) -> None:
        """Write a block.

        Args:
            window: its pixels.
            values: [y, x] or [y, x, bands], of the raster's type.

        Raises:
            InputError: it cannot be written, for instance since the disk is full.
        """
        interleaved = np.ascontiguousarray(values.reshape(*window.shape, -1))
        self.checksums.add(window, interleaved)
        with gdal_errors():
            self._dataset.WriteArray(np.moveaxis(interleaved, -1, 0), window.col, window.row)
            # Else tiles are written when GDAL's cache is full, in an order that depends on what else is read.
            for number in range(1, self._dataset.RasterCount + 1):
                self._dataset.GetRasterBand(number).FlushCache()

    def drop(self) -> None:
        """Release the file, finished or not: else GDAL would write to it later."""
        with _quiet():
            self._dataset = None

    def close(self) -> None:
        """Finish the file.

        Raises:
            InputError: it cannot be written, for instance since the disk is full.
        """
        with gdal_errors():
            self._dataset.FlushCache()
        self._dataset = None


def describe(dataset: gdal.Dataset, raster: OutputRaster) -> None:
    """Store the names of the bands and the meaning of their values.

    Args:
        dataset: a new raster, still without values.
        raster: its bands.
    """
    for name, value in raster.metadata:
        dataset.SetMetadataItem(name, value)
    if raster.classes:
        write_classes(dataset.GetRasterBand(1), raster.classes, raster.nodata)
        return
    for number, name in enumerate(raster.names, start=1):
        band = dataset.GetRasterBand(number)
        band.SetDescription(name)
        band.SetNoDataValue(raster.nodata)
        if raster.step != 1:
            band.SetScale(raster.step)
            band.SetOffset(0)


@contextmanager
def raster_writers(
    targets: Sequence[Path], grid: Grid, rasters: Sequence[OutputRaster], raster_format: RasterFormat, side: int = 0
) -> Iterator[list[RasterWriter]]:
    """Yield writers for rasters that become the targets if the block ends well: all of them, or none.

    Args:
        targets: the files to make.
        grid: their pixels.
        rasters: their bands and values.
        raster_format: in which they are stored.
        side: of the blocks that will be written, in pixels; 0: any.

    Raises:
        InputError: one cannot be written, or has other values when it is read back.
    """
    with files.all_unfinished(targets) as parts:
        plain = [scratch_path(part) if raster_format.cog else part for part in parts]
        writers: list[RasterWriter] = []
        try:
            for path, raster in zip(plain, rasters):
                options = {} if raster_format.cog else raster_format.options
                writers.append(RasterWriter(path, grid, raster, options, side))
            yield writers
            for writer in writers:
                writer.close()
        finally:
            for writer in writers:
                writer.drop()
        for path, part, raster, writer in zip(plain, parts, rasters, writers):
            resampling = "NEAREST" if raster.classes else "AVERAGE"
            if raster_format.cog:
                _write_cog(path, part, raster_format, resampling)
            elif raster_format.overviews:
                _build_overviews(part, resampling)
            if not raster_format.lossy_options(raster):  # else values are rounded on purpose
                read_back(path if raster_format.is_warped else part, writer.checksums)


def check_name(path: Path) -> None:
    """Raise `InputError` if a path has another suffix than that of a GeoTIFF."""
    if path.suffix.lower() not in (".tif", ".tiff"):
        raise InputError(
            tr("Invalid file name of the map: {name}.").format(name=path.name),
            expected=tr("a name that ends with .tif"),
            received=path.suffix,
        )


def copy_raster(source: Path, target: Path, raster_format: RasterFormat) -> None:
    """Store a raster, such as a virtual one, as a GeoTIFF of a format.

    Args:
        source: the raster.
        target: the file to make.
        raster_format: in which it is stored.

    Raises:
        InputError: it cannot be written, for instance since the disk is full.
    """
    dataset = gdal.Open(str(source))
    resampling = "AVERAGE" if dataset.GetRasterBand(1).GetColorTable() is None else "NEAREST"
    if raster_format.cog:
        _write_cog(source, target, raster_format, resampling)
        return
    options = [f"{name}={value}" for name, value in {**_OPTIONS, **_threads(), **raster_format.options}.items()]
    with gdal_errors():
        gdal.GetDriverByName("GTiff").CreateCopy(str(target), dataset, options=options).FlushCache()
    if raster_format.overviews:
        _build_overviews(target, resampling)


def _threads() -> dict[str, str]:
    """The option by which GDAL compresses and decompresses with all threads that this process may run."""
    return {"NUM_THREADS": str(threads())}


def _write_cog(plain: Path, path: Path, raster_format: RasterFormat, resampling: str) -> None:
    options = {
        **_COG_OPTIONS,
        **_threads(),
        "OVERVIEWS": "AUTO" if raster_format.overviews else "NONE",
        "OVERVIEW_RESAMPLING": resampling,
        "WARP_RESAMPLING": "NEAREST" if resampling == "NEAREST" else "BILINEAR",
        **raster_format.options,
    }
    texts = [f"{name}={value}" for name, value in options.items()]
    with gdal_errors():
        gdal.GetDriverByName("COG").CreateCopy(str(path), gdal.Open(str(plain)), options=texts).FlushCache()


def _build_overviews(path: Path, resampling: str) -> None:
    def build(dataset: gdal.Dataset) -> None:
        largest, levels = max(dataset.RasterXSize, dataset.RasterYSize), [2]
        while largest / levels[-1] > _OVERVIEW_SIZE:
            levels.append(levels[-1] * 2)
        dataset.BuildOverviews(resampling, levels)
        dataset.FlushCache()

    with gdal_errors():
        build(gdal.Open(str(path), gdal.GA_Update))


def read_back(path: Path, checksums: BlockChecksums) -> None:
    """Check that a finished file has the values that were written.

    Args:
        path: the file.
        checksums: of its blocks.

    Raises:
        InputError: it has others, or cannot be read.
    """
    with gdal_errors(tr("The map cannot be read back.")):
        options = [f"{name}={value}" for name, value in _threads().items()]
        found = checksums.first_difference(gdal.OpenEx(str(path), gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR, [], options))
    if found:
        window, problem = found
        raise InputError(
            tr("The map was not stored as it was written."),
            expected=tr("the same values when the file is read back"),
            received=tr("{problem}, in the block of {width} × {height} pixels at column {col}, row {row}").format(
                problem=problem, width=window.width, height=window.height, col=window.col, row=window.row
            ),
            remedy=tr("Leave CREATION_OPTIONS empty. If it happens again, the disk may be damaged."),
        )


@contextmanager
def gdal_errors(problem: str = "") -> Iterator[None]:
    """Errors that GDAL raises in the block become `InputError`.

    Args:
        problem: what is wrong then; empty: the map cannot be written to the end.
    """
    try:
        yield
    except RuntimeError as error:
        with _quiet():
            traceback.clear_frames(error.__traceback__)  # they hold datasets, and Windows does not delete open files
        raise InputError(problem or tr("The map cannot be written to the end."), received=str(error)) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """GDAL neither raises nor prints: it writes again when a dataset is released, and a destructor cannot raise."""
    modules = [module for module in (gdal, ogr, osr) if module.GetUseExceptions()]
    for module in reversed(modules):  # GDAL insists on the reverse order
        module.DontUseExceptions()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()
        for module in modules:
            module.UseExceptions()
