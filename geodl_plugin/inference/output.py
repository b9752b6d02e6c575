"""Rasters that are written block by block: georeferenced, tiled, compressed, described."""

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
from ..rasters.grid import Grid, Window
from ..rasters.pixel_types import gdal_type_of
from ..runtime import files
from ..runtime.companions import scratch_path
from .form import Form
from .products import Product
from .written import Written

_OPTIONS = {
    "TILED": "YES",
    "COMPRESS": "DEFLATE",
    "ZLEVEL": "3",  # GDAL's own is 6: four times as long, for files a little smaller
    "BIGTIFF": "IF_SAFER",
    "NUM_THREADS": "ALL_CPUS",
    "INTERLEAVE": "PIXEL",
}
_COG_OPTIONS = {"COMPRESS": "DEFLATE", "BIGTIFF": "IF_SAFER", "NUM_THREADS": "ALL_CPUS"}
_TILES = range(16, 257, 16)  # sides that tiles may have: TIFF asks for multiples of 16 pixels
_OVERVIEW_SIZE = 256  # pixels: an overview that is not larger than this needs none itself


class RasterWriter:
    """A GeoTIFF that is being written; `close` when all blocks are in.

    Args:
        path: the file to make.
        grid: its pixels.
        product: what it holds.
        options: GDAL's creation options, which go before ours.
        side: of the blocks that will be written, in pixels: tiles end where they end; 0: any.

    Attributes:
        written: what `write` was given.
    """

    def __init__(
        self, path: Path, grid: Grid, product: Product, options: Mapping[str, str] | None = None, side: int = 0
    ) -> None:
        check_name(path)
        self.written = Written()
        given = options or {}
        tile = max((one for one in _TILES if side % one == 0), default=max(_TILES))
        predictor = {"PREDICTOR": "3"} if product.dtype.kind == "f" and "COMPRESS" not in given else {}
        ours = {name: value for name, value in _OPTIONS.items() if name != "ZLEVEL" or "COMPRESS" not in given}
        plain = {"PHOTOMETRIC": "MINISBLACK"} if len(product.names) > 1 else {}  # three bytes are no colour
        every = {**ours, "BLOCKXSIZE": tile, "BLOCKYSIZE": tile, **predictor, **plain, **given}
        with _faults("The map cannot be created."):
            self._dataset = gdal.GetDriverByName("GTiff").Create(
                str(path),
                grid.width,
                grid.height,
                len(product.names),
                gdal_type_of(product.dtype),
                [f"{name}={value}" for name, value in every.items()],
            )
        if grid.transform != (0.0, 1.0, 0.0, 0.0, 0.0, 1.0):  # what GDAL says of a raster without a place
            self._dataset.SetGeoTransform(grid.transform)
        if grid.crs:
            self._dataset.SetProjection(grid.crs)
        self._describe(product)

    def _describe(self, product: Product) -> None:
        """Name the bands, and say what their values mean."""
        if product.classes:
            write_classes(self._dataset.GetRasterBand(1), product.classes, product.nodata)
            return
        for number, name in enumerate(product.names, start=1):
            band = self._dataset.GetRasterBand(number)
            band.SetDescription(name)
            band.SetNoDataValue(product.nodata)
            if product.step != 1:
                band.SetScale(product.step)
                band.SetOffset(0)

    def write(self, window: Window, values: NDArray) -> None:
        """Write a block, [y, x] or [y, x, bands], of the raster's type.

        Raises:
            InputError: the disk is full, or another fault of writing.
        """
        interleaved = np.ascontiguousarray(values.reshape(*window.shape, -1))
        self.written.add(window, interleaved)
        with _faults():
            self._dataset.WriteArray(np.moveaxis(interleaved, -1, 0), window.col, window.row)
            # Else tiles would go to the file when the cache is full: their order would depend on what else is read.
            for number in range(1, self._dataset.RasterCount + 1):
                self._dataset.GetRasterBand(number).FlushCache()

    def drop(self) -> None:
        """Let go of the file, finished or not: GDAL would write to it later."""
        with _quiet():
            self._dataset = None

    def close(self) -> None:
        """Finish the file.

        Raises:
            InputError: the disk is full, or another fault of writing.
        """
        with _faults():
            self._dataset.FlushCache()
        self._dataset = None


@contextmanager
def rasters(
    targets: Sequence[Path], grid: Grid, products: Sequence[Product], form: Form, side: int = 0
) -> Iterator[list[RasterWriter]]:
    """Yield writers for rasters that become the targets if the block ends well: all of them, or none.

    Args:
        targets: the files to make.
        grid: their pixels.
        products: what they hold.
        form: in which they are stored.
        side: of the blocks that will be written, in pixels; 0: any.

    Raises:
        InputError: one cannot be written.
    """
    with files.all_unfinished(targets) as parts:
        plain = [scratch_path(part) if form.cog else part for part in parts]
        writers: list[RasterWriter] = []
        try:
            for path, product in zip(plain, products):
                writers.append(RasterWriter(path, grid, product, {} if form.cog else form.options, side))
            yield writers
            for writer in writers:
                writer.close()
        finally:
            for writer in writers:
                writer.drop()
        for path, part, product, writer in zip(plain, parts, products, writers):
            way = "NEAREST" if product.classes else "AVERAGE"
            if form.cog:
                _write_cog(path, part, form, way)
            elif form.overviews:
                _build_overviews(part, way)
            _read_back(path if form.is_warped else part, writer.written, form, product)


def check_name(path: Path) -> None:
    """Raise `InputError` if a raster cannot have such a name."""
    if path.suffix.lower() not in (".tif", ".tiff"):
        raise InputError(
            f"The map {path.name} cannot be written.",
            expected="a file name that ends with .tif",
            received=path.suffix,
        )


def _write_cog(plain: Path, path: Path, form: Form, way: str) -> None:
    options = {
        **_COG_OPTIONS,
        "OVERVIEWS": "AUTO" if form.overviews else "NONE",
        "OVERVIEW_RESAMPLING": way,
        "WARP_RESAMPLING": "NEAREST" if way == "NEAREST" else "BILINEAR",
        **form.options,
    }
    texts = [f"{name}={value}" for name, value in options.items()]
    with _faults():
        gdal.GetDriverByName("COG").CreateCopy(str(path), gdal.Open(str(plain)), options=texts).FlushCache()


def _build_overviews(path: Path, way: str) -> None:
    def build(dataset: gdal.Dataset) -> None:
        largest, levels = max(dataset.RasterXSize, dataset.RasterYSize), [2]
        while largest / levels[-1] > _OVERVIEW_SIZE:
            levels.append(levels[-1] * 2)
        dataset.BuildOverviews(way, levels)
        dataset.FlushCache()

    with _faults():
        build(gdal.Open(str(path), gdal.GA_Update))


def _read_back(path: Path, written: Written, form: Form, product: Product) -> None:
    """Raise `InputError` if a file holds other values than were written; not where they are rounded on purpose."""
    if form.losses(product):
        return
    with _faults("The map cannot be read back."):
        threads = ["NUM_THREADS=ALL_CPUS"]
        found = written.first_difference(gdal.OpenEx(str(path), gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR, [], threads))
    if found:
        window, problem = found
        raise InputError(
            "The map was not stored as it was written.",
            expected="the same values when the file is read back",
            received=f"{problem}, in the block of {window.width} × {window.height} pixels at column {window.col}, "
            f"row {window.row}",
            remedy="Leave CREATION_OPTIONS empty. If it happens again, the disk may be damaged.",
        )


@contextmanager
def _faults(what: str = "The map cannot be written to the end.") -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        with _quiet():
            traceback.clear_frames(error.__traceback__)  # they hold datasets: Windows deletes no file that is open
        raise InputError(what, received=str(error)) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """GDAL neither raises nor prints: it tries again to write what is let go of, and a destructor cannot raise."""
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
