"""Raster input: one or several files stacked band-wise on one grid, and GDAL's settings while they are read."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from ..errors import InputError
from ..language import tr
from ..runtime.companions import SIDECAR
from . import pixel_types
from .connections import Connection, file_behind
from .crs import same_crs
from .dates import dates_of_bands, dates_of_series
from .grid import Window
from .nodata import stored_nodata
from .opening import describe_grid, dtype_of, grid_of, has_mask, has_no_block, open_raster
from .shares import shares

CACHE = 64 << 20  # bytes
_BESIDE = (SIDECAR, ".ovr")  # statistics and overviews, which other programs write

_switch = threading.Lock()
_raising: list[list[Any]] = []  # one entry a block: the modules of GDAL that it made raise, which only the first does
_caches: list[int] = []  # bytes: the usual size, then one entry a block


@contextmanager
def gdal_exceptions() -> Iterator[None]:
    """Let GDAL raise exceptions inside the block; the setting is restored, since other code in QGIS shares it.

    It is the same for all threads: the first block sets it, and the last one restores it.
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
    """Limit GDAL's cache of pixels inside the block: its default is a share of the machine's memory.

    It is the same for all threads: each block adds its bytes, and the last one restores the usual size.

    Args:
        size: bytes.
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


class Source:
    """One input of a network.

    Threads may share a source: it reads for one of them at a time.  It can itself read with several threads, see
    `use_threads`.

    A file's mask, such as that of a JPEG in a GeoTIFF, makes pixels NaN, and the type one of floating-point numbers.
    An alpha band stays a band.  Where it is 0 and the file's other bands are all at the lowest or all at the highest
    value of bytes or other integers, the pixel has no data: the collars of images look like that.  Its 0 alone says
    nothing, since many programs tag the fourth of any four bands as alpha, such as near infrared, which is 0 on water.

    Args:
        name: the name under which datasets and networks know it.
        paths: rasters on one grid, as files or `Connection` texts; their bands are stacked in this order.
        nodata: no-data value of bands that have none of their own; None: they have none.
        bands_of: the source of which this is a copy on another grid: band names, alpha bands and no-data values are
            those of that source; where it has no no-data value, the band's own remains.

    Attributes:
        grid: its pixels on the ground.
        dtype: the smallest type that holds the values of all rasters.
        stored: the type of the files' own values; `dtype` is another where there is a mask.
        band_names: one a band, from the bands' descriptions where there are any.
        dates: of a time series, ISO 8601, as the names or metadata of bands and files have them (see `dates`); empty:
            it is none, or not all are known.
        nodata: the no-data value of each band, as the file's type holds it; None where there is none.

    Raises:
        InputError: a raster is missing, of a type without real numbers, or on another grid.
    """

    def __init__(
        self, name: str, paths: Sequence[str], *, nodata: float | None = None, bands_of: Source | None = None
    ) -> None:
        if not paths:
            raise InputError(
                tr("The source {name} has no raster.").format(name=name), remedy=tr("Choose at least one raster.")
            )
        self.name = name
        self.paths = list(paths)
        self._reading = threading.Lock()
        self._datasets = [open_raster(path) for path in paths]
        self._readers = [self._datasets]  # for each thread that reads, all files
        self._pool: ThreadPoolExecutor | None = None
        self.grid = grid_of(self._datasets[0], self.paths[0])
        self.band_names: list[str] = []
        self.nodata: list[float | None] = []
        dtypes = []
        self._first_bands: list[int] = []  # of each file
        self._alphas: list[tuple[int, list[int]]] = []  # an alpha band of a file, and the file's other bands
        self._masks = [has_mask(dataset) for dataset in self._datasets]
        for path, dataset in zip(self.paths, self._datasets):
            grid = grid_of(dataset, path)
            if not (grid.coincides(self.grid) and same_crs(grid.crs, self.grid.crs)):
                raise InputError(
                    tr("The rasters of the source {name} are not on one grid.").format(name=name),
                    expected=tr("{grid}, as {path}").format(grid=describe_grid(self.grid), path=self.paths[0]),
                    received=f"{describe_grid(grid)}, {path}",
                    remedy=tr("Bring them to one grid first, with Warp (reproject)."),
                )
            first = len(self.band_names)
            self._first_bands.append(first)
            for number in range(1, dataset.RasterCount + 1):
                band = dataset.GetRasterBand(number)
                dtypes.append(dtype_of(band, path))
                own_nodata = band.GetNoDataValue()
                self.nodata.append(stored_nodata(nodata if own_nodata is None else own_nodata, dtypes[-1]))
                if band.GetColorInterpretation() == gdal.GCI_AlphaBand and not band.GetDescription():
                    own = range(first, first + dataset.RasterCount)
                    alpha = first + number - 1
                    self._alphas.append((alpha, [index for index in own if index != alpha]))
                self.band_names.append(band.GetDescription() or f"band {len(self.band_names) + 1}")
        band_dates = (dates_of_bands(dataset, path) for path, dataset in zip(self.paths, self._datasets))
        self.dates = dates_of_series([*chain.from_iterable(band_dates)])
        self.stored = np.result_type(*dtypes)
        smallest = np.result_type(self.stored, *([np.float32] if any(self._masks) else []))
        # int16 with uint32 would be int64, which not every GDAL has.
        self.dtype = smallest if pixel_types.has_gdal_type(smallest) else np.dtype(np.float64)
        if bands_of is not None:
            self.band_names, self._alphas = list(bands_of.band_names), bands_of._alphas
            self.dates = list(bands_of.dates)
            self.nodata = [own if given is None else given for own, given in zip(self.nodata, bands_of.nodata)]

    @property
    def bands(self) -> int:
        """Number of bands of the whole stack."""
        return len(self.band_names)

    @property
    def may_have_missing_values(self) -> bool:
        """Whether any value may be missing: no-data, NaN or infinite."""
        return self.dtype.kind == "f" or bool(self._alphas) or any(nodata is not None for nodata in self.nodata)

    @property
    def has_mask(self) -> bool:
        """Whether a file has a mask that says which pixels have data."""
        return any(self._masks)

    @property
    def block_shape(self) -> tuple[int, int]:
        """Rows and columns of the blocks that the files are stored in; those of the file where they are largest."""
        sizes = [_block_shape(dataset) for dataset in self._datasets]
        return max(height for height, _ in sizes), max(width for _, width in sizes)

    @property
    def is_stored_in_lines(self) -> bool:
        """Whether the files are stored line by line, rather than in tiles."""
        return self.block_shape[1] >= self.grid.width

    @property
    def all_files(self) -> list[str]:
        """The files that the values come from, with those that a virtual raster refers to, without sidecar files."""
        every = [file for dataset, path in zip(self._datasets, self.paths) for file in dataset.GetFileList() or [path]]
        return [file for file in every if not file.endswith(_BESIDE)]

    def use_threads(self, count: int) -> None:
        """Read with several threads from now on, each of which decodes its own tiles.

        Images that are no files on the disk are read by one thread: GDAL asks a server for many tiles at a time, the
        more of them lie together.

        Args:
            count: number of threads.

        Raises:
            InputError: a raster cannot be opened any more.
        """
        if not self.is_on_disk:
            count = 1
        with self._reading:
            self._readers += [[open_raster(path) for path in self.paths] for _ in range(count - len(self._readers))]
            self._pool = ThreadPoolExecutor(count, f"{self.name} reader") if count > 1 else None

    def close(self) -> None:
        """Close the files, since Windows replaces none that is open; nothing can be read any more."""
        with self._reading:
            if self._pool is not None:
                self._pool.shutdown()
            self._datasets, self._readers, self._pool = [], [], None

    def read(self, window: Window) -> NDArray:
        """Read the values of a window.

        Args:
            window: pixels inside the raster.

        Returns:
            Values of the type `dtype`, [y, x, bands].

        Raises:
            InputError: a file is damaged.
        """
        values = np.empty((*window.shape, self.bands), self.dtype)
        with self._reading:
            if not self._readers:
                raise ValueError(f"The source {self.name} is closed.")
            if self._pool is None:
                for number in range(len(self._datasets)):
                    self._read(values, window, self._readers[0], number, window)
                return values
            tasks = [
                self._pool.submit(self._read_parts, values, window, reader, parts, number)
                for number, dataset in enumerate(self._datasets)
                for reader, parts in zip(self._readers, shares(window, _block_shape(dataset), len(self._readers)))
                if parts
            ]
            wait(tasks)  # all of them, since they write into the same array
        for task in tasks:
            task.result()
        return values

    def _read_parts(
        self, values: NDArray, window: Window, reader: list[gdal.Dataset], parts: list[Window], number: int
    ) -> None:
        for part in parts:
            self._read(values, window, reader, number, part)

    def _read(self, values: NDArray, window: Window, reader: list[gdal.Dataset], number: int, part: Window) -> None:
        """Read a part of a window from one file into its place.

        Args:
            values: of the whole window, [y, x, bands].
            window: pixels of the raster.
            reader: the files, as one thread has them open.
            number: of the file.
            part: of the window.
        """
        dataset, first = reader[number], self._first_bands[number]
        row, col = part.row - window.row, part.col - window.col
        place = values[row : row + part.height, col : col + part.width, first : first + dataset.RasterCount]
        try:
            if dataset.RasterCount == 1:
                dataset.ReadAsArray(*part, buf_obj=place[..., 0])
            else:
                dataset.ReadAsArray(*part, buf_obj=place, interleave="pixel")
            mask = dataset.GetRasterBand(1).GetMaskBand() if self._masks[number] else None
            if mask is not None:
                place[mask.ReadAsArray(*part) == 0] = np.nan
        except RuntimeError as error:
            raise InputError(
                tr("The raster {path} cannot be read.").format(path=self.paths[number]),
                received=str(error),
                remedy=tr("The file may be cut off or damaged: make it anew."),
            ) from error

    @property
    def is_on_disk(self) -> bool:
        """Whether all rasters are files, not what a server gives."""
        return all(file_behind(Connection.parse(path).name) for path in self.paths)

    @property
    def has_overviews(self) -> bool:
        """Whether the files hold smaller copies of themselves."""
        return all(dataset.GetRasterBand(1).GetOverviewCount() for dataset in self._datasets)

    def read_small(self, bands: Sequence[int], shape: tuple[int, int]) -> NDArray:
        """Read the whole raster with fewer pixels, each the nearest one.

        Args:
            bands: indices of the bands.
            shape: rows and columns to read.

        Returns:
            Values of the type `dtype`, [y, x, band].

        Raises:
            InputError: a file is damaged.
        """
        values = np.empty((*shape, len(bands)), self.dtype)
        for place, index in enumerate(bands):
            number = max(file for file, first in enumerate(self._first_bands) if first <= index)
            band = self._datasets[number].GetRasterBand(index - self._first_bands[number] + 1)
            try:
                with self._reading:
                    values[..., place] = band.ReadAsArray(buf_xsize=shape[1], buf_ysize=shape[0])
            except RuntimeError as error:
                raise InputError(
                    tr("The raster {path} cannot be read.").format(path=self.paths[number]), received=str(error)
                ) from error
        return values

    def is_empty(self, window: Window) -> bool:
        """Whether every value of a window is no-data because the files store no block there; nothing is read.

        Args:
            window: pixels inside the raster.
        """
        with self._reading:
            return all(
                has_no_block(dataset.GetRasterBand(number), window)
                for dataset in self._datasets
                for number in range(1, dataset.RasterCount + 1)
            )

    def is_nodata(self, values: NDArray) -> NDArray[np.bool_]:
        """Which pixels hold no data: every band is no-data, NaN or infinite.

        Args:
            values: what `read` gave, [y, x, bands].

        Returns:
            [y, x].
        """
        return self.is_nodata_value(values).all(axis=-1)

    def missing(self, values: NDArray) -> NDArray[np.bool_] | None:
        """Which single values are missing, or None if none is; fast for rasters that cannot miss any.

        Args:
            values: what `read` gave, [y, x, bands].

        Returns:
            [y, x, bands], or None.
        """
        if not self.may_have_missing_values:
            return None
        found = self.is_nodata_value(values)
        return found if found.any() else None

    def is_nodata_value(self, values: NDArray) -> NDArray[np.bool_]:
        """Which single values are no-data, NaN or infinite.

        Args:
            values: what `read` gave, [y, x, bands].

        Returns:
            [y, x, bands].
        """
        missing = ~np.isfinite(values) if values.dtype.kind == "f" else np.zeros(values.shape, bool)
        for band, nodata in enumerate(self.nodata):
            if nodata is not None:
                missing[..., band] |= values[..., band] == nodata
        for alpha, others in self._alphas:
            transparent = values[..., alpha] == 0
            if transparent.any():
                rest = values[..., others]
                highest = np.iinfo(self.dtype.name).max if self.dtype.kind in "iu" else 1
                transparent &= (rest == 0).all(axis=-1) | (rest == highest).all(axis=-1)
                missing[..., [alpha, *others]] |= transparent[..., None]
        return missing


def _block_shape(dataset: gdal.Dataset) -> tuple[int, int]:
    """Rows and columns of the blocks that a file is stored in."""
    width, height = dataset.GetRasterBand(1).GetBlockSize()
    return height, width
