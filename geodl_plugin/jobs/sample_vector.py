"""Sample patch positions from labelled geometries."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..runtime.reporter import Reporter
from ..sampling.sample_vector import SampleVectorRequest, sample_vector
from . import Job


@dataclass
class SampleVector(SampleVectorRequest, Job):
    """`sampling.sample_vector` as a job."""

    NAME: ClassVar = "samplevector"
    NEEDS_TENSORFLOW: ClassVar = False

    def run(self, reporter: Reporter) -> dict[str, Any]:
        return dataclasses.asdict(sample_vector(self, reporter))
