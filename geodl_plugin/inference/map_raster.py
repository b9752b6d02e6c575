"""Map a raster of any size with a model."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from .. import __version__
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
from .fingerprint import check_unchanged, content_hash, file_states, geometry_hash
from .output_rasters import CONFIDENCE, UNFAMILIARITY, OutputRaster, map_output
from .pipeline import Write, map_blocks
from .raster_format import RasterFormat
from .raster_writer import RasterWriter, raster_writers
from .reading import BlockReader
from .request import MapRequest, MapResult

if TYPE_CHECKING:
    from ..models.loading import OpenModel
    from .tiling import TilingPlan

_READING_THREADS = 4  # for each source; decoding JPEG 2000 takes longer than many a network
# Parameters on which the result does not depend, or whose files are compared instead of their names.
_NOT_COMPARED = (
    *("output", "model", "source1", "source2", "source3", "source4", "mask", "mask_name", "resume"),
    *("memory", "creation_options", "cog", "overviews"),
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
    request.check()
    raster_format = RasterFormat.parse(request.creation_options, cog=request.cog, overviews=request.overviews)
    sources = open_sources(request, nodata=parse_nodata(request.nodata))
    image_files = [path for source in sources for path in source.all_files]
    states = file_states(image_files)

    reporter.progress(0, "Loading the network")
    from ..models.loading import open_model
    from .block_function import dry_run, network_function
    from .compatibility import check_model, select_outputs
    from .memory import enough_memory, reserve
    from .precision import choose_precision, precision, used_precision
    from .predictions import PredictionSpec
    from .tiling import plan_tiling
    from .user_inputs import parse_user_inputs

    model = open_model(request.model)
    check_model(model, sources, request, reporter)
    outputs = select_outputs(model, request.output_names)

    number_type = choose_precision(request.precision, model, outputs, sources.ratios, reporter)
    checkpoint = None
    if request.resume:
        checkpoint = _open_checkpoint(request, model, sources, states, used_precision(number_type))
    plan = plan_tiling(request, model, outputs, sources, reporter, checkpoint.tiling if checkpoint else None)
    reserve(plan.at_once * plan.block_bytes)

    user_inputs = parse_user_inputs(request.user_inputs, [tensor for tensor in model.inputs if not tensor.is_image])
    channels = dry_run(model, outputs, user_inputs, sources, plan, probabilities=bool(request.confidence))
    classes = _classes(request, model, outputs, channels)
    rasters = _output_rasters(request, model, outputs, channels, classes)
    for raster in rasters:
        raster_format.check(raster, reporter)

    spec = PredictionSpec(
        outputs, request.output_type, classes, bool(request.confidence), user_inputs, bool(request.unfamiliarity)
    )
    compute = network_function(model, spec, plan.layout, sources.ratios, plan.batch)
    read = _block_reader(request, model, sources, plan, reporter)

    sources.use_threads(min(threads(), _READING_THREADS))
    started = time.monotonic()
    layout, files = plan.layout, request.outputs()
    with (
        precision(number_type, reporter) as used_type,
        small_cache(plan.cache),
        raster_writers(files, layout.grid(sources.reference.grid), rasters, raster_format, layout.efield) as writers,
        enough_memory(),
    ):
        if checkpoint:
            checkpoint.start(plan.sizes)
            if checkpoint.count:
                reporter.info(f"Going on after {checkpoint.count} finished blocks of an earlier run.")
        end = 0.9 if raster_format.cog or raster_format.overviews else 1
        write = _write_to(writers, layout.area)
        times = map_blocks(
            read, layout, compute, write, rasters, reporter.part(0.02, end), checkpoint, at_once=plan.at_once
        )
        sources.close()
        check_unchanged(image_files, states)
        reporter.progress(end, "Writing the file")
    discard(checkpoint_folder(Path(request.output)))

    seconds = time.monotonic() - started
    reporter.info(f"Mapped in {_speed_text(layout.area, seconds)}, in {used_type} on {hardware()}: {times}.")
    fields = (plan.patch_size, 1) if plan.patch_size else (layout.rfield, layout.efield)
    return MapResult(request.output, request.confidence, *fields, layout.crop, request.unfamiliarity)


def _open_checkpoint(
    request: MapRequest, model: OpenModel, sources: Sources, states: list[list[Any]], number_type: str
) -> Checkpoint:
    """The finished blocks of an earlier run.

    Args:
        request: its parameters must be those of the earlier run.
        model: the same of its content.
        sources: the same of their no-data values.
        states: of the files of the sources.
        number_type: that the network is computed in.
    """
    import tensorflow as tf

    parameters = {name: value for name, value in dataclasses.asdict(request).items() if name not in _NOT_COMPARED}
    fingerprint = {
        **parameters,
        "confidence": bool(request.confidence),
        "unfamiliarity": bool(request.unfamiliarity),
        "model": content_hash([model.path]),
        "images": states,
        "no-data values": [source.nodata for source in sources],
        "precision": number_type,
        "mask": geometry_hash(request.mask) if request.mask else "",
        "versions": [__version__, tf.__version__],
    }
    return Checkpoint(checkpoint_folder(Path(request.output)), fingerprint)


def _classes(
    request: MapRequest, model: OpenModel, outputs: Sequence[str], channels: Sequence[int]
) -> ClassList | None:
    """The classes of the channels; None where they are not needed, or the model gives continuous values."""
    from .channels import channel_classes

    purpose = request.output_type if request.output_type != "raw" else "confidence" if request.confidence else ""
    is_regression = model.description is not None and model.description.values is not None
    return channel_classes(model, outputs, channels, purpose) if purpose and not is_regression else None


def _output_rasters(
    request: MapRequest,
    model: OpenModel,
    outputs: Sequence[str],
    channels: Sequence[int],
    classes: ClassList | None,
) -> list[OutputRaster]:
    """The map, and the confidence and the unfamiliarity if they are wanted."""
    from .channels import channel_names

    raster = map_output(request.output_type, channel_names(model, outputs, channels), classes)
    further = [(request.confidence, CONFIDENCE), (request.unfamiliarity, UNFAMILIARITY)]
    return [raster.with_nodata(request.output_nodata), *(each for wanted, each in further if wanted)]


def _block_reader(
    request: MapRequest, model: OpenModel, sources: Sources, plan: TilingPlan, reporter: Reporter
) -> BlockReader:
    from .compatibility import trained_nodata

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
        fill=trained_nodata(model, sources),
        network_nodata=[described.nodata for described in model.description.inputs] if model.description else (),
    )


def _write_to(writers: Sequence[RasterWriter], area: Window) -> Write:
    """A function that writes a block of the map to rasters of an area of it."""

    def write(block: Window, results: list[NDArray]) -> None:
        window = block._replace(col=block.col - area.col, row=block.row - area.row)
        for writer, values in zip(writers, results):
            writer.write(window, values)

    return write


def _speed_text(area: Window, seconds: float) -> str:
    speed = area.width * area.height / seconds / 1e6
    return f"{duration_text(seconds)}, {speed:.2f} million pixels per second"
