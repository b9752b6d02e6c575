"""What ``dataset.json`` says of the patches of a split, pooled from parts without reading them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..labels.splits import TRAIN
from .band_statistics import BandStatistics
from .description import LABELS, DatasetDescription, RegressionTarget, SourceInfo
from .united_sources import missing_values


@dataclass(frozen=True)
class Figures:
    """Figures of some patches.

    Args:
        pixels: number of labelled pixels of each class; of one number for continuous values.
        bands: of each source, statistics as `BandStatistics.to_json` gives them; empty: not known.
        values: statistics of the labels, if they are continuous values; empty: not known.
    """

    pixels: Sequence[int]
    bands: Sequence[Mapping[str, Any]] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


class PooledFigures:
    """Figures of all patches of a split.

    Args:
        sources: of the dataset.
        classes: number of classes; 1 for continuous values.
    """

    def __init__(self, sources: Sequence[SourceInfo], classes: int) -> None:
        self._pixels = np.zeros(classes, np.int64)
        self._bands = [BandStatistics(len(source.bands)) for source in sources]
        self._values = BandStatistics(1)

    def add(self, figures: Figures, indices: Sequence[int], times: int = 1) -> None:
        """Add figures of further patches.

        Args:
            figures: of the patches.
            indices: which class each of their classes is.
            times: how often the patches are in the split.
        """
        np.add.at(self._pixels, list(indices), np.array(figures.pixels, np.int64) * times)
        for statistics, found in zip(self._bands, figures.bands):
            statistics.add_figures(found, times)
        if figures.values:
            self._values.add_figures(figures.values, times)

    @property
    def pixels(self) -> list[int]:
        """Number of labelled pixels of each class."""
        return [int(number) for number in self._pixels]

    @property
    def bands(self) -> list[dict[str, Any]]:
        """Statistics of each source."""
        return [statistics.to_json() for statistics in self._bands]

    def regression_target(self, name: str) -> RegressionTarget:
        """Statistics of the labels, if they are continuous values.

        Args:
            name: what they are.
        """
        return RegressionTarget.of(name, self._values.to_json())


class FigureCounter:
    """Figures of patches that are read.

    Args:
        sources: of the dataset.
        classes: number of classes; 0 for continuous values.
    """

    def __init__(self, sources: Sequence[SourceInfo], classes: int) -> None:
        self._sources, self._classes = sources, classes
        self._bands = [BandStatistics(len(source.bands)) for source in sources]
        self._values = BandStatistics(1)
        self._pixels = np.zeros(classes or 1, np.int64)

    def add(self, patches: Mapping[str, NDArray]) -> None:
        """Add patches.

        Args:
            patches: by source, and labels; [patch, y, x, band].
        """
        for source, statistics in zip(self._sources, self._bands):
            statistics.add_patches(patches[source.name], missing_values(patches[source.name], source))
        labels = patches[LABELS]
        if self._classes:
            self._pixels += np.bincount(labels.ravel(), minlength=self._classes)[: self._classes]
        else:
            missing = np.isnan(labels)
            self._pixels += labels.size - int(missing.sum())
            self._values.add_patches(labels, missing)

    def figures(self) -> Figures:
        """The figures of all patches that were added."""
        bands = [statistics.to_json() for statistics in self._bands]
        return Figures(self._pixels.tolist(), bands, {} if self._classes else self._values.to_json())


def stored_figures(description: DatasetDescription, split: str) -> Figures:
    """The figures of a split that ``dataset.json`` holds.

    Datasets of version 0.1 do not tell how many values of a band there are: all count, those that are no data, too.

    Args:
        description: of the dataset.
        split: its name; bands and continuous values are known of the split train only.
    """
    info = description.splits[split]
    if split != TRAIN:
        return Figures(info.pixels)
    bands = [
        {"count": [info.samples * source.patch_size**2] * len(source.bands), **source.statistics}
        for source in description.sources
    ]
    values: dict[str, Any] = {}
    if description.values:
        target = description.values
        values = {
            **{"mean": [target.mean], "stddev": [target.stddev], "minimum": [target.minimum]},
            **{"maximum": [target.maximum], "count": info.pixels},
        }
    return Figures(info.pixels, bands, values)


def lacks_counts(description: DatasetDescription) -> bool:
    """Whether it is not known how many values of a band there are, and some may be no data."""
    return any(
        "count" not in source.statistics and any(value is not None for value in source.nodata)
        for source in description.sources
    )
