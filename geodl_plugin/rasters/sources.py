"""Several sources of one network: where the patches of one lie in the others.

Source 1 is the reference: positions are its pixels and patch sizes count its pixels.  The pixels of the others
are so many times as large, or so many times as small, and their edges meet those of the reference, so that a patch
covers the same ground in each of them.  Sources that do not nest like that are refused, or resampled.
"""

from __future__ import annotations

import math
import uuid
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..errors import InputError
from .coordinates import to_grid_crs
from .crs import name_of, same_crs
from .grid import Grid, Window
from .raster import Source, open_raster

MOST = 4  # that jobs offer
_TOLERANCE = 1e-3  # pixels
_MESH = np.linspace(0, 1, 33)  # where a raster and its edges are looked at
Pixels = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True)
class _Nesting:
    """How the pixels of a source lie in or around those of the reference.

    Args:
        ratio: pixel size of the source divided by that of the reference.
        col: column of the reference's corner, counted from the source's in pixels of the finer of both.
        row: the same of the row.
    """

    ratio: Fraction
    col: int
    row: int


class Sources:
    """The inputs of a network; source 1 is the reference.

    Args:
        sources: all sources, the reference first.
        resample: read sources whose grid does not nest as if they lay on the reference's grid, bilinearly.

    Attributes:
        ratios: pixel size of each source divided by that of the reference.
        step: the first pixels of patches that cover the same ground in every source are so many columns and rows
            apart; 1 if no source is coarser than the reference.
        phase: column and row of the first such pixel, each less than ``step``.
        files: the rasters of each source that the user chose; a resampled source has others.

    Raises:
        InputError: a grid does not nest, or cannot be resampled.
    """

    def __init__(self, sources: Sequence[Source], *, resample: bool = False) -> None:
        self.reference = sources[0]
        self.files = [list(source.paths) for source in sources]
        self._sources: list[Source] = []
        self._nestings: list[_Nesting] = []
        self._areas: list[Window] = []  # what of each source has values, in its own pixels
        for source in sources:
            nesting = _nesting(self.reference.grid, source.grid)
            area = source.grid.window
            if nesting is None:
                if not resample:
                    raise _does_not_nest(self.reference, source)
                area = covered(self.reference.grid, source)
                source = resampled(source, self.reference.grid, "bilinear")  # noqa: PLW2901
                nesting = _Nesting(Fraction(1), 0, 0)
            self._sources.append(source)
            self._nestings.append(nesting)
            self._areas.append(area)
        self.ratios = [nesting.ratio for nesting in self._nestings]
        self.step = math.lcm(*(max(1, int(ratio)) for ratio in self.ratios))
        self.phase = self._phase(0), self._phase(1)

    @classmethod
    def open(cls, rasters: Sequence[Sequence[str]], *, resample: bool = False, nodata: float | None = None) -> Sources:
        """Open rasters as sources with the names ``source1``, ``source2``…

        Args:
            rasters: of each source, stacked band-wise; a source beyond the first that has none is left out.
            resample: read sources whose grid does not nest in that of the first as if they lay on it.
            nodata: what means no data in bands that do not say it; None: nothing.
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

    def patch_size(self, index: int, size: int) -> int:
        """Side of the patches of a source that cover the ground of ``size`` pixels of the reference.

        Raises:
            InputError: it is no whole number.
        """
        own = size / self.ratios[index]
        if own.denominator != 1:
            raise InputError(
                f"The patch size does not fit to the source {self._sources[index].name}.",
                expected=f"a multiple of {self.ratios[index].numerator}, since its pixels are so many times as large",
                received=str(size),
            )
        return int(own)

    def pixels(self, index: int, cols: NDArray, rows: NDArray) -> Pixels:
        """The pixels of a source that hold the centres of pixels of the reference.

        For patches take `corners`: the patch of even size around such a pixel lies half a pixel of the reference
        beside the reference's own if the source is finer.
        """
        nesting = self._nestings[index]
        return _holding(cols, nesting.col, nesting.ratio), _holding(rows, nesting.row, nesting.ratio)

    def corners(self, index: int, cols: NDArray, rows: NDArray, size: int) -> Pixels:
        """The first pixels of a source's patches, whose positions are pixels of the reference.

        They cover the ground of the reference's patches to the pixel where `nests` holds.  Elsewhere the patch is
        the one around the pixel that holds the position, as in OTBTF.
        """
        nesting = self._nestings[index]
        own = self.patch_size(index, size)
        if nesting.ratio >= 1:
            found = self.pixels(index, cols, rows)
            return found[0] - own // 2, found[1] - own // 2
        finer = nesting.ratio.denominator
        return (
            (np.asarray(cols, np.int64) - size // 2) * finer + nesting.col,
            (np.asarray(rows, np.int64) - size // 2) * finer + nesting.row,
        )

    def window(self, index: int, window: Window) -> Window:
        """The pixels of a source on the ground of a window of the reference, whose edges are edges of its pixels.

        These lie ``step`` pixels of the reference apart, from ``phase`` on.
        """
        nesting = self._nestings[index]
        if nesting.ratio >= 1:
            times = int(nesting.ratio)
            col, row = (window.col + nesting.col) // times, (window.row + nesting.row) // times
            return Window(col, row, window.width // times, window.height // times)
        times = nesting.ratio.denominator
        col, row = window.col * times + nesting.col, window.row * times + nesting.row
        return Window(col, row, window.width * times, window.height * times)

    @property
    def common(self) -> Window:
        """The pixels of the reference that lie inside every source; width or height is 0 if there is none."""
        found = self.reference.grid.window
        for nesting, area in zip(self._nestings, self._areas):
            of_area, of_pixel = max(1, int(nesting.ratio)), max(1, nesting.ratio.denominator)
            edges = []
            for corner, start, count in (
                (nesting.col, area.col, area.width),
                (nesting.row, area.row, area.height),
            ):
                first = -((corner - start * of_area) // of_pixel)
                edges.append((first, ((start + count) * of_area - corner) // of_pixel - first))
            (col, width), (row, height) = edges
            found = found.intersection(Window(col, row, width, height))
        return found

    def nests(self, cols: NDArray, rows: NDArray, size: int) -> NDArray[np.bool_]:
        """Around which pixels of the reference a patch covers the same ground in every source."""
        first_cols, first_rows = np.asarray(cols) - size // 2, np.asarray(rows) - size // 2
        return ((first_cols - self.phase[0]) % self.step == 0) & ((first_rows - self.phase[1]) % self.step == 0)

    def fits(self, cols: NDArray, rows: NDArray, size: int) -> NDArray[np.bool_]:
        """Around which pixels of the reference a patch lies inside every source."""
        inside = np.ones(np.broadcast(cols, rows).shape, bool)
        for index, area in enumerate(self._areas):
            own = self.patch_size(index, size)
            left, top = self.corners(index, cols, rows, size)
            inside &= (left >= area.col) & (left + own <= area.col + area.width)
            inside &= (top >= area.row) & (top + own <= area.row + area.height)
        return inside

    def _phase(self, axis: int) -> int:
        coarser = [
            (int(nesting.ratio), (nesting.col, nesting.row)[axis]) for nesting in self._nestings if nesting.ratio > 1
        ]
        for first in range(self.step):
            if all((first + corner) % ratio == 0 for ratio, corner in coarser):
                return first
        raise InputError(
            "The grids of the sources do not nest in each other.",
            expected="coarse pixels whose edges meet, so that patches can cover the same ground in every source",
            received=", ".join(f"{source.name}: {_described(source.grid)}" for source in self._sources),
            remedy="Choose to resample (RESAMPLE), or bring the sources to one grid first, with Warp (reproject).",
        )


def _holding(places: NDArray, corner: int, ratio: Fraction) -> NDArray[np.int64]:
    places = np.asarray(places, np.int64)
    if ratio >= 1:
        return (places + corner) // int(ratio)
    return places * ratio.denominator + corner + ratio.denominator // 2


def _nesting(reference: Grid, other: Grid) -> _Nesting | None:
    """How two grids nest; None if they do not."""
    if not same_crs(reference.crs, other.crs):
        return None
    cols, rows = np.array([0.0, reference.width, 0.0]), np.array([0.0, 0.0, reference.height])
    own_cols, own_rows = other.places(*reference.ground(cols, rows))
    scale = (own_cols[1] - own_cols[0]) / reference.width
    if scale <= 0:
        return None
    times = max(1, round(max(scale, 1 / scale)))
    ratio = Fraction(times) if scale <= 1 else Fraction(1, times)
    per_pixel = float(ratio) if ratio > 1 else 1.0  # of the reference's pixels, or of the source's if they are finer
    corner = np.array([own_cols[0], own_rows[0]]) * per_pixel
    whole = np.round(corner)
    expected_cols, expected_rows = (
        whole[0] / per_pixel + cols / float(ratio),
        whole[1] / per_pixel + rows / float(ratio),
    )
    if np.abs([own_cols - expected_cols, own_rows - expected_rows]).max() * per_pixel > _TOLERANCE:
        return None
    return _Nesting(ratio, int(whole[0]), int(whole[1]))


def covered(reference: Grid, source: Source) -> Window:
    """A rectangle of pixels of a grid that lie in a source of any CRS and grid: all of them, or else a large one.

    Raises:
        InputError: there is none.
    """
    cols, rows = np.meshgrid(_MESH * reference.width, _MESH * reference.height)
    inside = _inside(reference, source.grid, cols, rows)
    if inside.all():
        return reference.window
    found = _between_edges(reference, source.grid)
    if min(found.shape) == 0:
        found = _largest(inside, reference)
    if min(found.shape) == 0:
        raise InputError(
            f"The source {source.name} and the first source do not overlap.",
            expected=f"a raster on the ground of {_described(reference)}",
            received=_described(source.grid),
        )
    return found


def _inside(reference: Grid, grid: Grid, cols: NDArray, rows: NDArray) -> NDArray[np.bool_]:
    """Which places of a grid, in its pixels, lie in another."""
    own_cols, own_rows = grid.places(*to_grid_crs(*reference.ground(cols, rows), reference.crs, grid))
    inside: NDArray[np.bool_] = (own_cols >= -_TOLERANCE) & (own_cols <= grid.width + _TOLERANCE)
    return inside & (own_rows >= -_TOLERANCE) & (own_rows <= grid.height + _TOLERANCE)


def _between_edges(reference: Grid, grid: Grid) -> Window:
    """The pixels of a grid between the edges of another: exact where both lie alike, none if they are turned."""
    zeros, ones = np.zeros(len(_MESH)), np.ones(len(_MESH))
    edges = [(zeros, _MESH), (ones, _MESH), (_MESH, zeros), (_MESH, ones)]
    cols, rows = [], []
    for edge_cols, edge_rows in edges:
        x, y = grid.ground(edge_cols * grid.width, edge_rows * grid.height)
        edge = reference.places(*to_grid_crs(x, y, grid.crs, reference))
        cols.append(edge[0])
        rows.append(edge[1])
    nothing = Window(0, 0, 0, 0)
    if not np.isfinite([cols, rows]).all():
        return nothing
    left, right = sorted(cols[:2], key=np.mean)
    top, bottom = sorted(rows[2:], key=np.mean)
    col, row = math.ceil(left.max() - _TOLERANCE), math.ceil(top.max() - _TOLERANCE)
    width, height = math.floor(right.min() + _TOLERANCE) - col, math.floor(bottom.min() + _TOLERANCE) - row
    found = Window(col, row, max(0, width), max(0, height)).intersection(reference.window)
    inner = np.meshgrid(found.col + _MESH * found.width, found.row + _MESH * found.height)
    return found if _inside(reference, grid, *inner).all() else nothing


def _largest(inside: NDArray[np.bool_], reference: Grid) -> Window:
    """The largest rectangle of pixels whose corners on the mesh, and all between them, are inside."""
    best, most = Window(0, 0, 0, 0), 0
    for top in range(len(_MESH) - 1):
        for bottom in range(top + 1, len(_MESH)):
            fine = np.flatnonzero(~np.append(np.insert(inside[top : bottom + 1].all(axis=0), 0, False), False))
            run = int(np.diff(fine).argmax())
            first, last = fine[run], fine[run + 1] - 2  # mesh columns
            col, row = math.ceil(_MESH[first] * reference.width), math.ceil(_MESH[top] * reference.height)
            right, low = math.floor(_MESH[last] * reference.width), math.floor(_MESH[bottom] * reference.height)
            if last > first and (right - col) * (low - row) > most and right > col:
                best, most = Window(col, row, right - col, low - row), (right - col) * (low - row)
    return best


def resampled(source: Source, grid: Grid, method: str, **options: Any) -> Source:
    """The source as it would be on another grid; nothing is written to disk.

    Args:
        source: in any CRS; without one it is taken to be in that of the grid.
        grid: north-up.
        method: GDAL's name of the way to resample, such as ``near`` or ``bilinear``.
        **options: further ones of ``gdal.Warp``.

    Raises:
        InputError: the grid is rotated or south-up.
    """
    x_min, y_min, x_max, y_max = grid.bounds()
    if source.has_mask:
        is_double = source.dtype == np.float64
        options = {"outputType": gdal.GDT_Float64 if is_double else gdal.GDT_Float32, "dstNodata": "nan", **options}
    names: list[str] = []
    first = 0
    for path in source.paths:
        dataset, name = open_raster(path), f"/vsimem/geodl_{uuid.uuid4().hex}.vrt"
        bands = range(first, first + dataset.RasterCount)
        gdal.Warp(
            name,
            dataset,
            options=["-nosrcalpha"],  # what is tagged as alpha is a band as any other
            format="VRT",
            srcSRS=source.grid.crs or grid.crs or None,
            dstSRS=grid.crs or None,
            outputBounds=(x_min, y_min, x_max, y_max),
            width=grid.width,
            height=grid.height,
            resampleAlg=method,
            warpOptions=["UNIFIED_SRC_NODATA=NO"],  # each band by itself, as elsewhere
            **{**_told(dataset, [source.nodata[band] for band in bands]), **options},
        )
        names.append(name)
        first += dataset.RasterCount
    found = Source(source.name, names)
    found.take_bands(source)
    weakref.finalize(found, _forget, names)
    if not found.grid.coincides(grid):
        raise InputError(
            f"{', '.join(source.paths)} cannot be resampled to the first source, which is rotated or south-up.",
            remedy="Warp both to one north-up grid first.",
        )
    return found


def _told(dataset: gdal.Dataset, nodata: list[float | None]) -> dict[str, str]:
    """What `gdal.Warp` must be told, since the file does not say itself what means no data."""
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    if all(value is None or band.GetNoDataValue() is not None for band, value in zip(bands, nodata)):
        return {}
    return {"srcNodata": " ".join("nan" if value is None else f"{value:.17g}" for value in nodata)}


def _forget(names: list[str]) -> None:
    for name in names:
        gdal.Unlink(name)


def _does_not_nest(reference: Source, source: Source) -> InputError:
    return InputError(
        f"The pixels of the source {source.name} do not nest in those of {reference.name}.",
        expected=f"pixels a whole number of times as large or as small as those of {reference.name}, with common "
        f"edges, in the same CRS: {_described(reference.grid)}",
        received=f"{_described(source.grid)}, {source.paths[0]}",
        remedy="Choose to resample (RESAMPLE), or bring both to one grid first, with Warp (reproject).",
    )


def _described(grid: Grid) -> str:
    x, dx, _, y, _, dy = grid.transform
    return f"pixels of {dx:.9g} × {dy:.9g} from ({x:.10g}, {y:.10g}), {name_of(grid.crs)}"
