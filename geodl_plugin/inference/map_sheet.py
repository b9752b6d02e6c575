"""Map one sheet of a raster: what a worker of a cluster does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import InputError
from ..language import tr
from ..operations import operation
from ..rasters.grid import Window
from ..runtime.reporter import Reporter
from .map_raster import make_map
from .networks import Networks
from .preparing import open_inputs, plan_map
from .request import MapRequest, MapResult

SIZES = ("rfield", "efield", "crop", "batch")  # of `TilingPlan.sizes`, in the order of `SheetRequest.sizes`


@dataclass
class SheetRequest(MapRequest):
    """A sheet to map.  Its blocks and its values are those of the map of the whole raster.

    Args:
        window: pixels of the map of the whole raster: column, row, width and height; empty: all.
        sizes: those of the blocks, as planned for the whole map: RFIELD, EFIELD, CROP and the patches at a time; empty:
            planned here.
        fingerprint: what the map is computed from, as `digests` gives it for the whole map: a computer that sees other
            images or has other versions makes no sheet; empty: not compared.
    """

    window: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    fingerprint: list[str] = field(default_factory=list)

    def check(self) -> None:
        super().check()
        window, sizes = tr("Invalid window of a sheet."), tr("Invalid sizes of a sheet.")
        for problem, given in ((window, self.window), (sizes, self.sizes)):
            if given and (len(given) != 4 or min(given) < 0):
                raise InputError(
                    problem,
                    expected=tr("four numbers, 0 or more"),
                    received=str(given),
                )


@operation
def map_sheet(request: SheetRequest, reporter: Reporter) -> MapResult:
    """Map one sheet.

    Args:
        request: the whole map, which of its pixels, and what was planned for it.
        reporter: receives progress and messages.

    Raises:
        InputError: as `map_raster`; or the images, the models, or the versions are not those of the plan.
        Cancelled: the reporter asked for it.
    """
    request.check()
    inputs = open_inputs(request, Networks(), reporter)
    if request.fingerprint:
        _compare(request.fingerprint, digests(inputs.fingerprint(request)))
    sizes = dict(zip(SIZES, request.sizes))
    plan = plan_map(request, inputs, reporter, sizes, Window(*request.window) if request.window else None)
    if sizes and plan.tiling.sizes != sizes:
        raise InputError(tr("This computer plans other blocks."), expected=str(sizes), received=str(plan.tiling.sizes))
    return make_map(request, inputs, plan, reporter)


def digests(fingerprint: Mapping[str, Any]) -> list[str]:
    """A short text for each part of a fingerprint, ``name=digest``.

    Args:
        fingerprint: JSON values by name.
    """
    texts = {name: json.dumps(value, sort_keys=True).encode() for name, value in fingerprint.items()}
    return [f"{name}={hashlib.sha256(text).hexdigest()[:16]}" for name, text in sorted(texts.items())]


def _compare(planned: list[str], found: list[str]) -> None:
    """Raise `InputError` if a computer sees something else than the one that planned the map."""
    changed = sorted({part.partition("=")[0] for part in {*planned} ^ {*found}})
    if changed:
        raise InputError(
            tr("This computer cannot map a sheet: what it finds is not what the map was planned with."),
            expected=tr("the same files under the same names, and the same versions of GeoDL and TensorFlow"),
            received=tr("other {changed}").format(changed=", ".join(changed)),
            remedy=tr("Put images and models where all computers reach them, and install the same versions on all."),
        )
