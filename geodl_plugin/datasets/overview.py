"""A small picture of the image with the labelled places in the colours of their splits, kept in the dataset folder."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..errors import InputError
from ..labels.splits import SPLIT_COLORS, SPLITS
from ..rasters.raster import Source
from .description import SourceInfo
from .image_colors import Stretch, shown_bands

FILE_NAME, _NUMBERED = "overview.jpg", "overview_{}.jpg"
_SIDE = 1000  # pixels of the longer side, at most
_READABLE = 400_000_000  # pixels: reading a larger image without overviews takes too long
_PLAIN = 70  # grey of an image that is not read
_DIMMED = 0.75  # brightness of the image, so that the colours stand out
_OPACITY = 0.45
_QUALITY = 88


class Overview:
    """Where labels of each split lie on the image.

    Args:
        source: the image, the reference.
        info: what a dataset says of it.
    """

    def __init__(self, source: Source, info: SourceInfo) -> None:
        self._source, self._info = source, info
        self._scale = min(1.0, _SIDE / max(source.grid.height, source.grid.width))
        height, width = (max(1, round(side * self._scale)) for side in (source.grid.height, source.grid.width))
        self._shape = height, width
        self._split_of = np.full(self._shape, len(SPLITS), np.uint8)

    def mark(self, is_labelled: NDArray[np.bool_], top: int, left: int, split: int) -> None:
        """Mark labelled pixels.

        Args:
            is_labelled: [y, x].
            top: the first row, in pixels of the image.
            left: the first column.
            split: index into `SPLITS`.
        """
        rows, cols = (
            np.clip(((places + start) * self._scale).astype(np.int64), 0, side - 1)
            for places, start, side in zip(np.nonzero(is_labelled), (top, left), self._shape)
        )
        self._split_of[rows, cols] = split

    def write(self, folder: Path) -> None:
        """Write the picture into a dataset folder, unless this GDAL writes no JPEG.

        Args:
            folder: the folder.
        """
        driver = gdal.GetDriverByName("JPEG")
        if driver is None:
            return
        picture = self._image().astype(np.float64) * _DIMMED
        split_of = _enlarged(self._split_of)
        for number, color in enumerate(SPLIT_COLORS.values()):
            is_split = split_of == number
            rgb = np.array([int(color[start : start + 2], 16) for start in (1, 3, 5)], np.float64)
            edge = is_split & ~_eroded(is_split)
            inside = is_split & ~edge
            picture[inside] = (1 - _OPACITY) * picture[inside] + _OPACITY * rgb
            picture[edge] = rgb
        height, width = self._shape
        drawn = gdal.GetDriverByName("MEM").Create("", width, height, 3, gdal.GDT_Byte)
        for band in range(3):
            drawn.GetRasterBand(band + 1).WriteArray(np.rint(picture[..., band]).astype(np.uint8))
        driver.CreateCopy(str(folder / FILE_NAME), drawn, options=[f"QUALITY={_QUALITY}"])

    def _image(self) -> NDArray[np.uint8]:
        """The image in its usual colours, [y, x, 3]; plain grey if it takes too long to read, or fails."""
        plain = np.full((*self._shape, 3), _PLAIN, np.uint8)
        is_small = self._source.is_on_disk and self._source.grid.height * self._source.grid.width <= _READABLE
        if not (is_small or self._source.has_overviews):
            return plain
        info = self._info
        bands = sorted(set(shown_bands(info.bands)))
        try:
            values = self._source.read_small(bands, self._shape)
        except InputError:  # a picture is not worth an export
            return plain
        of_bands = replace(
            info, bands=[info.bands[band] for band in bands], nodata=[info.nodata[band] for band in bands]
        )
        return Stretch(of_bands, [values])(values)


def overviews(folder: Path) -> list[Path]:
    """The pictures in a dataset folder: one, or one for each scene that it was merged from; old ones have none.

    Args:
        folder: the dataset folder.
    """
    single = folder / FILE_NAME
    found = [(int(path.stem.rpartition("_")[2]), path) for path in folder.glob(_NUMBERED.format("[0-9]*"))]
    return [single] if single.is_file() else [path for _, path in sorted(found)]


def copy_overviews(scenes: Sequence[Path], folder: Path) -> None:
    """Copy the pictures of scenes into the dataset folder that they become.

    Args:
        scenes: their dataset folders.
        folder: the dataset folder.
    """
    found = [path for scene in scenes for path in overviews(scene)]
    for number, path in enumerate(found, start=1):
        shutil.copyfile(path, folder / (_NUMBERED.format(number) if len(found) > 1 else FILE_NAME))


def _enlarged(split_of: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The splits with one further pixel around small places, since single pixels cannot be seen."""
    enlarged = split_of.copy()
    for number in range(len(SPLITS)):
        is_split = split_of == number
        small = is_split & ~_dilated(_eroded(is_split))
        enlarged[_dilated(small) & (split_of == len(SPLITS))] = number
    return enlarged


def _dilated(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A mask with the eight neighbours of its pixels."""
    padded = np.pad(mask, 1)
    rows = padded[:-2] | padded[1:-1] | padded[2:]
    return rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]


def _eroded(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels of a mask whose eight neighbours belong to it, too."""
    return ~_dilated(~mask)
