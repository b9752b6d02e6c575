"""Map a raster of any size with a model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from numpy.typing import NDArray

from ..labels.geometries import read_areas
from ..language import tr
from ..operations import operation
from ..rasters.grid import Window
from ..rasters.raster import small_cache
from ..runtime.companions import discard
from ..runtime.devices import hardware
from ..runtime.reporter import Reporter, duration_text
from ..systems.processor import threads
from .blocks import scaled
from .checkpoint import Checkpoint, checkpoint_folder
from .fingerprint import check_unchanged
from .networks import Networks
from .pipeline import Write, map_blocks
from .preparing import MapInputs, MapPlan, open_inputs, plan_map
from .raster_format import RasterFormat
from .raster_writer import RasterWriter, raster_writers
from .reading import BlockReader
from .request import MapRequest, MapResult
from .sieving import SievingWriter, sieving

if TYPE_CHECKING:
    from .tiling import TilingPlan

_READING_THREADS = 4  # for each source; decoding JPEG 2000 takes longer than many a network


@operation
def map_raster(request: MapRequest, reporter: Reporter) -> MapResult:
    """Map a raster of any size with a model, block by block and without seams.

    Args:
        request: the model, the images, what to make of them, and how.
        reporter: receives progress and messages.

    Returns:
        The files that were made, and the sizes of the blocks.

    Raises:
        InputError: a parameter is invalid, the images are not those that the model takes, or a file cannot be read or
            written; no output is left behind.
        Cancelled: the reporter asked for it.
    """
    return map_with(Networks(), request, reporter)


def map_with(networks: Networks, request: MapRequest, reporter: Reporter) -> MapResult:
    """Do what `map_raster` does, with networks that another map has used; its outputs must be claimed.

    Args:
        networks: of maps whose requests differ only in their images and outputs.
        request: as for `map_raster`.
        reporter: as for `map_raster`.
    """
    request.check()
    RasterFormat.parse(request.creation_options, cog=request.cog, overviews=request.overviews)  # before long work
    inputs, checkpoint = open_inputs(request, networks, reporter), None
    if request.resume:
        checkpoint = Checkpoint(checkpoint_folder(Path(request.output)), inputs.fingerprint(request))
    plan = plan_map(request, inputs, reporter, checkpoint.tiling if checkpoint else None)
    return make_map(request, inputs, plan, reporter, checkpoint)


def make_map(
    request: MapRequest, inputs: MapInputs, plan: MapPlan, reporter: Reporter, checkpoint: Checkpoint | None = None
) -> MapResult:
    """Compute and write the rasters of a map.

    Args:
        request: names them.
        inputs: what the map is computed from; the images are closed in the end.
        plan: how it is made.
        reporter: receives progress and messages.
        checkpoint: has blocks of an earlier run, and keeps those of this one; None: there is none.

    Raises:
        InputError: a file cannot be read or written; no output is left behind.
        Cancelled: the reporter asked for it.
    """
    from .averaging import network_function
    from .memory import enough_memory
    from .orientations import ORIENTATIONS
    from .precision import precision

    sources, tiling, rasters = inputs.sources, plan.tiling, plan.rasters
    layout, orientations = tiling.layout, ORIENTATIONS[request.tta]
    compute = inputs.networks.function(
        (layout.scale, layout.crop, layout.has_one_size, *sources.ratios, tiling.batch, inputs.number_type),
        lambda: network_function(inputs.members, orientations, plan.spec, layout, sources.ratios, tiling.batch),
    )
    read = _block_reader(request, inputs, tiling, reporter)

    sources.use_threads(min(threads(), _READING_THREADS))
    started = time.monotonic()
    grid = layout.grid(sources.reference.grid)
    with (
        precision(inputs.number_type, reporter) as used_type,
        small_cache(tiling.cache),
        raster_writers(request.outputs(), grid, rasters, plan.raster_format, layout.efield) as writers,
        sieving(writers[0], grid, rasters[0], request.minimum_area, layout.efield) as sieve,
        enough_memory(),
    ):
        if checkpoint:
            _start(checkpoint, tiling, reporter)
        end = 0.9 if sieve or plan.raster_format.cog or plan.raster_format.overviews else 1
        write = write_to([sieve, *writers[1:]] if sieve else writers, layout.area)
        times = map_blocks(
            read, layout, compute, write, rasters, reporter.part(0.02, end), checkpoint, at_once=tiling.at_once
        )
        sources.close()
        check_unchanged(inputs.image_files, inputs.states)
        if sieve:
            sieve.finish((on_map(block, layout.area) for block in layout), reporter.part(end, 0.97))
        reporter.progress(0.97 if sieve else end, tr("Writing the file"))
    discard(checkpoint_folder(Path(request.output)))

    seconds = time.monotonic() - started
    reporter.info(
        tr("Mapped in {speed}, in {used_type} on {hardware}: {times}.").format(
            speed=_speed_text(layout.area, seconds), used_type=used_type, hardware=hardware(), times=times
        )
    )
    return result_of(request, plan)


def result_of(request: MapRequest, plan: MapPlan) -> MapResult:
    """What is made, once it is whole.

    Args:
        request: names it.
        plan: how it was made.
    """
    layout, classes = plan.tiling.layout, plan.rasters[0].classes
    fields = (plan.tiling.patch_size, 1) if plan.tiling.patch_size else (layout.rfield, layout.efield)
    names = {str(each.value): each.name for each in classes.classes} if classes else {}
    return MapResult(request.output, request.confidence, *fields, layout.crop, names, request.unfamiliarity)


def _start(checkpoint: Checkpoint, plan: TilingPlan, reporter: Reporter) -> None:
    """Begin, or go on with, the blocks that are kept."""
    checkpoint.start(plan.sizes)
    if checkpoint.count:
        reporter.info(tr("Going on after {count} finished blocks of an earlier run.").format(count=checkpoint.count))


def _block_reader(request: MapRequest, inputs: MapInputs, plan: TilingPlan, reporter: Reporter) -> BlockReader:
    from .compatibility import known_nodata, trained_nodata

    sources, layout, mask = inputs.sources, plan.layout, None
    models = [member.model for member in inputs.members]
    if request.mask:
        grid = scaled(sources.reference.grid, layout.scale)
        mask = read_areas(request.mask, grid, reporter, name=request.mask_name)
    return BlockReader(
        sources,
        layout,
        zero=request.edges == "zero",
        patch_size=plan.patch_size,
        mask=mask,
        fill=trained_nodata(models, sources),
        network_nodata=known_nodata(models),
    )


def write_to(writers: Sequence[RasterWriter | SievingWriter], area: Window) -> Write:
    """A function that writes a block of the map to rasters of an area of it."""

    def write(block: Window, results: list[NDArray]) -> None:
        window = on_map(block, area)
        for writer, values in zip(writers, results):
            writer.write(window, values)

    return write


def on_map(block: Window, area: Window) -> Window:
    """A block's place in a raster of an area of the map."""
    return block._replace(col=block.col - area.col, row=block.row - area.row)


def _speed_text(area: Window, seconds: float) -> str:
    speed = area.width * area.height / seconds / 1e6
    return tr("{duration}, {speed:.2f} million pixels per second").format(duration=duration_text(seconds), speed=speed)
