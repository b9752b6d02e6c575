"""Suggest where to label next."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..fieldwork.suggest_positions import SuggestPositionsRequest, suggest_positions
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class SuggestPositions(SuggestPositionsRequest, Job):
    """`fieldwork.suggest_positions` as a job."""

    NAME: ClassVar = "suggestpositions"
    NEEDS_TENSORFLOW: ClassVar = False

    def run(self, reporter: Reporter) -> dict[str, Any]:
        return dataclasses.asdict(suggest_positions(self, reporter))
