"""Sheets as one raster: a virtual raster that refers to them, or a file that has their values.

Sheets are pieces of one map, without gaps, and what is known of it is not read from them: the file must be the same as
that of one process, block by block.  Maps of different images, which may overlap, are joined by `inference.mosaic`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..inference.map_raster import on_map, write_to
from ..inference.output_rasters import OutputRaster
from ..inference.preparing import MapPlan
from ..inference.raster_writer import RasterWriter, describe, gdal_errors, raster_writers
from ..inference.sheets import Sheet
from ..inference.sieving import SievingWriter, sieving
from ..language import tr
from ..rasters.grid import Grid, Window
from ..rasters.pixel_types import gdal_type_of
from ..runtime import files
from ..runtime.reporter import Reporter

_SOURCE = """<SimpleSource><SourceFilename relativeToVRT="{relative}">{file}</SourceFilename>
<SourceBand>{band}</SourceBand><SourceProperties RasterXSize="{width}" RasterYSize="{height}" DataType="{type}"/>
<SrcRect xOff="0" yOff="0" xSize="{width}" ySize="{height}"/>
<DstRect xOff="{col}" yOff="{row}" xSize="{width}" ySize="{height}"/></SimpleSource>"""


def virtual_raster(path: Path | None, grid: Grid, raster: OutputRaster, pieces: Mapping[Window, Path]) -> gdal.Dataset:
    """A raster that takes its values from files.

    Args:
        path: of the virtual raster, which then refers to files relative to its folder; None: in memory.
        grid: its pixels.
        raster: its bands and the meaning of their values.
        pieces: a file for each window of it.

    Raises:
        InputError: it cannot be written.
    """
    kind = gdal_type_of(raster.dtype)
    with gdal_errors(tr("The virtual raster cannot be written.")):
        dataset = gdal.GetDriverByName("VRT").Create(str(path or ""), grid.width, grid.height, len(raster.names), kind)
        if grid.transform != (0.0, 1.0, 0.0, 0.0, 0.0, 1.0):  # that of a raster without georeference
            dataset.SetGeoTransform(grid.transform)
        if grid.crs:
            dataset.SetProjection(grid.crs)
        describe(dataset, raster)
        for number in range(1, len(raster.names) + 1):
            sources = {
                f"source_{index}": _source(file, window, number, gdal.GetDataTypeName(kind), path)
                for index, (window, file) in enumerate(pieces.items())
            }
            dataset.GetRasterBand(number).SetMetadata(sources, "new_vrt_sources")
        dataset.FlushCache()
    return dataset


def join(
    plan: MapPlan,
    grid: Grid,
    minimum_area: int,
    targets: Sequence[tuple[Path, Mapping[Sheet, Path]]],
    virtual: Sequence[Path | None],
    reporter: Reporter,
) -> None:
    """Write the rasters of a map, all of them or none.

    Files get the blocks in the order of one process, and so are the same.

    Args:
        plan: how the map was made; its layout is that of the whole map.
        grid: the pixels of the map.
        minimum_area: smaller areas of the map, which must be a file then, are given to the largest area beside them.
        targets: for each raster, the file to make, and its sheets' files.
        virtual: for each raster, a virtual raster to make; if that is the file to make, there is no other.
        reporter: receives the progress.

    Raises:
        InputError: a file cannot be read or written.
        Cancelled: the reporter asked for it.
    """
    layout, area = plan.tiling.layout, plan.tiling.layout.area
    made = [number for number, (path, _) in enumerate(targets) if path != virtual[number]]
    pieces = [{on_map(sheet.window, area): file for sheet, file in found.items()} for _, found in targets]
    with ExitStack() as stack:
        enter = stack.enter_context
        parts = enter(files.all_unfinished([path for path in virtual if path]))
        rasters = [plan.rasters[number] for number in made]
        names = [targets[number][0] for number in made]
        writers = enter(raster_writers(names, grid, rasters, plan.raster_format, layout.efield))
        for number, part in zip((number for number, path in enumerate(virtual) if path), parts):
            virtual_raster(part, grid, plan.rasters[number], pieces[number])
        if not made:
            return
        minimum = minimum_area if made[0] == 0 else 0
        sieve = enter(sieving(writers[0], grid, rasters[0], minimum, layout.efield))
        into: list[RasterWriter | SievingWriter] = [sieve, *writers[1:]] if sieve else [*writers]
        whole = [virtual_raster(None, grid, plan.rasters[number], pieces[number]) for number in made]
        end = 0.5 if sieve else 0.9
        _copy(whole, [on_map(block, area) for block in layout], into, reporter.part(0, end))
        if sieve:
            sieve.finish((on_map(block, area) for block in layout), reporter.part(end, 0.9))
        reporter.progress(0.9, tr("Writing the file"))


def _copy(
    rasters: Sequence[gdal.Dataset],
    blocks: Sequence[Window],
    writers: Sequence[RasterWriter | SievingWriter],
    reporter: Reporter,
) -> None:
    write = write_to(writers, Window(0, 0, 0, 0))
    for done, block in enumerate(blocks):
        reporter.progress(done / len(blocks), tr("Joining the sheets"))
        with gdal_errors(tr("A sheet cannot be read.")):
            values = [_values(raster, block) for raster in rasters]
        write(block, values)


def _values(raster: gdal.Dataset, window: Window) -> NDArray:
    """The values of a window, [y, x] or [y, x, bands]."""
    found = raster.ReadAsArray(*window)
    return found if found.ndim == 2 else np.moveaxis(found, 0, -1)


def _source(file: Path, window: Window, band: int, kind: str, path: Path | None) -> str:
    name = file.relative_to(path.parent).as_posix() if path else str(file)
    return _SOURCE.format(
        **{"relative": int(path is not None), "file": escape(name), "band": band, "type": kind},
        **window._asdict(),
    )
