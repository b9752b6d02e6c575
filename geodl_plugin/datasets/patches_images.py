"""Patches images: patches stacked in rows in one raster, as OTBTF's PatchesExtraction writes them.

The width of the raster is the side of its square patches, and its height is a multiple of that.  A raster of
labels may have 1 × n pixels: one label for each patch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from ..rasters.grid import Window
from ..rasters.raster import Source, gdal_exceptions
from .band_statistics import BandStatistics

_ROWS_AT_ONCE = 4096


class PatchesImagesReader:
    """Reads samples from patches images by their index.

    Args:
        filenames_dict: the patches images of each tensor, by its name; their patches follow each other.
        use_streaming: read each sample when it is needed; else read all now.
        scalar_dict: values of further tensors by their name, one for each sample.

    Attributes:
        size: number of samples.
        dtypes: numpy type of each tensor.
        shapes: shape of each tensor of a sample: [y, x, band].

    Raises:
        InputError: the rasters do not hold square patches, or not the same number for each tensor.

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
            raise InputError(tr("There are no patches images."), expected=tr("names of tensors and their files"))
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
                    tr("The numbers of patches in the patches images differ."),
                    expected=tr("the same number of patches for each tensor"),
                    received=", ".join(
                        tr("{count} of {name}").format(count=count, name=name) for name, count in counts.items()
                    ),
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
        """Read all tensors of a sample, [y, x, band]; if streaming, by one thread at a time.

        Args:
            index: of the sample, from 0.

        Raises:
            IndexError: there is no such sample.
        """
        if not 0 <= index < self.size:
            raise IndexError(f"sample {index} of {self.size}")
        sample = {}
        for name, images in self._images.items():
            number = int(np.searchsorted(self._starts[name], index, side="right")) - 1
            place = index - int(self._starts[name][number])
            sample[name] = self._held[name][number][place] if self._held else images[number].read(place, 1)[0]
        return sample | {name: values[index] for name, values in self._scalars.items()}

    def get_stats(self) -> dict[str, dict[str, NDArray[np.float64]]]:
        """Compute ``min``, ``max``, ``mean`` and ``std`` of all values of each tensor, [band], by its name.

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
                tr("The raster {path} is not a patches image.").format(path=path),
                expected=tr("a height that is a multiple of the width, the side of the square patches"),
                received=tr("{size} × {height} pixels").format(size=size, height=height),
            )
        self.count = height // size
        self.shape = (size, size, self._source.bands)
        self.dtype = self._source.dtype

    def read(self, first: int, count: int) -> NDArray:
        """Read patches from number ``first`` on, [patch, y, x, band]."""
        size = self.shape[0]
        return self._source.read(Window(0, first * size, size, count * size)).reshape(count, *self.shape)


def _check_alike(name: str, images: list[_PatchesImage]) -> None:
    if not images:
        raise InputError(tr("There are no patches images of {name}.").format(name=name))
    for image in images:
        if (image.shape, image.dtype) != (images[0].shape, images[0].dtype):
            raise InputError(
                tr("The patches images of {name} differ in size or type.").format(name=name),
                expected=tr("patches {kind}, as in {path}").format(kind=_kind(images[0]), path=images[0].path),
                received=tr("{kind} in {path}").format(kind=_kind(image), path=image.path),
            )


def _kind(image: _PatchesImage) -> str:
    return tr("{shape} of {type}").format(shape=" × ".join(map(str, image.shape)), type=image.dtype.name)
