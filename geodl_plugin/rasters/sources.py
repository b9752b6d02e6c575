"""The sources of a network: the windows and patches of each on the ground of those of the first.

Source 1 is the reference: positions are its pixels, and patch sizes count its pixels.  The pixels of the others are a
whole number of times as large or as small, and share edges with those of the reference, so that a patch covers the
same ground in each of them (`nesting`).  Sources that do not nest like that are refused, or resampled.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from .coverage import covered
from .grid import Window
from .nesting import Nesting, Pixels, common_phase
from .opening import describe_grid
from .raster import Source
from .resampling import resampled


class Sources:
    """The inputs of a network; source 1 is the reference.

    Args:
        sources: all sources, the reference first.
        resample: read sources whose grid does not nest as if they lay on the reference's grid, bilinearly.

    Attributes:
        reference: source 1.
        files: the rasters of each source that the user chose; a resampled source has others.
        ratios: pixel size of each source divided by that of the reference.
        step: patches that cover the same ground in every source begin so many columns and rows of the reference apart;
            1 if no source is coarser than the reference.
        phase: column and row at which the first of them begins, each less than ``step``.

    Raises:
        InputError: a grid does not nest, or cannot be resampled.
    """

    def __init__(self, sources: Sequence[Source], *, resample: bool = False) -> None:
        self.reference = sources[0]
        self.files = [list(source.paths) for source in sources]
        self._sources: list[Source] = []
        self._nestings: list[Nesting] = []
        self._areas: list[Window] = []  # the part of each source that has values, in its own pixels
        for given in sources:
            source, area = given, given.grid.window
            nesting = Nesting.between(self.reference.grid, given.grid)
            if nesting is None:
                if not resample:
                    raise _does_not_nest(self.reference, given)
                area = covered(self.reference.grid, given)
                source = resampled(given, self.reference.grid, "bilinear")
                nesting = Nesting(Fraction(1), 0, 0)
            self._sources.append(source)
            self._nestings.append(nesting)
            self._areas.append(area)
        self.ratios = [nesting.ratio for nesting in self._nestings]
        self.step = math.lcm(*(nesting.coarser for nesting in self._nestings))
        coarser = [nesting for nesting in self._nestings if nesting.ratio > 1]
        col = common_phase([(nesting.coarser, nesting.col) for nesting in coarser], self.step)
        row = common_phase([(nesting.coarser, nesting.row) for nesting in coarser], self.step)
        if col is None or row is None:
            raise InputError(
                tr("The grids of the sources do not nest in each other."),
                expected=tr(
                    "coarse pixels whose edges meet, so that patches can cover the same ground in every source"
                ),
                received=", ".join(f"{source.name}: {describe_grid(source.grid)}" for source in self._sources),
                remedy=tr(
                    "Choose to resample (RESAMPLE), or bring the sources to one grid first, with Warp (reproject)."
                ),
            )
        self.phase = col, row

    @classmethod
    def open(cls, rasters: Sequence[Sequence[str]], *, resample: bool = False, nodata: float | None = None) -> Sources:
        """Open rasters as sources with the names ``source1``, ``source2`` and so on.

        Args:
            rasters: of each source, stacked band-wise; a source beyond the first that has none is left out.
            resample: read sources whose grid does not nest in that of the first as if they lay on it.
            nodata: no-data value of bands that have none of their own; None: they have none.

        Returns:
            The sources.

        Raises:
            InputError: a raster cannot be used, or its grid does not nest.
        """
        named = {f"source{number}": paths for number, paths in enumerate(rasters, start=1)}
        return cls(
            [Source(name, paths, nodata=nodata) for name, paths in named.items() if paths or name == "source1"],
            resample=resample,
        )

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def __getitem__(self, index: int) -> Source:
        return self._sources[index]

    def use_threads(self, count: int) -> None:
        """Read each source with several threads from now on.

        Args:
            count: number of threads for each source.

        Raises:
            InputError: a raster cannot be opened any more.
        """
        for source in self:
            source.use_threads(count)

    def close(self) -> None:
        """Close all files; nothing can be read any more."""
        for source in self:
            source.close()

    def patch_size(self, index: int, size: int) -> int:
        """Side of the patches of a source that cover the ground of the reference's patches.

        Args:
            index: number of the source, from 0.
            size: side of the patches in pixels of the reference.

        Returns:
            The side in pixels of the source.

        Raises:
            InputError: it is not a whole number.
        """
        own = size / self.ratios[index]
        if own.denominator != 1:
            times = self.ratios[index].numerator
            raise InputError(
                tr("Invalid patch size for the source {name}.").format(name=self._sources[index].name),
                expected=tr(
                    "a multiple of {times}, since its pixels are {times} times as large as those of the first source"
                ).format(times=times),
                received=str(size),
            )
        return int(own)

    def pixels(self, index: int, cols: NDArray, rows: NDArray) -> Pixels:
        """The pixels of a source that hold the centres of pixels of the reference.

        For patches take `corners`: the patch of even size around such a pixel lies half a pixel of the reference
        beside the reference's own if the source is finer.

        Args:
            index: number of the source, from 0.
            cols: columns of the reference, of any shape.
            rows: rows, likewise.

        Returns:
            Columns and rows of the source.
        """
        return self._nestings[index].pixels(cols, rows)

    def corners(self, index: int, cols: NDArray, rows: NDArray, size: int) -> Pixels:
        """The first pixels of a source's patches around pixels of the reference.

        They cover the ground of the reference's patches to the pixel where `nests` holds.  Elsewhere the patch is
        the one around the pixel that holds the position, as in OTBTF.

        Args:
            index: number of the source, from 0.
            cols: columns of the reference, of any shape.
            rows: rows, likewise.
            size: side of the patches in pixels of the reference.

        Returns:
            Columns and rows of the source.

        Raises:
            InputError: the source has no patches of that size.
        """
        self.patch_size(index, size)
        return self._nestings[index].corners(cols, rows, size)

    def window(self, index: int, window: Window) -> Window:
        """The pixels of a source on the ground of a window of the reference.

        Args:
            index: number of the source, from 0.
            window: its edges are edges of the source's pixels; these lie ``step`` pixels of the reference apart, from
                ``phase`` on.
        """
        return self._nestings[index].window(window)

    @property
    def common(self) -> Window:
        """The pixels of the reference that lie inside every source; width or height is 0 if there is none."""
        found = self.reference.grid.window
        for nesting, area in zip(self._nestings, self._areas):
            found = found.intersection(nesting.inside(area))
        return found

    def nests(self, cols: NDArray, rows: NDArray, size: int) -> NDArray[np.bool_]:
        """Around which pixels of the reference a patch covers the same ground in every source.

        Args:
            cols: columns of the reference, of any shape.
            rows: rows, likewise.
            size: side of the patches in pixels of the reference.
        """
        first_cols, first_rows = np.asarray(cols) - size // 2, np.asarray(rows) - size // 2
        return ((first_cols - self.phase[0]) % self.step == 0) & ((first_rows - self.phase[1]) % self.step == 0)

    def cover(self, cols: NDArray, rows: NDArray) -> NDArray[np.bool_]:
        """Which pixels of the reference lie in every source.

        Args:
            cols: columns of the reference, of any shape.
            rows: rows, likewise.
        """
        col, row, width, height = self.common
        return (cols >= col) & (cols < col + width) & (rows >= row) & (rows < row + height)

    def fits(self, cols: NDArray, rows: NDArray, size: int) -> NDArray[np.bool_]:
        """Around which pixels of the reference a patch lies inside every source.

        Args:
            cols: columns of the reference, of any shape.
            rows: rows, likewise.
            size: side of the patches in pixels of the reference.

        Raises:
            InputError: a source has no patches of that size.
        """
        inside = np.ones(np.broadcast(cols, rows).shape, bool)
        for index, area in enumerate(self._areas):
            own = self.patch_size(index, size)
            left, top = self.corners(index, cols, rows, size)
            inside &= (left >= area.col) & (left + own <= area.col + area.width)
            inside &= (top >= area.row) & (top + own <= area.row + area.height)
        return inside


def _does_not_nest(reference: Source, source: Source) -> InputError:
    return InputError(
        tr("The pixels of the source {source} do not nest in those of {reference}.").format(
            source=source.name, reference=reference.name
        ),
        expected=tr(
            "pixels a whole number of times as large or as small as those of {name}, with common edges, in the same "
            "CRS: {grid}"
        ).format(name=reference.name, grid=describe_grid(reference.grid)),
        received=f"{describe_grid(source.grid)}, {source.paths[0]}",
        remedy=tr("Choose to resample (RESAMPLE), or bring both to one grid first, with Warp (reproject)."),
    )
