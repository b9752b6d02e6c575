"""Sample patch positions from labelled geometries."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from ..labels.geometries import LabelledGeometries, check_class_field_given, read_labels
from ..language import tr
from ..operations import operation
from ..operations.sources import open_sources
from ..rasters.grid import Grid, tiles
from ..runtime.reporter import Reporter
from .automatic import Parts
from .drawing import draw_positions
from .positions import check_writable
from .request import LabelSamplingRequest
from .result import SamplingResult, save

_TILE = 2048


@dataclass
class SampleVectorRequest(LabelSamplingRequest):
    """Sample patch positions inside labelled geometries: polygons, lines or points of a vector file, the input.

    Args:
        class_field: field of integers or text.
        split_field: for the split ``by field``: text field with train, valid or test.
        one_class: all features are of one class; there is no class field.
    """

    class_field: str = ""
    split_field: str = ""
    one_class: bool = False


@dataclass(frozen=True)
class SampleVectorResult(SamplingResult):
    """Positions in a file, and how many there are.

    Args:
        count_overlap: pixels that lie in several features.
    """

    count_overlap: int


@operation
def sample_vector(request: SampleVectorRequest, reporter: Reporter) -> SampleVectorResult:
    """Sample patch positions inside the polygons, lines or points of a vector file.

    Args:
        request: the images, the labels, and the parameters of sampling.
        reporter: receives progress and warnings; may be left out.

    Returns:
        The file of points that was made, and the numbers of positions.

    Raises:
        InputError: a parameter or a file is invalid, or nothing is left to train with.
    """
    rules = request.rules()
    if (request.split == "by field") != bool(request.split_field):
        raise InputError(
            tr("The split and the split field contradict each other."),
            expected=tr("a field (SPLIT_FIELD) if the split is by field, and none otherwise"),
            received=tr("the split {split} and the field {split_field}").format(
                split=request.split, split_field=request.split_field or tr("none")
            ),
        )
    check_class_field_given(request.input, request.class_field, one=request.one_class, name=request.input_name)
    sources = open_sources(request)
    grid = sources.reference.grid
    check_writable(request.output, grid)
    name = request.input_name or request.input
    labels = read_labels(
        request.input,
        request.class_field,
        grid,
        reporter,
        name=request.input_name,
        split_field=request.split_field,
        keep_tiny=rules.strategy.KEEPS_TINY,
    )
    if request.class_field and len(labels.classes) < 2:
        raise InputError(
            tr("The field {class_field} of the layer {name} has one class only.").format(
                class_field=request.class_field, name=name
            ),
            expected=tr("two classes or more within the raster"),
            received=tr("only {names}").format(names=labels.classes.names[0]),
            remedy=tr("Choose another field, or ONE_CLASS if all features are of one class."),
        )
    overlap = _count_overlap(labels, grid, name, reporter)
    read_split = labels.split_burner(grid) if request.split_field else None
    drawn = draw_positions(
        labels.burner(grid),
        labels.classes,
        sources,
        rules,
        reporter,
        name=name,
        read_split=read_split,
        parts=Parts(labels.part_burner(grid), labels.class_of_part),
    )
    saved = save(drawn, request.output, labels.classes, grid, reporter, text_classes=labels.text_classes)
    return SampleVectorResult(**vars(saved), count_overlap=overlap)


def _count_overlap(labels: LabelledGeometries, grid: Grid, name: str, reporter: Reporter) -> int:
    """The number of pixels that lie in several features; a warning if there are any."""
    count = labels.overlap_counter(grid)
    overlap = 0
    for tile in tiles(grid.window, _TILE):
        overlap += count(tile)
        reporter.check_cancelled()
    if overlap:
        reporter.warning(
            tr("{overlap} pixels lie in several features of {name}: the later feature counts.").format(
                overlap=overlap, name=name
            )
        )
    return overlap
