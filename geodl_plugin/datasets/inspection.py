"""Inspecting a dataset folder: counts, values and sample patches, and what may spoil training."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.splits import SPLITS
from ..language import tr
from ..operations import InputPath, Request, operation
from ..runtime.reporter import Reporter
from .description import LABELS, DatasetDescription, SourceInfo
from .regression_inspection import LabelDistribution, regression_warnings
from .thin_ground import thin_ground

IMBALANCE = 20  # times as many pixels of the most frequent class as of the rarest
SATURATED = 0.02  # share of a band's values that are its maximum
MUCH_NODATA = 0.2
FEW_PATCHES = 50
MAX_INSPECTED = 400  # patches of a split
_SAMPLES = 4  # patches of each class, or in a row of continuous values
_ROWS = 3  # of patches with continuous values
_ENOUGH = 0.15  # share of a patch that shows a class well: patches with the largest share are often of one place
_BINS = 64
_PREFETCHED = 16  # patches
_PIXELS = 512  # of each patch and band, for percentiles
_MAXIMA = (4095, 10000)  # of 12 bits and of reflectance; besides the maximum of the type


@dataclass
class InspectRequest(Request):
    """A dataset folder to inspect.

    Args:
        dataset: the folder.
    """

    dataset: InputPath


@dataclass(frozen=True)
class SamplePatch:
    """A patch to look at.

    Args:
        images: by source, [y, x, band].
        labels: class indices, or continuous values with NaN where unlabelled, [y, x].
    """

    images: dict[str, NDArray]
    labels: NDArray


@dataclass(frozen=True)
class BandValues:
    """The values of one band in the inspected patches.

    Args:
        edges: of the histogram's bins.
        counts: values in each bin.
        low: 2nd percentile.
        high: 98th percentile.
        nodata: share of values that are no data.
        saturated: share of values that are the maximum, if that is one at which sensors or files end.
        constant: whether all values are the same.
    """

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]
    low: float
    high: float
    nodata: float
    saturated: float
    constant: bool


@dataclass(frozen=True)
class DatasetInspection:
    """What was found in a dataset.

    Args:
        description: of the dataset.
        patches: number of patches that were inspected for values and samples.
        bands: values of each band, by source.
        samples: patches in which a class is frequent, by class index; of continuous values rows of patches, from
            those with the lowest mean to those with the highest.
        warnings: what may spoil training, as sentences.
        label_distributions: of continuous values, by split; empty if the labels are classes.
    """

    description: DatasetDescription
    patches: int
    bands: dict[str, list[BandValues]]
    samples: list[list[SamplePatch]]
    warnings: list[str]
    label_distributions: dict[str, LabelDistribution]


@operation
def inspect(request: InspectRequest, reporter: Reporter) -> DatasetInspection:
    """Inspect the classes, values and patches of a dataset folder.

    Args:
        request: the dataset.
        reporter: receives progress; None: it is logged.

    Raises:
        InputError: the folder is not a dataset folder, is damaged or has no split.

    Example::

        inspect(InspectRequest("dataset")).warnings
    """
    folder = Path(request.dataset)
    description = DatasetDescription.read(folder)
    if not description.splits:
        raise InputError(tr("The dataset {folder} has no split.").format(folder=folder), expected=", ".join(SPLITS))
    return inspect_folder(folder, description, reporter)


def inspect_folder(
    folder: Path, description: DatasetDescription, reporter: Reporter, *, split: str = ""
) -> DatasetInspection:
    """Inspect patches of a dataset, drawn at random but always the same.

    Args:
        folder: the dataset.
        description: of the dataset.
        reporter: receives progress.
        split: which to inspect; empty: train, or else the first there is.

    Raises:
        InputError: the dataset is damaged.
    """
    split = split or ("train" if "train" in description.splits else next(iter(description.splits)))
    count = min(MAX_INSPECTED, description.splits[split].samples)
    values: dict[str, list[NDArray]] = {source.name: [] for source in description.sources}
    samples = _SpreadSamples() if description.values else _ClassSamples(description.classes)
    random = np.random.default_rng(0)
    for number, patch in enumerate(_random_patches(folder, split)):
        for name, image in patch.images.items():
            pixels = image.reshape(-1, image.shape[-1])
            values[name].append(pixels[random.integers(0, len(pixels), _PIXELS)])
        samples.add(number, patch)
        reporter.progress((number + 1) / count, tr("Inspecting the patches"))
    bands = {source.name: _band_values(source, np.concatenate(values[source.name])) for source in description.sources}
    distributions: dict[str, LabelDistribution] = {}
    warnings = _warnings(description, bands)
    if description.values:
        distributions = {
            name: LabelDistribution.of(patch.labels for patch in _random_patches(folder, name))
            for name in description.splits
        }
        warnings = regression_warnings(description, description.values, distributions) + warnings
    return DatasetInspection(description, count, bands, samples.rows(), warnings, distributions)


def _random_patches(folder: Path, split: str) -> Iterator[SamplePatch]:
    """Some patches of a split, drawn at random but always the same."""
    from .tfrecords import TFRecords  # which loads TensorFlow

    records = TFRecords(folder / split)
    data = records.samples([LABELS], shuffle_buffer_size=MAX_INSPECTED, seed=0).take(MAX_INSPECTED)
    for images, targets in records.walk(data.prefetch(_PREFETCHED)):
        yield SamplePatch({name: image.numpy() for name, image in images.items()}, targets[LABELS].numpy()[..., 0])


class _ClassSamples:
    """Keeps the few patches that show each class well."""

    def __init__(self, classes: ClassList) -> None:
        self._best: list[list[tuple[int, int, SamplePatch]]] = [[] for _ in classes.classes]

    def add(self, number: int, patch: SamplePatch) -> None:
        """Keep a patch if it is better than those kept so far.

        Args:
            number: of the patch, in the order of inspection.
            patch: the patch.
        """
        enough = int(_ENOUGH * patch.labels.size)
        shares = np.bincount(patch.labels.ravel(), minlength=len(self._best))
        for index, found in enumerate(self._best):
            if shares[index]:
                found.append((min(int(shares[index]), enough), -number, patch))
                found.sort(key=lambda entry: entry[:2], reverse=True)
                del found[_SAMPLES:]

    def rows(self) -> list[list[SamplePatch]]:
        """Patches by class index."""
        return [[patch for _, _, patch in found] for found in self._best]


class _SpreadSamples:
    """Keeps a few patches of continuous values whose means are spread evenly."""

    def __init__(self) -> None:
        self._found: list[tuple[float, int, SamplePatch]] = []

    def add(self, number: int, patch: SamplePatch) -> None:
        """Keep a patch if it is better than those kept so far.

        Args:
            number: of the patch, in the order of inspection.
            patch: the patch.
        """
        if np.isnan(patch.labels).all():
            return
        self._found.append((float(np.nanmean(patch.labels)), number, patch))
        self._found.sort(key=lambda entry: entry[:2])
        if len(self._found) > _ROWS * _SAMPLES:
            means = np.array([mean for mean, _, _ in self._found])
            del self._found[1 + int((means[2:] - means[:-2]).argmin())]  # whose neighbours are closest together

    def rows(self) -> list[list[SamplePatch]]:
        """Patches from the lowest mean to the highest."""
        patches = [patch for _, _, patch in self._found]
        return [patches[start : start + _SAMPLES] for start in range(0, len(patches), _SAMPLES)]


def _band_values(source: SourceInfo, values: NDArray) -> list[BandValues]:
    result = []
    type_maximum = np.iinfo(source.dtype).max if np.dtype(source.dtype).kind in "iu" else None
    for band, nodata in enumerate(source.nodata):
        numbers = values[:, band].astype(np.float64)
        missing = ~np.isfinite(numbers)
        if nodata is not None:
            missing |= numbers == nodata
        present = numbers[~missing]
        if len(present) == 0:
            present = np.zeros(1)
        low, high = np.percentile(present, [2, 98])
        reach = (low - 0.25 * (high - low), high + 0.25 * (high - low)) if high > low else (low - 1, high + 1)
        counts, edges = np.histogram(present, bins=_BINS, range=reach)
        maximum = present.max()
        is_end = type_maximum is not None and maximum in (type_maximum, *_MAXIMA)
        constant = bool(maximum == present.min())
        result.append(
            BandValues(
                edges=edges,
                counts=counts,
                low=float(low),
                high=float(high),
                nodata=float(missing.mean()),
                saturated=float((present == maximum).mean()) if is_end and not constant else 0.0,
                constant=constant,
            )
        )
    return result


def _warnings(description: DatasetDescription, bands: dict[str, list[BandValues]]) -> list[str]:
    found = []
    names = description.classes.names
    for split, info in description.splits.items():
        absent = [name for name, pixels in zip(names, info.pixels) if pixels == 0]
        if absent:
            found.append(
                tr("The split {split} shows no pixel of {absent}.").format(split=split, absent=", ".join(absent))
            )
        if info.samples < FEW_PATCHES and split == "train":
            found.append(tr("There are only {samples} patches to train with.").format(samples=info.samples))
    found += thin_ground(description)
    if "valid" not in description.splits:
        found.append(tr("There is no split valid: training cannot tell when the network is best."))
    pixels = np.array(description.splits["train"].pixels if "train" in description.splits else [])
    if len(pixels) and pixels.min() > 0 and pixels.max() / pixels.min() > IMBALANCE:
        found.append(
            tr(
                "The classes are out of balance: {most} has {times:.0f} times as many pixels to train with as "
                "{least}. Class weights 'balanced' may help."
            ).format(
                most=names[int(pixels.argmax())], times=pixels.max() / pixels.min(), least=names[int(pixels.argmin())]
            )
        )
    for source in description.sources:
        for name, band in zip(source.bands, bands[source.name]):
            where = tr("The band {band} of {source}").format(band=name, source=source.name)
            if band.constant:
                found.append(
                    tr("{where} has the same value everywhere: it carries no information.").format(where=where)
                )
            if band.saturated > SATURATED:
                found.append(
                    tr("{where} is saturated: {saturated:.0f} % of its values are the maximum.").format(
                        where=where, saturated=100 * band.saturated
                    )
                )
            if band.nodata > MUCH_NODATA:
                found.append(
                    tr("{where} has no data in {nodata:.0f} % of its values.").format(
                        where=where, nodata=100 * band.nodata
                    )
                )
    return found
