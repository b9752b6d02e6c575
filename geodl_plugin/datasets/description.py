"""``dataset.json``: what a dataset folder holds and where it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.splits import FEATURES, SPLITS
from ..language import tr
from ..runtime.json_values import check_kind, without_nan

FILE_NAME = "dataset.json"
VERSION = 1
LABELS = "labels"  # the name of the target, in records and in element specs
VALUES_KIND = {"name": str, "mean": float, "stddev": float, "minimum": float, "maximum": float}
GROUND_COUNTS = ("distinct_pixels", "features", "shared_features")  # of a split, known since version 0.2
_SOURCE_KIND = {
    "name": str,
    "bands": [str],
    "dtype": str,
    "patch_size": int,
    "nodata": [(float, None)],
    "statistics": {str: [float]},
    "rasters": [str],
    "dates": [str],
}
_KINDS = {
    "sources": [_SOURCE_KIND],
    "classes": [{}],
    "label_mode": str,
    "label_size": int,
    "splits": {str: {"samples": int, "shards": int, "pixels": [int], **{name: [int] for name in GROUND_COUNTS}}},
    "crs": str,
    "pixel_size": [float],
    "provenance": {str: object},
    "compression": str,
    "values": (VALUES_KIND, None),
    "split": {str: str},
}


@dataclass(frozen=True)
class SourceInfo:
    """One input of the dataset.

    Args:
        name: its name in the records.
        bands: names of the bands.
        dtype: numpy name of the values' type.
        patch_size: side of the patches in pixels.
        nodata: one for each band, None where there is none.
        statistics: of the train split, ``minimum``, ``maximum``, ``mean``, ``stddev`` and ``count``, the number of
            values that are not missing, each with one value for each band; version 0.1 wrote no ``count``.
        rasters: the files that it was read from.
        dates: of a time series, as ISO 8601: its bands are those of the first date, then those of the second, and so
            on; empty texts if only their number is known; an empty list if it is none, or that is not known.
    """

    name: str
    bands: list[str]
    dtype: str
    patch_size: int
    nodata: list[float | None]
    statistics: dict[str, list[float]]
    rasters: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RegressionTarget:
    """Labels that are continuous values: what a regression network learns.

    Args:
        name: what they are, such as ``tree cover``.
        mean: of the labelled values of the train split, in their own units, as the three that follow.
        stddev: standard deviation; greater than 0.
        minimum: smallest value.
        maximum: largest value.
    """

    name: str
    mean: float
    stddev: float
    minimum: float
    maximum: float

    @classmethod
    def of(cls, name: str, figures: Mapping[str, Sequence[float]]) -> RegressionTarget:
        """The target whose values have these statistics.

        Args:
            name: what the values are.
            figures: ``mean``, ``stddev``, ``minimum`` and ``maximum``, each a list of one.
        """
        (mean,), (stddev,), (minimum,), (maximum,) = (figures[kind] for kind in list(VALUES_KIND)[1:])
        return cls(name, mean, stddev, minimum, maximum)

    def common_range(self) -> tuple[float, float]:
        """Where most values are: two standard deviations around the mean, but not beyond the extremes."""
        return max(self.minimum, self.mean - 2 * self.stddev), min(self.maximum, self.mean + 2 * self.stddev)


@dataclass(frozen=True)
class SplitInfo:
    """One split.

    Args:
        samples: number of patches.
        shards: number of files.
        pixels: number of labelled pixels of each class in all patches, by index; one number for continuous values.
        distinct_pixels: the same on the ground, where a pixel counts once however many patches show it; empty: unknown,
            as in datasets that version 0.1 made.
        features: number of polygons, lines and points that these pixels lie in; empty: unknown, or labels do not come
            from features.
        shared_features: number of these that another split has pixels of as well; empty as well.
    """

    samples: int
    shards: int
    pixels: list[int]
    distinct_pixels: list[int] = field(default_factory=list)
    features: list[int] = field(default_factory=list)
    shared_features: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class DatasetDescription:
    """The content of ``dataset.json``.

    Args:
        sources: the inputs, source 1 first.
        classes: what the label indices mean; empty if the labels are continuous values.
        label_mode: where the labels came from.
        label_size: side of the label patches in pixels: the patch size, or 1 if each patch has one label.
        splits: by name.
        crs: WKT of source 1.
        pixel_size: of source 1, x and y.
        provenance: the parameters that it was made with.
        compression: of the records: ``none`` or ``gzip``, which OTBTF cannot read.
        values: what the labels are, if they are continuous values (float32, NaN where unlabelled); None: classes.
        split: how labels were split: the ``way``, one of `labels.splits.WAYS`, and its ``meaning``; empty: unknown.
    """

    sources: list[SourceInfo]
    classes: ClassList
    label_mode: str
    label_size: int
    splits: dict[str, SplitInfo]
    crs: str
    pixel_size: tuple[float, float]
    provenance: dict[str, Any]
    compression: str = "none"
    values: RegressionTarget | None = None
    split: dict[str, str] = field(default_factory=dict)

    def _check(self) -> None:
        """Raise `ValueError` if the parts contradict each other."""
        if not self.sources:
            raise ValueError(tr("there is no source"))
        for source in self.sources:
            counts = {len(source.nodata), *(len(figures) for figures in source.statistics.values())}
            if not source.bands or counts != {len(source.bands)}:
                raise ValueError(
                    tr("no-data values or statistics of {name} are not one for each band").format(name=source.name)
                )
            if source.dates and len(source.bands) % len(source.dates):
                raise ValueError(
                    tr("{name} has {bands} bands of {dates} dates").format(
                        name=source.name, bands=len(source.bands), dates=len(source.dates)
                    )
                )
            if np.dtype(source.dtype).kind not in "iuf":
                raise ValueError(
                    tr("{name} does not hold numbers but {dtype}").format(name=source.name, dtype=source.dtype)
                )
        if min(self.label_size, *(source.patch_size for source in self.sources)) < 1:
            raise ValueError(tr("patches have no pixels"))
        for name, split in self.splits.items():
            if min(split.samples, split.shards) < 1 or min(split.pixels, default=0) < 0:
                raise ValueError(tr("the split {name} has no samples, or counts that are negative").format(name=name))
            expected = 1 if self.values else len(self.classes)
            on_ground: list[list[int]] = [getattr(split, name) for name in GROUND_COUNTS]
            if len(split.pixels) != expected or any(len(known) != expected for known in on_ground if known):
                raise ValueError(
                    tr("pixels or features of the split {name} are not one number for each class").format(name=name)
                )
            if any(min(known, default=0) < 0 for known in on_ground):
                raise ValueError(tr("the split {name} has counts that are negative").format(name=name))

    @property
    def counts(self) -> dict[str, int]:
        """Number of samples in each of the splits train, valid and test."""
        return {name: self.splits[name].samples if name in self.splits else 0 for name in SPLITS}

    @property
    def task(self) -> str:
        """What a network learns from it: ``classification`` or ``regression``."""
        return "regression" if self.values else "classification"

    @property
    def has_few_labels(self) -> bool:
        """Whether whole features validate, as they do where labels are too few for splits by blocks of the image."""
        return self.split.get("way") == FEATURES

    def write(self, folder: Path) -> None:
        """Write ``dataset.json`` into the folder."""
        content = {"geodl_dataset": VERSION, **asdict(self), "classes": self.classes.to_json()}
        text = json.dumps(without_nan(content), indent=2, ensure_ascii=False, allow_nan=False)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: str | Path) -> DatasetDescription:
        """Read ``dataset.json`` of a dataset folder.

        Raises:
            InputError: the folder is not a dataset folder, or the file is damaged.
        """
        folder = Path(folder)
        try:
            content = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            if content.pop("geodl_dataset") != VERSION:
                raise ValueError(tr("made by another version of GeoDL"))
            check_kind(content, _KINDS, FILE_NAME)
            content["sources"] = [SourceInfo(**source) for source in content["sources"]]
            content["splits"] = {name: SplitInfo(**split) for name, split in content["splits"].items()}
            content["classes"] = ClassList.from_json(content["classes"])
            content["pixel_size"] = tuple(content["pixel_size"])
            content["values"] = RegressionTarget(**content["values"]) if content.get("values") else None
            description = cls(**content)
            description._check()
            return description
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                tr("{folder} is not a dataset folder.").format(folder=folder),
                expected=tr("a folder with a {file_name}, made by Export patches and labels as TFRecords").format(
                    file_name=FILE_NAME
                ),
                received=str(error),
            ) from error
