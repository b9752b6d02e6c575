"""Areas of pixels on the ground.

Projections stretch: a pixel of Web Mercator at 60° north covers a quarter of the area that its coordinates say.  Each
pixel's corners are therefore placed on the ellipsoid, in space, where neither poles nor the edges of maps matter.  The
area is that of the plane figure between them, which is smaller by a ten-thousandth for pixels of a degree.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .crs import spatial_reference, transform_points
from .grid import Grid, Window

_ROWS, _COLS = 257, 33  # pixels that are measured where the area changes along rows, too; others are interpolated
_ALIKE = 1e-6  # relative difference of areas that are taken to be the same
_CORNERS = np.array([[0, 1, 1, 0], [0, 0, 1, 1]])


class GroundAreas:
    """The areas of a grid's pixels in hectares.

    Args:
        grid: its CRS must be one of the earth, see `ground_areas`.
    """

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        crs = spatial_reference(grid.crs)
        self._major, self._minor = crs.GetSemiMajor(), crs.GetSemiMinor()
        degrees = crs.CloneGeogCS()
        self._degrees, self._radians = degrees.ExportToWkt(), degrees.GetAngularUnits()
        rows = np.unique(np.linspace(0, grid.height - 1, _ROWS).astype(int))
        cols = np.unique(np.linspace(0, grid.width - 1, _COLS).astype(int))
        areas = self._measured(*np.meshgrid(cols, rows))
        if np.ptp(areas, axis=1).max() <= _ALIKE * areas.max():
            rows, cols = np.arange(grid.height), cols[len(cols) // 2 :][:1]
            areas = self._measured(*np.meshgrid(cols, rows))
        self._rows, self._cols, self._areas = rows, cols, areas

    def of(self, window: Window) -> NDArray[np.float64]:
        """The areas of the pixels of a window.

        Args:
            window: pixels inside the grid.

        Returns:
            Hectares, [y, x].
        """
        rows = np.arange(window.row, window.row + window.height)
        cols = np.arange(window.col, window.col + window.width)
        by_row = np.stack([np.interp(rows, self._rows, self._areas[:, col]) for col in range(len(self._cols))], axis=1)
        if len(self._cols) == 1:
            return np.broadcast_to(by_row, window.shape)
        right = np.clip(np.searchsorted(self._cols, cols), 1, len(self._cols) - 1)
        share = (cols - self._cols[right - 1]) / (self._cols[right] - self._cols[right - 1])
        found: NDArray[np.float64] = by_row[:, right - 1] * (1 - share) + by_row[:, right] * share
        return found

    def by_class(self, indices: NDArray, window: Window, count: int) -> NDArray[np.float64]:
        """The area of each class in a window.

        Args:
            indices: class indices of the pixels, [y, x]; those of ``count`` or more are left out.
            window: where the pixels lie in the grid.
            count: number of classes.

        Returns:
            Hectares, [class].
        """
        sums = np.bincount(indices.ravel(), weights=self.of(window).ravel(), minlength=count)
        return sums[:count].astype(np.float64)

    def _measured(self, cols: NDArray, rows: NDArray) -> NDArray[np.float64]:
        corners = self._grid.ground(cols[..., None] + _CORNERS[0], rows[..., None] + _CORNERS[1])
        x, y = transform_points(*corners, self._grid.crs, self._degrees)
        longitude, latitude = x * self._radians, y * self._radians
        squeezed = (self._minor / self._major) ** 2
        normal = self._major / np.sqrt(1 - (1 - squeezed) * np.sin(latitude) ** 2)
        across = normal * np.cos(latitude)
        places = np.stack(
            [across * np.cos(longitude), across * np.sin(longitude), squeezed * normal * np.sin(latitude)]
        )
        diagonals = places[..., 2:] - places[..., :2]  # from the first corner to the third, from the second to the last
        areas = np.linalg.norm(np.cross(diagonals[..., 0], diagonals[..., 1], axis=0), axis=0) / 2
        return np.nan_to_num(areas, nan=0.0) / 1e4


def ground_areas(grid: Grid) -> GroundAreas | None:
    """The areas of a grid's pixels.

    Args:
        grid: the pixels.

    Returns:
        The areas; None if the CRS is unknown, or not one of the earth.
    """
    crs = spatial_reference(grid.crs) if grid.crs else None
    if crs is None or not (crs.IsProjected() or crs.IsGeographic()):
        return None
    return GroundAreas(grid)
