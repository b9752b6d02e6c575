"""Exporting patches and their labels straight from rasters to a dataset folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import InputError
from ..labels.splits import SPLITS, TRAIN
from ..language import tr
from ..operations import operation
from ..rasters.raster import Source, small_cache
from ..rasters.sources import Sources
from ..runtime import files
from ..runtime.reporter import Reporter
from ..sampling.positions import Positions, read_positions
from .dates import dates_of_sources
from .description import DatasetDescription, SourceInfo
from .export_request import ExportRequest
from .label_patches import LabelPatches, continuous_patches, open_label_patches
from .label_statistics import ContinuousLabelStatistics, find_labelled
from .overview import Overview
from .patch_sizes import chosen_size, warn_about_overlap
from .raster_patches import read_patch_batches
from .thin_ground import thin_ground

_FIND_LABELLED = 0.15  # share of the progress


@dataclass(frozen=True)
class ExportResult:
    """What an export made.

    Args:
        output: the dataset folder.
        description: what is in it.
        count_rejected: number of positions that are left out.
    """

    output: str
    description: DatasetDescription
    count_rejected: int


@operation
def export(request: ExportRequest, reporter: Reporter) -> ExportResult:
    """Cut patches of images and of their labels, and write them as TFRecords into a dataset folder.

    Args:
        request: what to export.
        reporter: receives progress and warnings; None: they are logged.

    Raises:
        InputError: a parameter, a raster or a layer is invalid, or there is nothing to train with.

    Example::

        export(ExportRequest(["image.tif"], "positions.gpkg", "dataset", labels_vector="polygons.gpkg",
                             class_field="class"))
    """
    with unpublished_export(request, reporter) as (_, result):
        return result


@contextmanager
def unpublished_export(request: ExportRequest, reporter: Reporter) -> Iterator[tuple[Path, ExportResult]]:
    """Do what `export` does for a block that makes something else of the dataset, such as a report.

    The dataset folder becomes the output when the block ends.  If the block raises, there is no output.

    Args:
        request: what to export.
        reporter: receives progress and warnings.

    Yields:
        The folder where the dataset is during the block, and the result.
    """
    request.check()
    rasters = request.rasters_by_source()
    sources = Sources([Source(name, paths) for name, paths in rasters.items()], resample=request.resample)
    grid = sources.reference.grid
    found, class_values = read_positions(
        request.positions, grid, reporter, name=request.positions_name, class_field=request.position_field()
    )
    request = replace(request, patch_size=chosen_size(request.patch_size, found.origin, reporter))
    positions = _positions_inside(request, sources, found, reporter)
    warn_about_overlap(positions, request.patch_size, reporter)
    labels = open_label_patches(request, sources, positions, class_values, reporter)
    if isinstance(labels.statistics, ContinuousLabelStatistics):
        patches = continuous_patches(labels, sources, positions, request.patch_size, reporter.part(0, _FIND_LABELLED))
        is_labelled = find_labelled(patches, positions.split_of == SPLITS.index(TRAIN))
        if not is_labelled.all():
            reporter.warning(
                tr("{count} patches have no labelled pixel and are left out.").format(count=int((~is_labelled).sum()))
            )
        positions, labels = positions.where(is_labelled), labels.where(is_labelled)
        reporter = reporter.part(_FIND_LABELLED, 1)
    with small_cache(), files.unfinished(request.output, marker=request.FOLDER_MARKER) as folder:
        folder.mkdir()
        description = _write(request, sources, positions, labels, folder, reporter)
        for warning in thin_ground(description):
            reporter.warning(warning)
        yield folder, ExportResult(request.output, description, len(found) - len(positions))


def _positions_inside(request: ExportRequest, sources: Sources, positions: Positions, reporter: Reporter) -> Positions:
    """The positions that lie inside every raster, or whose patches do."""
    size = request.patch_size
    whole = request.edges == "inside"
    cols, rows = positions.cols, positions.rows
    inside = sources.fits(cols, rows, size) if whole else sources.cover(cols, rows)
    rejected = int((~inside).sum())
    if rejected == len(positions):
        margin = (
            tr("at least {size} pixels from their borders").format(size=size // 2) if whole else tr("wherever in them")
        )
        raise InputError(
            tr("No patch of the layer {positions_name} lies inside every raster.").format(
                positions_name=request.positions_name or request.positions
            ),
            expected=tr("points inside every raster, {margin}").format(margin=margin),
            received=tr("{rejected} points, all outside").format(rejected=rejected),
            remedy=tr("Check that the positions were sampled on these rasters and with this patch size."),
        )
    if rejected:
        where = tr("too near a raster's border for a patch") if whole else tr("outside a raster")
        reporter.warning(
            tr("{rejected} positions are {where} and are left out.").format(rejected=rejected, where=where)
        )
    positions = positions.where(inside)
    shifted = int((~sources.nests(positions.cols, positions.rows, size)).sum())
    if shifted:
        reporter.warning(
            tr(
                "{shifted} patches of the coarser sources are shifted by less than a coarse pixel against those of "
                "{name}: sample the positions with the same sources to avoid that."
            ).format(shifted=shifted, name=sources.reference.name)
        )
    if positions.counts()[TRAIN] == 0:
        raise InputError(
            tr("There are no positions to train with."),
            expected=tr("positions whose field split is train"),
            received=", ".join(f"{count} {split}" for split, count in positions.counts().items()),
        )
    return positions


def _write(
    request: ExportRequest,
    sources: Sources,
    positions: Positions,
    labels: LabelPatches,
    folder: Path,
    reporter: Reporter,
) -> DatasetDescription:
    from .dataset_writer import DatasetWriter  # which loads TensorFlow

    dates = dates_of_sources(request.dates, [*sources])
    infos = [
        SourceInfo(
            name=source.name,
            bands=source.band_names,
            dtype=source.dtype.name,
            patch_size=sources.patch_size(number, request.patch_size),
            nodata=source.nodata,
            statistics={},
            rasters=sources.files[number],
            dates=dates[number],
        )
        for number, source in enumerate(sources)
    ]
    with DatasetWriter(folder, request, infos, labels.statistics, labels.size, positions.split_of, reporter) as writer:
        overview = Overview(sources.reference, infos[0])
        ground = labels.ground(positions, overview)
        read_labels = labels.read_owned if labels.read else None
        for indices, images, read in read_patch_batches(
            sources, positions.cols, positions.rows, request.patch_size, read_labels, reporter
        ):
            missing = [source.missing(patches) for source, patches in zip(sources, images)]
            own_labels = labels.patches(indices, positions.split_of[indices], read, missing[0])
            writer.write_batch(indices, images, own_labels, missing)
            ground.add(indices, own_labels, writer.written[indices])
    grid = sources.reference.grid
    _, dx, _, _, _, dy = grid.transform
    overview.write(folder)
    return writer.describe(
        request.label_mode,
        crs=grid.crs,
        pixel_size=(abs(dx), abs(dy)),
        way=positions.way,
        ground=ground.counts(),
    )
