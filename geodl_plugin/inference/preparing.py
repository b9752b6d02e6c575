"""What a map is made from, and how: opened, compared with each other and checked, before any block is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..labels.classes import ClassList
from ..labels.digests import map_metadata, provenance_digests
from ..language import tr
from ..operations.sources import open_sources
from ..rasters.grid import Window
from ..rasters.nodata import parse_nodata
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from .fingerprint import content_hash, file_states, map_fingerprint
from .networks import Networks
from .output_rasters import CONFIDENCE, UNFAMILIARITY, OutputRaster, map_output
from .raster_format import RasterFormat
from .request import MapRequest
from .sieving import check_sieved

if TYPE_CHECKING:
    from .members import Member
    from .predictions import PredictionSpec
    from .tiling import TilingPlan

# Parameters on which the result does not depend, or whose files are compared instead of their names.
_NOT_COMPARED = (
    *("output", "model", "further_models", "source1", "source2", "source3", "source4", "mask", "mask_name", "resume"),
    *("memory", "creation_options", "cog", "overviews", "minimum_area"),
    *("rfield", "efield", "crop"),  # those that are used are compared
)


@dataclass(frozen=True)
class MapInputs:
    """What a map is computed from.

    Args:
        sources: the images.
        image_files: their files.
        states: of these files.
        networks: what other maps may have opened and compiled before.
        members: the networks of this one.
        number_type: that they are to be computed in.
    """

    sources: Sources
    image_files: list[str]
    states: list[list[Any]]
    networks: Networks
    members: Sequence[Member]
    number_type: str

    def fingerprint(self, request: MapRequest) -> dict[str, Any]:
        """All that the values of the map depend on but the sizes of its blocks: JSON values by name.

        Args:
            request: that these inputs were opened for.
        """
        from .precision import used_precision

        models = content_hash([member.model.path for member in self.members])
        return {
            **map_fingerprint(request, models, self.states, _NOT_COMPARED),
            "no-data values": [source.nodata for source in self.sources],
            "precision": used_precision(self.number_type),
        }


@dataclass(frozen=True)
class MapPlan:
    """How a map is made.

    Args:
        tiling: its blocks.
        spec: what the networks compute.
        rasters: those that are made: the map, and the confidence and the unfamiliarity if they are wanted.
        raster_format: in which they are stored.
    """

    tiling: TilingPlan
    spec: PredictionSpec
    rasters: list[OutputRaster]
    raster_format: RasterFormat


def open_inputs(request: MapRequest, networks: Networks, reporter: Reporter) -> MapInputs:
    """Open the images and the networks of a map.

    Args:
        request: names them.
        networks: those that are open already.
        reporter: receives what takes how long, and warnings of what may be a mistake.

    Raises:
        InputError: one cannot be opened, or they do not go together.
    """
    sources = open_sources(request, nodata=parse_nodata(request.nodata))
    image_files = [path for source in sources for path in source.all_files]
    states = file_states(image_files)
    reporter.progress(0, tr("Loading the network"))
    from .members import open_members
    from .precision import choose_precision

    members = open_members(request, sources, networks, reporter)
    number_type = choose_precision(request.precision, members, sources.ratios, reporter)
    return MapInputs(sources, image_files, states, networks, members, number_type)


def plan_map(
    request: MapRequest,
    inputs: MapInputs,
    reporter: Reporter,
    earlier: Mapping[str, int] | None = None,
    window: Window | None = None,
) -> MapPlan:
    """Choose the blocks, try the networks on images of zeros, and check whether the rasters can be made.

    Args:
        request: what to make, and how.
        inputs: what to make it from.
        reporter: receives what was chosen, and warnings.
        earlier: `TilingPlan.sizes` that blocks must have; None or empty: any.
        window: only these pixels of the map of the whole raster; None: all, or the request's extent.

    Raises:
        InputError: what is asked for contradicts the networks, the images or the memory.
    """
    from .memory import reserve
    from .predictions import PredictionSpec
    from .tiling import plan_tiling

    raster_format = RasterFormat.parse(request.creation_options, cog=request.cog, overviews=request.overviews)
    members = inputs.members
    tiling = plan_tiling(request, members, inputs.sources, reporter, earlier, window)
    reserve(tiling.at_once * tiling.block_bytes)

    first, channels = members[0], _channels(request, inputs, tiling)
    classes = _classes(request, first, channels)
    rasters = _output_rasters(request, first, channels, classes)
    rasters[0] = replace(rasters[0], metadata=_provenance(members))
    check_sieved(rasters[0], request.minimum_area)
    for raster in rasters:
        raster_format.check(raster, reporter)
    further = bool(request.confidence), first.user_inputs, bool(request.unfamiliarity)
    spec = PredictionSpec(first.outputs, request.output_type, classes, *further)
    return MapPlan(tiling, spec, rasters, raster_format)


def _channels(request: MapRequest, inputs: MapInputs, tiling: TilingPlan) -> list[int]:
    """How many channels each output of the first model has; all models are tried, and must give as many together."""
    from .block_function import dry_run
    from .members import check_channels

    members, probabilities = inputs.members, bool(request.confidence)
    channels = [dry_run(member, inputs.sources, tiling, probabilities=probabilities) for member in members]
    check_channels(members, channels)
    return channels[0]


def _classes(request: MapRequest, member: Member, channels: Sequence[int]) -> ClassList | None:
    """The classes of the channels; None where they are not needed, or the model gives continuous values."""
    from .channels import channel_classes

    purpose = request.output_type if request.output_type != "raw" else tr("confidence") if request.confidence else ""
    description = member.model.description
    is_regression = description is not None and description.values is not None
    return channel_classes(member.model, member.outputs, channels, purpose) if purpose and not is_regression else None


def _provenance(members: Sequence[Member]) -> tuple[tuple[str, str], ...]:
    """The metadata of a map that tell which features its networks have seen."""
    descriptions = [member.model.description for member in members]
    trained = [description.training.get("dataset", {}) for description in descriptions if description is not None]
    return map_metadata({digest for provenance in trained for digest in provenance_digests(provenance)})


def _output_rasters(
    request: MapRequest, member: Member, channels: Sequence[int], classes: ClassList | None
) -> list[OutputRaster]:
    """The map, and the confidence and the unfamiliarity if they are wanted."""
    from .channels import channel_names

    raster = map_output(request.output_type, channel_names(member.model, member.outputs, channels), classes)
    further = [(request.confidence, CONFIDENCE), (request.unfamiliarity, UNFAMILIARITY)]
    return [raster.with_nodata(request.output_nodata), *(each for wanted, each in further if wanted)]
