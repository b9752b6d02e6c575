"""Export patches and labels straight from rasters to a dataset folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .. import files
from ..classes import ClassMap
from ..datasets import manifest
from ..datasets.patches import read_patches
from ..errors import InputError
from ..grid import Window
from ..labels import read_label_raster
from ..options import COMPRESSIONS, LABEL_MODES, PATCH_SIZE, SAMPLES_PER_SHARD
from ..raster import Source, small_cache
from ..reporter import Reporter
from ..sampling.positions import Positions, read_positions
from ..sampling.splits import SPLITS, TRAIN
from ..sources import Sources
from ..vector import read_labels
from . import Job, check_at_least, check_choice


@dataclass
class ExportTFRecords(Job):
    """Cut patches of the images and of their labels and write them as TFRecords, one folder a split.

    Args:
        source1: rasters, stacked band-wise; the reference.
        positions: point file; the field ``split`` chooses the split.
        output: dataset folder to make.
        patch_size: side of the patches in pixels of source 1; the others are cut by the same ground.
        label_mode: one of `LABEL_MODES`.
        labels_vector: ``polygons``: labelled geometries.
        class_field: ``polygons``: field of integers or text.
        labels_raster: ``raster``: class values.
        source2: rasters of a second source; empty: none.
        source3: of a third.
        source4: of a fourth.
        resample: bring sources whose pixels do not nest to the grid of source 1.
        names: of the sources in the records, and of the network's inputs; empty: ``source1``, ``source2``…
        samples_per_shard: samples in one file.
        compression: one of `COMPRESSIONS`; OTBTF reads uncompressed records only.
        drop_remainder: files hold exactly ``samples_per_shard`` samples; the rest is dropped.
        seed: the same seed gives the same shards.
        report: HTML file to make; empty: none.
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
    source2: list[str] = field(default_factory=list)
    source3: list[str] = field(default_factory=list)
    source4: list[str] = field(default_factory=list)
    resample: bool = False
    names: list[str] = field(default_factory=list)
    samples_per_shard: int = SAMPLES_PER_SHARD
    compression: str = COMPRESSIONS[0]
    drop_remainder: bool = False
    seed: int = 0
    report: str = ""
    positions_name: str = ""
    labels_name: str = ""

    def _provenance(self) -> dict[str, Any]:
        """The parameters; layers by the names that the user knows, since QGIS hands over temporary copies."""
        parameters = dataclasses.asdict(self)
        for layer, name in (("positions", "positions_name"), ("labels_vector", "labels_name")):
            parameters[layer] = parameters.pop(name) or parameters[layer]
        return parameters

    def outputs(self) -> list[Path]:
        return [Path(path) for path in (self.output, self.report) if path]

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("The label mode", self.label_mode, LABEL_MODES)
        check_choice("The compression", self.compression, COMPRESSIONS)
        check_at_least("The patch size", self.patch_size, 1)
        check_at_least("The number of samples in a file", self.samples_per_shard, 1)
        rasters = [self.source1, *(paths for paths in (self.source2, self.source3, self.source4) if paths)]
        names = source_names(self.names, len(rasters))
        sources = Sources([Source(name, paths) for name, paths in zip(names, rasters)], resample=self.resample)
        grid = sources.reference.grid
        positions, class_values = read_positions(self.positions, grid, reporter, name=self.positions_name)
        inside = sources.fits(positions.cols, positions.rows, self.patch_size)
        rejected = int((~inside).sum())
        if rejected == len(positions):
            raise InputError(
                f"No patch of the layer {self.positions_name or self.positions} lies in every raster.",
                expected=f"points at least {self.patch_size // 2} pixels inside the rasters' borders",
                received=f"{rejected} points, all outside",
                remedy="Check that the positions were sampled on these rasters and with this patch size.",
            )
        if rejected:
            reporter.warning(f"{rejected} positions are too near a raster's border for a patch and are left out.")
        positions = positions.where(inside)
        shifted = int((~sources.nests(positions.cols, positions.rows, self.patch_size)).sum())
        if shifted:
            reporter.warning(
                f"{shifted} patches of the coarser sources are shifted by less than a coarse pixel against those of "
                f"{sources.reference.name}: sample the positions with the same sources to avoid that."
            )
        if positions.counts()[TRAIN] == 0:
            raise InputError(
                "There are no positions to train with.",
                expected="positions whose field split is train",
                received=", ".join(f"{count} {split}" for split, count in positions.counts().items()),
            )
        classes, burn, label_size = self._labels(sources.reference, positions, class_values, reporter)
        with small_cache(), files.unfinished(self.output, marker=self.FOLDER_MARKER) as folder:
            folder.mkdir()
            end = 0.85 if self.report else 1.0
            dataset = self._write(sources, positions, classes, burn, label_size, folder, reporter.part(0, end))
            if self.report:
                from ..reports.dataset import dataset_report

                html, _ = dataset_report(folder, dataset, reporter.part(end, 1), name=Path(self.output).name)
        if self.report:
            with files.unfinished(self.report) as part:
                part.write_text(html, encoding="utf-8")
        counts = {split: dataset.splits[split].samples if split in dataset.splits else 0 for split in SPLITS}
        return {
            "output": self.output,
            "report": self.report,
            "count_rejected": rejected,
            "counts": counts,
            "classes": classes.names,
        }

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
        sources: Sources,
        positions: Positions,
        classes: ClassMap,
        burn: Callable[[Window], NDArray] | None,
        label_size: int,
        folder: Path,
        reporter: Reporter,
    ) -> manifest.Dataset:
        from ..datasets.writing import DatasetWriter, deal

        shard_of = deal(positions.split_of, self.samples_per_shard, self.drop_remainder, self.seed, reporter)
        infos = [
            manifest.SourceInfo(
                name=source.name,
                bands=source.band_names,
                dtype=source.dtype.name,
                patch_size=sources.patch_size(number, self.patch_size),
                nodata=source.nodata,
                statistics={},
                rasters=sources.files[number],
            )
            for number, source in enumerate(sources)
        ]
        grid = sources.reference.grid
        with DatasetWriter(
            folder, infos, classes, label_size, positions.split_of, shard_of, compression=self.compression
        ) as writer:
            for index, patches, burnt in read_patches(
                sources, positions.cols, positions.rows, self.patch_size, burn, reporter
            ):
                missing = [source.missing(patch) for source, patch in zip(sources, patches)]
                if burnt is None:
                    labels = np.full((1, 1), positions.labels[index], classes.label_dtype)
                elif missing[0] is not None:
                    labels = np.where(missing[0].all(axis=-1), classes.unlabelled, burnt).astype(classes.label_dtype)
                else:
                    labels = burnt
                writer.write(index, patches, labels, missing)
        _, dx, _, _, _, dy = grid.transform
        dataset = manifest.Dataset(
            sources=writer.sources(),
            classes=classes,
            label_mode=self.label_mode,
            label_size=label_size,
            splits=writer.splits(),
            crs=grid.crs,
            pixel_size=(abs(dx), abs(dy)),
            provenance=self._provenance(),
            compression=self.compression,
        )
        dataset.write(folder)
        return dataset


def source_names(names: list[str], count: int) -> list[str]:
    """The names of so many sources: those given, or ``source1``, ``source2``…

    Raises:
        InputError: too few or too many, one twice, or one that records or networks cannot have.
    """
    names = names or [f"source{number}" for number in range(1, count + 1)]
    if len(names) != count or len(set(names)) < count:
        raise InputError(
            "The names of the sources do not fit.",
            expected=f"{count} different names, one a source",
            received=", ".join(names),
        )
    for name in names:
        if not name.isidentifier() or name == manifest.LABELS:
            raise InputError(
                "A source's name does not fit.",
                expected=f"letters, digits and underscores, other than {manifest.LABELS}",
                received=name,
            )
    return names
