"""Patches images: patches stacked in rows in one raster, as OTBTF's PatchesExtraction writes them.

The width of the raster is the size of its square patches, its height a multiple of that.  A raster of
labels may be 1 × n: one label for each patch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..rasters.grid import Window
from ..rasters.raster import Source, gdal_exceptions
from .band_statistics import BandStatistics

_ROWS_AT_ONCE = 4096


class PatchesImagesReader:
    """Reads the patches of patches images by their number.

    Args:
        filenames_dict: for each name of a tensor its patches images, whose patches follow each other.
        use_streaming: read each patch when it is asked for, else all now.
        scalar_dict: for each name of a further tensor its values, one a sample.

    Attributes:
        size: number of samples.
        dtypes: numpy type of each tensor.
        shapes: shape of each tensor of a sample: [y, x, bands].

    Raises:
        InputError: the rasters hold no square patches, or not the same number for each name.

    Example::

        reader = PatchesImagesReader({"xs": ["xs_1.tif", "xs_2.tif"], "labels": ["labels_1.tif", "labels_2.tif"]})
        reader.get_sample(0)["xs"].shape  # (64, 64, 4)
    """

    def __init__(
        self,
        filenames_dict: Mapping[str, Sequence[str]],
        use_streaming: bool = False,
        scalar_dict: Mapping[str, Sequence[object]] | None = None,
    ) -> None:
        if not filenames_dict:
            raise InputError("There are no patches images.", expected="names of tensors with their files")
        with gdal_exceptions():
            self._images = {
                name: [_PatchesImage(name, str(path)) for path in paths] for name, paths in filenames_dict.items()
            }
            for name, images in self._images.items():
                _check_alike(name, images)
            self._scalars = {name: np.asarray(values) for name, values in (scalar_dict or {}).items()}
            counts = {name: sum(image.count for image in images) for name, images in self._images.items()}
            counts |= {name: len(values) for name, values in self._scalars.items()}
            if len(set(counts.values())) > 1:
                raise InputError(
                    "The patches images do not belong together.",
                    expected="the same number of patches for each name",
                    received=", ".join(f"{count} of {name}" for name, count in counts.items()),
                )
            self.size = next(iter(counts.values()))
            self._starts = {
                name: np.cumsum([0, *(image.count for image in images)]) for name, images in self._images.items()
            }
            self._held = (
                {}
                if use_streaming
                else {name: [image.read(0, image.count) for image in images] for name, images in self._images.items()}
            )
        self.dtypes: dict[str, np.dtype] = {name: images[0].dtype for name, images in self._images.items()}
        self.dtypes |= {name: values.dtype for name, values in self._scalars.items()}
        self.shapes: dict[str, tuple[int, ...]] = {name: images[0].shape for name, images in self._images.items()}
        self.shapes |= {name: values.shape[1:] for name, values in self._scalars.items()}

    def get_sample(self, index: int) -> dict[str, NDArray]:
        """All tensors of one sample, [y, x, bands]; not for several threads at once when streaming."""
        if not 0 <= index < self.size:
            raise IndexError(f"sample {index} of {self.size}")
        sample = {}
        for name, images in self._images.items():
            number = int(np.searchsorted(self._starts[name], index, side="right")) - 1
            place = index - int(self._starts[name][number])
            sample[name] = self._held[name][number][place] if self._held else images[number].read(place, 1)[0]
        return sample | {name: values[index] for name, values in self._scalars.items()}

    def get_stats(self) -> dict[str, dict[str, NDArray[np.float64]]]:
        """Of each patches image, by band: ``min``, ``max``, ``mean`` and ``std`` of all values.

        Example::

            means = reader.get_stats()["xs"]["mean"]
        """
        found = {}
        with gdal_exceptions():
            for name, images in self._images.items():
                statistics = BandStatistics(images[0].shape[-1])
                for image in images:
                    step = max(1, _ROWS_AT_ONCE // image.shape[0])
                    for first in range(0, image.count, step):
                        patches = image.read(first, min(step, image.count - first))
                        values = patches.reshape(-1, *patches.shape[2:])
                        statistics.add(values, np.isnan(values) if values.dtype.kind == "f" else None)
                figures = statistics.to_json()
                found[name] = {
                    key: np.array(figures[ours])
                    for key, ours in (("min", "minimum"), ("max", "maximum"), ("mean", "mean"), ("std", "stddev"))
                }
        return found


class _PatchesImage:
    """One raster of patches."""

    def __init__(self, name: str, path: str) -> None:
        self.path = path
        self._source = Source(name, [path])
        size, height = self._source.grid.width, self._source.grid.height
        if height % size:
            raise InputError(
                f"The raster {path} is no patches image.",
                expected="a height that is a multiple of the width, the side of the square patches",
                received=f"{size} × {height} pixels",
            )
        self.count = height // size
        self.shape = (size, size, self._source.bands)
        self.dtype = self._source.dtype

    def read(self, first: int, count: int) -> NDArray:
        """Patches from number ``first`` on, [patch, y, x, bands]."""
        size = self.shape[0]
        return self._source.read(Window(0, first * size, size, count * size)).reshape(count, *self.shape)


def _check_alike(name: str, images: list[_PatchesImage]) -> None:
    if not images:
        raise InputError(f"There are no patches images of {name}.")
    for image in images:
        if (image.shape, image.dtype) != (images[0].shape, images[0].dtype):
            raise InputError(
                f"The patches images of {name} are not of one kind.",
                expected=f"patches {_kind(images[0])}, as in {images[0].path}",
                received=f"{_kind(image)} in {image.path}",
            )


def _kind(image: _PatchesImage) -> str:
    return " × ".join(str(size) for size in image.shape) + f" of {image.dtype.name}"
