"""Rules for positions: how many, in which splits, how far apart."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.splits import FEATURE_WAYS
from ..language import tr
from ..options import PATCH_EDGES
from ..rasters.grid import Window
from ..rasters.sources import Sources
from ..runtime.checks import check_choice, check_fractions, check_minimum, check_seed
from ..runtime.numbers import ceil_div
from .centres import Lattice, PatchCentres
from .strategies import Strategy

_PATCHES_PER_BLOCK = 3  # on a side of an automatic block: smaller ones leave little room beside each other
_CELLS_PER_PATCH = 4  # on a side
_MAX_CELLS, _MAX_BLOCKS = 30_000, 20_000  # of a raster, however large


@dataclass(frozen=True)
class Rules:
    """How many positions there are, in which splits, and how far apart.

    All lengths are in pixels of the reference.

    Args:
        patch_size: side of the patches.
        strategy: how many positions are drawn from each class.
        count: number of positions that the strategy is given.
        split: one of `options.SPLIT_WAYS`.
        valid_fraction: share of the positions to choose the best network with.
        test_fraction: share of the positions to test with.
        block_size: side of the spatial blocks; 0: automatic.
        split_buffer: minimum distance of positions of different splits; 0: the patch size, or none between features.
        min_distance: minimum distance of any two positions; 0 or 1: none.
        reject_nodata: leave out positions whose patch contains no-data.
        seed: the same seed gives the same positions.
        lattice: where patches may begin; None: everywhere.
        edges: one of `options.PATCH_EDGES`: whether patches may reach beyond the sources.

    Raises:
        InputError: a number is out of its range, or no split would get the white squares of a chessboard.
    """

    patch_size: int
    strategy: Strategy
    count: int
    split: str
    valid_fraction: float
    test_fraction: float
    block_size: int = 0
    split_buffer: int = 0
    min_distance: int = 0
    reject_nodata: bool = False
    seed: int = 0
    lattice: Lattice | None = None
    edges: str = PATCH_EDGES[0]

    def __post_init__(self) -> None:
        check_minimum(tr("patch size"), self.patch_size, 1)
        check_minimum(tr("number of positions"), self.count, 1)
        check_minimum(tr("block size"), self.block_size, 0)
        check_minimum(tr("buffer between splits"), self.split_buffer, 0)
        check_minimum(tr("minimum distance"), self.min_distance, 0)
        check_fractions(self.valid_fraction, self.test_fraction)
        check_seed(self.seed)
        check_choice(tr("edges"), self.edges, PATCH_EDGES)
        if self.split == "chessboard" and self.valid_fraction + self.test_fraction == 0:
            raise InputError(
                tr("The white squares of the chessboard would belong to no split."),
                expected=tr("a validation or test fraction above 0"),
                received=tr("0 and 0"),
            )

    @property
    def fractions(self) -> NDArray[np.float64]:
        """Shares of train, valid and test, [split]."""
        if self.split == "none":
            return np.array([1.0, 0.0, 0.0])
        return np.array([1 - self.valid_fraction - self.test_fraction, self.valid_fraction, self.test_fraction])

    @property
    def split_distance(self) -> int:
        """Minimum distance of positions of different splits."""
        return self.split_buffer or (1 if self.split in FEATURE_WAYS else self.patch_size)

    def centres(self, read: Callable[[Window], NDArray], n_codes: int, sources: Sources) -> PatchCentres:
        """What removes labels of pixels that no patch can be centred on.

        Args:
            read: codes of a window of the reference, such as class indices, [y, x].
            n_codes: how many codes there are; other values are no labels.
            sources: where the patches come from.
        """
        return PatchCentres(
            read,
            n_codes,
            sources,
            self.patch_size,
            lattice=self.lattice,
            reject_nodata=self.reject_nodata,
            inside=self.edges == "inside",
        )

    def block_side(self, region: Window) -> int:
        """Side of the blocks in a region where positions may lie."""
        distance = self.split_buffer or self.patch_size
        return self.block_size or max(_PATCHES_PER_BLOCK * distance, _side(region, _MAX_BLOCKS))

    def cell_side(self, region: Window) -> int:
        """Side of the squares that labelled pixels are counted in; only splits by block need small ones."""
        if self.split not in ("automatic", "spatial blocks", "chessboard"):
            return self.block_side(region)
        if self.lattice is not None:
            return self.lattice.step  # one position in each
        return max(1, self.split_distance // _CELLS_PER_PATCH, _side(region, _MAX_CELLS))

    def reach(self, cell_side: int) -> int:
        """Cells that are up to so many columns or rows apart may be too close for different splits.

        Positions must be 64 pixels apart, say, and cells measure 16 pixels: then pixels of cells that are 4 columns
        apart may be 49 pixels apart, and those of cells that are 5 columns apart are at least 65 apart: the reach is 4.
        On a lattice of 16 pixels they are exactly 64 pixels apart, which is enough: the reach is 3.
        """
        if self.lattice is not None:
            return (self.split_distance - 1) // cell_side
        return ceil_div(self.split_distance, cell_side)


def _side(region: Window, count: int) -> int:
    """Side of squares of which about ``count`` cover a region."""
    return math.isqrt(region.width * region.height // count)
