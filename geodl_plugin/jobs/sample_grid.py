"""Patch positions at regular steps over an image."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..labels.geometries import read_areas
from ..labels.label_raster import label_source
from ..operations import InputPath, OutputPath
from ..options import GRID_STRATEGIES, PATCH_SIZE, TEST_FRACTION, VALID_FRACTION
from ..rasters.grid import Grid, Window
from ..rasters.sources import Sources
from ..runtime.checks import check_choice, check_minimum, check_seed
from ..runtime.numbers import round_up
from ..runtime.reporter import Reporter
from ..sampling.drawing import Rules, sample
from ..sampling.places import Lattice
from ..sampling.positions import check_output
from . import Job
from .sampling import save
from .sources import rasters_of

_SPLITS = {"split": "spatial blocks", "all": "none", "chessboard": "chessboard"}
_BLOCK_PATCHES = 3


@dataclass
class SampleGrid(Job):
    """Lay patches at regular steps over an image, whether it is labelled or not, and split them.

    Args:
        source1: rasters, stacked band-wise.
        output: vector file to make.
        patch_size: side of the patches in pixels.
        strategy: one of `GRID_STRATEGIES`: by spatial blocks, all to train, or by the squares of a chessboard.
        step: pixels from one patch to the next; 0: the patch size.
        offset: column and row of the first patch's first pixel, counted from the first pixel at which a pixel of each
            source begins.
        mask: vector file; patches are centred inside its features; empty: everywhere.
        mask_raster: raster; patches are centred where its first band has data other than 0; empty: everywhere.
        valid_fraction: ``split``, ``chessboard``: share of the positions to choose the best network with.
        test_fraction: ``split``, ``chessboard``: share of the positions to test with.
        block_size: side of the blocks and of the chessboard's squares in pixels; 0: automatic.
        split_buffer: least distance of positions of different splits in pixels; 0: the patch size.
        source2: rasters of another source, which patches must lie in, too; empty: none.
        source3: the same.
        source4: the same.
        resample: read sources whose grid does not nest in that of source 1 as if they lay on it.
        reject_nodata: take no position whose patch holds a no-data value in any band of any source.
        seed: the same seed gives the same split.
        mask_name: what the user calls the mask, for messages.
    """

    NAME: ClassVar = "samplegrid"
    NEEDS_TENSORFLOW: ClassVar = False

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

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("strategy", self.strategy, GRID_STRATEGIES)
        check_minimum("patch size", self.patch_size, 1)
        check_minimum("step", self.step, 0)
        check_minimum("offset", self.offset, 0)
        check_seed(self.seed)
        if self.mask and self.mask_raster:
            raise InputError("There is more than one mask.", expected="a vector layer or a raster", received="both")
        sources = Sources.open(rasters_of(self), resample=self.resample)
        step, (col, row) = self.step or self.patch_size, sources.phase
        _check_nests("The step", self.step, sources)
        _check_nests("The offset", self.offset, sources)
        rules = Rules(
            patch_size=self.patch_size,
            strategy="grid",
            count=1,
            split=_SPLITS[self.strategy],
            valid_fraction=self.valid_fraction,
            test_fraction=self.test_fraction,
            block_size=self.block_size or self._block_size(step),
            split_buffer=self.split_buffer,
            reject_nodata=self.reject_nodata,
            seed=self.seed,
            lattice=Lattice(step, col + self.offset, row + self.offset),
        )
        grid = sources.reference.grid
        check_output(self.output, grid)
        classes = ClassList.from_values([1])
        name = self.mask_name or self.mask or self.mask_raster or "the image"
        found = sample(self._mask(grid, reporter), classes, sources, rules, reporter, name=name)
        return save(found, self.output, classes, grid, reporter)

    def _block_size(self, step: int) -> int:
        """Squares of one patch where patches lie apart; else whole steps that hold several patches; 0: automatic."""
        if self.strategy != "chessboard":
            return 0
        apart = step >= (self.split_buffer or self.patch_size)
        return step if apart else round_up(_BLOCK_PATCHES * self.patch_size, step)

    def _mask(self, grid: Grid, reporter: Reporter) -> Callable[[Window], NDArray]:
        """Reads 0 where patches may be centred and 1 elsewhere."""
        if self.mask:
            inside = read_areas(self.mask, grid, reporter, name=self.mask_name)
            return lambda window: (~inside(window)).astype(np.uint8)
        if self.mask_raster:
            source = label_source(self.mask_raster, grid)

            def read(window: Window) -> NDArray:
                values = source.read(window)
                return (source.is_nodata_value(values)[..., 0] | (values[..., 0] == 0)).astype(np.uint8)

            return read
        return lambda window: np.zeros(window.shape, np.uint8)


def _check_nests(name: str, value: int, sources: Sources) -> None:
    """Raise `InputError` if so many pixels are no whole number of pixels of each source."""
    beyond = value % sources.step
    if beyond:
        raise InputError(
            f"{name} does not fit to the sources.",
            expected=f"a multiple of {sources.step} pixels, such as {value + sources.step - beyond}, so that all "
            "patches cover the same ground in every source",
            received=str(value),
        )
