"""Sample patch positions from a label raster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..errors import InputError
from ..labels.label_raster import read_label_raster
from ..language import tr
from ..operations import operation
from ..operations.sources import open_sources
from ..options import RASTER_SPLIT_WAYS
from ..runtime.reporter import Reporter
from .drawing import draw_positions
from .positions import check_writable
from .request import LabelSamplingRequest
from .result import SamplingResult, save


@dataclass
class SampleLabelRasterRequest(LabelSamplingRequest):
    """Sample patch positions at the labelled pixels of a raster.

    The input is a raster with one band of class values; on another grid than source 1 it is resampled to the nearest
    pixel.  It cannot be split by features or by field.
    """

    ALLOWED_SPLITS: ClassVar[tuple[str, ...]] = RASTER_SPLIT_WAYS


@operation
def sample_label_raster(request: SampleLabelRasterRequest, reporter: Reporter) -> SamplingResult:
    """Sample patch positions at the labelled pixels of a raster.

    Args:
        request: the images, the labels, and the parameters of sampling.
        reporter: receives progress and warnings; may be left out.

    Returns:
        The file of points that was made, and the numbers of positions.

    Raises:
        InputError: a parameter or a file is invalid, or nothing is left to train with.
    """
    rules = request.rules()
    sources = open_sources(request)
    grid = sources.reference.grid
    check_writable(request.output, grid)
    name = request.input_name or request.input
    classes, read = read_label_raster(request.input, grid, reporter)
    if len(classes) < 2:
        raise InputError(
            tr("The raster {name} has one class only.").format(name=name),
            expected=tr("two classes or more within the image; no-data is no class"),
            received=tr("only {names}").format(names=classes.names[0]),
        )
    drawn = draw_positions(read, classes, sources, rules, reporter, name=name)
    return save(drawn, request.output, classes, grid, reporter)
