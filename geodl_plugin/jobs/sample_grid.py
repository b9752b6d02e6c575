"""Patch positions at regular steps over an image."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..runtime.reporter import Reporter
from ..sampling.sample_grid import SampleGridRequest, sample_grid
from . import Job


@dataclass
class SampleGrid(SampleGridRequest, Job):
    """`sampling.sample_grid` as a job."""

    NAME: ClassVar = "samplegrid"
    NEEDS_TENSORFLOW: ClassVar = False

    def run(self, reporter: Reporter) -> dict[str, Any]:
        return dataclasses.asdict(sample_grid(self, reporter))
