"""Which of two networks does better on the same patches, and whether that is more than chance.  Pure arithmetic.

Pixels of a place are alike: where one is wrong, its neighbours often are.  What varies by chance is therefore the
difference of a whole place (see `patch_errors`), and the standard error is that of a ratio of sums over places (Cochran
1977, section 6.4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .results import ClassEvaluation, Evaluation

_BETTER = 2.0  # standard errors from which on a gain is claimed: chance gives more in one case of twenty
_WORSE = 1.0  # and a loss counts: of two networks that are nearly as good, the simpler one (Breiman et al. 1984)
_PLACES = 5  # that a standard error needs: of fewer, it is nearly any number
_FOUND = 0.2  # F1 from which on a class counts as found,
_LOST = 0.02  # and below which as lost


@dataclass(frozen=True)
class Comparison:
    """A network compared with another one, on the same patches.

    Args:
        gain: mean error of a labelled pixel by the other network, less that by the network: the share of pixels that
            it gets right and the other one wrong, less the reverse; of values, the difference of mean square errors.
        standard_error: of the gain; 0 if there is one patch.
        lost: names of classes that the other network finds and the network does not.
        has_few_places: whether the places are too few for a standard error; it is that of patches then, and too small.
    """

    gain: float
    standard_error: float
    lost: tuple[str, ...] = ()
    has_few_places: bool = False

    @property
    def is_better(self) -> bool:
        """Whether the network is better than the other one, by more than chance gives."""
        return self.gain > _BETTER * self.standard_error and not self.lost

    @property
    def is_less_accurate(self) -> bool:
        """Whether the network makes greater errors than the other one, by more than a standard error."""
        return -self.gain > _WORSE * self.standard_error

    @property
    def is_worse(self) -> bool:
        """Whether the network makes greater errors than the other one, or loses a class."""
        return self.is_less_accurate or bool(self.lost)


def compare(network: Evaluation, other: Evaluation) -> Comparison:
    """Compare a network with another one.

    Args:
        network: how well it does on a split.
        other: how well the other one does on the same patches.
    """
    errors, pixels = network.patch_errors.sums.T
    differences, places = other.patch_errors.sums[:, 0] - errors, network.patch_errors.places()
    has_few_places = len(np.unique(places[pixels > 0])) < _PLACES
    if has_few_places:
        places = np.arange(len(pixels))
    gain, standard_error = mean_difference(np.bincount(places, differences), np.bincount(places, pixels))
    return Comparison(gain, standard_error, _lost_classes(network, other), has_few_places)


def mean_difference(differences: NDArray, pixels: NDArray) -> tuple[float, float]:
    """The mean difference of a pixel and its standard error.

    Args:
        differences: of each place, summed over its labelled pixels.
        pixels: number of these pixels.
    """
    total, places = float(pixels.sum()), int(np.count_nonzero(pixels))
    if not total:
        return 0.0, 0.0
    mean = float(differences.sum()) / total
    if places < 2:
        return mean, 0.0
    residuals = differences - mean * pixels
    return mean, float(np.sqrt(places / (places - 1) * (residuals**2).sum())) / total


def _lost_classes(network: Evaluation, other: Evaluation) -> tuple[str, ...]:
    if not (isinstance(network, ClassEvaluation) and isinstance(other, ClassEvaluation)):
        return ()
    scores = zip(network.classes.names, network.confusion.f1, other.confusion.f1)
    return tuple(name for name, score, found in scores if score < _LOST and found > _FOUND)
