"""The job that extracts patches into a patches image."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from ..datasets.patch_extraction import ExtractRequest, extract_patches
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class ExtractPatches(ExtractRequest, Job):
    """Extract patches into a patches image: see `ExtractRequest`."""

    NAME: ClassVar = "extractpatches"
    NEEDS_TENSORFLOW: ClassVar = False

    def run(self, reporter: Reporter) -> dict[str, Any]:
        return dataclasses.asdict(extract_patches(self, reporter))
