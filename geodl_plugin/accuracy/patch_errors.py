"""The errors of a network patch by patch, and which patches show the same labelled pixels.  Pure arithmetic.

Positions lie close together, so that the same polygon is in many patches: what is wrong there is wrong in all of them.
Patches that share labelled pixels, directly or through others, are one *place*; only places are independent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .ranking import pixel_runs

_KEPT = 64  # numbers of a patch: the same ones of the pixels that two patches share
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # spreads neighbouring numbers (Knuth 1998, section 6.4)


class PatchErrors:
    """Collects the errors of patches, and groups patches by the labelled pixels that they share.

    Pixels are recognised by their values and those of their neighbours.
    """

    def __init__(self) -> None:
        self._errors: list[tuple[float, int]] = []
        self._marks: list[NDArray[np.uint64]] = []

    def add(self, image: NDArray, labelled: NDArray[np.bool_], errors: NDArray) -> None:
        """Add a patch.

        Args:
            image: of source 1, [y, x, bands].
            labelled: where there is a label, [y, x]; if it has another size than the image, it is stretched over it.
            errors: what each pixel is wrong by, of the same shape; any number where there is no label.
        """
        self._errors.append((float(np.sum(errors, where=labelled, dtype=np.float64)), int(labelled.sum())))
        runs = pixel_runs(image)
        rows, columns = (
            np.arange(size) * labelled.shape[axis] // image.shape[axis] for axis, size in enumerate(runs.shape)
        )
        found = np.unique(runs[labelled[np.ix_(rows, columns)]])
        # a multiplication of their bits, which wraps around: the smallest results are a fair sample
        self._marks.append(np.sort(found.view(np.uint64) * _FACTOR)[:_KEPT])

    @property
    def sums(self) -> NDArray[np.float64]:
        """Sum of the errors and number of labelled pixels of each patch, [patches, 2]."""
        return np.array(self._errors, np.float64).reshape(-1, 2)

    def places(self) -> NDArray[np.int64]:
        """The number of the place of each patch, from 0."""
        marks = np.concatenate([*self._marks, np.empty(0, np.uint64)])
        owners = np.repeat(np.arange(len(self._marks)), [len(found) for found in self._marks])
        order = np.argsort(marks, kind="stable")
        same = np.flatnonzero(marks[order][1:] == marks[order][:-1])
        parents = list(range(len(self._marks)))

        def root(patch: int) -> int:
            while parents[patch] != patch:
                parents[patch] = parents[parents[patch]]
                patch = parents[patch]
            return patch

        for one, other in zip(owners[order[same]], owners[order[same + 1]]):
            parents[root(int(one))] = root(int(other))
        roots = [root(patch) for patch in range(len(parents))]
        return np.unique(np.array(roots, np.int64), return_inverse=True)[1].astype(np.int64)
