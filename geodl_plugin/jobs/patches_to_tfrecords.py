"""Patches images as a dataset folder of TFRecords."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..datasets import description
from ..datasets.label_patches import ClassLabels, ValueLabels, labelled
from ..datasets.patches_images import PatchesImagesReader
from ..errors import InputError
from ..labels.class_raster import described
from ..labels.classes import ClassList
from ..labels.label_raster import ValueRaster
from ..labels.splits import SPLITS
from ..operations import InputPath, OutputPath
from ..options import COMPRESSIONS, SAMPLES_PER_SHARD, TEST_FRACTION, VALID_FRACTION
from ..rasters.opening import open_raster
from ..rasters.raster import Source, small_cache
from ..runtime import files
from ..runtime.checks import check_choice, check_fractions, check_minimum, check_seed
from ..runtime.reporter import Reporter
from . import Job
from .export_tfrecords import source_names

LABEL_MODE = "patches"


@dataclass(frozen=True)
class _Labels:
    """The labels of the samples.

    Args:
        kind: what they are.
        stored: from the pixels of a sample, [y, x, 1], to its label patch, [y, x].
        samples: numbers of the samples that are written.
    """

    kind: ClassLabels | ValueLabels
    stored: Callable[[NDArray], NDArray]
    samples: NDArray[np.int64]


@dataclass
class PatchesToTFRecords(Job):
    """Write patches images and their labels as TFRecords, one folder a split; samples are split by chance.

    Args:
        source1: patches images, whose patches follow each other.
        labels: patches images of class values, with as many patches; of 1 × n pixels for one label a patch.  Real
            numbers are continuous values to learn; patches without any are left out.
        output: dataset folder to make.
        source2: patches images of a second source; empty: none.
        source3: of a third.
        source4: of a fourth.
        names: of the sources in the records; empty: ``source1``, ``source2``…
        valid_fraction: share of the samples for validation.
        test_fraction: share of the samples for tests.
        samples_per_shard: samples in one file.
        compression: one of `COMPRESSIONS`; OTBTF reads uncompressed records only.
        drop_remainder: files hold exactly ``samples_per_shard`` samples; the rest is dropped.
        seed: the same seed gives the same splits and shards.
    """

    NAME: ClassVar = "patchestotfrecords"
    NEEDS_TENSORFLOW: ClassVar = True
    FOLDER_MARKER: ClassVar = description.FILE_NAME

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

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("compression", self.compression, COMPRESSIONS)
        check_minimum("number of samples in a file", self.samples_per_shard, 1)
        check_fractions(self.valid_fraction, self.test_fraction)
        check_seed(self.seed)
        rasters = [self.source1, *(paths for paths in (self.source2, self.source3, self.source4) if paths)]
        named = dict(zip(source_names(self.names, len(rasters)), rasters))
        reader = PatchesImagesReader({**named, description.LABELS: self.labels}, use_streaming=True)
        sources = {name: Source(name, paths[:1]) for name, paths in named.items()}
        with small_cache(), files.unfinished(self.output, marker=self.FOLDER_MARKER) as folder:
            folder.mkdir()
            look = reporter.part(0, 0.2)
            of_values = reader.dtypes[description.LABELS].kind == "f"
            labels = self._values(reader, look) if of_values else self._classes(reader, look)
            dataset = self._write(reader, sources, named, labels, folder, reporter.part(0.2, 1))
        counts = {split: dataset.splits[split].samples if split in dataset.splits else 0 for split in SPLITS}
        return {"output": self.output, "counts": counts, "classes": dataset.classes.names}

    def _values(self, reader: PatchesImagesReader, reporter: Reporter) -> _Labels:
        """Continuous values, of the samples that have any."""
        reporter.info(
            "The labels are real numbers: continuous values to learn. If they are classes, convert them to integers."
        )
        raster = ValueRaster(self.labels[0], Source(description.LABELS, self.labels[:1]).grid)

        def patches() -> Iterator[tuple[int, NDArray]]:
            for number in range(reader.size):
                yield number, raster.values(reader.get_sample(number)[description.LABELS])
                reporter.progress((number + 1) / reader.size, "Looking for labels")

        shown = labelled(patches(), np.ones(reader.size, bool))
        if not shown.all():
            reporter.warning(f"{int((~shown).sum())} patches have no labelled pixel and are left out.")
        return _Labels(ValueLabels(raster.name), raster.values, np.flatnonzero(shown))

    def _classes(self, reader: PatchesImagesReader, reporter: Reporter) -> _Labels:
        """The class values that occur, with the names that the first raster has for them."""
        if reader.shapes[description.LABELS][-1] != 1:
            raise InputError(
                "The labels cannot be used.",
                expected="one band",
                received=f"{reader.shapes[description.LABELS][-1]} bands",
            )
        nodata = Source(description.LABELS, self.labels[:1]).nodata[0]
        values: set[int] = set()
        for number in range(reader.size):
            values |= set(np.unique(reader.get_sample(number)[description.LABELS]).tolist())
            if number % 64 == 0:
                reporter.progress(number / reader.size, "Looking for classes")
        values.discard(nodata)  # type: ignore[arg-type]
        if len(values) < 2:
            raise InputError(
                "The labels have fewer than two classes.",
                expected="two classes or more",
                received=", ".join(str(value) for value in sorted(values)) or "none",
            )
        raster = open_raster(self.labels[0])
        classes = described(ClassList.from_values(values), raster.GetRasterBand(1))
        index_of = classes.index_lookup()
        return _Labels(ClassLabels(classes), lambda pixels: index_of(pixels[..., 0]), np.arange(reader.size))

    def _write(
        self,
        reader: PatchesImagesReader,
        sources: dict[str, Source],
        named: dict[str, list[str]],
        labels: _Labels,
        folder: Path,
        reporter: Reporter,
    ) -> description.DatasetDescription:
        from ..datasets.writing import DatasetWriter, deal

        split_of = self._splits(len(labels.samples))
        shard_of = deal(split_of, self.samples_per_shard, self.drop_remainder, self.seed, reporter)
        infos = [
            description.SourceInfo(
                name=name,
                bands=source.band_names,
                dtype=source.dtype.name,
                patch_size=reader.shapes[name][0],
                nodata=source.nodata,
                statistics={},
                rasters=named[name],
            )
            for name, source in sources.items()
        ]
        label_size = reader.shapes[description.LABELS][0]
        with DatasetWriter(
            folder, infos, labels.kind, label_size, split_of, shard_of, compression=self.compression
        ) as writer:
            count = len(labels.samples)
            for place, number in enumerate(labels.samples.tolist()):
                sample = reader.get_sample(number)
                patches = [sample[name] for name in sources]
                missing = [source.missing(patch) for source, patch in zip(sources.values(), patches)]
                writer.write(place, patches, labels.stored(sample[description.LABELS]), missing)
                reporter.progress((place + 1) / count, f"{place + 1} of {count} patches")
        dataset = description.DatasetDescription(
            sources=writer.sources(),
            classes=labels.kind.classes,
            label_mode=LABEL_MODE,
            label_size=label_size,
            splits=writer.splits(),
            crs="",
            pixel_size=(1.0, 1.0),
            provenance=dataclasses.asdict(self),
            compression=self.compression,
            values=labels.kind.values(),
        )
        dataset.write(folder)
        return dataset

    def _splits(self, count: int) -> NDArray[np.int64]:
        """Index of each sample's split, by chance in the shares wanted; train has at least one."""
        order = np.random.default_rng(self.seed).permutation(count)
        valid = min(round(self.valid_fraction * count), count - 1)
        test = min(round(self.test_fraction * count), count - valid - 1)
        return np.where(order < valid, 1, np.where(order < valid + test, 2, 0))
