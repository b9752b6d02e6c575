"""Reference points: what the features of the pixels look like that a network was trained on.  Pure arithmetic.

A map is worth what its training pixels say about it.  Where the features of a pixel, which are what the last layer of
the network decides by, are far from those of all training pixels, the network has never been, however confident it is:
outside of its *area of applicability* (Meyer and Pebesma 2021).  As there, the distance is that to the nearest training
pixel, in units of the threshold that labelled pixels that were not trained on hardly ever exceed.  Unlike there, a few
means of similar training pixels stand for all of them, so that the distances take little time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

POINTS = 32
_ROUNDS = 12  # of k-means
_LEAST_DEVIATION = 0.01  # of a feature, as a share of the largest one: rounding must not become distance
_PIXELS_AT_A_TIME = 4096


@dataclass(frozen=True)
class ReferencePoints:
    """Reference points in the space of features that are shifted and scaled.

    Distances there are 1 at the threshold.

    Args:
        offset: subtracted from each feature.
        scale: factor of each feature after that.
        points: [point, feature].
    """

    offset: NDArray[np.float32]
    scale: NDArray[np.float32]
    points: NDArray[np.float32]

    @classmethod
    def fit(cls, trained: NDArray, held_out: NDArray) -> ReferencePoints:
        """Find reference points.

        The threshold is the upper whisker of a box plot of the distances of the held-out pixels: the third quartile
        and 1.5 times the distance of the quartiles.

        Args:
            trained: features of pixels that the network was trained on, [pixel, feature].
            held_out: those of other labelled pixels, which tell what distances are usual.
        """
        offset, deviations = trained.mean(axis=0, dtype=np.float64), trained.std(axis=0, dtype=np.float64)
        largest = float(deviations.max())
        scale = 1 / np.maximum(deviations, _LEAST_DEVIATION * largest) if largest else np.ones(len(offset))
        points = _means((trained - offset) * scale)
        lower, upper = np.quantile(_nearest((held_out - offset) * scale, points)[1], [0.25, 0.75])
        threshold = upper + 1.5 * (upper - lower) or 1.0
        return cls(*(part.astype(np.float32) for part in (offset, scale / threshold, points / threshold)))

    def distances(self, features: NDArray) -> NDArray[np.float64]:
        """The distance of pixels to the nearest reference point: more than 1 is unfamiliar.

        Args:
            features: [pixel, feature].
        """
        return _nearest((features - self.offset) * self.scale, self.points)[1]


def _means(pixels: NDArray) -> NDArray[np.float64]:
    """Means of similar pixels (k-means, Lloyd 1982), always the same for the same pixels."""
    start = np.random.default_rng(0).choice(len(pixels), min(POINTS, len(pixels)), replace=False)
    means = pixels[np.sort(start)]
    for _ in range(_ROUNDS):
        nearest, _ = _nearest(pixels, means)
        means = np.array(
            [
                pixels[nearest == number].mean(axis=0) if (nearest == number).any() else mean
                for number, mean in enumerate(means)
            ]
        )
    return means


def _nearest(pixels: NDArray, points: NDArray) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """For each pixel, the number of the nearest point, and its distance."""
    squares = (points**2).sum(axis=1)
    parts = np.array_split(pixels, max(1, len(pixels) // _PIXELS_AT_A_TIME))
    nearest = np.concatenate([(squares - 2 * part @ points.T).argmin(axis=1) for part in parts])
    return nearest, np.sqrt(((pixels - points[nearest]) ** 2).sum(axis=1))
