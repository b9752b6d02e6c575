"""The networks that a training compared, as a table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..accuracy.results import Evaluation
from ..language import mark, tr

_SPLITS = ("test", "valid")
_FIGURES = {"accuracy": mark("accuracy"), "f1": mark("mean F1"), "r2": "R²", "rmse": "RMSE"}


@dataclass(frozen=True)
class NetworkComparison:
    """The networks that a training compared, and what followed from it.

    Args:
        networks: their evaluations by split, by what they are called.
        chosen: the one that was saved.
        verdict: sentences for people.
        is_doubtful: whether the verdict is a warning.
    """

    networks: Mapping[str, Mapping[str, Evaluation]]
    chosen: str
    verdict: Sequence[str]
    is_doubtful: bool = False

    @property
    def _columns(self) -> list[tuple[str, str]]:
        """Splits and figures that are shown."""
        known = [
            (split, set(evaluations[split].figures))
            for evaluations in self.networks.values()
            for split in _SPLITS
            if split in evaluations
        ]
        return [
            (split, figure)
            for split in _SPLITS
            for figure in _FIGURES
            if any(split == other and figure in figures for other, figures in known)
        ]

    @property
    def headings(self) -> list[str]:
        """Of the columns after the name."""
        return [f"{tr(_FIGURES[figure])} ({split})" for split, figure in self._columns]

    @property
    def rows(self) -> list[tuple[str, list[float]]]:
        """Name and figures of each network; NaN where it was not evaluated."""
        return [
            (
                name,
                [
                    evaluations[split].figures[figure] if split in evaluations else math.nan
                    for split, figure in self._columns
                ],
            )
            for name, evaluations in self.networks.items()
        ]
