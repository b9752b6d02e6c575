"""The sources that a request names."""

from __future__ import annotations

from typing import Protocol

from ..rasters.sources import Sources


class HasSources(Protocol):
    """A request with fields for up to four sources, each a list of rasters that are stacked band-wise."""

    source1: list[str]
    source2: list[str]
    source3: list[str]
    source4: list[str]


class HasResampledSources(HasSources, Protocol):
    """A request that also says whether sources whose grids do not nest are resampled."""

    resample: bool


def rasters_of(request: HasSources) -> list[list[str]]:
    """The rasters of each source, [source][raster]; those of a source that is not given are an empty list."""
    return [request.source1, request.source2, request.source3, request.source4]


def open_sources(request: HasResampledSources, *, nodata: float | None = None) -> Sources:
    """Open the rasters of a request.

    Args:
        request: names the rasters of up to four sources.
        nodata: no-data value of bands that do not declare one; None: they have none.

    Returns:
        The sources, named ``source1``, ``source2``…; the first is the reference.

    Raises:
        InputError: a raster cannot be read, or the grids do not nest and are not to be resampled.
    """
    return Sources.open(rasters_of(request), resample=request.resample, nodata=nodata)
