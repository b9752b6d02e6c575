"""The job that merges dataset folders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ..datasets.merging import MergeRequest, merge
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class MergeDatasets(MergeRequest, Job):
    """Merge dataset folders of several scenes into one: see `MergeRequest`."""

    NAME: ClassVar = "mergedatasets"
    NEEDS_TENSORFLOW: ClassVar = True

    def run(self, reporter: Reporter) -> dict[str, Any]:
        result = merge(self, reporter)
        description = result.description
        return {
            "output": result.output,
            "counts": description.counts,
            "classes": description.classes.names,
            "scenes": [scene["name"] for scene in description.provenance["scenes"]],
        }
