"""Raster input: one or several files stacked band-wise on one grid."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from ..errors import InputError
from ..runtime.companions import SIDECAR
from .connections import Connection
from .crs import name_of, same_crs
from .grid import Grid, Window

_DTYPES = {
    gdal.GDT_Byte: np.uint8,
    gdal.GDT_UInt16: np.uint16,
    gdal.GDT_Int16: np.int16,
    gdal.GDT_UInt32: np.uint32,
    gdal.GDT_Int32: np.int32,
    gdal.GDT_Float32: np.float32,
    gdal.GDT_Float64: np.float64,
}

CACHE = 64 << 20  # bytes
_BESIDE = (SIDECAR, ".ovr")  # statistics and overviews, which other programs write


_switch = threading.Lock()
_raising: list[list[Any]] = []  # one entry a block: the modules of GDAL that it has made to raise, the first one only
_caches: list[int] = []  # bytes: the usual size, then one entry a block


@contextmanager
def gdal_exceptions() -> Iterator[None]:
    """GDAL raises inside the block; the setting is put back, since other code in QGIS shares it.

    It is one for all threads: the first block sets it, and the last one puts it back.
    """
    with _switch:
        quiet = [] if _raising else [module for module in (gdal, ogr, osr) if not module.GetUseExceptions()]
        for module in quiet:
            module.UseExceptions()
        _raising.append(quiet)
    try:
        yield
    finally:
        with _switch:
            for module in reversed(_raising.pop()):  # GDAL insists on the reverse order
                module.DontUseExceptions()


@contextmanager
def small_cache(size: int = CACHE) -> Iterator[None]:
    """GDAL keeps so many bytes of rasters inside the block: its default is a share of the machine's memory.

    It is one for all threads: each block adds its bytes, and the last one puts the usual size back.
    """
    with _switch:
        if not _caches:
            _caches.append(gdal.GetCacheMax())
        _caches.append(size)
        gdal.SetCacheMax(sum(_caches[1:]))
    try:
        yield
    finally:
        with _switch:
            _caches.remove(size)
            gdal.SetCacheMax(sum(_caches[1:]) if _caches[1:] else _caches.pop())


def open_raster(path: str) -> gdal.Dataset:
    """Open a raster for reading; a `Connection` says what its text may be.

    Raises:
        InputError: it is missing or no raster.
    """
    try:
        return Connection.parse(path).open(gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
    except RuntimeError as error:
        raise InputError(
            f"The raster {path} cannot be opened.",
            expected="a raster file that GDAL reads",
            received=str(error),
        ) from error


class Source:
    """One input of a network.

    Not for several threads at once: each opens its own.

    Args:
        name: the name under which datasets and networks know it.
        paths: rasters on one grid, as files or `Connection` texts; their bands are stacked in this order.
        nodata: what means no data in bands that do not say it; None: nothing.

    Attributes:
        grid: its pixels on the ground.
        dtype: the smallest type that holds the values of all rasters.
        band_names: one a band, from the bands' descriptions where there are any.
        stored: the type of the files' own values, where a mask makes `dtype` another.
        nodata: one a band, as the file's type holds it; None where none is set.

    A file's mask, such as that of a JPEG in a GeoTIFF, makes pixels NaN, for which the type becomes one of
    floating-point numbers.  An alpha band stays a band.  Where it is 0 and the file's other bands are all at the lowest
    or all at the highest value of bytes or other integers, the pixel has no data: collars are so.  Its 0 alone says
    nothing, since many programs tag the fourth of any four bands as alpha, such as near infrared, which is 0 on water.

    Raises:
        InputError: a raster is missing, of a type without real numbers, or on another grid.
    """

    def __init__(self, name: str, paths: Sequence[str], *, nodata: float | None = None) -> None:
        if not paths:
            raise InputError(f"The source {name} has no raster.", remedy="Choose at least one raster.")
        self.name = name
        self.paths = list(paths)
        self._datasets = [open_raster(path) for path in paths]
        self.grid = _grid(self._datasets[0], self.paths[0])
        self.band_names: list[str] = []
        self.nodata: list[float | None] = []
        dtypes = []
        self._alphas: list[tuple[int, list[int]]] = []  # an alpha band of a file, and the file's other bands
        self._masks = [_has_mask(dataset) for dataset in self._datasets]
        for path, dataset in zip(self.paths, self._datasets):
            grid = _grid(dataset, path)
            if not (grid.coincides(self.grid) and same_crs(grid.crs, self.grid.crs)):
                raise InputError(
                    f"The rasters of the source {name} are not on one grid.",
                    expected=f"{_describe(self.grid)}, as {self.paths[0]}",
                    received=f"{_describe(grid)}, {path}",
                    remedy="Bring them to one grid first, with Warp (reproject).",
                )
            first = len(self.band_names)
            for number in range(1, dataset.RasterCount + 1):
                band = dataset.GetRasterBand(number)
                dtypes.append(_dtype(path, band))
                self.nodata.append(_nodata(band, nodata, dtypes[-1]))
                if band.GetColorInterpretation() == gdal.GCI_AlphaBand and not band.GetDescription():
                    own = range(first, first + dataset.RasterCount)
                    alpha = first + number - 1
                    self._alphas.append((alpha, [one for one in own if one != alpha]))
                self.band_names.append(band.GetDescription() or f"band {len(self.band_names) + 1}")
        self.stored = np.result_type(*dtypes)
        smallest = np.result_type(self.stored, *([np.float32] if any(self._masks) else []))
        self.dtype = smallest if smallest in _DTYPES.values() else np.dtype(np.float64)  # int64: not every GDAL has it
        self._kind = next(kind for kind, dtype in _DTYPES.items() if dtype == self.dtype)

    @property
    def bands(self) -> int:
        """Number of bands of the whole stack."""
        return len(self.band_names)

    @property
    def may_miss(self) -> bool:
        """Whether there may be values that are no data, NaN or infinite."""
        return self.dtype.kind == "f" or bool(self._alphas) or any(nodata is not None for nodata in self.nodata)

    @property
    def has_mask(self) -> bool:
        """Whether a file says by a mask which pixels have data."""
        return any(self._masks)

    @property
    def part(self) -> tuple[int, int]:
        """Rows and columns that the files store together, the most of all."""
        sizes = [dataset.GetRasterBand(1).GetBlockSize() for dataset in self._datasets]
        return max(height for _, height in sizes), max(width for width, _ in sizes)

    @property
    def is_in_lines(self) -> bool:
        """Whether the files store whole lines."""
        return self.part[1] >= self.grid.width

    @property
    def all_files(self) -> list[str]:
        """The files that the values come from: also those that a virtual raster names, not those beside them."""
        every = [file for dataset, path in zip(self._datasets, self.paths) for file in dataset.GetFileList() or [path]]
        return [file for file in every if not file.endswith(_BESIDE)]

    def close(self) -> None:
        """Let go of the files: Windows replaces none that is open.  Nothing can be read any more."""
        self._datasets = []

    def take_bands(self, other: Source) -> None:
        """Names and meaning of the bands of another source, of which this is a copy on another grid."""
        self.band_names, self._alphas = list(other.band_names), other._alphas
        self.nodata = [own if told is None else told for own, told in zip(self.nodata, other.nodata)]

    def read(self, window: Window) -> NDArray:
        """The values of a window inside the raster, [y, x, bands].

        Raises:
            InputError: a file is damaged.
        """
        parts = [self._read(number, window) for number in range(len(self._datasets))]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)

    def _read(self, number: int, window: Window) -> NDArray:
        try:
            values: NDArray = self._datasets[number].ReadAsArray(*window, buf_type=self._kind, interleave="pixel")
            mask = self._datasets[number].GetRasterBand(1).GetMaskBand() if self._masks[number] else None
            masked = None if mask is None else mask.ReadAsArray(*window) == 0
        except RuntimeError as error:
            raise InputError(
                f"The raster {self.paths[number]} cannot be read.",
                received=str(error),
                remedy="The file may be cut off or damaged: make it anew.",
            ) from error
        values = values.reshape(*window.shape, -1)
        if masked is not None:
            values[masked] = np.nan
        return values

    def is_empty(self, window: Window) -> bool:
        """Whether the files know, without being read, that every value of a window inside the raster is no data."""
        return all(
            _holds_nothing(dataset.GetRasterBand(number), window)
            for dataset in self._datasets
            for number in range(1, dataset.RasterCount + 1)
        )

    def is_nodata(self, values: NDArray) -> NDArray[np.bool_]:
        """Which pixels of [y, x, bands] hold no data: every band is no-data, NaN or infinite."""
        return self.is_nodata_value(values).all(axis=-1)

    def missing(self, values: NDArray) -> NDArray[np.bool_] | None:
        """`is_nodata_value`, or None where no value is; quickly so for rasters without no-data value."""
        if not self.may_miss:
            return None
        found = self.is_nodata_value(values)
        return found if found.any() else None

    def is_nodata_value(self, values: NDArray) -> NDArray[np.bool_]:
        """Which single values of [y, x, bands] are no-data, NaN or infinite."""
        missing = ~np.isfinite(values) if values.dtype.kind == "f" else np.zeros(values.shape, bool)
        for band, nodata in enumerate(self.nodata):
            if nodata is not None:
                missing[..., band] |= values[..., band] == nodata
        for alpha, others in self._alphas:
            clear = values[..., alpha] == 0
            if clear.any():
                rest = values[..., others]
                highest = np.iinfo(self.dtype.name).max if self.dtype.kind in "iu" else 1
                clear &= (rest == 0).all(axis=-1) | (rest == highest).all(axis=-1)
                missing[..., [alpha, *others]] |= clear[..., None]
        return missing


def _holds_nothing(band: gdal.Band, window: Window) -> bool:
    """Whether a file has no block for a window: it then stands for the band's own no-data value."""
    if band.GetNoDataValue() is None:
        return False
    flags, _ = band.GetDataCoverageStatus(*window)
    return bool(flags == gdal.GDAL_DATA_COVERAGE_STATUS_EMPTY)


def _has_mask(dataset: gdal.Dataset) -> bool:
    """Whether a file has a mask of its own for all bands, beside no-data values and alpha bands."""
    flags = dataset.GetRasterBand(1).GetMaskFlags() if dataset.RasterCount else 0
    return bool(flags & gdal.GMF_PER_DATASET) and not flags & gdal.GMF_ALPHA


def _nodata(band: gdal.Band, otherwise: float | None, dtype: np.dtype) -> float | None:
    """What means no data in a band, as its type holds it: 0.1 is another number in 32 bits."""
    found = band.GetNoDataValue()
    found = otherwise if found is None else found
    if found is None or np.isnan(found):  # NaN is missing anyway
        return None
    if dtype == np.float32 and abs(found) <= np.finfo(np.float32).max:
        return float(np.float32(found))
    return float(found)


def _grid(dataset: gdal.Dataset, path: str) -> Grid:
    crs = Connection.parse(path).wkt() or dataset.GetProjection()
    return Grid(dataset.RasterXSize, dataset.RasterYSize, tuple(dataset.GetGeoTransform()), crs)


def _dtype(path: str, band: gdal.Band) -> np.dtype:
    kind = band.DataType
    if kind not in _DTYPES:
        raise InputError(
            f"The raster {path} cannot be used.",
            expected="real numbers: Byte, UInt16, Int16, UInt32, Int32, Float32 or Float64",
            received=gdal.GetDataTypeName(kind),
        )
    return np.dtype(_DTYPES[kind])


def _describe(grid: Grid) -> str:
    x, dx, _, y, _, dy = grid.transform
    return f"{grid.width} × {grid.height} pixels of {dx:g} × {dy:g} from ({x:g}, {y:g}), {name_of(grid.crs)}"
