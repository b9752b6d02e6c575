"""Map a raster with the workers of a cluster."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import ClusterError
from ..inference.checkpoint import Checkpoint
from ..inference.fingerprint import check_unchanged
from ..inference.map_raster import result_of
from ..inference.map_sheet import SIZES, digests
from ..inference.networks import Networks
from ..inference.preparing import MapInputs, MapPlan, open_inputs, plan_map
from ..inference.raster_format import RasterFormat
from ..inference.request import MapRequest, MapResult
from ..inference.sheets import Sheet, sheet_side, sheets_of
from ..language import tr
from ..operations import operation
from ..operations.paths import located
from ..runtime.reporter import Reporter, duration_text
from .connection import check_scheduler, connected, gpus_here
from .mosaic import join
from .request import ClusterRequest, is_virtual
from .schedule import Schedule, Work
from .sheet_folder import SheetFolder, folder_of
from .sheet_task import map_sheet

_NAMED = 5  # sheets whose errors are told
_VISIBLE = 60.0  # seconds after which all computers see a file in a network folder


@operation
def map_on_cluster(request: ClusterRequest, reporter: Reporter) -> MapResult:
    """Map a raster of any size with the workers of a cluster; the map is that of `map_raster`.

    The map is planned here, cut into sheets that workers map, and joined here.  Finished sheets lie in a folder beside
    the map until that is whole, and a later run of the same request goes on from them, whatever ended the one before.

    Args:
        request: the map, and who makes it.
        reporter: receives progress and messages.

    Raises:
        InputError: as `map_raster`, before any worker begins.
        EnvironmentProblem: Dask is not installed.
        ClusterError: sheets could not be mapped, or the scheduler is gone; finished sheets are kept.
        Cancelled: the reporter asked for it; finished sheets are kept.
    """
    request.check()
    check_scheduler(request.scheduler)
    RasterFormat.parse(request.creation_options, cog=request.cog, overviews=request.overviews)
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")  # workers here need the GPU's memory, the plan does not
    inputs, whole, checkpoint = _planned_inputs(request, reporter)
    plan = plan_map(whole, inputs, reporter.part(0, 0.02), checkpoint.tiling)
    layout = plan.tiling.layout
    sizes = {name: plan.tiling.sizes[name] for name in SIZES}
    side = sheet_side(request.sheet, layout.efield)
    checkpoint.start({**sizes, "sheet": side})
    sheets = sheets_of(layout, side)
    parameters = _parameters(request, whole, inputs, sizes)
    folder = SheetFolder(_folder(request), _mark(parameters, side))

    started = time.monotonic()
    missing = [sheet for sheet in sheets if not folder.is_finished(sheet.name)]
    _tell(sheets, missing, side, reporter)
    if missing:
        _map(request, missing, folder, parameters, reporter.part(0.02, 0.95))
    check_unchanged(inputs.image_files, inputs.states)
    reporter.progress(0.95, tr("Joining the sheets"))
    _join(request, inputs, plan, sheets, folder, reporter.part(0.95, 1))
    pixels = layout.area.width * layout.area.height
    seconds = time.monotonic() - started
    reporter.info(
        tr("Mapped in {duration}, {pixels:.2f} million pixels per second.").format(
            duration=duration_text(seconds), pixels=pixels / seconds / 1e6
        )
    )
    return dataclasses.replace(
        result_of(whole, plan),
        output=request.output,
        confidence=request.confidence,
        unfamiliarity=request.unfamiliarity,
    )


def _planned_inputs(request: ClusterRequest, reporter: Reporter) -> tuple[MapInputs, MapRequest, Checkpoint]:
    """What the map is made from; the request with all that this computer chooses for all; and the run before."""
    from ..inference.precision import used_precision

    here = Path.cwd()
    whole = request.as_files().with_paths(lambda each: located(each, here))  # names that all processes understand
    inputs = open_inputs(whole, Networks(), reporter)
    whole = dataclasses.replace(whole, precision=used_precision(inputs.number_type))
    folder = _folder(request)
    SheetFolder(folder, "").check_own()
    return inputs, whole, Checkpoint(folder, inputs.fingerprint(whole))


def _folder(request: ClusterRequest) -> Path:
    return folder_of(Path(request.output).absolute())


def _parameters(request: ClusterRequest, whole: MapRequest, inputs: MapInputs, sizes: dict[str, int]) -> dict[str, Any]:
    """The parameters of the job of any sheet, but for its window and its files."""
    parameters = dataclasses.asdict(whole)
    parameters |= {"resume": False, "minimum_area": 0, "sizes": [*sizes.values()]}
    if not any(is_virtual(path) for path in request.outputs()):  # else the sheets are what the user gets
        parameters |= {"creation_options": "", "cog": False, "overviews": False}
    return {**parameters, "fingerprint": digests(inputs.fingerprint(whole))}


def _mark(parameters: dict[str, Any], side: int) -> str:
    """A text that is the same for the same sheets only."""
    told = ("fingerprint", "sizes", "creation_options", "cog", "overviews")
    outputs = [bool(parameters[name]) for name in ("output", "confidence", "unfamiliarity")]
    made_from = [*(parameters[name] for name in told), outputs, side]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def _tell(sheets: Sequence[Sheet], missing: Sequence[Sheet], side: int, reporter: Reporter) -> None:
    reporter.info(tr("{count} sheets of up to {side} × {side} pixels.").format(count=len(sheets), side=side))
    if len(missing) < len(sheets):
        reporter.info(
            tr("Going on after {count} finished sheets of an earlier run.").format(count=len(sheets) - len(missing))
        )


def _map(
    request: ClusterRequest,
    sheets: Sequence[Sheet],
    folder: SheetFolder,
    parameters: dict[str, Any],
    reporter: Reporter,
) -> None:
    """Map sheets.

    Raises:
        ClusterError: some could not be mapped.
    """
    fixed = {"folder": str(folder.path), "mark": folder.mark}

    def values(sheet: Sheet) -> dict[str, Any]:
        return {**fixed, "parameters": {**parameters, "window": [*sheet.window]}}

    work = Work(tr("sheet"), tr("sheets"), tr("Mapping"), map_sheet, values, one_cause=True)
    reporter.progress(0, tr("Connecting to the scheduler"))
    with connected(request.scheduler) as client:
        failed = Schedule(client, work, request.patience * 60, gpus_here(request.scheduler), reporter).do(sheets)
    if failed:
        told = [
            tr("sheet {name}: {error}").format(name=sheet.name, error=" ".join(error.split()))
            for sheet, error in [*failed.items()][:_NAMED]
        ]
        more = [tr("and {count} more").format(count=len(failed) - _NAMED)] if len(failed) > _NAMED else []
        raise ClusterError(
            tr("{count} of {total} sheets could not be mapped.").format(count=len(failed), total=len(sheets)),
            received="; ".join([*told, *more]).rstrip("."),
            remedy=tr("Mend what is wrong and run this again: the other sheets are kept."),
        )
    _wait_until_visible(sheets, folder)


def _wait_until_visible(sheets: Sequence[Sheet], folder: SheetFolder) -> None:
    """Wait until this computer sees what others have written.

    Raises:
        ClusterError: it does not; or a worker of an earlier run has replaced a sheet.
    """
    end = time.monotonic() + _VISIBLE
    while missing := [sheet.name for sheet in sheets if not folder.is_finished(sheet.name)]:
        if time.monotonic() > end:
            raise ClusterError(
                tr("Sheets were mapped but are not in {path}.").format(path=folder.path),
                received=tr("{count} are missing, such as {example}").format(count=len(missing), example=missing[0]),
                remedy=tr("Put the output on a disk that all workers reach under the same name, and run this again."),
            )
        time.sleep(1)


def _join(
    request: ClusterRequest,
    inputs: MapInputs,
    plan: MapPlan,
    sheets: Sequence[Sheet],
    folder: SheetFolder,
    reporter: Reporter,
) -> None:
    outputs = [(number, path) for number, path in enumerate(request.numbered_outputs()) if path]
    keep = request.keep_sheets or any(is_virtual(path) for _, path in outputs)
    targets = [
        (Path(path).absolute(), {sheet: folder.file(number, sheet.name) for sheet in sheets})
        for number, path in outputs
    ]
    virtual = [path.with_suffix(".vrt") if request.keep_sheets or is_virtual(path) else None for path, _ in targets]
    grid = plan.tiling.layout.grid(inputs.sources.reference.grid)
    join(plan, grid, request.minimum_area, targets, virtual, reporter)
    inputs.sources.close()
    folder.tidy() if keep else folder.remove()
