"""Runs of a network on random images, along one axis, for measuring its receptive field (see `probing`)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..errors import InputError
from ..language import joined, tr
from ..runtime.numbers import ceil_div
from .loading import OpenModel
from .receptive_field import GIVE_FIELDS, IncompatibleImageSizes

_SIDES = (64, 96, 160, 224, 256, 512)  # multiples of all usual strides; the first that the network takes is used
_PATTERNS = (1, 7, 49)  # sizes of squares that have no common divisor with usual strides
_MAXIMUM_VALUES = (1.0, 255.0, 10000.0)
_ROUNDING = 1e-5  # share of the largest value by which results that are the same may differ

Images = dict[str, NDArray]  # by input name, [across, along, bands]: `along` is the axis that is measured


@dataclass(frozen=True)
class Setting:
    """How images and weights are filled.

    Args:
        maximum: pixels have values from 0 to it.
        own_weights: whether the network keeps its weights, or gets positive ones.
    """

    maximum: float
    own_weights: bool


SETTINGS = [Setting(maximum, own_weights) for own_weights in (True, False) for maximum in _MAXIMUM_VALUES]


class NetworkRuns:
    """A network that is run on random images along one axis.

    Positions are pixels of the reference; output pixels are counted as if nothing were cropped.

    Args:
        model: with image inputs of free size.
        output: name of an image output.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.
        axis: 0: along y, 1: along x.
        use_own_weights: sets the network's own weights or positive ones.

    Attributes:
        side: of the smallest images that the network takes, in pixels of the reference.
        scale: output pixel size / that of the reference.
        cropped: output pixels that the network crops on each side.
        ratios: of all images.

    Raises:
        InputError: the output does not cover the area of the input; or the network does not run.
    """

    def __init__(
        self,
        model: OpenModel,
        output: str,
        ratios: Mapping[str, Fraction],
        axis: int,
        use_own_weights: Callable[[bool], None],
    ) -> None:
        self._model, self._output, self._axis, self._use_own_weights = model, output, axis, use_own_weights
        self.ratios = {image.name: Fraction(ratios.get(image.name, 1)) for image in model.images}
        self._rng = np.random.default_rng(0)
        self._references: dict[tuple[Setting, int], tuple[Images, NDArray[np.float64], float]] = {}
        self.cropped = 0
        self.side, self.scale, self.cropped = self._geometry()

    def run(self, setting: Setting, images: Images) -> NDArray[np.float64]:
        """Compute the output [across, along, bands] for images."""
        self._use_own_weights(setting.own_weights)
        feeds: dict[str, Any] = {}
        for tensor in self._model.inputs:
            if tensor.name in images:
                image = images[tensor.name]
                feeds[tensor.name] = (image if self._axis == 1 else image.swapaxes(0, 1))[np.newaxis]
            else:
                feeds[tensor.name] = np.ones([size or 1 for size in tensor.shape or ()])
        output = self._model(feeds)[self._output][0].numpy().astype(np.float64)
        return output if self._axis == 1 else output.swapaxes(0, 1)

    def reference(self, setting: Setting, length: int) -> tuple[Images, NDArray[np.float64], float]:
        """An image of a length, its output, and by how much the outputs of two runs on it differ."""
        if (setting, length) not in self._references:
            images = self.images(setting, length)
            output = self.run(setting, images)
            noise = float(np.abs(self.run(setting, images) - output).max())
            self._references[setting, length] = images, output, noise
        return self._references[setting, length]

    def images(self, setting: Setting, length: int, factor: float = 1) -> Images:
        """Random images with fine and coarse patterns, which layers of low resolution see as well.

        Args:
            setting: maximum of the values.
            length: along the axis, in pixels of the reference.
            factor: how many times larger the values are; NaN: all values are missing.
        """
        images = {}
        for tensor in self._model.images:
            dtype = np.dtype(tensor.dtype)
            ratio = self.ratios[tensor.name]
            shape = (int(self.side / ratio), int(length / ratio), tensor.bands or 1)
            largest = float(np.finfo(dtype).max if dtype.kind == "f" else np.iinfo(dtype).max)
            if math.isnan(factor):
                images[tensor.name] = np.full(shape, math.nan if dtype.kind == "f" else largest, dtype)
            else:
                values = np.mean([_pattern(self._rng, shape, size) for size in _PATTERNS], axis=0)
                images[tensor.name] = (values * min(setting.maximum * factor, largest)).astype(dtype)
        return images

    def mixed(self, images: Images, others: Images, position: int, is_before: bool) -> Images:
        """The images, with the others before a position or from it on."""
        mixed = {}
        for name, image in images.items():
            mixed[name] = image.copy()
            column = position / self.ratios[name]
            part = slice(0, math.ceil(column)) if is_before else slice(math.floor(column), None)
            mixed[name][:, part] = others[name][:, part]
        return mixed

    def part(self, images: Images, start: int, length: int) -> Images:
        """A part of images along the axis; start and length are in pixels of the reference."""
        return {
            name: image[:, int(start / self.ratios[name]) : int((start + length) / self.ratios[name])]
            for name, image in images.items()
        }

    def _geometry(self) -> tuple[int, Fraction, int]:
        """Side of the smallest images, scale, and the output pixels that are cropped on each side."""
        problem: InputError | None = None
        for side in _SIDES:
            if any((side / ratio).denominator > 1 for ratio in self.ratios.values()):
                continue
            self.side = side
            lengths = [number * side for number in (1, 3, 4)]
            try:
                outputs = [self.run(SETTINGS[0], self.images(SETTINGS[0], length)) for length in lengths]
            except (tf.errors.OpError, ValueError) as error:
                problem = problem or IncompatibleImageSizes(tr("The network does not run."), received=str(error)[:300])
                continue
            counts = [output.shape[1] for output in outputs]
            grown = counts[2] - counts[1]
            if outputs[0].size and grown > 0 and 1 in Fraction(side, grown).as_integer_ratio():
                lost = 3 * grown - counts[1]
                if lost >= 0 and lost % 2 == 0:
                    return side, Fraction(side, grown), lost // 2
            size = tr("{count} pixels for {length}")
            sizes = joined([size.format(count=count, length=length) for count, length in zip(counts[1:], lengths[1:])])
            problem = InputError(
                tr("The output of this network does not cover the area of its input."),
                expected=tr("an output that grows with the input, with pixels n or 1/n times as large, centred on it"),
                received=sizes,
                remedy=tr(GIVE_FIELDS),
            )
        raise problem or IncompatibleImageSizes(tr("The pixels of these images do not nest."))


def differ(output: NDArray, other: NDArray) -> NDArray[np.bool_]:
    """Whether outputs [across, along, bands] differ by more than rounding, for each position along the axis."""
    return (np.abs(output - other) > _ROUNDING * np.abs(other).max()).any(axis=(0, 2))


def _pattern(rng: np.random.Generator, shape: tuple[int, int, int], size: int) -> NDArray[np.float64]:
    """Random squares of so many pixels."""
    height, width, bands = shape
    squares = rng.uniform(0, 1, (ceil_div(height, size), ceil_div(width, size), bands))
    return squares.repeat(size, axis=0).repeat(size, axis=1)[:height, :width]
