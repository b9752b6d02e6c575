"""What the labels of patches are on the ground: pixels and features that count once, however many patches show them.

Positions lie close together, so that one labelled pixel is in many patches: their sum says nothing about how much a
person has labelled.  Patches are laid on blocks of the reference's grid, where they overlap as they do on the ground.
A block is counted, and forgotten, as soon as no further patch reaches into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..labels.splits import SPLITS
from ..rasters.grid import Window
from .overview import Overview

_BLOCK = 512  # pixels along a side
_UNLABELLED = 255  # in place of NaN


@dataclass(frozen=True)
class GroundCounts:
    """Labelled pixels and features, each counted once.

    Args:
        pixels: of each class in each split, [split, class].
        features: number of polygons, lines and points with a labelled pixel, [split, class]; None: labels do not come
            from features.
        shared: number of these that another split has pixels of as well, [split, class]; None as well.
    """

    pixels: NDArray[np.int64]
    features: NDArray[np.int64] | None = None
    shared: NDArray[np.int64] | None = None

    def of(self, split: int) -> dict[str, list[int]]:
        """Those of a split, by their names in ``dataset.json``.

        Args:
            split: index into `SPLITS`.
        """
        found = {"distinct_pixels": self.pixels, "features": self.features, "shared_features": self.shared}
        return {name: counts[split].tolist() for name, counts in found.items() if counts is not None}


@dataclass(frozen=True)
class Features:
    """The polygons, lines or points that labels come from.

    Args:
        class_of: class index, [feature].
        read: numbers of the features of a window, [y, x]; their count where there is none; None: each patch has the
            label of its position.
        of_positions: number of the feature that each position lies in, [position]; empty if they are read.
    """

    class_of: NDArray[np.int64]
    read: Callable[[Window], NDArray] | None = None
    of_positions: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))


class LabelGround:
    """Counts the labels of patches on the ground.

    >>> ground = LabelGround(np.array([2, 3]), np.array([2, 2]), np.array([0, 0]), size=4, n_classes=2)
    >>> ground.add(np.array([0, 1]), np.ones((2, 4, 4), np.uint8))
    >>> ground.counts().pixels[0].tolist()  # 4 × 4 and one further column
    [0, 20]

    Args:
        cols: columns of the positions in the reference, [position].
        rows: their rows, [position].
        split_of: index into `SPLITS`, [position].
        size: side of the label patches in pixels.
        n_classes: number of classes; 1 for continuous values.
        features: what the labels come from; None: from no features.
        overview: receives where labels are; None: nothing does.
    """

    def __init__(
        self,
        cols: NDArray[np.int64],
        rows: NDArray[np.int64],
        split_of: NDArray[np.int64],
        *,
        size: int,
        n_classes: int,
        features: Features | None = None,
        overview: Overview | None = None,
    ) -> None:
        self._left, self._top = cols - size // 2, rows - size // 2
        self._split_of, self._size, self._n_classes = split_of, size, n_classes
        self._features, self._overview = features, overview
        self._pixels = np.zeros((len(SPLITS), n_classes), np.int64)
        self._found = np.zeros((len(SPLITS), 0 if features is None else len(features.class_of)), bool)
        self._blocks: dict[tuple[int, int], dict[int, NDArray]] = {}  # by row and column, then by split
        self._awaited: Counter[tuple[int, int]] = Counter()  # patches that reach into each block
        for patch in zip(self._top.tolist(), self._left.tolist()):
            self._awaited.update(self._blocks_under(*patch))

    def add(self, positions: NDArray[np.int64], labels: NDArray, written: NDArray[np.bool_] | None = None) -> None:
        """Add patches; each position comes once.

        Args:
            positions: their indices, [patch].
            labels: class indices, or continuous values with NaN where there is none, [patch, y, x].
            written: which of them count, [patch]; None: all.
        """
        codes = np.where(np.isnan(labels), _UNLABELLED, 0).astype(np.uint8) if labels.dtype.kind == "f" else labels
        counts = np.ones(len(positions), bool) if written is None else written
        for position, patch, is_written in zip(positions.tolist(), codes, counts.tolist()):
            top, left = int(self._top[position]), int(self._left[position])
            blocks = self._blocks_under(top, left)
            if is_written and (patch < self._n_classes).any():
                self._lay(patch, blocks, top, left, int(self._split_of[position]))
                if self._features is not None and len(self._features.of_positions):
                    self._found[self._split_of[position], self._features.of_positions[position]] = True
            for block in blocks:
                self._awaited[block] -= 1
                if not self._awaited[block]:
                    self._count(block, self._blocks.pop(block, {}))

    def counts(self) -> GroundCounts:
        """What was found, when all patches are added."""
        if self._features is None:
            return GroundCounts(self._pixels)
        is_shared = self._found & (self._found.sum(axis=0) > 1)
        return GroundCounts(self._pixels, self._by_class(self._found), self._by_class(is_shared))

    def _by_class(self, found: NDArray[np.bool_]) -> NDArray[np.int64]:
        class_of = np.zeros(0, np.int64) if self._features is None else self._features.class_of
        return np.stack([np.bincount(class_of[split], minlength=self._n_classes) for split in found])

    def _blocks_under(self, top: int, left: int) -> list[tuple[int, int]]:
        """Row and column of the blocks that a patch reaches into."""
        last_row, last_col = (top + self._size - 1) // _BLOCK, (left + self._size - 1) // _BLOCK
        cols = range(left // _BLOCK, last_col + 1)
        return [(row, col) for row in range(top // _BLOCK, last_row + 1) for col in cols]

    def _lay(self, patch: NDArray, blocks: list[tuple[int, int]], top: int, left: int, split: int) -> None:
        """Copy the labels of a patch into the blocks under it."""
        for block in blocks:
            splits = self._blocks.setdefault(block, {})
            if split not in splits:
                splits[split] = np.full((_BLOCK, _BLOCK), self._n_classes, patch.dtype)
            row, col = top - block[0] * _BLOCK, left - block[1] * _BLOCK
            ground = splits[split][max(0, row) : row + self._size, max(0, col) : col + self._size]
            part = patch[max(0, -row) : _BLOCK - row, max(0, -col) : _BLOCK - col]
            np.copyto(ground, part, where=part < self._n_classes)

    def _count(self, block: tuple[int, int], splits: dict[int, NDArray]) -> None:
        """Count the labels of a block that is complete."""
        top, left = block[0] * _BLOCK, block[1] * _BLOCK
        for split, ground in splits.items():
            is_labelled = ground < self._n_classes
            self._pixels[split] += np.bincount(ground[is_labelled], minlength=self._n_classes)
            if self._overview is not None:
                self._overview.mark(is_labelled, top, left, split)
            if self._features is not None and self._features.read is not None:
                numbers = np.unique(self._features.read(Window(left, top, _BLOCK, _BLOCK))[is_labelled])
                self._found[split, numbers[numbers < self._found.shape[1]]] = True
