"""How a raster is cut for a map: from what the user asks for, what the network needs, and the memory there is."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ..errors import InputError
from ..models.fields import Fields
from ..models.loading import OpenModel
from ..rasters.grid import Grid, Window
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from . import use
from .area import extent_window
from .blocks import BlockLayout, lay_out, lay_out_patches, scaled
from .memory import Budget, bytes_needed, in_strips, largest_side, megabytes_for, patches_at_a_time
from .pipeline import BEHIND

if TYPE_CHECKING:
    from ..jobs.apply_model import ApplyModel

_MOST_TIMES = 64


@dataclass(frozen=True)
class Cut:
    """How a raster is cut.

    Args:
        layout: its blocks.
        smallest: the smallest blocks of that kind.
        patch_size: side of the patches that the network takes; 0: it takes whole blocks.
        batch: how many patches are computed at a time; 0: it takes whole blocks.
        needed: bytes that a block takes, about.
        cache: bytes that GDAL keeps, so that each part of the files is read once.
    """

    layout: BlockLayout
    smallest: BlockLayout
    patch_size: int
    batch: int
    needed: int
    cache: int

    @property
    def numbers(self) -> dict[str, int]:
        """What the values of a block may depend on, if only by rounding."""
        layout = self.layout
        return {"rfield": layout.rfield, "efield": layout.efield, "crop": layout.crop, "batch": self.batch}


def cut(
    job: ApplyModel,
    model: OpenModel,
    outputs: Sequence[str],
    sources: Sources,
    reporter: Reporter,
    earlier: Mapping[str, int] | None = None,
) -> Cut:
    """Cut the first source.

    Args:
        job: what the user asks for.
        model: the network.
        outputs: those that are mapped.
        sources: the images.
        reporter: hears how it is cut, and what may go wrong.
        earlier: the `numbers` of the run that is continued; None or empty: there is none.

    Raises:
        InputError: what the user asks for would make seams, or does not suit the network, or there is too little
            memory for the blocks of the earlier run.
    """
    scale, budget, earlier = _scale(job.scale), Budget.of(job.memory), earlier or {}
    if use.is_patch_based(model, outputs, job.mode):
        layout, size = _patches(job, model, sources, scale, reporter)
        smallest, needed = layout, budget.block  # as many patches are computed at a time as fit
        batch = _batch(size, job.memory, earlier.get("batch", 0))
    else:
        layout, smallest, needed = _blocks(job, model, outputs, sources, scale, earlier.get("efield", 0), reporter)
        size = batch = 0
    layout, cache = in_strips(layout, sources, budget, needed, reporter)
    return Cut(layout, smallest, size, batch, needed, cache)


def _patches(
    job: ApplyModel, model: OpenModel, sources: Sources, scale: Fraction | None, reporter: Reporter
) -> tuple[BlockLayout, int]:
    """The blocks of patches, and the patches' size."""
    if job.efield not in (0, 1) or job.crop:
        raise InputError(
            "A network that is applied patch by patch gives one pixel for each patch.",
            expected="EFIELD = 1 and CROP = 0, or 0 for automatic",
            received=f"EFIELD = {job.efield}, CROP = {job.crop}",
        )
    if scale and scale.denominator != 1:
        raise InputError(
            "Patches cannot lie closer to each other than the pixels of the image.",
            expected="a whole number as SCALE",
            received=f"SCALE = {job.scale:g}",
        )
    size, step, grid = use.patch_size(model, sources, job.rfield), int(scale or 1), sources.reference.grid
    layout = lay_out_patches(
        grid.width,
        grid.height,
        size,
        scale=step,
        valid_only=job.edges == "valid only",
        extent=_extent(job.extent, grid, Fraction(step)),
    )
    reporter.info(f"Patches of {size} × {size} pixels, {step} pixels apart: one pixel of the map for each.")
    return layout, size


def _batch(size: int, megabytes: int, earlier: int) -> int:
    """How many patches are computed at a time: as many as in the earlier run, if they fit, else as many as fit."""
    most = patches_at_a_time(size, Budget.of(megabytes))
    if earlier > most:
        raise _too_little(megabytes, f"{earlier} patches of {size} × {size} pixels at a time")
    return earlier or most


def _too_little(megabytes: int, earlier: str, least: int = 0) -> InputError:
    return InputError(
        "There is too little memory to continue the earlier run.",
        expected=f"MEMORY = {least} or more" if least else "as much MEMORY as in the earlier run",
        received=f"MEMORY = {megabytes}, for {earlier}",
        remedy="Give more, or delete the hidden folder of finished blocks beside the map to start anew.",
    )


def _blocks(
    job: ApplyModel,
    model: OpenModel,
    outputs: Sequence[str],
    sources: Sources,
    scale: Fraction | None,
    earlier: int,
    reporter: Reporter,
) -> tuple[BlockLayout, BlockLayout, int]:
    """The blocks, the smallest ones, and the bytes that one takes, at most those that there are for it.

    Blocks of an earlier run have an expression field; 0: there was none.
    """
    is_chosen, budget = bool(job.rfield or job.efield), Budget.of(job.memory)
    known, grid = _fields(job, model, outputs, sources, scale, reporter), sources.reference.grid
    fields = known or Fields(1, 0)
    scale = scale or Fraction(fields.scale)
    fixed, _ = model.images[0].image_size
    lay = functools.partial(
        lay_out,
        fields=fields,
        rfield=job.rfield or fixed or 0,
        efield=job.efield if is_chosen else earlier,
        crop=job.crop,
        scale=scale,
        step=sources.step,
        phase=sources.phase,
        even=known is None,
    )
    # What is missing may be filled with NaN, so that whole numbers become float32.
    values = sum(
        one.bands * max(4, one.dtype.itemsize) / float(ratio) ** 2 for one, ratio in zip(sources, sources.ratios)
    )
    needed = bytes_needed(model, outputs, sources.ratios, values)
    needed += (BEHIND + 2) * _result_bytes(job, model, outputs) / float(scale) ** 2
    largest = largest_side(needed, budget)
    layout = lay(
        grid.width,
        grid.height,
        valid_only=job.edges == "valid only",
        extent=_extent(job.extent, grid, scale),
        largest=largest,
    )
    for tensor, ratio in zip(model.images, sources.ratios):
        if any(side not in (None, layout.rfield / ratio) for side in tensor.image_size):
            raise InputError(
                "The network takes blocks of one size.",
                expected=f"{tensor.name} {tensor.shape_text}",
                received=f"RFIELD = {layout.rfield}",
                remedy="Leave RFIELD and EFIELD at 0, or choose sources of the resolution that it was made for.",
            )
    if earlier and not is_chosen and layout.rfield > largest:
        size = f"blocks of {layout.rfield} × {layout.rfield} pixels"
        raise _too_little(job.memory, size, megabytes_for(layout.rfield, needed))
    reporter.info(
        f"Receptive field {layout.rfield}, expression field {layout.efield}, crop {layout.crop} pixels: "
        f"{len(layout)} blocks."
    )
    return layout, lay(1, 1), min(int(needed * layout.rfield**2), budget.block)


def _fields(
    job: ApplyModel,
    model: OpenModel,
    outputs: Sequence[str],
    sources: Sources,
    scale: Fraction | None,
    reporter: Reporter,
) -> Fields | None:
    """How far the network looks; None where that is not known, and the user gives the fields."""
    reporter.progress(0.01, "Finding out how far the network looks")
    found = use.fields_for(model, outputs, sources)
    if found.fields is None:
        if not (job.rfield or job.efield):
            raise InputError(
                "The fields of this network are not known, and none are given.",
                expected="RFIELD, EFIELD and CROP: how much is read for a block, and how much of it is kept",
                received=found.problem,
                remedy="Give them; or choose the mode 'patch-based' if the network gives one answer for a patch.",
            )
        reporter.warning(f"The fields that you gave are used as they are: the map may have seams. {found.problem}")
        return None
    if scale is not None and scale != found.fields.scale:
        raise InputError(
            "This scale does not suit the network.",
            expected=f"SCALE = {found.fields.scale}, or 0 for automatic",
            received=f"SCALE = {job.scale:g}",
        )
    reporter.info(
        f"Blocks fit together without seams: total stride {found.fields.total_stride}, "
        f"valid margin {found.fields.valid_margin}."
    )
    return found.fields


def _result_bytes(job: ApplyModel, model: OpenModel, outputs: Sequence[str]) -> int:
    """Bytes of a pixel of the rasters that are made, about."""
    channels = 1 if job.output_type == "classes" else sum(model.output(name).bands or 1 for name in outputs)
    single = 1 if job.output_type in ("classes", "probabilities (uint8)") else 4
    return channels * single + (8 if job.confidence else 0)


def _scale(given: float) -> Fraction | None:
    """Pixel size of the map / that of the image; None: automatic."""
    if not given:
        return None
    scale = Fraction(given).limit_denominator(_MOST_TIMES)
    if given < 0 or 1 not in (scale.numerator, scale.denominator) or abs(float(scale) - given) > 1e-4 * given:
        raise InputError(
            "The scale does not fit.",
            expected=f"a whole number, or 1 divided by one, such as 0.5 or 0.25, at most {_MOST_TIMES} times",
            received=f"SCALE = {given:g}",
        )
    return scale


def _extent(given: Sequence[float], grid: Grid, scale: Fraction) -> Window | None:
    if not given:
        return None
    if len(given) != 4:
        raise InputError("The extent does not fit.", expected="four numbers", received=str(given))
    return extent_window(given, scaled(grid, scale))
