"""The receptive field of a network without a layer graph, measured by running it.

Along one axis at a time, all of the input before a position (or from it on) is replaced, and the output pixels that
change are found.  For example, a network is a single convolution of kernel 5.  If all pixels before position 100 are
replaced, the output changes up to pixel 101; if all pixels from 100 on are replaced, it changes from pixel 98 on.  So
it depends on 2 pixels on each side: 2 output pixels at each border are reached by padding.

A change proves dependence, so that the result is never too large.  It could be too small where a dependence does not
show: behind dead ReLUs, in saturated probabilities, or below the precision of the numbers.  Therefore

- half of the image is replaced instead of one pixel, and every row and channel of the output is compared: any bit that
  differs counts, beyond what two runs on the same image differ by;
- the new values are ten thousand times larger, or NaN.  NaN passes convolutions even where a weight is 0, and so shows
  their exact receptive field; other layers remove it, such as those that fill no-data;
- all of it is done for several ranges of values, and again with positive weights (`probing_weights`), since the
  receptive field belongs to the layers and not to the weights.  Weights that are constants of the graph stay.

The total stride is the smallest shift of the input that shifts the output by whole pixels, except for rounding.  With
it, the results at all positions of one stride tell what each output pixel depends on.  In the end a block is compared
with the same part of a larger image: if they are equal, maps have no seams.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from ..runtime.numbers import ceil_div, round_up
from .fields import Fields
from .loading import OpenModel
from .probing_runs import SETTINGS, NetworkRuns, Setting, differ
from .probing_weights import positive_weights
from .receptive_field import FULLY_CONVOLUTIONAL, GIVE_FIELDS, ReceptiveField, receptive_field_size

MAXIMUM_LENGTH = 4096  # pixels of the longest image that is tried
_MAXIMUM_STRIDE = 128
_CANDIDATES = 4  # strides whose results are alike, of which the best is chosen

_Change = tuple[Setting, float]  # how an image is filled, and how many times larger the values are that replace it
_CHANGES: list[_Change] = [(SETTINGS[1], math.nan), *((setting, 1e4) for setting in SETTINGS)]


def probe(model: OpenModel, output: str, ratios: Mapping[str, Fraction] | None = None) -> ReceptiveField:
    """Measure the receptive field of a network.

    The weights of the network change while this runs, and are restored at the end.

    Args:
        model: with image inputs of free size; scalar inputs are fed with 1.
        output: name of an image output, whole or cropped.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.

    Raises:
        InputError: the network is not fully convolutional, or its receptive field is unlimited or does not show.
    """
    wanted = model.output(output)
    if not (wanted.is_image and model.images and all(image.has_free_size for image in model.images)):
        raise InputError(
            tr("The fields of this network cannot be measured: it is not fully convolutional."),
            expected=tr("inputs that are images of any size, and an output that is an image"),
            received=", ".join(f"{tensor.name} {tensor.shape_text}" for tensor in (*model.images, wanted)),
        )
    with _enough_memory(), positive_weights(model.variables) as use_own_weights:
        axes = [_Axis(NetworkRuns(model, output, ratios or {}, axis, use_own_weights)) for axis in (0, 1)]
        if axes[0].scale != axes[1].scale:
            raise InputError(
                tr("The network has different strides along rows and columns."),
                expected=tr("outputs with square pixels"),
                received=tr("strides {vertical} and {horizontal}").format(
                    vertical=axes[0].scale, horizontal=axes[1].scale
                ),
                remedy=tr(GIVE_FIELDS),
            )
        stride = math.lcm(*(axis.stride() for axis in axes))
        found = [axis.receptive_field(stride) for axis in axes]
        margins = [axis.margins(field) for axis, field in zip(axes, found)]
    before, after = (max(sides) for sides in zip(*margins))
    fields = Fields(stride, max(before, after), axes[0].scale)
    return ReceptiveField(fields, before, after, max(field.size for field in found))


@contextmanager
def _enough_memory() -> Iterator[None]:
    try:
        yield
    except tf.errors.ResourceExhaustedError as error:
        raise InputError(
            tr("There is not enough memory to measure the receptive field of the network."),
            received=error.message[:300],
            remedy=tr(GIVE_FIELDS),
        ) from error


class _Axis:
    """Measurement of a network along one axis.

    Positions are pixels of the reference; output pixels are counted as if nothing were cropped.

    Args:
        runs: the network along that axis.

    Attributes:
        scale: output pixel size / that of the reference.
    """

    def __init__(self, runs: NetworkRuns) -> None:
        self._runs, self.scale = runs, runs.scale
        self._found: dict[tuple[int, int], tuple[int, int]] = {}
        self._length, self._radius, self._changes = self._long_enough()

    def stride(self) -> int:
        """The total stride."""
        step = math.lcm(self.scale.numerator, *(ratio.numerator for ratio in self._runs.ratios.values()))
        irregular: dict[int, float] = {}
        for shift in itertools.islice(self._shifts(step), _CANDIDATES):
            irregular[shift] = self._irregular(shift)
            if not irregular[shift]:
                break
        if not irregular:
            raise InputError(
                tr("The total stride of this network cannot be measured: no shift of the input shifts the output."),
                expected=tr("a total stride of {maximum_stride} pixels or less").format(maximum_stride=_MAXIMUM_STRIDE),
                remedy=tr(GIVE_FIELDS),
            )
        # Its multiples are as regular as the total stride; what is no multiple of it is irregular everywhere.
        return min(shift for shift, share in irregular.items() if share <= 1.75 * min(irregular.values()))

    def receptive_field(self, stride: int) -> ReceptiveField:
        """The receptive field, with the margins that follow from it."""
        while self._length < 8 * stride:
            self._length *= 2
        start, moved = round_up(ceil_div(self._length, 2), stride), stride // self.scale
        edges = self._edges(start, 2 * stride) - start // self.scale
        # What shows at one position holds at all that are whole strides apart.
        firsts = np.maximum(edges[:stride, 0], edges[stride:, 0] - moved).tolist()
        lasts = np.minimum(edges[:stride, 1], edges[stride:, 1] - moved).tolist()
        before, after = max(firsts[0], 0), max(-1 - lasts[0], 0)
        side = receptive_field_size(firsts, lasts, stride, moved)
        return ReceptiveField(Fields(stride, max(before, after), self.scale), before, after, side)

    def margins(self, field: ReceptiveField) -> tuple[int, int]:
        """Output pixels before and after that differ between a block and the same part of a larger image.

        They are more than `field` says where padding is taken for pixels that depend on no input.

        Raises:
            InputError: the block differs however far from the border.
        """
        stride, margin = field.fields.total_stride, field.fields.valid_margin + self._runs.cropped
        step = math.lcm(stride, self._runs.side)
        size = (4 * margin * self.scale // step + 1) * step
        start = (margin * self.scale // stride + 1) // 2 * 2 * stride + stride  # an odd number of strides
        before, after, count = field.before, field.after, size // self.scale
        for setting in SETTINGS:
            images = self._runs.images(setting, round_up(2 * start + size, step))
            block = self._runs.run(setting, self._runs.part(images, start, size))
            whole = self._runs.run(setting, images)[:, start // self.scale :][:, : block.shape[1]]
            different = np.flatnonzero(differ(block, whole)) + self._runs.cropped
            before = max(before, *(different[different < count // 2] + 1), 0)
            after = max(after, *(count - different[different >= count // 2]), 0)
            if before + after >= count // 2:
                raise InputError(
                    tr(
                        "This network gives other values in a block than in a larger image, however far from the "
                        "border."
                    ),
                    expected=tr(FULLY_CONVOLUTIONAL),
                    remedy=tr(GIVE_FIELDS),
                )
        return before, after

    def _shifts(self, step: int) -> Iterator[int]:
        """The multiples of a step whose shift of the input shifts the output; images get longer with them."""
        runs, tried = self._runs, 0
        while tried < _MAXIMUM_STRIDE:
            most = self._length // 8
            wide = {setting: runs.images(setting, self._length + most) for setting in SETTINGS}
            outputs = {setting: runs.run(setting, runs.part(wide[setting], 0, self._length)) for setting in SETTINGS}
            first, end = self._radius, self._length // self.scale - 2 * runs.cropped - self._radius
            settings = list(SETTINGS)
            for shift in range(tried // step * step + step, most + 1, step):
                moved = shift // self.scale
                for setting in settings:
                    shifted = runs.run(setting, runs.part(wide[setting], shift, self._length))
                    if differ(shifted[:, first : end - moved], outputs[setting][:, first + moved : end]).any():
                        settings.remove(setting)
                        settings.insert(0, setting)  # the likeliest to show a difference the next time
                        break
                else:
                    yield shift
            tried = most
            self._length *= 2

    def _irregular(self, shift: int) -> float:
        """Share of positions whose shift does not shift the output pixels that depend on them.

        It is 0 for the total stride, or more if the farthest dependence shows at some positions only.
        """
        edges = self._edges(self._length // 2, 2 * shift)
        return float((edges[shift:] != edges[:shift] + shift // self.scale).any(axis=1).mean())

    def _edges(self, start: int, count: int) -> NDArray[np.int64]:
        """The result of `_independent` for so many positions, [position, 2]."""
        for position in range(start, start + count):
            if (position, self._length) not in self._found:
                self._found[position, self._length] = self._independent(self._changes, position)
        edges = np.array([self._found[position, self._length] for position in range(start, start + count)])
        # What depends on pixels before a position depends on those before any later one; likewise behind it.
        firsts = np.maximum.accumulate(edges[:, 0])
        lasts = np.minimum.accumulate(edges[::-1, 1])[::-1]
        return np.stack([firsts, lasts], axis=1)

    def _long_enough(self) -> tuple[int, int, list[_Change]]:
        """Length of an image with a radius of a quarter or less, the radius, and the changes that show it on each side.

        The radius is the number of output pixels on one side that a change of the input reaches.
        """
        length = 4 * self._runs.side
        while length <= MAXIMUM_LENGTH:
            self._length, middle = length, length // 2
            radii: dict[_Change, tuple[int, int]] = {}
            for change in _CHANGES:
                first, last = self._independent([change], middle)
                radii[change] = (first - middle // self.scale, middle // self.scale - 1 - last)
                if 4 * max(radii[change]) * self.scale > length:
                    break
            else:
                # Of those that show the most, the last ones, with other weights: they show as much at all positions.
                telling = [max(reversed(_CHANGES), key=lambda change: radii[change][side]) for side in (0, 1)]
                if radii[telling[0]][0] <= -length:
                    raise InputError(
                        tr("The fields of this network cannot be measured: its output does not change with its input."),
                        remedy=tr(GIVE_FIELDS),
                    )
                return length, max(max(radii[change]) for change in telling), list(dict.fromkeys(telling))
            length *= 2
        raise InputError(
            tr("The receptive field of this network is unlimited, or too large to be measured."),
            expected=tr(FULLY_CONVOLUTIONAL),
            received=tr("an output pixel that depends on pixels farther than {length} away").format(
                length=self._length // 4
            ),
            remedy=tr(GIVE_FIELDS),
        )

    def _independent(self, changes: list[_Change], position: int) -> tuple[int, int]:
        """The first output pixel that depends on nothing before a position, and the last on nothing from it on.

        They are far outside the image if nothing changes.
        """
        runs = self._runs
        first, last = -2 * self._length, 2 * self._length
        for setting, factor in changes:
            images, output, noise = runs.reference(setting, self._length)
            others = runs.images(setting, self._length, factor)
            for is_before in (True, False):
                changed = np.abs(runs.run(setting, runs.mixed(images, others, position, is_before)) - output)
                columns = np.flatnonzero(~(changed <= 2 * noise).all(axis=(0, 2))) + runs.cropped
                if columns.size and is_before:
                    first = max(first, int(columns[-1]) + 1)
                elif columns.size:
                    last = min(last, int(columns[0]) - 1)
        return first, last
