"""The tiling plan of a map: from what the user asks for, what the network needs, and the memory there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..errors import InputError
from ..language import tr
from ..models.fields import Fields
from ..models.reference_points import POINTS
from ..rasters.extent import extent_window
from ..rasters.grid import Window
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from .blocks import BlockLayout, BlockSizes, MapArea, ReferenceSize, lay_out, lay_out_patches, scaled
from .compatibility import is_patch_based, patch_size
from .found_fields import common_fields
from .members import Member
from .memory import (
    MemoryBudget,
    arrange_in_strips,
    blocks_at_once,
    bytes_needed,
    maximum_side,
    megabytes_needed,
    patches_at_a_time,
)
from .orientations import ORIENTATIONS
from .pipeline import WRITE_BEHIND
from .reading import READ_AHEAD
from .request import MapRequest

_MAXIMUM_DENOMINATOR = 64


@dataclass(frozen=True)
class TilingPlan:
    """How a map is divided into blocks.

    Args:
        layout: the blocks.
        smallest: the smallest blocks with the same margins, for the dry run.
        patch_size: side of the patches that the network takes, in pixels of the reference; 0: it takes whole blocks.
        batch: how many patches are computed at a time; 0: it takes whole blocks.
        block_bytes: memory that a block takes, about.
        ahead_bytes: what it takes of that for blocks that are read ahead.
        at_once: blocks that are computed at the same time.
        cache: bytes of GDAL's cache with which each tile of the files is read once.
    """

    layout: BlockLayout
    smallest: BlockLayout
    patch_size: int
    batch: int
    block_bytes: int
    ahead_bytes: int
    at_once: int
    cache: int

    @property
    def sizes(self) -> dict[str, int]:
        """What the values of a block may depend on, if only by rounding: a run that is resumed must have the same."""
        layout = self.layout
        return {"rfield": layout.rfield, "efield": layout.efield, "crop": layout.crop, "batch": self.batch}


def plan_tiling(
    request: MapRequest,
    members: Sequence[Member],
    sources: Sources,
    reporter: Reporter,
    earlier: Mapping[str, int] | None = None,
    window: Window | None = None,
) -> TilingPlan:
    """Divide the first source into blocks.

    Args:
        request: what the user asks for.
        members: the networks.
        sources: the images.
        reporter: receives the sizes of the blocks, and warnings.
        earlier: `TilingPlan.sizes` of the run that is resumed; None or empty: there is none.
        window: only these pixels of the map of the whole raster; None: all, or the request's extent.

    Raises:
        InputError: what the user asks for would make seams, or contradicts the network, or there is too little memory
            for the blocks of the earlier run.
    """
    scale, budget = _check_scale(request.scale), MemoryBudget.from_megabytes(request.memory, len(members))
    planner = _Planner(request, members, sources, reporter, budget, scale, earlier or {}, window)
    plan = planner.patches() if _are_patch_based(members, request.mode) else planner.blocks()
    layout, cache = arrange_in_strips(plan.layout, sources, budget, plan.block_bytes, reporter)
    at_once = 1 if plan.batch else blocks_at_once(plan.block_bytes, plan.ahead_bytes, budget, cache)
    return replace(plan, layout=layout, at_once=at_once, cache=cache)


@dataclass(frozen=True)
class _Planner:
    """The parameters of `plan_tiling`.

    Args:
        budget: of the request's memory.
        scale: the request's; None: automatic.
    """

    request: MapRequest
    members: Sequence[Member]
    sources: Sources
    reporter: Reporter
    budget: MemoryBudget
    scale: Fraction | None
    earlier: Mapping[str, int]
    window: Window | None

    def patches(self) -> TilingPlan:
        """The plan for a network that gives one pixel for each patch."""
        request, scale = self.request, self.scale
        if request.efield not in (0, 1) or request.crop:
            raise InputError(
                tr("A network that is applied patch by patch gives one pixel for each patch."),
                expected=tr("EFIELD = 1 and CROP = 0, or 0 for automatic"),
                received=tr("EFIELD = {efield}, CROP = {crop}").format(efield=request.efield, crop=request.crop),
            )
        if scale and scale.denominator != 1:
            raise InputError(
                tr("Patches cannot lie closer to each other than the pixels of the image."),
                expected=tr("a whole number as SCALE"),
                received=f"SCALE = {request.scale:g}",
            )
        size, step = self._patch_size(), int(scale or 1)
        grid, area = self.sources.reference.grid, self._area(Fraction(step))
        layout = lay_out_patches(grid.width, grid.height, size, scale=step, area=area)
        self.reporter.info(
            tr("Patches of {size} × {size} pixels, {step} pixels apart: one pixel of the map for each.").format(
                size=size, step=step
            )
        )
        # As many patches are computed at a time as the memory for a block allows.
        return TilingPlan(layout, layout, size, self._batch(size), self.budget.block, 0, at_once=1, cache=0)

    def _patch_size(self) -> int:
        sizes = [patch_size(member.model, self.sources, self.request.rfield) for member in self.members]
        if len({*sizes}) > 1:
            raise InputError(
                tr("These models cannot be averaged: they take patches of different sizes."),
                received=", ".join(f"{member.model.path}: {size}" for member, size in zip(self.members, sizes)),
            )
        return sizes[0]

    def _batch(self, size: int) -> int:
        """How many patches are computed at a time: as many as in the earlier run, or as many as memory allows."""
        maximum, earlier = patches_at_a_time(size, self.budget), self.earlier.get("batch", 0)
        if earlier > maximum:
            raise self._too_little_memory(
                tr("{earlier} patches of {size} × {size} pixels at a time").format(earlier=earlier, size=size)
            )
        return earlier or maximum

    def blocks(self) -> TilingPlan:
        """The plan for a network that is fully convolutional."""
        sources, grid = self.sources, self.sources.reference.grid
        known = self._fields()
        fields = known or Fields(1, 0)
        scale = self.scale or Fraction(fields.scale)
        reference = ReferenceSize(grid.width, grid.height, sources.step, sources.phase)
        sizes, one_size = self._given_sizes(), known is None
        needed = self._bytes_per_pixel(scale)
        maximum = maximum_side(needed, self.budget)
        limited = replace(sizes, maximum=maximum)
        layout = lay_out(reference, fields, limited, self._area(scale), scale=scale, one_size=one_size)
        smallest = lay_out(replace(reference, width=1, height=1), fields, sizes, scale=scale, one_size=one_size)
        self._check_input_sizes(layout)
        if self._takes_earlier_sizes and layout.rfield > maximum:
            size = tr("blocks of {rfield} × {rfield} pixels").format(rfield=layout.rfield)
            raise self._too_little_memory(size, megabytes_needed(layout.rfield, needed, len(self.members)))
        self.reporter.info(
            tr("Receptive field {rfield}, expression field {efield}, crop {crop} pixels: {count} blocks.").format(
                rfield=layout.rfield, efield=layout.efield, crop=layout.crop, count=len(layout)
            )
        )
        block_bytes = min(int(needed * layout.rfield**2), self.budget.block)
        ahead_bytes = int(READ_AHEAD * self._input_bytes() * layout.rfield**2)
        return TilingPlan(layout, smallest, 0, 0, block_bytes, min(ahead_bytes, block_bytes // 2), at_once=1, cache=0)

    @property
    def _takes_earlier_sizes(self) -> bool:
        return bool(self.earlier.get("efield")) and not (self.request.rfield or self.request.efield)

    def _given_sizes(self) -> BlockSizes:
        """The sizes that the user gave, or else those of the earlier run, and the one that the network takes."""
        request = self.request
        fixed = next(filter(None, (member.model.images[0].image_size[0] for member in self.members)), 0)
        efield = self.earlier["efield"] if self._takes_earlier_sizes else request.efield
        return BlockSizes(request.rfield or fixed, efield, request.crop)

    def _check_input_sizes(self, layout: BlockLayout) -> None:
        every = [pair for member in self.members for pair in zip(member.model.images, self.sources.ratios)]
        for tensor, ratio in every:
            if any(side not in (None, layout.rfield / ratio) for side in tensor.image_size):
                raise InputError(
                    tr("The network takes blocks of one size."),
                    expected=f"{tensor.name} {tensor.shape_text}",
                    received=f"RFIELD = {layout.rfield}",
                    remedy=tr(
                        "Leave RFIELD and EFIELD at 0, or choose sources of the resolution that it was made for."
                    ),
                )

    def _bytes_per_pixel(self, scale: Fraction) -> float:
        """Memory that a block takes for each pixel of the reference, in bytes, with the results that wait."""
        ratios, values = self.sources.ratios, self._input_bytes()
        largest = max(bytes_needed(member.model, member.outputs, ratios, values) for member in self.members)
        results = (WRITE_BEHIND + 2) * self._result_bytes() + self._further_bytes() + self._averaging_bytes()
        return largest + results / float(scale) ** 2

    def _input_bytes(self) -> float:
        """Bytes of all sources for each pixel of the reference, as the network gets them."""
        # Missing values may be replaced by NaN, which makes whole numbers float32.
        return sum(
            source.bands * max(4, source.dtype.itemsize) / float(ratio) ** 2
            for source, ratio in zip(self.sources, self.sources.ratios)
        )

    def _channels(self) -> int:
        first = self.members[0]
        return sum(first.model.output(name).bands or 1 for name in first.outputs)

    def _further_bytes(self) -> int:
        """Bytes of a pixel of what further rasters are computed from.

        For the confidence: exponentials, products and their sums; for the unfamiliarity: distances to all points.
        """
        confidence = 16 * self._channels() if self.request.confidence else 0
        return confidence + (4 * POINTS if self.request.unfamiliarity else 0)

    def _averaging_bytes(self) -> int:
        """Bytes of a pixel of the sum of several predictions, of one that is added, and of their mean."""
        is_averaged = len(self.members) * len(ORIENTATIONS[self.request.tta]) > 1
        return 12 * self._channels() if is_averaged else 0

    def _result_bytes(self) -> int:
        """Bytes of a pixel of all rasters that are made, about."""
        output_type = self.request.output_type
        channels = 1 if output_type == "classes" else self._channels()
        itemsize = 1 if output_type in ("classes", "probabilities (uint8)") else 4
        return channels * itemsize + (8 if self.request.confidence else 0) + (4 if self.request.unfamiliarity else 0)

    def _fields(self) -> Fields | None:
        """The fields of the network; None where they are unknown, and the user gives the sizes of the blocks."""
        request, reporter = self.request, self.reporter
        reporter.progress(0.01, tr("Finding the fields of the network"))
        found = common_fields(self.members, self.sources)
        if found.fields is None:
            if not (request.rfield or request.efield):
                raise InputError(
                    tr("The fields of this network are unknown, and none are given."),
                    expected=tr("RFIELD, EFIELD and CROP: how much is read for a block, and how much of it is kept"),
                    received=found.problem,
                    remedy=tr(
                        "Give them; or choose the mode 'patch-based' if the network gives one answer for a patch."
                    ),
                )
            reporter.warning(
                tr("The fields that you gave are used as they are: the map may have seams. {problem}").format(
                    problem=found.problem
                )
            )
            return None
        if self.scale is not None and self.scale != found.fields.scale:
            raise InputError(
                tr("This scale is not that of the network."),
                expected=tr("SCALE = {scale}, or 0 for automatic").format(scale=found.fields.scale),
                received=f"SCALE = {request.scale:g}",
            )
        reporter.info(
            tr("Blocks join without seams: total stride {total_stride}, valid margin {valid_margin}.").format(
                total_stride=found.fields.total_stride, valid_margin=found.fields.valid_margin
            )
        )
        return found.fields

    def _area(self, scale: Fraction) -> MapArea:
        request, grid = self.request, self.sources.reference.grid
        extent = self.window
        if extent is None and request.extent:
            extent = extent_window(request.extent, scaled(grid, scale))
        return MapArea(request.edges == "valid only", extent)

    def _too_little_memory(self, purpose: str, minimum: int = 0) -> InputError:
        return InputError(
            tr("There is too little memory to resume the earlier run."),
            expected=tr("MEMORY = {minimum} or more").format(minimum=minimum)
            if minimum
            else tr("as much MEMORY as in the earlier run"),
            received=tr("MEMORY = {memory}, for {purpose}").format(memory=self.request.memory, purpose=purpose),
            remedy=tr("Give more, or delete the hidden folder of finished blocks beside the map to start anew."),
        )


def _are_patch_based(members: Sequence[Member], mode: str) -> bool:
    """Whether the networks give one pixel for each patch.

    Raises:
        InputError: some do, others do not.
    """
    found = [is_patch_based(member.model, member.outputs, mode) for member in members]
    if len({*found}) > 1:
        texts = [
            f"{member.model.path}: {tr('an answer') if one else tr('an image')}" for member, one in zip(members, found)
        ]
        raise InputError(
            tr("These models cannot be averaged: some give one answer for a patch, others an image."),
            expected=tr("models of one kind"),
            received=", ".join(texts),
        )
    return found[0]


def _check_scale(given: float) -> Fraction | None:
    """Pixel size of the map / that of the image; None: automatic."""
    if not given:
        return None
    scale = Fraction(given).limit_denominator(_MAXIMUM_DENOMINATOR)
    if given < 0 or 1 not in (scale.numerator, scale.denominator) or abs(float(scale) - given) > 1e-4 * given:
        raise InputError(
            tr("Invalid scale."),
            expected=tr("a whole number, or 1 divided by one up to {maximum}, such as 0.5 or 0.25").format(
                maximum=_MAXIMUM_DENOMINATOR
            ),
            received=f"SCALE = {given:g}",
        )
    return scale
