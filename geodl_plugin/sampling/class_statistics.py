"""How much of each class is labelled."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..labels.classes import ClassList
from ..labels.colors import parse_colors
from ..labels.reference import read_features_or_raster
from ..language import tr
from ..operations import InputPath, Request, operation
from ..rasters.grid import tiles
from ..rasters.ground import ground_areas
from ..rasters.raster import Source
from ..runtime.columns import aligned, grouped
from ..runtime.reporter import Reporter

_TILE = 2048


@dataclass
class ClassStatisticsRequest(Request):
    """Count the features and pixels of each class on an image, before positions are sampled.

    Args:
        source: raster whose pixels are counted.
        input: vector file, or empty if ``input_raster`` is given.
        class_field: field of integers or text.
        input_raster: label raster.
        input_name: what the user calls the labels, for messages.
        one_class: all features are of one class; there is no class field.
        class_colors: of classes that the user gave one, as for `labels.colors.parse_colors`.
    """

    source: InputPath
    input: InputPath = ""
    class_field: str = ""
    input_raster: InputPath = ""
    input_name: str = ""
    one_class: bool = False
    class_colors: list[str] = field(default_factory=list)

    def measures_areas(self) -> bool:
        """Whether hectares are asked for, too, which takes longer."""
        return True


@dataclass(frozen=True)
class ClassCounts:
    """How much of each class is labelled.

    Args:
        classes: the classes.
        features: features of each class, [class]; None: the labels come from a raster.
        pixels: labelled pixels of each class, [class].
        hectares: area of these on the ground, [class]; None: not asked for, or the raster has no CRS of the earth.
        overlap: pixels that lie in several features.
        image_pixels: all pixels of the image.
    """

    classes: ClassList
    features: NDArray[np.int64] | None
    pixels: NDArray[np.int64]
    hectares: NDArray[np.float64] | None
    overlap: int
    image_pixels: int

    @property
    def shares(self) -> NDArray[np.float64]:
        """Share of each class in all labelled pixels, 0…1, [class]."""
        shares: NDArray[np.float64] = self.pixels / max(1, self.pixels.sum())
        return shares

    @property
    def labelled_share(self) -> float:
        """Share of labelled pixels in all pixels of the image, 0…1."""
        return float(self.pixels.sum() / self.image_pixels)

    def warnings(self) -> list[str]:
        """Problems with these labels that affect sampling, as sentences."""
        warnings = []
        empty = [name for name, count in zip(self.classes.names, self.pixels) if count == 0]
        if empty:
            warnings.append(
                tr("No pixel of the image lies in {empty}: the features are smaller than a pixel.").format(
                    empty=", ".join(empty)
                )
            )
        if self.overlap:
            warnings.append(
                tr("{overlap} pixels lie in several features: the later feature counts.").format(overlap=self.overlap)
            )
        return warnings

    def as_text(self) -> str:
        """A table with a line for each class."""
        heads = [tr("class"), tr("features"), tr("pixels"), tr("share")]
        features = ["–"] * len(self.classes) if self.features is None else [grouped(count) for count in self.features]
        rows = [
            [name, count, grouped(pixels), f"{share:.1%}"]
            for name, count, pixels, share in zip(self.classes.names, features, self.pixels, self.shares)
        ]
        return "\n".join(aligned(heads, rows, (8, 8, 12, 7)))


@operation
def class_statistics(request: ClassStatisticsRequest, reporter: Reporter) -> ClassCounts:
    """Count the features and pixels of each class on an image.

    Args:
        request: the image and the labels.
        reporter: receives progress, the table and warnings; may be left out.

    Returns:
        The classes and their numbers.

    Raises:
        InputError: a file cannot be read, or both features and a label raster are given, or neither.
    """
    grid = Source("source", [request.source]).grid
    classes, read, labels = read_features_or_raster(
        request.input,
        request.class_field,
        request.input_raster,
        grid,
        reporter,
        name=request.input_name,
        one=request.one_class,
    )
    classes = classes.recolored(parse_colors(request.class_colors))
    count_overlap = labels.overlap_counter(grid) if labels else None
    pixels = np.zeros(len(classes), np.int64)
    areas = ground_areas(grid) if request.measures_areas() else None
    hectares = np.zeros(len(classes))
    overlap = 0
    windows = list(tiles(grid.window, _TILE))
    for number, window in enumerate(windows, start=1):
        indices = read(window)
        pixels += np.bincount(indices.ravel(), minlength=classes.unlabelled + 1)[: len(classes)]
        if areas:
            hectares += areas.by_class(indices, window, len(classes))
        overlap += count_overlap(window) if count_overlap else 0
        reporter.progress(number / len(windows), tr("Counting pixels"))
    found = ClassCounts(
        classes,
        labels.features if labels else None,
        pixels,
        hectares if areas else None,
        overlap,
        grid.width * grid.height,
    )
    reporter.info(found.as_text())
    for warning in found.warnings():
        reporter.warning(warning)
    return found
