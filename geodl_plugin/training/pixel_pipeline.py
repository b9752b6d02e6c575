"""The labelled pixels of a dataset folder as batches for Keras, without what is around them.

A network that looks at single pixels learns the same from them as from whole patches, many times faster: of a patch
often only some pixels are labelled, and pixels of many places in a batch tell more than those of few patches.

Sources of other resolutions make cells of pixels: the smallest squares that whole pixels of each source fill.  With a
source of 10 m and one of 20 m, a cell is 2 × 2 pixels of the first and 1 pixel of the second.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..datasets.description import DatasetDescription
from ..models.heads import PREDICTIONS
from ..runtime.numbers import ceil_div
from .augmentation.layer import AugmentationLayer
from .input_pipeline import InputPipeline

_CELLS = 100_000  # of a split that are kept at most,
_BYTES = 2**27  # if they take no more memory than this
_PATCHES = 16  # that are read at a time
_CELLS_PER_PATCH = 32  # in a batch: so many stand for a patch
Cells = tuple[dict[str, NDArray], NDArray, NDArray]  # images by source, labels, weights


class PixelPipeline(InputPipeline):
    """The splits of a dataset folder as batches of single pixels, or cells, with labels.

    They are held in memory; of large datasets a part of them, chosen at random, from all patches.

    Args:
        folder: the dataset folder.
        description: of the dataset.
        means: as for `InputPipeline`.
        ratios: by source: pixel size / that of the reference; it or its inverse is a whole number.
        seed: of the choice.
    """

    def __init__(
        self,
        folder: Path,
        description: DatasetDescription,
        means: Mapping[str, Sequence[float]],
        ratios: Mapping[str, Fraction],
        seed: int,
    ) -> None:
        super().__init__(folder, description, means)
        self._ratios, self._seed = ratios, seed
        self._side = math.lcm(*(ratio.numerator for ratio in ratios.values()))
        bands = sum(len(source.bands) / float(ratios[source.name]) ** 2 for source in description.sources)
        channels = len(description.classes) or 1
        self._most = max(1, min(_CELLS, _BYTES // math.ceil(4 * self._side**2 * (bands + channels + 1))))

    def training(
        self,
        batch_size: int,
        steps: int,
        epochs: range,
        *,
        seed: int,
        class_weights: NDArray[np.float64] | None = None,
        layers: Sequence[AugmentationLayer] = (),
        shards: int = 1,
        shard: int = 0,
    ) -> tf.data.Dataset:
        """The pixels of the split train, in another order in each epoch; see `InputPipeline.training`.

        A batch holds 32 cells for each patch of ``batch_size``.  Pixels are not augmented: ``layers`` has no effect.
        Each of several readers draws from all pixels.
        """
        images, labels, weights = self._cells("train")
        if class_weights is not None and not self._description.values:
            weights = weights * (labels @ class_weights).astype(np.float32)

        def order(epoch: int) -> NDArray[np.int64]:
            shuffled = np.random.default_rng([seed, epoch, shard]).permutation(len(weights))
            return np.resize(shuffled, (steps, batch_size * _CELLS_PER_PATCH))

        def batches() -> Any:
            for epoch in epochs:
                for chosen in order(epoch):
                    yield (
                        {name: image[chosen] for name, image in images.items()},
                        {PREDICTIONS: labels[chosen]},
                        {PREDICTIONS: weights[chosen]},
                    )

        return tf.data.Dataset.from_generator(batches, output_signature=self._signature(images, labels, weights))

    def validation(self, batch_size: int) -> tf.data.Dataset:
        images, labels, weights = self._cells("valid")
        data = tf.data.Dataset.from_tensor_slices((images, {PREDICTIONS: labels}, {PREDICTIONS: weights}))
        return data.batch(batch_size * _CELLS_PER_PATCH)

    def quantiles(self, count: int) -> dict[str, NDArray]:
        """Values that part the pixels of the split train into groups of the same size.

        Args:
            count: of the groups.

        Returns:
            By source: [band, count + 1], from the least to the greatest value.
        """
        shares = np.linspace(0, 1, count + 1)
        images, _, _ = self._cells("train")
        return {name: np.quantile(image, shares, axis=(0, 1, 2)).T for name, image in images.items()}

    def _cells(self, split: str) -> Cells:
        """The cells of a split of which a pixel is labelled."""
        rng = np.random.default_rng([self._seed, len(split)])
        per_patch = ceil_div(self._most, self._description.splits[split].samples)
        found: list[Cells] = []
        for images, labels, weights in self.sequential(split, _PATCHES).as_numpy_iterator():
            cells = self._cut(images, labels[PREDICTIONS], weights[PREDICTIONS])
            for patch in range(len(weights[PREDICTIONS])):
                labelled = np.flatnonzero(cells[2][patch].any(axis=(1, 2)))
                chosen = np.sort(rng.permutation(labelled)[:per_patch])
                of_patch = {name: image[patch][chosen] for name, image in cells[0].items()}
                found.append((of_patch, cells[1][patch][chosen], cells[2][patch][chosen]))
        names = list(found[0][0])
        return (
            {name: np.concatenate([cells[0][name] for cells in found]) for name in names},
            np.concatenate([cells[1] for cells in found]),
            np.concatenate([cells[2] for cells in found]),
        )

    def _cut(self, images: Mapping[str, NDArray], labels: NDArray, weights: NDArray) -> Cells:
        """Cut patches [batch, y, x, …] into cells [batch, cells, y, x, …]."""
        sides = {name: self._side * ratio.denominator // ratio.numerator for name, ratio in self._ratios.items()}
        return (
            {name: cut_into_cells(image, sides[name]) for name, image in images.items()},
            cut_into_cells(labels, self._side),
            cut_into_cells(weights, self._side),
        )

    @staticmethod
    def _signature(images: Mapping[str, NDArray], labels: NDArray, weights: NDArray) -> Any:
        def of(array: NDArray) -> tf.TensorSpec:
            return tf.TensorSpec([None, *array.shape[1:]], array.dtype)

        return (
            {name: of(image) for name, image in images.items()},
            {PREDICTIONS: of(labels)},
            {PREDICTIONS: of(weights)},
        )


def cut_into_cells(patches: NDArray, side: int) -> NDArray:
    """Cut square patches into cells.

    Args:
        patches: [batch, y, x, …], whose sides are multiples of ``side``.
        side: of a cell in pixels.

    Returns:
        [batch, cells, side, side, …], row by row.
    """
    batch, size, _, *rest = patches.shape
    cells = size // side
    cut = patches.reshape(batch, cells, side, cells, side, *rest)
    return np.swapaxes(cut, 2, 3).reshape(batch, cells * cells, side, side, *rest)
