"""A minimum mapping unit: small areas of a class map are given to the largest area beside them.

An area is all pixels of a class that are joined by their sides, as a polygon that is made of the map.  It may lie in
many blocks, so areas are removed from the whole map, by GDAL's sieve filter: lines are read one after the other, and
memory grows with the number of areas, not of pixels.  The result does not depend on the blocks.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..errors import Cancelled, InputError
from ..language import tr
from ..rasters.grid import Grid, Window
from ..rasters.raster import small_cache
from ..runtime.companions import discard, scratch_path
from ..runtime.reporter import Reporter
from .output_rasters import OutputRaster
from .raster_writer import RasterWriter, gdal_errors, read_back

_CONNECTEDNESS = 4  # pixels that touch at a corner only are two areas, as they are two polygons
_ROWS = 256  # of a tile of the draft


class SievingWriter:
    """Takes the blocks of a class map as `RasterWriter` does; `finish` writes them without small areas.

    Args:
        writer: of the map.
        draft: of the map with its small areas.
        path: of the draft.
        minimum: areas of fewer pixels are removed.
    """

    def __init__(self, writer: RasterWriter, draft: RasterWriter, path: Path, minimum: int) -> None:
        self._writer, self._draft, self._path, self._minimum = writer, draft, path, minimum

    def write(self, window: Window, values: NDArray) -> None:
        """Take a block; see `RasterWriter.write`."""
        self._draft.write(window, values)

    def finish(self, blocks: Iterable[Window], reporter: Reporter) -> None:
        """Remove small areas, and write the map.

        Args:
            blocks: those of the whole map.
            reporter: receives the progress.

        Raises:
            InputError: a file cannot be read or written, for instance since the disk is full.
            Cancelled: the reporter asked for it.
        """
        self._draft.close()
        read_back(self._path, self._draft.checksums)
        with gdal_errors():
            dataset = gdal.Open(str(self._path), gdal.GA_Update)
            try:
                sieve(dataset, self._minimum, reporter)
                for window in blocks:
                    reporter.check_cancelled()
                    self._writer.write(window, dataset.ReadAsArray(*window))
            finally:
                dataset = None


@contextmanager
def sieving(
    writer: RasterWriter, grid: Grid, raster: OutputRaster, minimum: int, side: int
) -> Iterator[SievingWriter | None]:
    """Yield a writer that takes the place of the map's, if small areas are to be removed; else None.

    Args:
        writer: of the map.
        grid: its pixels.
        raster: its values, see `check_sieved`.
        minimum: areas of fewer pixels are removed; 0 or 1: none.
        side: of the blocks that will be written, in pixels.
    """
    if minimum <= 1:
        yield None
        return
    path = scratch_path(writer.path)
    draft = RasterWriter(path, grid, raster, side=side)
    try:
        yield SievingWriter(writer, draft, path, minimum)
    finally:
        draft.drop()
        discard(path)


def check_sieved(raster: OutputRaster, minimum: int) -> None:
    """Check whether small areas of a map can be removed.

    Args:
        raster: the map.
        minimum: areas of fewer pixels are removed; 0 or 1: none.

    Raises:
        InputError: they cannot.
    """
    if minimum <= 1:
        return
    if raster.classes is None:
        raise InputError(
            tr("Only a map of classes has areas with a minimum size."),
            expected=tr("the output 'classes' of a model of classes"),
            received=tr("a raster of {names}, MINIMUM_AREA = {minimum}").format(
                names=", ".join(raster.names), minimum=minimum
            ),
            remedy=tr("Leave MINIMUM_AREA at 0, or choose the output 'classes'."),
        )
    largest = max(*raster.classes.values, int(raster.nodata))
    if largest > np.iinfo(np.int32).max:  # GDAL before 3.5 confuses them
        raise InputError(
            tr("Small areas of classes with such large values cannot be removed."),
            expected=tr("class values and a no-data value up to {max}").format(max=np.iinfo(np.int32).max),
            received=str(largest),
            remedy=tr("Leave MINIMUM_AREA at 0."),
        )


def sieve(dataset: gdal.Dataset, minimum: int, reporter: Reporter) -> None:
    """Give small areas of a raster to the largest area beside them.

    GDAL's filter gives an area only to one that is large enough itself.  It is applied again until nothing changes:
    what is left is surrounded by no-data, or by areas that are all too small.

    Args:
        dataset: of one band, which is changed in place.
        minimum: areas of fewer pixels are removed.
        reporter: receives the progress.

    Raises:
        Cancelled: the reporter asked for it.
    """
    band = dataset.GetRasterBand(1)
    line = _ROWS * dataset.RasterXSize * gdal.GetDataTypeSize(band.DataType) // 8
    with small_cache(2 * line):
        before, done = -1, 0.0
        now = _checksum(band)
        while now != before:
            part, done = reporter.part(done, (1 + done) / 2), (1 + done) / 2
            _sieve_once(band, minimum, part)
            before, now = now, _checksum(band)


def _sieve_once(band: gdal.Band, minimum: int, reporter: Reporter) -> None:
    def told(share: float, message: str, data: Any) -> int:
        try:
            reporter.progress(share, tr("Removing areas smaller than {minimum} pixels").format(minimum=minimum))
        except Cancelled:  # must not pass through GDAL
            return 0
        return 1

    try:
        gdal.SieveFilter(band, band.GetMaskBand(), band, minimum, _CONNECTEDNESS, callback=told)
    except RuntimeError:
        reporter.check_cancelled()
        raise


def _checksum(band: gdal.Band) -> int:
    found = 0
    for row in range(0, band.YSize, _ROWS):
        found = zlib.crc32(band.ReadAsArray(0, row, band.XSize, min(_ROWS, band.YSize - row)).tobytes(), found)
    return found
