"""Looking into a dataset folder: counts, values and sample patches, and what may spoil training."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..labels.classes import ClassList
from ..runtime.reporter import Reporter
from .description import LABELS, DatasetDescription, SourceInfo
from .tfrecords import TFRecords
from .value_inspection import SplitValues, value_warnings

IMBALANCE = 20  # times as many pixels of the most frequent class as of the rarest
SATURATED = 0.02  # share of a band's values that are its highest one
MUCH_NODATA = 0.2
FEW_PATCHES = 50
LOOKED_AT = 400  # patches a split
_SAMPLES = 4  # patches a class, or in a row of continuous values
_ROWS = 3  # of patches with continuous values
_ENOUGH = 0.15  # share of a patch from which on it shows a class well: the most of it are often one place
_BINS = 64
_PIXELS = 512  # of each patch and band, for percentiles
_ENDS = (4095, 10000)  # of 12 bits and of reflectance; besides the end of the type


@dataclass(frozen=True)
class SamplePatch:
    """A patch to look at.

    Args:
        images: by source, [y, x, bands].
        labels: class indices, or values with NaN where unlabelled, [y, x].
    """

    images: dict[str, NDArray]
    labels: NDArray


@dataclass(frozen=True)
class BandValues:
    """The values of one band in the patches looked at.

    Args:
        edges: of the histogram's bins.
        counts: values in each bin.
        low: 2nd percentile.
        high: 98th percentile.
        nodata: share of values that are no data.
        saturated: share of values that are the highest one, if that is one at which sensors or files end.
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
    """What was found.

    Args:
        patches: number of patches looked at for values and samples.
        bands: values by source, one a band.
        samples: patches by class index, in which the class is frequent; of continuous values rows of patches from
            those with the lowest mean to those with the highest.
        warnings: what may spoil training, as sentences.
        values: by split, the labels that are continuous values; empty if they are classes.
    """

    patches: int
    bands: dict[str, list[BandValues]]
    samples: list[list[SamplePatch]]
    warnings: list[str]
    values: dict[str, SplitValues]


def inspect(folder: Path, dataset: DatasetDescription, reporter: Reporter, *, split: str = "") -> DatasetInspection:
    """Look at patches of a dataset, chosen by chance but always the same.

    Args:
        folder: the dataset.
        dataset: its manifest.
        reporter: hears the progress.
        split: which to look at; empty: train, or else the first there is.
    """
    split = split or ("train" if "train" in dataset.splits else next(iter(dataset.splits)))
    count = min(LOOKED_AT, dataset.splits[split].samples)
    values: dict[str, list[NDArray]] = {source.name: [] for source in dataset.sources}
    samples = _SpreadSamples() if dataset.values else _ClassSamples(dataset.classes)
    chance = np.random.default_rng(0)
    for number, patch in enumerate(_patches(folder, dataset, split)):
        for name, image in patch.images.items():
            pixels = image.reshape(-1, image.shape[-1])
            values[name].append(pixels[chance.integers(0, len(pixels), _PIXELS)])
        samples.add(number, patch)
        reporter.progress((number + 1) / count, "Looking at the patches")
    bands = {source.name: _band_values(source, np.concatenate(values[source.name])) for source in dataset.sources}
    labels: dict[str, SplitValues] = {}
    warnings = _warnings(dataset, bands)
    if dataset.values:
        labels = {
            name: SplitValues.of(patch.labels for patch in _patches(folder, dataset, name)) for name in dataset.splits
        }
        warnings = value_warnings(dataset, dataset.values, labels) + warnings
    return DatasetInspection(count, bands, samples.rows(), warnings, labels)


def _patches(folder: Path, dataset: DatasetDescription, split: str) -> Iterator[SamplePatch]:
    """Some patches of a split, chosen by chance but always the same."""
    records = TFRecords(folder / split)
    data = records.samples([LABELS], shuffle_buffer_size=LOOKED_AT, seed=0).take(LOOKED_AT)
    for images, targets in records.walk(data.prefetch(tf.data.AUTOTUNE)):
        yield SamplePatch({name: image.numpy() for name, image in images.items()}, targets[LABELS].numpy()[..., 0])


class _ClassSamples:
    """Keeps the few patches that show each class well."""

    def __init__(self, classes: ClassList) -> None:
        self._best: list[list[tuple[int, int, SamplePatch]]] = [[] for _ in classes.classes]

    def add(self, number: int, patch: SamplePatch) -> None:
        """Look at a patch."""
        enough = int(_ENOUGH * patch.labels.size)
        shares = np.bincount(patch.labels.ravel(), minlength=len(self._best))
        for index, found in enumerate(self._best):
            if shares[index]:
                found.append((min(int(shares[index]), enough), -number, patch))
                found.sort(key=lambda one: one[:2], reverse=True)
                del found[_SAMPLES:]

    def rows(self) -> list[list[SamplePatch]]:
        """Patches by class index."""
        return [[patch for _, _, patch in found] for found in self._best]


class _SpreadSamples:
    """Keeps a few patches of continuous values whose means are spread evenly."""

    def __init__(self) -> None:
        self._found: list[tuple[float, int, SamplePatch]] = []

    def add(self, number: int, patch: SamplePatch) -> None:
        """Look at a patch."""
        if np.isnan(patch.labels).all():
            return
        self._found.append((float(np.nanmean(patch.labels)), number, patch))
        self._found.sort(key=lambda one: one[:2])
        if len(self._found) > _ROWS * _SAMPLES:
            means = np.array([mean for mean, _, _ in self._found])
            del self._found[1 + int((means[2:] - means[:-2]).argmin())]  # the one that its neighbours replace best

    def rows(self) -> list[list[SamplePatch]]:
        """Patches from the lowest mean to the highest."""
        patches = [patch for _, _, patch in self._found]
        return [patches[start : start + _SAMPLES] for start in range(0, len(patches), _SAMPLES)]


def _band_values(source: SourceInfo, values: NDArray) -> list[BandValues]:
    result = []
    top = np.iinfo(source.dtype).max if np.dtype(source.dtype).kind in "iu" else None
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
        highest = present.max()
        is_top = top is not None and highest in (top, *_ENDS)
        constant = bool(highest == present.min())
        result.append(
            BandValues(
                edges=edges,
                counts=counts,
                low=float(low),
                high=float(high),
                nodata=float(missing.mean()),
                saturated=float((present == highest).mean()) if is_top and not constant else 0.0,
                constant=constant,
            )
        )
    return result


def _warnings(dataset: DatasetDescription, bands: dict[str, list[BandValues]]) -> list[str]:
    found = []
    names = dataset.classes.names
    for split, info in dataset.splits.items():
        absent = [name for name, pixels in zip(names, info.pixels) if pixels == 0]
        if absent:
            found.append(f"The split {split} shows no pixel of {', '.join(absent)}.")
        if info.samples < FEW_PATCHES and split == "train":
            found.append(f"There are only {info.samples} patches to train with.")
    if "valid" not in dataset.splits:
        found.append("There is no split valid: training cannot tell when the network is best.")
    pixels = np.array(dataset.splits["train"].pixels if "train" in dataset.splits else [])
    if len(pixels) and pixels.min() > 0 and pixels.max() / pixels.min() > IMBALANCE:
        found.append(
            f"The classes are out of balance: {names[int(pixels.argmax())]} has {pixels.max() / pixels.min():.0f} "
            f"times as many pixels to train with as {names[int(pixels.argmin())]}. Class weights 'balanced' may help."
        )
    for source in dataset.sources:
        for name, band in zip(source.bands, bands[source.name]):
            where = f"The band {name} of {source.name}"
            if band.constant:
                found.append(f"{where} has the same value everywhere: it tells nothing.")
            if band.saturated > SATURATED:
                found.append(f"{where} is saturated: {100 * band.saturated:.0f} % of its values are the highest one.")
            if band.nodata > MUCH_NODATA:
                found.append(f"{where} has no data in {100 * band.nodata:.0f} % of its values.")
    return found
