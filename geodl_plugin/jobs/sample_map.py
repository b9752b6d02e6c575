"""Draw a sample of a map to judge it by."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..fieldwork.sample_map import SampleMapRequest, sample_map
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class SampleMap(SampleMapRequest, Job):
    """`fieldwork.sample_map` as a job."""

    NAME: ClassVar = "samplemap"
    NEEDS_TENSORFLOW: ClassVar = False

    def run(self, reporter: Reporter) -> dict[str, Any]:
        return dataclasses.asdict(sample_map(self, reporter))
