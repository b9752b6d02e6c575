"""Count what is labelled, class by class."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..language import tr
from ..operations import OutputPath
from ..reports import render
from ..runtime import files
from ..runtime.reporter import Reporter
from ..sampling.class_statistics import ClassStatisticsRequest, class_statistics
from . import Job


@dataclass
class ClassStatistics(ClassStatisticsRequest, Job):
    """`sampling.class_statistics` as a job, with a report.

    Args:
        report: HTML file to make; empty: none.
        source_name: what the user calls the raster.
    """

    NAME: ClassVar = "classstatistics"
    NEEDS_TENSORFLOW: ClassVar = False

    report: OutputPath = ""
    source_name: str = ""

    def measures_areas(self) -> bool:
        return bool(self.report)

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        found = class_statistics(self, reporter)
        if self.report:
            html = render(
                "class_statistics.html",
                title=tr("Classes of {labels}").format(
                    labels=self.input_name or Path(self.input or self.input_raster).name
                ),
                input_name=self.input_name or Path(self.input or self.input_raster).name,
                source_name=self.source_name or Path(self.source).name,
                classes=found.classes.classes,
                features=None if found.features is None else found.features.tolist(),
                pixels=found.pixels.tolist(),
                shares=found.shares.tolist(),
                labelled=found.labelled_share,
                hectares=None if found.hectares is None else found.hectares.tolist(),
                warnings=found.warnings(),
            )
            files.write_text(self.report, html)
        return {
            "report": self.report,
            "classes": len(found.classes),
            "pixels": int(found.pixels.sum()),
            "pixels_of_smallest_class": int(found.pixels.min()),
            "overlap": found.overlap,
            "text": found.as_text(),
        }
