"""Which split a label belongs to, so that no label is learnt in one patch and judged by in another.

Patches of different splits may overlap: what they show of the image is context.  Labels are not shared: each belongs
to one split, and is unlabelled in patches of the others.  The positions themselves say to which, whatever file they
come from and whatever the size of the patches is:

- a label belongs to the split of the nearest position of which it lies in the patch.  Around positions that are a
  patch apart that is every label of their patches.  The distance is the larger of those in columns and rows; of equal
  ones, train counts before valid, and valid before test.
- Where whole features belong to a split (`labels.splits.FEATURE_WAYS`), a label belongs to the split of the positions
  in its feature; in a feature that was cut, to that of the nearest of these.  Features without positions are for
  training.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..labels.splits import FEATURE_WAYS, SPLITS, TRAIN
from ..rasters.grid import Window
from ..rasters.lookup import values_at
from ..sampling.positions import Positions
from ..sampling.spacing import count_covering

NO_SPLIT = len(SPLITS)
_CUT = NO_SPLIT + 1  # in place of a split: the nearest position says it
_FAR = np.iinfo(np.int32).max


class LabelOwners:
    """Finds the split of each label.

    Args:
        positions: of all splits.
        size: side of the patches in pixels.
        read_parts: numbers of the single polygons, lines and points of a window, [y, x]; their count where there is
            none; None: labels come from elsewhere.
        n_parts: how many there are.
    """

    def __init__(
        self,
        positions: Positions,
        size: int,
        read_parts: Callable[[Window], NDArray] | None = None,
        n_parts: int = 0,
    ) -> None:
        self._positions, self._size = positions, size
        self._parts = read_parts if positions.way in FEATURE_WAYS else None
        offsets = np.abs(np.arange(size) - size // 2)
        self._distances = np.maximum(offsets[:, None], offsets).astype(np.int32)  # of a patch's pixels, [y, x]
        self._part_of = np.zeros(len(positions), np.int64)
        self._split_of_part = np.zeros(0, np.uint8)
        if self._parts is not None:
            self._part_of = values_at(self._parts, positions.cols, positions.rows).astype(np.int64)
            self._split_of_part = _splits_of_parts(self._part_of, positions.split_of, n_parts)

    def __call__(self, window: Window) -> NDArray[np.uint8]:
        """The split of each pixel that has a label.

        Args:
            window: pixels of the reference.

        Returns:
            Index into `SPLITS`, `NO_SPLIT` where a label could be in no patch of its split, [y, x].
        """
        if self._parts is None:
            return self._nearest(window, None)
        parts = self._parts(window)
        owners = self._split_of_part[parts]
        is_cut = owners == _CUT
        if is_cut.any():
            owners[is_cut] = self._nearest(window, parts)[is_cut]
        return owners

    def _nearest(self, window: Window, parts: NDArray | None) -> NDArray[np.uint8]:
        """The split of the nearest position whose patch holds a pixel, and in the same part if parts are given."""
        positions, size = self._positions, self._size
        left, top = positions.cols - size // 2 - window.col, positions.rows - size // 2 - window.row
        near = (left < window.width) & (top < window.height) & (left + size > 0) & (top + size > 0)
        if parts is not None:
            near &= self._split_of_part[self._part_of] == _CUT
        chosen = np.flatnonzero(near)
        owners = np.full(window.shape, NO_SPLIT, np.uint8)
        if parts is None and self._cover(owners, window, left[chosen], top[chosen], positions.split_of[chosen]):
            return owners
        owners[...] = NO_SPLIT
        distances = np.full(window.shape, _FAR, np.int32)
        for position in chosen[np.argsort(positions.split_of[chosen], kind="stable")].tolist():
            col, row = int(left[position]), int(top[position])
            inside = np.s_[max(0, row) : row + size, max(0, col) : col + size]
            own = self._distances[max(0, -row) : window.height - row, max(0, -col) : window.width - col]
            is_nearer = own < distances[inside]
            if parts is not None:
                is_nearer &= parts[inside] == self._part_of[position]
            distances[inside][is_nearer] = own[is_nearer]
            owners[inside][is_nearer] = positions.split_of[position]
        return owners

    def _cover(
        self,
        owners: NDArray[np.uint8],
        window: Window,
        left: NDArray[np.int64],
        top: NDArray[np.int64],
        split_of: NDArray[np.int64],
    ) -> bool:
        """Give pixels the split whose patches hold them; False where some lie in patches of several splits."""
        times = np.zeros(window.shape, np.uint8)
        for split in np.unique(split_of).tolist():
            is_in = split_of == split
            cols = [(left[is_in] + step).clip(0, window.width) for step in (0, self._size)]
            rows = [(top[is_in] + step).clip(0, window.height) for step in (0, self._size)]
            is_covered = count_covering(window, *cols, *rows) > 0
            owners[is_covered] = split
            times += is_covered
        return bool(times.max(initial=0) <= 1)


def _splits_of_parts(part_of: NDArray[np.int64], split_of: NDArray[np.int64], n_parts: int) -> NDArray[np.uint8]:
    """The split of each part, from those of the positions in it; the last one is of pixels outside of all parts.

    Args:
        part_of: of each position, ``n_parts`` if it lies in none, [position].
        split_of: of each position, [position].
        n_parts: number of parts.

    Returns:
        Index into `SPLITS`, or `_CUT` for parts with positions of several splits, [part].
    """
    has_split = np.zeros((n_parts + 1, len(SPLITS)), bool)
    has_split[part_of, split_of] = True
    found = has_split.argmax(axis=1).astype(np.uint8)
    found[has_split.sum(axis=1) > 1] = _CUT
    found[~has_split.any(axis=1)] = SPLITS.index(TRAIN)
    found[n_parts] = NO_SPLIT
    return found
