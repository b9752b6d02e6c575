"""Map many images with one model, which is loaded once.

Each image gets a map of its own in a folder, whole or not there; the folder ``made_from`` beside the maps tells what
each was made from.  A map that is there and was made from the same is not made again, so that a batch that was stopped,
or that has failed in places, goes on when it is run again.
"""

from __future__ import annotations

import csv
import io
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ..errors import Cancelled, GeodlError, InputError
from ..language import tr
from ..operations import FolderPath, InputPath, OutputPath, Request, operation
from ..operations.inputs import check_outputs
from ..operations.paths import is_file_name
from ..operations.records import Record, input_states
from ..operations.sources import rasters_of
from ..runtime import files
from ..runtime.reporter import Reporter
from .fingerprint import content_hash, map_fingerprint
from .image_list import Image, list_images
from .map_raster import map_with
from .mosaic import join_maps
from .networks import Networks
from .raster_format import RasterFormat
from .request import MapRequest, MapResult

DONE, DONE_BEFORE, FAILED = "done", "done before", "failed"
_MAPS = 0.95  # share of the progress, if there is a mosaic
_SHOWN = 3  # failures in the message at the end
# Neither what differs from image to image, nor what makes no difference to a map.
_NOT_COMPARED = (
    *("output", "model", "further_models", "source1", "source2", "source3", "source4", "mask", "mask_name"),
    *("resume", "memory"),
)


@dataclass
class ManyImagesRequest(Request):
    """Images to map, all in the same way.

    Args:
        map: how each is mapped; its source 1 and its outputs are replaced by those of the image.  Its further rasters,
            confidence and unfamiliarity, are made for each image as well if they have names.
        images: what `list_images` takes.
        folder: the folder of the maps.
        mosaic: GeoTIFF to make of all maps; where they overlap, the first is on top; empty: none.
        table: CSV file to make with the image, output, status, seconds and error of each; empty: none.
        assets: keys of the assets of STAC items, in the order of the bands; empty: those of the model's bands.
    """

    map: MapRequest
    images: list[InputPath]
    folder: FolderPath
    mosaic: OutputPath = ""
    table: OutputPath = ""
    assets: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ManyImagesResult:
    """What was made.

    Args:
        folder: of the maps.
        done: number of maps that were made.
        done_before: number of maps that were there already.
        mosaic: the raster of all maps; empty: none.
        table: the table; empty: none.
    """

    folder: str
    done: int
    done_before: int
    mosaic: str = ""
    table: str = ""


@dataclass(frozen=True)
class _Row:
    """What became of an image: a row of the table."""

    image: str
    output: str
    status: str
    seconds: float
    error: str = ""


@operation
def map_images(request: ManyImagesRequest, reporter: Reporter) -> ManyImagesResult:
    """Map many images with one model.

    An image that fails does not stop the others; then there is no mosaic.

    Args:
        request: the images, and how they are mapped.
        reporter: receives progress and messages.

    Returns:
        What was made.

    Raises:
        InputError: nothing can be mapped in this way, or some images failed: the others are mapped.
        Cancelled: the reporter asked for it; maps that are finished are kept.
    """
    if not request.folder:
        raise InputError(tr("The folder is missing."), expected=tr("the name of the folder of the maps (folder)"))
    request.map.check()
    raster_format = RasterFormat.parse(
        request.map.creation_options, cog=request.map.cog, overviews=request.map.overviews
    )
    reporter.progress(0, tr("Loading the network"))
    networks = Networks()
    models = [networks.model(path) for path in request.map.models]
    description = models[0].description
    images = list_images(request.images, description.inputs[0].bands if description else [], request.assets)
    requests = [_request_for(image, request) for image in images]
    _check_places(request, requests)

    batch = _Batch(networks, content_hash([model.path for model in models]), reporter)
    share = _MAPS if request.mosaic else 1.0
    rows: list[_Row] = []
    try:
        for number, (image, wanted) in enumerate(zip(images, requests)):
            part = reporter.part(share * number / len(images), share * (number + 1) / len(images))
            message = tr("Image {number} of {count}: {name}").format(
                number=number + 1, count=len(images), name=image.name
            )
            rows.append(batch.map(image, wanted, part.silent(message, warnings=True)))
    except Cancelled as cancelled:
        raise Cancelled(
            tr("Cancelled: {images}. The next run goes on after them.").format(images=_count_text(rows))
        ) from cancelled
    finally:
        if request.table:
            files.write_text(request.table, _table(rows))
    _check_failures(rows, request.table)
    if request.mosaic:
        reporter.progress(share, tr("Joining the maps"))
        join_maps([row.output for row in rows], request.mosaic, raster_format)
    reporter.info(f"{_count_text(rows)}.")
    done = sum(row.status == DONE for row in rows)
    return ManyImagesResult(request.folder, done, len(rows) - done, request.mosaic, request.table)


def _request_for(image: Image, request: ManyImagesRequest) -> MapRequest:
    folder = Path(request.folder)
    further: dict[str, Any] = {
        name: str(folder / f"{image.name}_{name}.tif") if getattr(request.map, name) else ""
        for name in ("confidence", "unfamiliarity")
    }
    return replace(request.map, source1=list(image.rasters), output=str(folder / f"{image.name}.tif"), **further)


def _check_places(request: ManyImagesRequest, requests: Sequence[MapRequest]) -> None:
    """Raise `InputError` if an output is an image, or another output as well."""
    outputs = [*request.outputs(), *(output for each in requests for output in each.outputs())]
    twice = [str(output) for output, count in Counter(map(os.path.abspath, outputs)).items() if count > 1]
    if twice:
        raise InputError(tr("Two outputs have the same name."), received=", ".join(twice))
    inputs = dict.fromkeys(path for each in requests for path in each.inputs() if is_file_name(path))
    check_outputs(outputs, list(inputs))


class _Batch:
    """Maps images one after the other.

    Args:
        networks: that they share.
        models: a hash of the models' content.
        reporter: is told what fails.
    """

    def __init__(self, networks: Networks, models: str, reporter: Reporter) -> None:
        self._networks, self._models, self._reporter = networks, models, reporter

    def map(self, image: Image, request: MapRequest, reporter: Reporter) -> _Row:
        """Map an image, if that is not done; gives the row of the table.

        Raises:
            Cancelled: the reporter asked for it.
        """
        started, status, error = time.monotonic(), DONE, ""
        try:
            reporter.progress(0)
            if image.problem:
                raise InputError(image.problem)
            status = self._make(request, reporter)
        except Cancelled:
            raise
        except Exception as problem:  # whatever it is, it is about this image: the others must not wait for it
            known = isinstance(problem, GeodlError)
            status, error = FAILED, str(problem) if known else f"{type(problem).__name__}: {problem}"
            self._reporter.warning(f"{image.name}: {error}")
        return _Row("; ".join(image.rasters), request.output, status, time.monotonic() - started, error)

    def _make(self, request: MapRequest, reporter: Reporter) -> str:
        """Make the outputs of an image, and the record of what they are made from, unless they are there."""
        record = Record(self._fingerprint(request), request.outputs())
        if record.results() is not None:
            return DONE_BEFORE

        @operation
        def make(wanted: MapRequest, told: Reporter) -> MapResult:
            return map_with(self._networks, wanted, told)

        make(request, reporter)
        record.write({})
        return DONE

    def _fingerprint(self, request: MapRequest) -> dict[str, Any]:
        """What the maps of an image are made from."""
        rasters = [path for paths in rasters_of(request) for path in paths]
        fingerprint = map_fingerprint(request, self._models, input_states(rasters), _NOT_COMPARED)
        return dict(json.loads(json.dumps(fingerprint)))


def _check_failures(rows: Sequence[_Row], table: str) -> None:
    """Raise `InputError` if images failed."""
    failed = [f"{Path(row.output).stem}: {row.error}" for row in rows if row.status == FAILED]
    if failed:
        listed = tr("The table {table} has all of them.").format(table=table)
        again = tr("Run it again when the causes are mended: what is done is not done again.")
        raise InputError(
            tr("{count} of {total} images failed; the others are mapped.").format(count=len(failed), total=len(rows)),
            received="; ".join(failed[:_SHOWN]) + "; …" * (len(failed) > _SHOWN),
            remedy=f"{listed} {again}" if table else again,
        )


def _count_text(rows: Sequence[_Row]) -> str:
    done, before, failed = (sum(row.status == status for row in rows) for status in (DONE, DONE_BEFORE, FAILED))
    return tr("Images done: {done}, done before: {before}, failed: {failed}").format(
        done=done, before=before, failed=failed
    )


def _table(rows: Sequence[_Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [each.name for each in fields(_Row)]
    writer.writerow(names)
    for row in rows:
        values = {**vars(row), "seconds": f"{row.seconds:.2f}"}
        writer.writerow([values[name] for name in names])
    return text.getvalue()
