"""Where the labels of exported patches come from: polygons, a raster, or the positions themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.geometries import read_labels
from ..labels.label_raster import ValueRaster, read_label_raster
from ..rasters.grid import Grid, Window
from ..rasters.raster import Source
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from ..sampling.positions import Positions
from .label_statistics import ClassLabelStatistics, ContinuousLabelStatistics, LabelStatistics
from .raster_patches import read_raster_patches

if TYPE_CHECKING:
    from .export_request import ExportRequest


@dataclass(frozen=True)
class LabelPatches:
    """The labels of the patches around positions.

    Args:
        statistics: what the labels are; counts them.
        size: side of the label patches in pixels.
        read: gives the labels of a window of the reference, [y, x]; None: each position has one label.
        of_positions: that label of each position, [position]; empty: the labels are read.
        raster: where labels are read that are continuous values; None: elsewhere.
    """

    statistics: LabelStatistics
    size: int
    read: Callable[[Window], NDArray] | None = None
    of_positions: NDArray = field(default_factory=lambda: np.zeros(0))
    raster: ValueRaster | None = None

    def where(self, chosen: NDArray[np.bool_]) -> LabelPatches:
        """The labels of the positions that a mask chooses."""
        return self if self.read else replace(self, of_positions=self.of_positions[chosen])

    def patches(self, positions: NDArray[np.int64], read: NDArray | None, missing: NDArray[np.bool_] | None) -> NDArray:
        """The label patches of positions, [patch, y, x], as they are stored.

        Args:
            positions: their indices, [patch].
            read: labels that were read around them, [patch, y, x]; None: they have their own.
            missing: which values of the reference's patches are no data, [patch, y, x, band]; None: none.
        """
        if read is None:
            labels = self.of_positions[positions].reshape(-1, 1, 1)
        elif missing is not None:
            labels = np.where(missing.all(axis=-1), self.statistics.unlabelled, read)
        else:
            labels = read
        return labels.astype(self.statistics.dtype, copy=False)


def open_label_patches(
    request: ExportRequest, grid: Grid, positions: Positions, class_values: list[Any], reporter: Reporter
) -> LabelPatches:
    """Open the labels that a request names.

    Args:
        request: names the labels.
        grid: of the reference.
        positions: have the labels, if they are those of positions.
        class_values: what these labels mean.
        reporter: receives warnings.

    Raises:
        InputError: the labels cannot be used, or have one class only.
    """
    size = request.patch_size
    if request.label_mode == "values":
        raster = ValueRaster(request.labels_raster, grid)
        return LabelPatches(ContinuousLabelStatistics(raster.name), size, read=raster.read, raster=raster)
    if request.label_mode == "position" and any(isinstance(value, float) for value in class_values):
        name = request.position_field()
        reporter.info(f"The field {name} of the positions holds real numbers: continuous values to learn.")
        return LabelPatches(ContinuousLabelStatistics(name), 1, of_positions=np.array(class_values)[positions.labels])
    if request.label_mode == "polygons":
        found = read_labels(request.labels_vector, request.class_field, grid, reporter, name=request.labels_name)
        classes = found.classes
        labels = LabelPatches(ClassLabelStatistics(classes), size, read=found.burner(grid))
    elif request.label_mode == "raster":
        classes, read = read_label_raster(request.labels_raster, grid, reporter)
        labels = LabelPatches(ClassLabelStatistics(classes), size, read=read)
    else:
        classes = ClassList.from_values(class_values)
        labels = LabelPatches(ClassLabelStatistics(classes), 1, of_positions=positions.labels)
    if len(classes) < 2:
        raise InputError(
            f"The labels {request.labels_name or 'of the positions'} have one class only.",
            expected="two classes or more",
            received=f"only {', '.join(classes.names)}",
            remedy="Choose another class field or layer.",
        )
    return labels


def continuous_patches(
    labels: LabelPatches, reference: Source, positions: Positions, size: int, reporter: Reporter
) -> Iterator[tuple[int, NDArray]]:
    """Index and continuous values of each label patch; only the labels are read, and the reference's no-data.

    Args:
        labels: continuous values.
        reference: where it has no data, nothing is labelled.
        positions: centres of the patches.
        size: side of the patches in pixels of the reference.
        reporter: receives progress.
    """
    raster = labels.raster
    if raster is None:
        yield from enumerate(labels.of_positions.reshape(-1, 1))
        return
    images = [reference] if reference.may_have_missing_values else []
    sources = Sources([raster.source, *images])
    for index, (pixels, *patches), _ in read_raster_patches(
        sources, positions.cols, positions.rows, size, None, reporter
    ):
        values = raster.values(pixels)
        for image, patch in zip(images, patches):
            values[image.is_nodata(patch)] = np.nan
        yield index, values
