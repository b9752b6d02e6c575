"""The sources that a job names."""

from __future__ import annotations

from typing import Protocol


class HasSources(Protocol):
    """A job with fields for up to four sources, each a list of rasters that are stacked band-wise."""

    source1: list[str]
    source2: list[str]
    source3: list[str]
    source4: list[str]


def rasters_of(job: HasSources) -> list[list[str]]:
    """The rasters of each source, [source][raster]; those of a source that is not given are an empty list."""
    return [job.source1, job.source2, job.source3, job.source4]
