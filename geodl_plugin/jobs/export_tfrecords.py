"""Export patches and labels straight from rasters to a dataset folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .. import files
from ..classes import ClassMap
from ..datasets import manifest
from ..datasets.patches import fits, read_patches
from ..datasets.statistics import BandStatistics
from ..errors import InputError
from ..grid import Window
from ..labels import read_label_raster
from ..options import LABEL_MODES, PATCH_SIZE, SAMPLES_PER_SHARD
from ..raster import Source
from ..reporter import Reporter
from ..sampling.positions import Positions, read_positions
from ..sampling.splits import SPLITS, TRAIN
from ..vector import read_labels
from . import Job, check_at_least, check_choice

_MOST_SHARDS = 256  # open at the same time


@dataclass
class ExportTFRecords(Job):
    """Cut patches of the image and of its labels and write them as TFRecords, one folder a split.

    Args:
        source1: rasters, stacked band-wise.
        positions: point file; the field ``split`` chooses the split.
        output: dataset folder to make.
        patch_size: side of the patches in pixels.
        label_mode: one of `LABEL_MODES`.
        labels_vector: ``polygons``: labelled geometries.
        class_field: ``polygons``: field of integers or text.
        labels_raster: ``raster``: class values.
        name: the source's name in the records, and the network's input name.
        samples_per_shard: samples in one file.
        seed: the same seed gives the same shards.
        positions_name: what the user calls the positions, for messages.
        labels_name: what the user calls the labels, for messages.
    """

    NAME: ClassVar = "exporttfrecords"
    NEEDS_TENSORFLOW: ClassVar = True
    FOLDER_MARKER: ClassVar = manifest.FILE_NAME

    source1: list[str]
    positions: str
    output: str
    patch_size: int = PATCH_SIZE
    label_mode: str = LABEL_MODES[0]
    labels_vector: str = ""
    class_field: str = ""
    labels_raster: str = ""
    name: str = "source1"
    samples_per_shard: int = SAMPLES_PER_SHARD
    seed: int = 0
    positions_name: str = ""
    labels_name: str = ""

    def outputs(self) -> list[Path]:
        return [Path(self.output)]

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("The label mode", self.label_mode, LABEL_MODES)
        check_at_least("The patch size", self.patch_size, 1)
        check_at_least("The number of samples in a file", self.samples_per_shard, 1)
        if not self.name.isidentifier() or self.name == manifest.LABELS:
            raise InputError(
                "The source's name does not fit.",
                expected=f"letters, digits and underscores, other than {manifest.LABELS}",
                received=self.name,
            )
        source = Source(self.name, self.source1)
        positions, class_values = read_positions(self.positions, source.grid, reporter, name=self.positions_name)
        inside = fits(positions, source, self.patch_size)
        rejected = int((~inside).sum())
        if rejected == len(positions):
            raise InputError(
                f"No patch of the layer {self.positions_name or self.positions} lies in the raster.",
                expected=f"points at least {self.patch_size // 2} pixels inside the raster's border",
                received=f"{rejected} points, all outside",
                remedy="Check that the positions were sampled on this raster and with this patch size.",
            )
        if rejected:
            reporter.warning(f"{rejected} positions are too near the raster's border for a patch and are left out.")
        positions = positions.where(inside)
        if positions.counts()[TRAIN] == 0:
            raise InputError(
                "There are no positions to train with.",
                expected="positions whose field split is train",
                received=", ".join(f"{count} {split}" for split, count in positions.counts().items()),
            )
        classes, burn, label_size = self._labels(source, positions, class_values, reporter)
        with files.unfinished(self.output, marker=self.FOLDER_MARKER) as folder:
            dataset = self._write(source, positions, classes, burn, label_size, folder, reporter)
        counts = {split: dataset.splits[split].samples if split in dataset.splits else 0 for split in SPLITS}
        return {"output": self.output, "count_rejected": rejected, "counts": counts, "classes": classes.names}

    def _labels(
        self, source: Source, positions: Positions, class_values: list[int | str], reporter: Reporter
    ) -> tuple[ClassMap, Callable[[Window], NDArray] | None, int]:
        """The classes, a function that gives the class indices of a window (None: the positions' own), and
        the size of label patches."""
        if self.label_mode == "polygons":
            labels = read_labels(self.labels_vector, self.class_field, source.grid, reporter, name=self.labels_name)
            classes, burn, size = labels.classes, labels.burner(source.grid), self.patch_size
        elif self.label_mode == "raster":
            classes, burn = read_label_raster(self.labels_raster, source.grid, reporter)
            size = self.patch_size
        else:
            classes, burn, size = ClassMap.from_values(class_values), None, 1
        if len(classes) < 2:
            raise InputError(
                f"The labels {self.labels_name or 'of the positions'} have one class only.",
                expected="two classes or more",
                received=f"only {', '.join(classes.names)}",
                remedy="Choose another class field or layer.",
            )
        return classes, burn, size

    def _write(
        self,
        source: Source,
        positions: Positions,
        classes: ClassMap,
        burn: Callable[[Window], NDArray] | None,
        label_size: int,
        folder: Path,
        reporter: Reporter,
    ) -> manifest.Dataset:
        from ..datasets.tfrecords import RecordsWriter

        folder.mkdir()
        statistics = BandStatistics(source.bands)
        splits = {}
        done = 0
        for number, split in enumerate(SPLITS):
            chosen = positions.where(positions.split_of == number)
            if len(chosen) == 0:
                continue
            shards = min(_MOST_SHARDS, -(-len(chosen) // self.samples_per_shard))
            shard_of = np.random.default_rng(self.seed).permutation(len(chosen)) % shards
            pixels = np.zeros(len(classes), np.int64)
            stretch = reporter.part(done / len(positions), (done + len(chosen)) / len(positions))
            with RecordsWriter(folder / split, shards) as writer:
                writer.describe(
                    {source.name: source.dtype.name, manifest.LABELS: classes.label_dtype.name},
                    {
                        source.name: (self.patch_size, self.patch_size, source.bands),
                        manifest.LABELS: (label_size, label_size, 1),
                    },
                )
                for index, values, burnt in read_patches(source, chosen, self.patch_size, burn, stretch):
                    missing = source.is_nodata_value(values)
                    if burnt is None:
                        labels = np.full((1, 1), chosen.labels[index], classes.label_dtype)
                    else:
                        labels = np.where(missing.all(axis=-1), classes.unlabelled, burnt)
                    writer.write(int(shard_of[index]), {source.name: values, manifest.LABELS: labels[..., None]})
                    pixels += np.bincount(labels.ravel(), minlength=classes.unlabelled + 1)[: len(classes)]
                    if split == SPLITS[0]:
                        statistics.add(values, missing)
            splits[split] = manifest.SplitInfo(len(chosen), shards, pixels.tolist())
            done += len(chosen)
        _, dx, _, _, _, dy = source.grid.transform
        info = manifest.SourceInfo(
            name=source.name,
            bands=source.band_names,
            dtype=source.dtype.name,
            patch_size=self.patch_size,
            nodata=source.nodata,
            statistics=statistics.to_json(),
            rasters=source.paths,
        )
        dataset = manifest.Dataset(
            sources=[info],
            classes=classes,
            label_mode=self.label_mode,
            label_size=label_size,
            splits=splits,
            crs=source.grid.crs,
            pixel_size=(abs(dx), abs(dy)),
            provenance=dataclasses.asdict(self),
        )
        dataset.write(folder)
        return dataset
