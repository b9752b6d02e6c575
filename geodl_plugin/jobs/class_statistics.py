"""Count what is labelled, class by class."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..labels.classes import ClassList
from ..labels.reference import read_features_or_raster
from ..operations import InputPath, OutputPath
from ..rasters.grid import Grid, tiles
from ..rasters.ground import ground_areas
from ..rasters.raster import Source
from ..reports import render
from ..runtime import files
from ..runtime.reporter import Reporter
from . import Job

_TILE = 2048


@dataclass
class ClassStatistics(Job):
    """Tell how many features and pixels of an image each class has, before positions are sampled.

    Args:
        source: raster whose pixels are counted.
        input: vector file, or empty if ``input_raster`` is given.
        class_field: field of integers or text; empty: one class.
        input_raster: label raster.
        report: HTML file to make; empty: none.
        input_name: what the user calls the labels.
        source_name: what the user calls the raster.
    """

    NAME: ClassVar = "classstatistics"
    NEEDS_TENSORFLOW: ClassVar = False

    source: InputPath
    input: InputPath = ""
    class_field: str = ""
    input_raster: InputPath = ""
    report: OutputPath = ""
    input_name: str = ""
    source_name: str = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        grid = Source("source", [self.source]).grid
        classes, read, labels = read_features_or_raster(
            self.input, self.class_field, self.input_raster, grid, reporter, name=self.input_name
        )
        features = labels.features if labels else None
        count_overlap = labels.overlap_counter(grid) if labels else None
        pixels = np.zeros(len(classes), np.int64)
        areas = ground_areas(grid) if self.report else None
        hectares = np.zeros(len(classes))
        overlap = 0
        windows = list(tiles(grid.window, _TILE))
        for number, window in enumerate(windows, start=1):
            labels_there = read(window)
            pixels += np.bincount(labels_there.ravel(), minlength=classes.unlabelled + 1)[: len(classes)]
            if areas:
                hectares += areas.by_class(labels_there, window, len(classes))
            overlap += count_overlap(window) if count_overlap else 0
            reporter.progress(number / len(windows), "Counting pixels")
        text = _table(classes, features, pixels)
        reporter.info(text)
        warnings = _warnings(classes, pixels, overlap)
        for warning in warnings:
            reporter.warning(warning)
        if self.report:
            self._write(classes, features, pixels, hectares if areas else None, grid, warnings)
        return {
            "report": self.report,
            "classes": len(classes),
            "pixels": int(pixels.sum()),
            "pixels_of_smallest_class": int(pixels.min()),
            "overlap": overlap,
            "text": text,
        }

    def _write(
        self,
        classes: ClassList,
        features: NDArray[np.int64] | None,
        pixels: NDArray[np.int64],
        hectares: NDArray[np.float64] | None,
        grid: Grid,
        warnings: list[str],
    ) -> None:
        html = render(
            "class_statistics.html",
            title="Class statistics",
            input_name=self.input_name or Path(self.input or self.input_raster).name,
            source_name=self.source_name or Path(self.source).name,
            classes=classes.classes,
            features=None if features is None else features.tolist(),
            pixels=pixels.tolist(),
            shares=(pixels / max(1, pixels.sum())).tolist(),
            labelled=float(pixels.sum() / (grid.width * grid.height)),
            hectares=None if hectares is None else hectares.tolist(),
            warnings=warnings,
        )
        with files.unfinished(self.report) as part:
            part.write_text(html, encoding="utf-8")


def _table(classes: ClassList, features: NDArray[np.int64] | None, pixels: NDArray[np.int64]) -> str:
    width = max(8, *(len(name) for name in classes.names))
    lines = [f"{'class':{width}}  features        pixels    share"]
    for index, name in enumerate(classes.names):
        count = "–" if features is None else f"{features[index]:,}"
        share = pixels[index] / max(1, pixels.sum())
        lines.append(f"{name:{width}}  {count:>8}  {pixels[index]:>12,}  {share:>7.1%}")
    return "\n".join(lines)


def _warnings(classes: ClassList, pixels: NDArray[np.int64], overlap: int) -> list[str]:
    warnings = []
    empty = [name for name, count in zip(classes.names, pixels) if count == 0]
    if empty:
        warnings.append(f"No pixel of the image lies in {', '.join(empty)}: the features are smaller than a pixel.")
    if overlap:
        warnings.append(f"{overlap} pixels lie in several features: the later feature counts.")
    return warnings
