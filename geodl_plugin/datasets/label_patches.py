"""Where the labels of exported patches come from: polygons, a raster, or the positions themselves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.colors import parse_colors
from ..labels.geometries import read_labels
from ..labels.label_raster import ValueRaster, read_label_raster
from ..language import tr
from ..rasters.grid import Window
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from ..sampling.positions import Positions
from .label_ground import Features, LabelGround
from .label_owners import NO_SPLIT, LabelOwners
from .label_statistics import ClassLabelStatistics, ContinuousLabelStatistics, LabelStatistics
from .overview import Overview
from .raster_patches import read_raster_patches

if TYPE_CHECKING:
    from .export_request import ExportRequest


@dataclass(frozen=True)
class LabelPatches:
    """The labels of the patches around positions.

    Args:
        statistics: what the labels are; counts them.
        size: side of the label patches in pixels.
        read: gives the labels of a window of the reference, [y, x], which may reach beyond it, where nothing is
            labelled; None: each position has one label.
        of_positions: that label of each position, [position]; empty: the labels are read.
        raster: where labels are read that are continuous values; None: elsewhere.
        owners: gives the split that each label of a window belongs to, [y, x]; None: to all.
        features: the polygons, lines or points that the labels come from; None: they come from none.
    """

    statistics: LabelStatistics
    size: int
    read: Callable[[Window], NDArray] | None = None
    of_positions: NDArray = field(default_factory=lambda: np.zeros(0))
    raster: ValueRaster | None = None
    owners: LabelOwners | None = None
    features: Features | None = None
    _reading: threading.Lock = field(default_factory=threading.Lock)  # GDAL's layers are for one thread at a time

    def where(self, chosen: NDArray[np.bool_]) -> LabelPatches:
        """The labels of the positions that a mask chooses."""
        return self if self.read else replace(self, of_positions=self.of_positions[chosen])

    def ground(self, positions: Positions, overview: Overview | None = None) -> LabelGround:
        """Count the labels of patches on the ground.

        Args:
            positions: centres of the patches.
            overview: receives where labels are; None: nothing does.
        """
        features = self.features
        if features is not None and features.read is not None:
            features = replace(features, read=self._alone(features.read))
        return LabelGround(
            positions.cols,
            positions.rows,
            positions.split_of,
            size=self.size,
            n_classes=len(self.statistics.classes) or 1,
            features=features,
            overview=overview,
        )

    def _alone(self, read: Callable[[Window], NDArray]) -> Callable[[Window], NDArray]:
        def read_alone(window: Window) -> NDArray:
            with self._reading:
                return read(window)

        return read_alone

    def read_owned(self, window: Window) -> NDArray:
        """The labels of a window, and, if labels belong to splits, their splits, [y, x] or [y, x, 2]."""
        if self.read is None:
            raise ValueError("Each position has one label.")
        with self._reading:
            labels = self.read(window)
            if self.owners is None:
                return labels
            return np.stack([labels, self.owners(window).astype(labels.dtype)], axis=-1)

    def patches(
        self,
        positions: NDArray[np.int64],
        split_of: NDArray[np.int64],
        read: NDArray | None,
        missing: NDArray[np.bool_] | None,
    ) -> NDArray:
        """The label patches of positions, [patch, y, x], as they are stored.

        Args:
            positions: their indices, [patch].
            split_of: their splits, [patch].
            read: what `read_owned` gave around them, [patch, y, x, …]; None: they have their own.
            missing: which values of the reference's patches are no data, [patch, y, x, band]; None: none.
        """
        if read is None:
            labels = self.of_positions[positions].reshape(-1, 1, 1)
        else:
            labels = read
            if self.owners is not None:
                is_own = read[..., 1] == split_of[:, None, None]
                labels = np.where(is_own, read[..., 0], self.statistics.unlabelled)
            if missing is not None:
                labels = np.where(missing.all(axis=-1), self.statistics.unlabelled, labels)
        return labels.astype(self.statistics.dtype, copy=False)


def open_label_patches(
    request: ExportRequest, sources: Sources, positions: Positions, class_values: list[Any], reporter: Reporter
) -> LabelPatches:
    """Open the labels that a request names.

    Where several splits have positions, each label belongs to one of them (`label_owners`).

    Args:
        request: names the labels.
        sources: the images; what one of them does not cover is unlabelled.
        positions: have the labels, if they are those of positions.
        class_values: what these labels mean.
        reporter: receives warnings.

    Raises:
        InputError: the labels cannot be used, or have one class only.
    """
    size, grid, ground = request.patch_size, sources.reference.grid, sources.common
    colors = parse_colors(request.class_colors)
    owners = LabelOwners(positions, size) if len(np.unique(positions.split_of)) > 1 else None
    if request.label_mode == "values":
        raster = ValueRaster(request.labels_raster, grid)
        read = _within(raster.read, ground, np.nan)
        return LabelPatches(ContinuousLabelStatistics(raster.name), size, read=read, raster=raster, owners=owners)
    if request.label_mode == "position" and any(isinstance(value, float) for value in class_values):
        name = request.position_field()
        reporter.info(
            tr("The field {name} of the positions holds real numbers: continuous values to learn.").format(name=name)
        )
        return LabelPatches(ContinuousLabelStatistics(name), 1, of_positions=np.array(class_values)[positions.labels])
    if request.label_mode == "polygons":
        found = read_labels(request.labels_vector, request.class_field, grid, reporter, name=request.labels_name)
        classes = found.classes.recolored(colors)
        features = Features(found.class_of_part, found.part_burner(grid))
        if owners is not None:
            owners = LabelOwners(positions, size, found.part_burner(grid), len(found.class_of_part))
        read = _within(found.burner(grid), ground, classes.unlabelled)
        labels = LabelPatches(ClassLabelStatistics(classes), size, read=read, owners=owners, features=features)
    elif request.label_mode == "raster":
        classes, read_classes = read_label_raster(request.labels_raster, grid, reporter)
        classes = classes.recolored(colors)
        read = _within(read_classes, ground, classes.unlabelled)
        labels = LabelPatches(ClassLabelStatistics(classes), size, read=read, owners=owners)
    else:
        classes = ClassList.from_values(class_values).recolored(colors)
        labels = LabelPatches(
            ClassLabelStatistics(classes), 1, of_positions=positions.labels, features=_features_of(positions)
        )
    if len(classes) < 2:
        raise InputError(
            tr("The labels {labels_name} have one class only.").format(
                labels_name=request.labels_name or tr("of the positions")
            ),
            expected=tr("two classes or more"),
            received=tr("only {names}").format(names=", ".join(classes.names)),
            remedy=tr("Choose another class field or layer."),
        )
    return labels


def _features_of(positions: Positions) -> Features | None:
    """The features that positions lie in, if they tell them."""
    if positions.features is None:
        return None
    _, places, numbered = np.unique(positions.features, return_index=True, return_inverse=True)
    return Features(positions.labels[places], of_positions=numbered.reshape(-1))


def continuous_patches(
    labels: LabelPatches, images: Sources, positions: Positions, size: int, reporter: Reporter
) -> Iterator[tuple[int, NDArray]]:
    """Index and continuous values of each label patch; only the labels are read, and the reference's no-data.

    Args:
        labels: continuous values.
        images: where the reference has no data, or one of them has no pixel, nothing is labelled.
        positions: centres of the patches.
        size: side of the patches in pixels of the reference.
        reporter: receives progress.
    """
    raster = labels.raster
    if raster is None:
        yield from enumerate(labels.of_positions.reshape(-1, 1))
        return
    masks = [images.reference] if images.reference.may_have_missing_values else []
    sources = Sources([raster.source, *masks])
    owners = labels.owners or (lambda window: np.zeros(window.shape, np.uint8))
    for index, (pixels, *patches), owner in read_raster_patches(
        sources, positions.cols, positions.rows, size, _within(owners, images.common, NO_SPLIT), reporter
    ):
        values = raster.values(pixels)
        for image, patch in zip(masks, patches):
            values[image.is_nodata(patch)] = np.nan
        values[owner != (positions.split_of[index] if labels.owners else 0)] = np.nan
        yield index, values


def _within(read: Callable[[Window], NDArray], ground: Window, fill: float) -> Callable[[Window], NDArray]:
    """Make a function of windows that may reach beyond some ground, where it gives a value of its own.

    Args:
        read: gives the values of a window of the ground, [y, x].
        ground: pixels of the reference.
        fill: the values beyond.
    """

    def anywhere(window: Window) -> NDArray:
        inside = window.intersection(ground)
        if inside == window:
            return read(window)
        found = read(inside) if min(inside.shape) > 0 else read(Window(ground.col, ground.row, 1, 1))
        values = np.full(window.shape, fill, found.dtype)
        if min(inside.shape) > 0:
            row, col = inside.row - window.row, inside.col - window.col
            values[row : row + inside.height, col : col + inside.width] = found
        return values

    return anywhere
