"""How uncertain a map is, square by square.

Single pixels are most uncertain at the edges of things, where a person is, too.  A network learns more from places that
are uncertain as a whole.  The map is therefore cut into squares, and each is as uncertain as the mean of the pixels of
the class that most of it shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..language import tr
from ..rasters.grid import Window
from ..rasters.raster import Source
from ..runtime.reporter import Reporter

_SQUARES = 1 << 20  # at most, so that their table is small however large the map is
_PIXELS = 1 << 22  # that are read at once


@dataclass(frozen=True)
class Squares:
    """Squares of a map that have a class and no label.

    Args:
        side: in pixels.
        cols: column of each, counted in squares, [square].
        rows: row, [square].
        classes: index of the class that most pixels have, [square].
        uncertainty: mean of the pixels of that class, 0…1, [square].
        labelled: column and row of the squares that hold labels, [labelled square, 2].
        pixels: of the whole map, by class, [class].
        doubt: uncertainty of all these pixels, summed by class, [class].
    """

    side: int
    cols: NDArray[np.int64]
    rows: NDArray[np.int64]
    classes: NDArray[np.int64]
    uncertainty: NDArray[np.float64]
    labelled: NDArray[np.int64]
    pixels: NDArray[np.int64]
    doubt: NDArray[np.float64]

    def window(self, number: int, area: Window) -> Window:
        """The pixels of a square, in the area of the map."""
        corner = int(self.cols[number]) * self.side, int(self.rows[number]) * self.side
        return Window(*corner, self.side, self.side).intersection(area)


def side_of_squares(area: Window, least: int) -> int:
    """The side of the squares: as small as is wanted, or larger on huge maps.

    Args:
        area: all pixels of the map.
        least: the smallest side.
    """
    return max(least, math.ceil(math.sqrt(area.width * area.height / _SQUARES)))


class UncertaintyReader:
    """Reads how uncertain the pixels of a map are: 0 certain, 1 not at all.

    Args:
        confidence: the raster that is made with a map: the highest probability, and the normalised entropy.
        unfamiliarity: the raster of that name; None: there is none.
    """

    def __init__(self, confidence: Source, unfamiliarity: Source | None) -> None:
        self._confidence, self._unfamiliarity = confidence, unfamiliarity

    def read(self, window: Window) -> NDArray[np.float64]:
        """The uncertainty of a window, [y, x]; NaN where there is no data.

        It is the entropy, or without that band 1 - the highest probability.  Where the network has never been, its
        probabilities mean little: there it grows with the unfamiliarity, from 1 (as far away as labelled pixels hardly
        ever are) to 2.
        """
        found = _values(self._confidence, window)
        certain = 1 - found[..., 1] if self._confidence.bands > 1 else found[..., 0]
        if self._unfamiliarity is not None:
            strange = np.nan_to_num(_values(self._unfamiliarity, window)[..., 0] - 1).clip(0, 1)
            certain *= 1 - strange
        uncertain: NDArray[np.float64] = 1 - certain
        return uncertain


def _values(source: Source, window: Window) -> NDArray[np.float64]:
    values = source.read(window)
    return np.where(source.is_nodata_value(values), np.nan, values)


def measure(
    area: Window,
    side: int,
    classes: int,
    read_map: Callable[[Window], NDArray],
    read_uncertainty: Callable[[Window], NDArray[np.float64]],
    labelled: Callable[[Window], NDArray[np.bool_]],
    reporter: Reporter,
) -> Squares:
    """Measure how uncertain the squares of a map are, with constant memory but for their table.

    Args:
        area: all pixels of the map.
        side: of the squares in pixels.
        classes: number of classes.
        read_map: class indices of a window, [y, x]; ``classes`` and more: none.
        read_uncertainty: uncertainty of a window, [y, x]; NaN: none.
        labelled: which pixels of a window have a label, [y, x].
        reporter: receives the progress.
    """
    pixels, doubt = np.zeros(classes, np.int64), np.zeros(classes)
    parts, occupied = [], [np.empty((0, 2), np.int64)]
    height = max(side, _PIXELS // area.width // side * side)
    for row in range(0, area.height, height):
        window = Window(0, row, area.width, height).intersection(area)
        indices, uncertain, has_label = read_map(window), read_uncertainty(window), labelled(window)
        across = -(-window.width // side)
        squares = (np.arange(window.height) // side)[:, None] * across + np.arange(window.width) // side
        there = np.unique(squares[has_label])
        occupied.append(np.stack([there % across, there // across + row // side], 1))
        is_class = (indices < classes) & np.isfinite(uncertain)
        found = indices[is_class].astype(np.int64)
        pixels += np.bincount(found, minlength=classes)
        doubt += np.bincount(found, weights=uncertain[is_class], minlength=classes)
        keys, which = np.unique(squares[is_class] * classes + found, return_inverse=True)
        counts = np.bincount(which.ravel(), minlength=len(keys))
        sums = np.bincount(which.ravel(), weights=uncertain[is_class], minlength=len(keys))
        order = np.lexsort((-counts, keys // classes))  # the class that most pixels have comes first in its square
        _, first = np.unique(keys[order] // classes, return_index=True)
        chosen = order[first]
        chosen = chosen[~np.isin(keys[chosen] // classes, there) & (2 * counts[chosen] >= side)]
        square = keys[chosen] // classes
        parts.append(
            np.stack(
                [square % across, square // across + row // side, keys[chosen] % classes, sums[chosen] / counts[chosen]]
            )
        )
        reporter.progress((row + window.height) / area.height, tr("Looking for uncertain places"))
    cols, rows, of_class, uncertainty = np.concatenate(parts, axis=1)
    return Squares(
        side,
        cols.astype(np.int64),
        rows.astype(np.int64),
        of_class.astype(np.int64),
        uncertainty,
        np.concatenate(occupied),
        pixels,
        doubt,
    )
