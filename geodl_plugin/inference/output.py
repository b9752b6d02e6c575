"""Rasters that are written block by block: georeferenced, tiled, compressed, described."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from .. import files
from ..class_raster import write_classes
from ..errors import InputError
from ..grid import Grid, Window
from .products import Product

_TYPES = {
    "uint8": gdal.GDT_Byte,
    "int16": gdal.GDT_Int16,
    "uint16": gdal.GDT_UInt16,
    "int32": gdal.GDT_Int32,
    "uint32": gdal.GDT_UInt32,
    "float32": gdal.GDT_Float32,
}
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


@dataclass(frozen=True)
class Form:
    """In which form a raster is stored.

    Args:
        options: GDAL's creation options, which go before ours.
        cog: as a cloud-optimised GeoTIFF.
        overviews: with smaller copies, for quick display.
    """

    options: Mapping[str, str]
    cog: bool = False
    overviews: bool = False

    @classmethod
    def of(cls, text: str, *, cog: bool = False, overviews: bool = False) -> Form:
        """With options as QGIS writes them: ``COMPRESS=ZSTD|TILED=YES``.

        Raises:
            InputError: there is no such option.
        """
        driver = "COG" if cog else "GTiff"
        described = gdal.GetDriverByName(driver).GetMetadataItem("DMD_CREATIONOPTIONLIST").split("<Option name=")[1:]
        known = {
            re.findall(r"\w+", one)[0]: [value.upper() for value in re.findall(r"<Value[^>]*>([^<]+)<", one)]
            for one in described
        }
        options = {}
        for one in (part.strip() for part in text.split("|")):
            name, equals, value = one.partition("=")
            if one and (not equals or name.upper() not in known):
                raise InputError(
                    f"The creation options of the map do not fit: {driver} has no such option.",
                    expected=f"NAME=value with | between, NAME one of {', '.join(sorted(known))}",
                    received=one,
                )
            if one and known[name.upper()] and value.upper() not in known[name.upper()]:
                raise InputError(
                    f"The creation options of the map do not fit: {driver} has no such {name.upper()}.",
                    expected=", ".join(sorted(known[name.upper()])),
                    received=value,
                )
            if one:
                options[name.upper()] = value
        return cls(options, cog, overviews)


class RasterWriter:
    """A GeoTIFF that is being written; `close` when all blocks are in.

    Args:
        path: the file to make.
        grid: its pixels.
        product: what it holds.
        options: GDAL's creation options, which go before ours.
        side: of the blocks that will be written, in pixels: tiles end where they end; 0: any.
    """

    def __init__(
        self, path: Path, grid: Grid, product: Product, options: Mapping[str, str] | None = None, side: int = 0
    ) -> None:
        check_name(path)
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
                _TYPES[product.dtype.name],
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
        """Write a block, [y, x] or [y, x, bands].

        Raises:
            InputError: the disk is full, or another fault of writing.
        """
        interleaved = np.ascontiguousarray(values.reshape(*window.shape, -1))
        with _faults():
            self._dataset.WriteArray(np.moveaxis(interleaved, -1, 0), window.col, window.row)
            # Else tiles would go to the file when the cache is full: their order would depend on what else is read.
            for number in range(1, self._dataset.RasterCount + 1):
                self._dataset.GetRasterBand(number).FlushCache()

    def drop(self) -> None:
        """Let go of the file, finished or not: GDAL would write to it later."""
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
    with ExitStack() as stack:
        parts = [stack.enter_context(files.unfinished(target)) for target in targets]
        plain = [files.scratch_path(part) if form.cog else part for part in parts]
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
        for path, part, product in zip(plain, parts, products):
            way = "NEAREST" if product.classes else "AVERAGE"
            if form.cog:
                _write_cog(path, part, form, way)
            elif form.overviews:
                _build_overviews(part, way)


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
        **form.options,
    }
    with _faults():
        dataset = gdal.Open(str(plain))
        gdal.GetDriverByName("COG").CreateCopy(
            str(path), dataset, options=[f"{name}={value}" for name, value in options.items()]
        ).FlushCache()


def _build_overviews(path: Path, way: str) -> None:
    with _faults():
        dataset = gdal.Open(str(path), gdal.GA_Update)
        largest, levels = max(dataset.RasterXSize, dataset.RasterYSize), [2]
        while largest / levels[-1] > _OVERVIEW_SIZE:
            levels.append(levels[-1] * 2)
        dataset.BuildOverviews(way, levels)
        dataset.FlushCache()


@contextmanager
def _faults(what: str = "The map cannot be written to the end.") -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise InputError(what, received=str(error)) from error
