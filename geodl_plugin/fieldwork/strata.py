"""The classes of a map as strata: measured, and drawn from, with constant memory.

The pixels of a class are numbered row by row.  Which numbers are drawn is decided before any pixel is looked for, so
the sample is that of a list of all pixels, however the map is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..language import tr
from ..rasters.grid import Grid, Window
from ..rasters.ground import ground_areas
from ..runtime.reporter import Reporter

PIXELS = 1 << 22  # that are read at once


@dataclass(frozen=True)
class Strata:
    """The strata of a map.

    Args:
        read: class indices of a window, [y, x]; ``classes`` and more: no class.
        classes: number of classes.
        area: the pixels of the map that may be drawn.
        at_once: number of pixels that are read at once.
    """

    read: Callable[[Window], NDArray]
    classes: int
    area: Window
    at_once: int = PIXELS

    def measure(self, grid: Grid, reporter: Reporter) -> tuple[NDArray[np.int64], NDArray[np.float64] | None]:
        """Count the pixels of each class, and measure their area.

        Args:
            grid: of the map.
            reporter: receives the progress.

        Returns:
            Pixels, and hectares on the ground or None where these are unknown, [class] both.
        """
        areas = ground_areas(grid)
        pixels, hectares = np.zeros(self.classes, np.int64), np.zeros(self.classes)
        for window, indices in self._walk(tr("Measuring the classes"), reporter):
            pixels += np.bincount(indices.ravel(), minlength=self.classes)[: self.classes]
            if areas is not None:
                hectares += areas.by_class(indices, window, self.classes)
        return pixels, None if areas is None else hectares

    def draw(
        self, pixels: NDArray[np.int64], wanted: NDArray[np.int64], seed: int, reporter: Reporter
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Draw pixels of each class at random, every set of so many with the same probability.

        Args:
            pixels: of each class, as `measure` counted them, [class].
            wanted: how many to draw, [class].
            seed: of the random numbers.
            reporter: receives the progress.

        Returns:
            Columns, rows and class indices, in random order, [point] each.
        """
        numbers = [
            np.sort(np.random.default_rng([seed, index]).choice(size, count, replace=False))
            for index, (size, count) in enumerate(zip(pixels.tolist(), wanted.tolist()))
        ]
        seen = np.zeros(self.classes, np.int64)
        found = [np.empty((3, 0), np.int64)]
        for window, indices in self._walk(tr("Drawing the sample"), reporter):
            here = np.bincount(indices.ravel(), minlength=self.classes)[: self.classes]
            for index in np.flatnonzero(here):
                first, last = np.searchsorted(numbers[index], [seen[index], seen[index] + here[index]])
                if first < last:
                    places = np.flatnonzero(indices == index)[numbers[index][first:last] - seen[index]]
                    rows, cols = np.divmod(places, window.width)
                    found.append(np.stack([cols + window.col, rows + window.row, np.full(len(places), index)]))
            seen += here
        cols, rows, drawn = np.concatenate(found, axis=1)
        order = np.lexsort((cols, rows))  # the same order whatever was read at once
        order = order[np.random.default_rng([seed, self.classes]).permutation(len(order))]
        return cols[order], rows[order], drawn[order]

    def _walk(self, doing: str, reporter: Reporter) -> Iterator[tuple[Window, NDArray]]:
        """The rows of the map, as many at once as may be."""
        height = max(1, self.at_once // self.area.width)
        end = self.area.row + self.area.height
        for row in range(self.area.row, end, height):
            window = Window(self.area.col, row, self.area.width, min(height, end - row))
            yield window, self.read(window)
            reporter.progress((row + window.height - self.area.row) / self.area.height, doing)
