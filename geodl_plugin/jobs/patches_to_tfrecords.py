"""The job that converts patches images to TFRecords."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ..datasets.patch_conversion import ConvertRequest, convert_patches
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class PatchesToTFRecords(ConvertRequest, Job):
    """Convert patches images to TFRecords: see `ConvertRequest`."""

    NAME: ClassVar = "patchestotfrecords"
    NEEDS_TENSORFLOW: ClassVar = True

    def run(self, reporter: Reporter) -> dict[str, Any]:
        result = convert_patches(self, reporter)
        description = result.description
        return {"output": result.output, "counts": description.counts, "classes": description.classes.names}
