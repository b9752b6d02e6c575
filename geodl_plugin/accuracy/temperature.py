"""The temperature that corrects the confidence of a network.  Pure arithmetic.

Probabilities are a softmax of the network's scores divided by a temperature, which minimises the mean negative
log-likelihood of labels that the network was not trained on (Guo et al. 2017).  The most probable class stays the same.

A few places tell little, and a network that is right in all of them is not right everywhere.  So all pixels count as
few observations only, see `observations`; a prior holds the logarithm of the temperature near 0, with a standard
deviation of 0.5; and besides the labels, there are as many observations as classes whose class could be any (after
Platt 1999), but 2 % at most.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..language import tr
from ..runtime.json_values import check_kind
from .reliability import Reliability

LEAST, GREATEST = 0.25, 4.0  # temperatures
_TRIED = np.geomspace(LEAST, GREATEST, 81)  # 1 is the middle one, each is 3.5 % more than the one before
_PRIOR = 0.5  # standard deviation of the logarithm
_MOST_DOUBT = 0.02  # the share of the observations whose class could be any
_FIGURES_KIND = {"pixels": int, "nll_before": float, "nll_after": float, "ece_before": float, "ece_after": float}
_KINDS = {"temperature": float, "patches": int, "splits": {str: _FIGURES_KIND}}


@dataclass(frozen=True)
class CalibrationFigures:
    """How well probabilities agree with labels, with the temperature 1 (before) and with the one that was fitted.

    Args:
        pixels: number of labelled pixels.
        nll_before: mean negative log-likelihood of the labels.
        nll_after: the same after.
        ece_before: expected calibration error, see `Reliability`.
        ece_after: the same after.
    """

    pixels: int
    nll_before: float
    nll_after: float
    ece_before: float
    ece_after: float

    @classmethod
    def of(cls, scores: NDArray, labels: NDArray, temperature: float) -> CalibrationFigures:
        """Compare probabilities with labels.

        Args:
            scores: what the softmax is computed from, [pixel, class].
            labels: class indices, [pixel]; at least one.
            temperature: the one after.
        """
        before, after = (_nll_and_ece(scores, labels, value) for value in (1.0, temperature))
        return cls(len(labels), before[0], after[0], before[1], after[1])


@dataclass(frozen=True)
class Calibration:
    """The temperature of a network, and what it did.

    Args:
        temperature: by which scores are divided before the softmax.
        patches: number of those with labels that it was fitted on.
        splits: figures by split, first of the one that it was fitted on.
    """

    temperature: float
    patches: int
    splits: dict[str, CalibrationFigures]

    @property
    def summary(self) -> str:
        """What was done, in a sentence."""
        figures = "; ".join(
            tr("calibration error on {name} {ece_before:.3f} before, {ece_after:.3f} after").format(
                name=name, ece_before=split.ece_before, ece_after=split.ece_after
            )
            for name, split in self.splits.items()
        )
        return tr("Probabilities calibrated with the temperature {temperature:.2f}: {figures}.").format(
            temperature=self.temperature, figures=figures
        )

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Any) -> Calibration | None:
        """What `to_json` gave; None for anything else, such as what a model without calibration says."""
        try:
            check_kind(content, _KINDS, "calibration")
            splits = {name: CalibrationFigures(**figures) for name, figures in content["splits"].items()}
            return cls(content["temperature"], content["patches"], splits)
        except (ValueError, TypeError, KeyError):
            return None


def observations(places: int, pixels: int, patch_pixels: int) -> int:
    """How many independent observations labelled pixels count as: the places, or where labels are dense, whole patches.

    Args:
        places: see `patch_errors`; patches that overlap are one.
        pixels: labelled ones, in all patches.
        patch_pixels: those of a patch.
    """
    return max(places, pixels // patch_pixels)


def fit_temperature(scores: NDArray, labels: NDArray, observations: int) -> float:
    """The temperature with the least negative log-likelihood, from `LEAST` to `GREATEST`.

    Args:
        scores: [pixel, class].
        labels: class indices, [pixel].
        observations: how many independent ones the pixels count as.
    """
    scores = np.asarray(scores, np.float64)
    classes = scores.shape[1]
    doubt = min(classes / (observations + classes), _MOST_DOUBT)

    def cost(temperature: float) -> float:
        likelihoods = _log_probabilities(scores, temperature)
        mean = (1 - doubt) * likelihoods[np.arange(len(labels)), labels].mean() + doubt * likelihoods.mean()
        return float(-observations * mean + (np.log(temperature) / _PRIOR) ** 2 / 2)

    return float(min(_TRIED, key=cost))


def _log_probabilities(scores: NDArray, temperature: float) -> NDArray[np.float64]:
    """Of all classes, [pixel, class]."""
    below = (scores - scores.max(axis=1, keepdims=True)) / temperature
    return below - np.log(np.exp(below).sum(axis=1, keepdims=True))


def _nll_and_ece(scores: NDArray, labels: NDArray, temperature: float) -> tuple[float, float]:
    likelihoods = _log_probabilities(np.asarray(scores, np.float64), temperature)
    reliability = Reliability()
    reliability.add(np.exp(likelihoods.max(axis=1)), likelihoods.argmax(axis=1) == labels)
    return float(-likelihoods[np.arange(len(labels)), labels].mean()), reliability.expected_error
