"""Converting patches images to a dataset folder of TFRecords."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.class_raster import described
from ..labels.classes import ClassList
from ..labels.label_raster import ValueRaster
from ..language import tr
from ..operations import InputPath, OutputPath, operation
from ..options import COMPRESSIONS, SAMPLES_PER_SHARD, TEST_FRACTION, VALID_FRACTION
from ..rasters.opening import open_raster
from ..rasters.raster import Source, small_cache
from ..runtime import files
from ..runtime.checks import check_fractions
from ..runtime.reporter import Reporter
from .dataset_request import DatasetRequest
from .description import LABELS, DatasetDescription, SourceInfo
from .label_statistics import ClassLabelStatistics, ContinuousLabelStatistics, LabelStatistics, find_labelled
from .patches_images import PatchesImagesReader

LABEL_MODE = "patches"
_FIND_LABELS = 0.2  # share of the progress


@dataclass
class ConvertRequest(DatasetRequest):
    """Patches images and their labels, to be written as TFRecords, one folder for each split; splits are random.

    Args:
        source1: patches images, whose patches follow each other.
        labels: patches images of class values, with as many patches; of 1 × n pixels if each patch has one label.
            Real numbers are continuous values to learn; patches without any are left out.
        output: dataset folder to make.
        source2: patches images of a second source; empty: none.
        source3: of a third.
        source4: of a fourth.
        names: of the sources in the records; empty: ``source1``, ``source2``…
        valid_fraction: fraction of the samples for validation, 0…1.
        test_fraction: fraction of the samples for the test, 0…1.
        samples_per_shard: number of samples in a file.
        compression: one of `COMPRESSIONS`; OTBTF reads uncompressed records only.
        drop_remainder: files hold exactly ``samples_per_shard`` samples; the rest is dropped.
        seed: the same seed gives the same splits and files.
    """

    source1: list[InputPath]
    labels: list[InputPath]
    output: OutputPath
    source2: list[InputPath] = field(default_factory=list)
    source3: list[InputPath] = field(default_factory=list)
    source4: list[InputPath] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    valid_fraction: float = VALID_FRACTION
    test_fraction: float = TEST_FRACTION
    samples_per_shard: int = SAMPLES_PER_SHARD
    compression: str = COMPRESSIONS[0]
    drop_remainder: bool = False
    seed: int = 0

    def check(self) -> None:
        """Raise `InputError` if a parameter is invalid; no file is read."""
        super().check()
        check_fractions(self.valid_fraction, self.test_fraction)


@dataclass(frozen=True)
class ConvertResult:
    """What a conversion made.

    Args:
        output: the dataset folder.
        description: what is in it.
    """

    output: str
    description: DatasetDescription


@dataclass(frozen=True)
class _ImageLabels:
    """The labels in patches images.

    Args:
        statistics: what the labels are; counts them.
        to_patch: makes the label patch [y, x] of the pixels [y, x, 1] of a sample.
        labelled: indices of the samples to write.
    """

    statistics: LabelStatistics
    to_patch: Callable[[NDArray], NDArray]
    labelled: NDArray[np.int64]


@operation
def convert_patches(request: ConvertRequest, reporter: Reporter) -> ConvertResult:
    """Write patches images and their labels as TFRecords into a dataset folder.

    Args:
        request: what to convert.
        reporter: receives progress and warnings; None: they are logged.

    Raises:
        InputError: a parameter is invalid, the rasters do not hold as many patches as their labels, or there are
            fewer than two classes.

    Example::

        convert_patches(ConvertRequest(["patches.tif"], ["labels.tif"], "dataset"))
    """
    request.check()
    rasters = request.rasters_by_source()
    reader = PatchesImagesReader({**rasters, LABELS: request.labels}, use_streaming=True)
    with small_cache(), files.unfinished(request.output, marker=request.FOLDER_MARKER) as folder:
        folder.mkdir()
        is_continuous = reader.dtypes[LABELS].kind == "f"
        find_labels = _continuous_labels if is_continuous else _class_labels
        labels = find_labels(request.labels, reader, reporter.part(0, _FIND_LABELS))
        description = _write(request, rasters, reader, labels, folder, reporter.part(_FIND_LABELS, 1))
    return ConvertResult(request.output, description)


def _continuous_labels(paths: list[str], reader: PatchesImagesReader, reporter: Reporter) -> _ImageLabels:
    """Continuous values, and the samples that have any."""
    reporter.info(
        tr("The labels are real numbers: continuous values to learn. If they are classes, convert them to integers.")
    )
    raster = ValueRaster(paths[0], Source(LABELS, paths[:1]).grid)

    def patches() -> Iterator[tuple[int, NDArray]]:
        for index in range(reader.size):
            yield index, raster.values(reader.get_sample(index)[LABELS])
            reporter.progress((index + 1) / reader.size, tr("Looking for labels"))

    is_labelled = find_labelled(patches(), np.ones(reader.size, bool))
    if not is_labelled.all():
        reporter.warning(
            tr("{count} patches have no labelled pixel and are left out.").format(count=int((~is_labelled).sum()))
        )
    return _ImageLabels(ContinuousLabelStatistics(raster.name), raster.values, np.flatnonzero(is_labelled))


def _class_labels(paths: list[str], reader: PatchesImagesReader, reporter: Reporter) -> _ImageLabels:
    """The class values that occur, with the names that the first raster has for them."""
    bands = reader.shapes[LABELS][-1]
    if bands != 1:
        raise InputError(
            tr("The labels cannot be used."), expected=tr("one band"), received=tr("{bands} bands").format(bands=bands)
        )
    nodata = Source(LABELS, paths[:1]).nodata[0]
    values: set[int] = set()
    for index in range(reader.size):
        values |= set(np.unique(reader.get_sample(index)[LABELS]).tolist())
        if index % 64 == 0:
            reporter.progress(index / reader.size, tr("Looking for classes"))
    values.discard(nodata)  # type: ignore[arg-type]
    if len(values) < 2:
        raise InputError(
            tr("The labels have fewer than two classes."),
            expected=tr("two classes or more"),
            received=", ".join(str(value) for value in sorted(values)) or tr("none"),
        )
    raster = open_raster(paths[0])
    classes = described(ClassList.from_values(values), raster.GetRasterBand(1))
    index_of = classes.index_lookup()
    return _ImageLabels(ClassLabelStatistics(classes), lambda pixels: index_of(pixels[..., 0]), np.arange(reader.size))


def _write(
    request: ConvertRequest,
    rasters: dict[str, list[str]],
    reader: PatchesImagesReader,
    labels: _ImageLabels,
    folder: Path,
    reporter: Reporter,
) -> DatasetDescription:
    from .dataset_writer import DatasetWriter  # which loads TensorFlow

    sources = [Source(name, paths[:1]) for name, paths in rasters.items()]
    infos = [
        SourceInfo(
            name=source.name,
            bands=source.band_names,
            dtype=source.dtype.name,
            patch_size=reader.shapes[source.name][0],
            nodata=source.nodata,
            statistics={},
            rasters=rasters[source.name],
        )
        for source in sources
    ]
    count, label_size = len(labels.labelled), reader.shapes[LABELS][0]
    splits = _draw_splits(request, count)
    with DatasetWriter(folder, request, infos, labels.statistics, label_size, splits, reporter) as writer:
        for place, index in enumerate(labels.labelled.tolist()):
            sample = reader.get_sample(index)
            patches = [sample[source.name] for source in sources]
            missing = [source.missing(patch) for source, patch in zip(sources, patches)]
            writer.write(place, patches, labels.to_patch(sample[LABELS]), missing)
            reporter.progress(
                (place + 1) / count, tr("{place} of {count} patches").format(place=place + 1, count=count)
            )
    return writer.describe(LABEL_MODE, crs="", pixel_size=(1.0, 1.0))


def _draw_splits(request: ConvertRequest, count: int) -> NDArray[np.int64]:
    """Index of the split of each sample, drawn in the fractions wanted; train has at least one sample."""
    order = np.random.default_rng(request.seed).permutation(count)
    valid = min(round(request.valid_fraction * count), count - 1)
    test = min(round(request.test_fraction * count), count - valid - 1)
    return np.where(order < valid, 1, np.where(order < valid + test, 2, 0))
