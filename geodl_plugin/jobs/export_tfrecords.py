"""Export patches and labels straight from rasters to a dataset folder."""

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
from ..datasets.patches import read_patches
from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.geometries import read_labels
from ..labels.label_raster import ValueRaster, read_label_raster
from ..labels.splits import SPLITS, TRAIN
from ..operations import InputPath, OutputPath
from ..options import COMPRESSIONS, LABEL_MODES, PATCH_SIZE, SAMPLES_PER_SHARD
from ..rasters.grid import Grid, Window
from ..rasters.raster import Source, small_cache
from ..rasters.sources import Sources
from ..runtime import files
from ..runtime.checks import check_choice, check_minimum, check_seed
from ..runtime.reporter import Reporter
from ..sampling.positions import Positions, read_positions
from ..vectors.vector_file import field_names
from . import Job

_LOOK = 0.15  # of the progress: the share of looking for labelled pixels


@dataclass(frozen=True)
class _Labels:
    """The labels of the patches.

    Args:
        kind: what they are.
        size: side of the label patches.
        read: gives the labels of a window of the reference; None: each position has one of its own.
        own: label of each position, [position]; empty if they are read.
        raster: of continuous values, that they are read from; None: another source.
    """

    kind: ClassLabels | ValueLabels
    size: int
    read: Callable[[Window], NDArray] | None = None
    own: NDArray = field(default_factory=lambda: np.zeros(0))
    raster: ValueRaster | None = None


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
        class_field: ``polygons``: field of integers or text; ``position``: field of the positions, if they have it,
            else their field ``class``; real numbers are continuous values.
        labels_raster: ``raster``: class values; ``values``: continuous values.
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
    FOLDER_MARKER: ClassVar = description.FILE_NAME

    source1: list[InputPath]
    positions: InputPath
    output: OutputPath
    patch_size: int = PATCH_SIZE
    label_mode: str = LABEL_MODES[0]
    labels_vector: InputPath = ""
    class_field: str = ""
    labels_raster: InputPath = ""
    source2: list[InputPath] = field(default_factory=list)
    source3: list[InputPath] = field(default_factory=list)
    source4: list[InputPath] = field(default_factory=list)
    resample: bool = False
    names: list[str] = field(default_factory=list)
    samples_per_shard: int = SAMPLES_PER_SHARD
    compression: str = COMPRESSIONS[0]
    drop_remainder: bool = False
    seed: int = 0
    report: OutputPath = ""
    positions_name: str = ""
    labels_name: str = ""

    def _provenance(self) -> dict[str, Any]:
        """The parameters; layers by the names that the user knows, since QGIS hands over temporary copies."""
        parameters = dataclasses.asdict(self)
        for layer, name in (("positions", "positions_name"), ("labels_vector", "labels_name")):
            parameters[layer] = parameters.pop(name) or parameters[layer]
        return parameters

    def check(self) -> None:
        """Raise `InputError` if a parameter cannot be, or others miss one; no file is looked at."""
        check_choice("label mode", self.label_mode, LABEL_MODES)
        check_choice("compression", self.compression, COMPRESSIONS)
        check_minimum("patch size", self.patch_size, 1)
        check_minimum("number of samples in a file", self.samples_per_shard, 1)
        check_seed(self.seed)
        needed = "" if self.label_mode == "position" else "LABELS_RASTER"
        given = self.labels_raster
        if self.label_mode == "polygons":
            needed, given = "LABELS_VECTOR", self.labels_vector
        if needed and not given:
            raise InputError(
                f"There are no labels: LABEL_MODE is {self.label_mode}, and {needed} is empty.",
                expected=f"{needed}, a {'vector layer' if needed == 'LABELS_VECTOR' else 'raster'}",
                remedy="Choose a layer, or other labels.",
            )
        if self.label_mode == "polygons" and not self.class_field:
            raise InputError("The class field of the labels is missing.", expected="CLASS_FIELD, a field of that layer")

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        self.check()
        rasters = [self.source1, *(paths for paths in (self.source2, self.source3, self.source4) if paths)]
        names = source_names(self.names, len(rasters))
        sources = Sources([Source(name, paths) for name, paths in zip(names, rasters)], resample=self.resample)
        positions, class_values = read_positions(
            self.positions,
            sources.reference.grid,
            reporter,
            name=self.positions_name,
            class_field=self._position_field(),
        )
        count = len(positions)
        positions = self._inside(sources, positions, reporter)
        labels = self._labels(sources.reference.grid, positions, class_values, reporter)
        if isinstance(labels.kind, ValueLabels):
            values = self._values(labels, sources.reference, positions, reporter.part(0, _LOOK))
            shown = labelled(values, positions.split_of == SPLITS.index(TRAIN))
            if not shown.all():
                reporter.warning(f"{int((~shown).sum())} patches have no labelled pixel and are left out.")
            positions = positions.where(shown)
            reporter = reporter.part(_LOOK, 1)
        rejected = count - len(positions)
        with small_cache(), files.unfinished(self.output, marker=self.FOLDER_MARKER) as folder:
            folder.mkdir()
            end = 0.85 if self.report else 1.0
            dataset = self._write(sources, positions, labels, folder, reporter.part(0, end))
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
            "classes": dataset.classes.names,
        }

    def _position_field(self) -> str:
        """The field of the positions that holds their labels."""
        given = self.label_mode == "position" and self.class_field in field_names(self.positions)
        return self.class_field if given else "class"

    def _inside(self, sources: Sources, positions: Positions, reporter: Reporter) -> Positions:
        """The positions whose patches lie in every raster."""
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
        return positions

    def _labels(self, grid: Grid, positions: Positions, class_values: list[Any], reporter: Reporter) -> _Labels:
        if self.label_mode == "values":
            raster = ValueRaster(self.labels_raster, grid)
            return _Labels(ValueLabels(raster.name), self.patch_size, read=raster.read, raster=raster)
        if self.label_mode == "position" and any(isinstance(value, float) for value in class_values):
            field = self._position_field()
            reporter.info(f"The field {field} of the positions holds real numbers: continuous values to learn.")
            return _Labels(ValueLabels(field), 1, own=np.array(class_values)[positions.labels])
        if self.label_mode == "polygons":
            found = read_labels(self.labels_vector, self.class_field, grid, reporter, name=self.labels_name)
            labels = _Labels(ClassLabels(found.classes), self.patch_size, read=found.burner(grid))
        elif self.label_mode == "raster":
            classes, read = read_label_raster(self.labels_raster, grid, reporter)
            labels = _Labels(ClassLabels(classes), self.patch_size, read=read)
        else:
            labels = _Labels(ClassLabels(ClassList.from_values(class_values)), 1, own=positions.labels)
        if len(labels.kind.classes) < 2:
            raise InputError(
                f"The labels {self.labels_name or 'of the positions'} have one class only.",
                expected="two classes or more",
                received=f"only {', '.join(labels.kind.classes.names)}",
                remedy="Choose another class field or layer.",
            )
        return labels

    def _values(
        self, labels: _Labels, reference: Source, positions: Positions, reporter: Reporter
    ) -> Iterator[tuple[int, NDArray]]:
        """Number and continuous values of each patch: they are looked at before anything is written."""
        raster = labels.raster
        if raster is None:
            yield from ((number, values) for number, values in enumerate(labels.own.reshape(-1, 1)))
            return
        images = [reference] if reference.may_miss else []
        for number, (pixels, *patches), _ in read_patches(
            Sources([raster.source, *images]), positions.cols, positions.rows, self.patch_size, None, reporter
        ):
            values = raster.values(pixels)
            for image, patch in zip(images, patches):
                values[image.is_nodata(patch)] = np.nan
            yield number, values

    def _write(
        self,
        sources: Sources,
        positions: Positions,
        labels: _Labels,
        folder: Path,
        reporter: Reporter,
    ) -> description.DatasetDescription:
        from ..datasets.writing import DatasetWriter, deal

        shard_of = deal(positions.split_of, self.samples_per_shard, self.drop_remainder, self.seed, reporter)
        infos = [
            description.SourceInfo(
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
            folder, infos, labels.kind, labels.size, positions.split_of, shard_of, compression=self.compression
        ) as writer:
            for index, patches, read in read_patches(
                sources, positions.cols, positions.rows, self.patch_size, labels.read, reporter
            ):
                missing = [source.missing(patch) for source, patch in zip(sources, patches)]
                patch = labels.own[index].reshape(1, 1) if read is None else read
                if read is not None and missing[0] is not None:
                    patch = np.where(missing[0].all(axis=-1), labels.kind.unlabelled, read)
                writer.write(index, patches, patch.astype(labels.kind.dtype, copy=False), missing)
        _, dx, _, _, _, dy = grid.transform
        dataset = description.DatasetDescription(
            sources=writer.sources(),
            classes=labels.kind.classes,
            label_mode=self.label_mode,
            label_size=labels.size,
            splits=writer.splits(),
            crs=grid.crs,
            pixel_size=(abs(dx), abs(dy)),
            provenance=self._provenance(),
            compression=self.compression,
            values=labels.kind.values(),
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
        if not name.isidentifier() or name == description.LABELS:
            raise InputError(
                "A source's name does not fit.",
                expected=f"letters, digits and underscores, other than {description.LABELS}",
                received=name,
            )
    return names
