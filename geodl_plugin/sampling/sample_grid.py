"""Patch positions at regular steps over an image."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.geometries import read_areas
from ..labels.label_raster import label_source
from ..language import tr
from ..operations import InputPath, OutputPath, Request, operation
from ..operations.sources import open_sources
from ..options import GRID_STRATEGIES, PATCH_SIZE, TEST_FRACTION, VALID_FRACTION
from ..rasters.grid import Grid, Window
from ..rasters.sources import Sources
from ..runtime.checks import check_choice, check_minimum, check_seed
from ..runtime.numbers import round_up
from ..runtime.reporter import Reporter
from .centres import Lattice
from .drawing import draw_positions
from .positions import check_writable
from .result import SamplingResult, save
from .rules import Rules
from .strategies.side_by_side import SideBySide

_SPLITS = {"split": "spatial blocks", "all": "none", "chessboard": "chessboard"}
_PATCHES_PER_SQUARE = 3  # on a side, where patches overlap


@dataclass
class SampleGridRequest(Request):
    """Lay patches at regular steps over an image, whether it is labelled or not, and split them.

    Args:
        source1: rasters, stacked band-wise: the reference, whose pixels all lengths count.
        output: vector file of points to make.
        patch_size: side of the patches in pixels.
        strategy: one of `options.GRID_STRATEGIES`: by spatial blocks, all to train, or by the squares of a chessboard.
        step: pixels from one patch to the next; 0: the patch size.
        offset: column and row of the first patch's first pixel, counted from the first pixel at which a pixel of each
            source begins.
        mask: vector file; patches are centred inside its features; empty: everywhere.
        mask_raster: raster; patches are centred where its first band has data other than 0; empty: everywhere.
        valid_fraction: ``split``, ``chessboard``: share of the positions to choose the best network with, 0…1.
        test_fraction: ``split``, ``chessboard``: share of the positions to test with, 0…1.
        block_size: side of the blocks and of the chessboard's squares in pixels; 0: automatic.
        split_buffer: minimum distance of positions of different splits in pixels; 0: the patch size.
        source2: rasters of another source, which patches must lie in, too; empty: none.
        source3: the same.
        source4: the same.
        resample: read sources whose grid does not nest in that of source 1 as if they lay on it.
        reject_nodata: leave out positions whose patch contains a no-data value in any band of any source.
        seed: the same seed gives the same split.
        mask_name: what the user calls the mask, for messages.
    """

    source1: list[InputPath]
    output: OutputPath
    patch_size: int = PATCH_SIZE
    strategy: str = GRID_STRATEGIES[0]
    step: int = 0
    offset: int = 0
    mask: InputPath = ""
    mask_raster: InputPath = ""
    valid_fraction: float = VALID_FRACTION
    test_fraction: float = TEST_FRACTION
    block_size: int = 0
    split_buffer: int = 0
    source2: list[InputPath] = field(default_factory=list)
    source3: list[InputPath] = field(default_factory=list)
    source4: list[InputPath] = field(default_factory=list)
    resample: bool = False
    reject_nodata: bool = False
    seed: int = 0
    mask_name: str = ""


@operation
def sample_grid(request: SampleGridRequest, reporter: Reporter) -> SamplingResult:
    """Lay patches at regular steps over an image, and split them.

    Args:
        request: the images, the mask, and the parameters of sampling.
        reporter: receives progress and warnings; may be left out.

    Returns:
        The file of points that was made, and the numbers of positions.

    Raises:
        InputError: a parameter or a file is invalid, or nothing is left to train with.
    """
    check_choice(tr("strategy"), request.strategy, GRID_STRATEGIES)
    check_minimum(tr("patch size"), request.patch_size, 1)
    check_minimum(tr("step"), request.step, 0)
    check_minimum(tr("offset"), request.offset, 0)
    check_seed(request.seed)
    if request.mask and request.mask_raster:
        raise InputError(
            tr("There is more than one mask."), expected=tr("either a vector layer or a raster"), received=tr("both")
        )
    sources = open_sources(request)
    step, (col, row) = request.step or request.patch_size, sources.phase
    _check_nests(tr("step"), request.step, sources)
    _check_nests(tr("offset"), request.offset, sources)
    rules = Rules(
        patch_size=request.patch_size,
        strategy=SideBySide(),
        count=1,
        split=_SPLITS[request.strategy],
        valid_fraction=request.valid_fraction,
        test_fraction=request.test_fraction,
        block_size=request.block_size or _block_size(request, step),
        split_buffer=request.split_buffer,
        reject_nodata=request.reject_nodata,
        seed=request.seed,
        edges="inside",
        lattice=Lattice(step, col + request.offset, row + request.offset),
    )
    grid = sources.reference.grid
    check_writable(request.output, grid)
    classes = ClassList.from_values([1])
    name = request.mask_name or request.mask or request.mask_raster or tr("the image")
    drawn = draw_positions(_mask(request, grid, reporter), classes, sources, rules, reporter, name=name)
    return save(drawn, request.output, classes, grid, reporter)


def _block_size(request: SampleGridRequest, step: int) -> int:
    """Side of a chessboard's squares: one step, or whole steps for several patches if patches overlap; 0: automatic."""
    if request.strategy != "chessboard":
        return 0
    are_apart = step >= (request.split_buffer or request.patch_size)
    return step if are_apart else round_up(_PATCHES_PER_SQUARE * request.patch_size, step)


def _mask(request: SampleGridRequest, grid: Grid, reporter: Reporter) -> Callable[[Window], NDArray]:
    """A function that gives 0 for the pixels of a window that patches may be centred on, and 1 for others, [y, x]."""
    if request.mask:
        inside = read_areas(request.mask, grid, reporter, name=request.mask_name)
        return lambda window: (~inside(window)).astype(np.uint8)
    if request.mask_raster:
        source = label_source(request.mask_raster, grid)

        def read(window: Window) -> NDArray:
            values = source.read(window)
            return (source.is_nodata_value(values)[..., 0] | (values[..., 0] == 0)).astype(np.uint8)

        return read
    return lambda window: np.zeros(window.shape, np.uint8)


def _check_nests(name: str, value: int, sources: Sources) -> None:
    """Raise `InputError` if a number of pixels is not a whole number of pixels of each source."""
    beyond = value % sources.step
    if beyond:
        raise InputError(
            tr("Invalid {name}.").format(name=name),
            expected=tr(
                "a multiple of {step} pixels, such as {example}, so that all patches cover the same ground in every "
                "source"
            ).format(step=sources.step, example=value + sources.step - beyond),
            received=str(value),
        )
