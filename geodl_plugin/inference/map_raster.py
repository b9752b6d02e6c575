"""Map a raster of any size with a model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from ..labels.classes import ClassList
from ..labels.geometries import read_areas
from ..operations import operation
from ..operations.sources import open_sources
from ..rasters.grid import Window
from ..rasters.nodata import parse_nodata
from ..rasters.raster import small_cache
from ..rasters.sources import Sources
from ..runtime.companions import discard
from ..runtime.devices import hardware
from ..runtime.reporter import Reporter, duration_text
from ..systems.processor import threads
from .blocks import scaled
from .checkpoint import Checkpoint, checkpoint_folder
from .fingerprint import check_unchanged, content_hash, file_states, map_fingerprint
from .networks import Networks
from .output_rasters import CONFIDENCE, UNFAMILIARITY, OutputRaster, map_output
from .pipeline import Write, map_blocks
from .raster_format import RasterFormat
from .raster_writer import RasterWriter, raster_writers
from .reading import BlockReader
from .request import MapRequest, MapResult
from .sieving import SievingWriter, check_sieved, sieving

if TYPE_CHECKING:
    from ..models.loading import OpenModel
    from .members import Member
    from .tiling import TilingPlan

_READING_THREADS = 4  # for each source; decoding JPEG 2000 takes longer than many a network
# Parameters on which the result does not depend, or whose files are compared instead of their names.
_NOT_COMPARED = (
    *("output", "model", "further_models", "source1", "source2", "source3", "source4", "mask", "mask_name", "resume"),
    *("memory", "creation_options", "cog", "overviews", "minimum_area"),
    *("rfield", "efield", "crop"),  # those that are used are compared
)


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
    raster_format = RasterFormat.parse(request.creation_options, cog=request.cog, overviews=request.overviews)
    sources = open_sources(request, nodata=parse_nodata(request.nodata))
    image_files = [path for source in sources for path in source.all_files]
    states = file_states(image_files)

    reporter.progress(0, "Loading the network")
    from .averaging import network_function
    from .members import open_members
    from .memory import enough_memory, reserve
    from .orientations import ORIENTATIONS
    from .precision import choose_precision, precision, used_precision
    from .predictions import PredictionSpec
    from .tiling import plan_tiling

    members = open_members(request, sources, networks, reporter)
    number_type = choose_precision(request.precision, members, sources.ratios, reporter)
    checkpoint = None
    if request.resume:
        checkpoint = _open_checkpoint(request, members, sources, states, used_precision(number_type))
    plan = plan_tiling(request, members, sources, reporter, checkpoint.tiling if checkpoint else None)
    reserve(plan.at_once * plan.block_bytes)

    first, channels = members[0], _channels(request, members, sources, plan)
    classes = _classes(request, first, channels)
    rasters = _output_rasters(request, first, channels, classes)
    check_sieved(rasters[0], request.minimum_area)
    for raster in rasters:
        raster_format.check(raster, reporter)

    further = bool(request.confidence), first.user_inputs, bool(request.unfamiliarity)
    spec = PredictionSpec(first.outputs, request.output_type, classes, *further)
    compute = networks.function(
        (plan.layout.scale, plan.layout.crop, plan.layout.has_one_size, *sources.ratios, plan.batch, number_type),
        lambda: network_function(members, ORIENTATIONS[request.tta], spec, plan.layout, sources.ratios, plan.batch),
    )
    read = _block_reader(request, [member.model for member in members], sources, plan, reporter)

    sources.use_threads(min(threads(), _READING_THREADS))
    started = time.monotonic()
    layout, grid = plan.layout, plan.layout.grid(sources.reference.grid)
    with (
        precision(number_type, reporter) as used_type,
        small_cache(plan.cache),
        raster_writers(request.outputs(), grid, rasters, raster_format, layout.efield) as writers,
        sieving(writers[0], grid, rasters[0], request.minimum_area, layout.efield) as sieve,
        enough_memory(),
    ):
        if checkpoint:
            _start(checkpoint, plan, reporter)
        end = 0.9 if sieve or raster_format.cog or raster_format.overviews else 1
        write = _write_to([sieve, *writers[1:]] if sieve else writers, layout.area)
        times = map_blocks(
            read, layout, compute, write, rasters, reporter.part(0.02, end), checkpoint, at_once=plan.at_once
        )
        sources.close()
        check_unchanged(image_files, states)
        if sieve:
            sieve.finish((_on_map(block, layout.area) for block in layout), reporter.part(end, 0.97))
        reporter.progress(0.97 if sieve else end, "Writing the file")
    discard(checkpoint_folder(Path(request.output)))

    seconds = time.monotonic() - started
    reporter.info(f"Mapped in {_speed_text(layout.area, seconds)}, in {used_type} on {hardware()}: {times}.")
    fields = (plan.patch_size, 1) if plan.patch_size else (layout.rfield, layout.efield)
    names = {str(each.value): each.name for each in rasters[0].classes.classes} if rasters[0].classes else {}
    return MapResult(request.output, request.confidence, *fields, layout.crop, names, request.unfamiliarity)


def _open_checkpoint(
    request: MapRequest, members: Sequence[Member], sources: Sources, states: list[list[Any]], number_type: str
) -> Checkpoint:
    """The finished blocks of an earlier run.

    Args:
        request: its parameters must be those of the earlier run.
        members: the same of the models' content.
        sources: the same of their no-data values.
        states: of the files of the sources.
        number_type: that the network is computed in.
    """
    models = content_hash([member.model.path for member in members])
    fingerprint = {
        **map_fingerprint(request, models, states, _NOT_COMPARED),
        "no-data values": [source.nodata for source in sources],
        "precision": number_type,
    }
    return Checkpoint(checkpoint_folder(Path(request.output)), fingerprint)


def _start(checkpoint: Checkpoint, plan: TilingPlan, reporter: Reporter) -> None:
    """Begin, or go on with, the blocks that are kept."""
    checkpoint.start(plan.sizes)
    if checkpoint.count:
        reporter.info(f"Going on after {checkpoint.count} finished blocks of an earlier run.")


def _channels(request: MapRequest, members: Sequence[Member], sources: Sources, plan: TilingPlan) -> list[int]:
    """How many channels each output of the first model has; all models are tried, and must give as many together."""
    from .block_function import dry_run
    from .members import check_channels

    channels = [dry_run(member, sources, plan, probabilities=bool(request.confidence)) for member in members]
    check_channels(members, channels)
    return channels[0]


def _classes(request: MapRequest, member: Member, channels: Sequence[int]) -> ClassList | None:
    """The classes of the channels; None where they are not needed, or the model gives continuous values."""
    from .channels import channel_classes

    purpose = request.output_type if request.output_type != "raw" else "confidence" if request.confidence else ""
    description = member.model.description
    is_regression = description is not None and description.values is not None
    return channel_classes(member.model, member.outputs, channels, purpose) if purpose and not is_regression else None


def _output_rasters(
    request: MapRequest, member: Member, channels: Sequence[int], classes: ClassList | None
) -> list[OutputRaster]:
    """The map, and the confidence and the unfamiliarity if they are wanted."""
    from .channels import channel_names

    raster = map_output(request.output_type, channel_names(member.model, member.outputs, channels), classes)
    further = [(request.confidence, CONFIDENCE), (request.unfamiliarity, UNFAMILIARITY)]
    return [raster.with_nodata(request.output_nodata), *(each for wanted, each in further if wanted)]


def _block_reader(
    request: MapRequest, models: Sequence[OpenModel], sources: Sources, plan: TilingPlan, reporter: Reporter
) -> BlockReader:
    from .compatibility import known_nodata, trained_nodata

    layout = plan.layout
    mask = None
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


def _write_to(writers: Sequence[RasterWriter | SievingWriter], area: Window) -> Write:
    """A function that writes a block of the map to rasters of an area of it."""

    def write(block: Window, results: list[NDArray]) -> None:
        window = _on_map(block, area)
        for writer, values in zip(writers, results):
            writer.write(window, values)

    return write


def _on_map(block: Window, area: Window) -> Window:
    """A block's place in a raster of an area of the map."""
    return block._replace(col=block.col - area.col, row=block.row - area.row)


def _speed_text(area: Window, seconds: float) -> str:
    speed = area.width * area.height / seconds / 1e6
    return f"{duration_text(seconds)}, {speed:.2f} million pixels per second"
