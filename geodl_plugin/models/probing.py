"""The reach of a network that shows no layers, measured by running it.

Along one axis at a time, all of the input before a position (or from it on) is replaced, and the output pixels
that change are looked at.  A change proves dependence: nothing is found that is not there.  Something may be
missed if it does not show: behind dead ReLUs, in saturated probabilities, below the precision of the numbers.
Against that

- half of the image is replaced, not a pixel, and every row and channel of the output is a witness: any bit that
  differs counts, beyond what two runs on the same image differ by;
- the new values are ten thousand times larger, or NaN.  NaN passes convolutions even where a weight is 0, and so
  shows their exact reach; other layers swallow it, such as those that fill no-data;
- all of it is done for several ranges of values, and again with other weights, since the reach belongs to the
  layers and not to the weights: positive ones, so that no unit is dead and nothing cancels, the largest at the
  corners of the kernels, which look farthest.  Weights that are constants of the graph stay.

The total stride is the smallest shift of the input that shifts the output by whole pixels, to rounding, and with
it what each output pixel depends on.  In the end a block is compared with the same part of a larger image: a
network that passes has no seams.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..errors import InputError
from ..runtime.numbers import ceil_div, round_up
from .fields import Fields
from .loading import OpenModel
from .reach import GIVE_FIELDS, ImagesDoNotFit, Reach, receptive_field
from .weights import revealing_weights

LONGEST = 4096  # pixels of the longest image that is tried
_SIDES = (64, 96, 160, 224, 256, 512)  # multiples of all usual strides; the first that the network takes is used
_PATTERNS = (1, 7, 49)  # sizes of squares that no usual stride divides, nor they it
_SPANS = (1.0, 255.0, 10000.0)
_LARGEST_STRIDE = 128
_MOST_TRIED = 4  # strides whose results are alike, of which the best is chosen
_ROUNDING = 1e-5  # share of the greatest value by which results that are the same may differ


@dataclass(frozen=True)
class _Draw:
    """How images and weights are filled.

    Args:
        span: pixels have values from 0 to it.
        own_weights: whether the network keeps its weights.
    """

    span: float
    own_weights: bool


_DRAWS = [_Draw(span, own_weights) for own_weights in (True, False) for span in _SPANS]
_Kind = tuple[_Draw, float]  # how an image is filled, and how many times larger the values are that replace its own
_KINDS: list[_Kind] = [(_Draw(_SPANS[1], True), math.nan), *((draw, 1e4) for draw in _DRAWS)]
_Images = dict[str, NDArray]  # by input name, [across, along, bands]


def probe(model: OpenModel, output: str, ratios: Mapping[str, Fraction] | None = None) -> Reach:
    """Measure how far a network looks.

    Weights change while it runs, and are put back in the end.

    Args:
        model: with image inputs of free size; scalar inputs are fed with 1.
        output: name of an image output, whole or cropped.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.

    Raises:
        InputError: the network is not fully convolutional, or its reach has no end, or cannot be seen.
    """
    wanted = model.output(output)
    if not (wanted.is_image and model.images and all(one.has_free_size for one in model.images)):
        raise InputError(
            "The fields of this network cannot be measured: it is not fully convolutional.",
            expected="images of any size that go in, and an image that comes out",
            received=", ".join(f"{one.name} {one.shape_text}" for one in (*model.images, wanted)),
        )
    with _enough_memory(), revealing_weights(model.variables) as use_own_weights:
        lines = [_Line(model, output, ratios or {}, axis, use_own_weights) for axis in (0, 1)]
        if lines[0].scale != lines[1].scale:
            raise InputError("The network treats rows and columns differently.", remedy=GIVE_FIELDS)
        stride = math.lcm(*(line.stride() for line in lines))
        reaches = [line.reach(stride) for line in lines]
        margins = [line.margins(reach) for line, reach in zip(lines, reaches)]
    before, after = (max(sides) for sides in zip(*margins))
    fields = Fields(stride, max(before, after), lines[0].scale)
    return Reach(fields, before, after, max(one.receptive_field for one in reaches))


@contextmanager
def _enough_memory() -> Iterator[None]:
    try:
        yield
    except tf.errors.ResourceExhaustedError as error:
        raise InputError(
            "There is not enough memory to measure how far the network looks.",
            received=error.message[:300],
            remedy=GIVE_FIELDS,
        ) from error


class _Line:
    """A network along one axis.

    Positions are pixels of the reference; output pixels are counted as if nothing were cropped.

    Attributes:
        scale: output pixel size / that of the reference.
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
        self._ratios = {one.name: Fraction(ratios.get(one.name, 1)) for one in model.images}
        self._rng = np.random.default_rng(0)
        self._stills: dict[tuple[_Draw, int], Any] = {}
        self._found: dict[tuple[int, int], tuple[int, int]] = {}
        self._cropped = 0
        self._side, self.scale, self._cropped = self._geometry()
        self._length, self._farthest, self._kinds = self._long_enough()

    def stride(self) -> int:
        """The total stride."""
        step = math.lcm(self.scale.numerator, *(ratio.numerator for ratio in self._ratios.values()))
        irregular: dict[int, float] = {}
        for shift in itertools.islice(self._shifts(step), _MOST_TRIED):
            irregular[shift] = self._irregular(shift)
            if not irregular[shift]:
                break
        if not irregular:
            raise InputError(
                "No shift of the input shifts the output of this network.",
                expected=f"a total stride of at most {_LARGEST_STRIDE} pixels",
                remedy=GIVE_FIELDS,
            )
        # Its multiples are as regular as the total stride; what is no multiple of it is irregular everywhere.
        return min(shift for shift, share in irregular.items() if share <= 1.75 * min(irregular.values()))

    def reach(self, stride: int) -> Reach:
        """Margins and receptive field."""
        while self._length < 8 * stride:
            self._length *= 2
        start, moved = round_up(ceil_div(self._length, 2), stride), stride // self.scale
        edges = self._edges(start, 2 * stride) - start // self.scale
        # What shows at one position holds at all that are whole strides apart.
        firsts = np.maximum(edges[:stride, 0], edges[stride:, 0] - moved).tolist()
        lasts = np.minimum(edges[:stride, 1], edges[stride:, 1] - moved).tolist()
        before, after = max(firsts[0], 0), max(-1 - lasts[0], 0)
        side = receptive_field(firsts, lasts, stride, moved)
        return Reach(Fields(stride, max(before, after), self.scale), before, after, side)

    def _shifts(self, step: int) -> Iterator[int]:
        """The multiples of a step whose shift of the input shifts the output; images get longer with them."""
        tried = 0
        while tried < _LARGEST_STRIDE:
            most = self._length // 8
            wide = {draw: self._images(draw, self._length + most) for draw in _DRAWS}
            still = {draw: self._run(draw, _cut(wide[draw], self._along(0, self._length))) for draw in _DRAWS}
            first, end = self._farthest, self._length // self.scale - 2 * self._cropped - self._farthest
            draws = list(_DRAWS)
            for shift in range(tried // step * step + step, most + 1, step):
                moved = shift // self.scale
                for draw in draws:
                    shifted = self._run(draw, _cut(wide[draw], self._along(shift, self._length)))
                    if _differ(shifted[:, first : end - moved], still[draw][:, first + moved : end]).any():
                        draws = [draw, *(one for one in draws if one != draw)]  # the likeliest to tell the next time
                        break
                else:
                    yield shift
            tried = most
            self._length *= 2

    def _irregular(self, shift: int) -> float:
        """Share of positions for which output pixels that are farther by the shift do not depend on what is.

        It is 0 for the total stride, or more if the farthest dependence shows at some positions only.
        """
        edges = self._edges(self._length // 2, 2 * shift)
        return float((edges[shift:] != edges[:shift] + shift // self.scale).any(axis=1).mean())

    def _edges(self, start: int, count: int) -> NDArray[np.int64]:
        """What `_untouched` finds for so many positions, [position, 2]."""
        for position in range(start, start + count):
            if (position, self._length) not in self._found:
                self._found[position, self._length] = self._untouched(self._kinds, position)
        edges = np.array([self._found[position, self._length] for position in range(start, start + count)])
        # What depends on pixels before a position depends on those before any later one, and the like behind it.
        firsts = np.maximum.accumulate(edges[:, 0])
        lasts = np.minimum.accumulate(edges[::-1, 1])[::-1]
        return np.stack([firsts, lasts], axis=1)

    def margins(self, reach: Reach) -> tuple[int, int]:
        """Output pixels before and after that differ between a block and the same part of a larger image.

        They are more than `reach` says where padding stands for pixels that depend on no input.

        Raises:
            InputError: the block differs however far from the border.
        """
        stride, margin = reach.fields.total_stride, reach.fields.valid_margin + self._cropped
        step = math.lcm(stride, self._side)
        size = (4 * margin * self.scale // step + 1) * step
        start = (margin * self.scale // stride + 1) // 2 * 2 * stride + stride  # an odd number of strides
        before, after, count = reach.before, reach.after, size // self.scale
        for draw in _DRAWS:
            images = self._images(draw, round_up(2 * start + size, step))
            block = self._run(draw, _cut(images, self._along(start, size)))
            whole = self._run(draw, images)[:, start // self.scale :][:, : block.shape[1]]
            different = np.flatnonzero(_differ(block, whole)) + self._cropped
            before = max(before, *(different[different < count // 2] + 1), 0)
            after = max(after, *(count - different[different >= count // 2]), 0)
            if before + after >= count // 2:
                raise InputError(
                    "This network gives other values in a block than in a larger image, however far from the border.",
                    expected="a fully convolutional network, if it is to be applied block by block without seams",
                    remedy=GIVE_FIELDS,
                )
        return before, after

    def _geometry(self) -> tuple[int, Fraction, int]:
        """Side of the smallest images, scale, and the output pixels that are cropped on each side."""
        problem: InputError | None = None
        for side in _SIDES:
            if any((side / ratio).denominator > 1 for ratio in self._ratios.values()):
                continue
            self._side = side
            lengths = [number * side for number in (1, 3, 4)]
            try:
                outputs = [self._run(_DRAWS[0], self._images(_DRAWS[0], length)) for length in lengths]
            except (tf.errors.OpError, ValueError) as error:
                problem = problem or ImagesDoNotFit("The network does not run.", received=str(error)[:300])
                continue
            counts = [output.shape[1] for output in outputs]
            grown = counts[2] - counts[1]
            if outputs[0].size and grown > 0 and 1 in Fraction(side, grown).as_integer_ratio():
                lost = 3 * grown - counts[1]
                if lost >= 0 and lost % 2 == 0:
                    return side, Fraction(side, grown), lost // 2
            sizes = " and ".join(f"{count} pixels for {length}" for count, length in zip(counts[1:], lengths[1:]))
            problem = InputError(
                "The output of this network does not cover the ground of its input.",
                expected="an output that grows with the input, with pixels n or 1/n times as large, centred on it",
                received=sizes,
                remedy=GIVE_FIELDS,
            )
        raise problem or ImagesDoNotFit("Images of whole pixels do not fit together.")

    def _long_enough(self) -> tuple[int, int, list[_Kind]]:
        """Length of an image of which the reach is a quarter at most, the reach, and what shows it on each side."""
        length = 4 * self._side
        while length <= LONGEST:
            self._length, middle = length, length // 2
            reaches: dict[_Kind, tuple[int, int]] = {}
            for kind in _KINDS:
                first, last = self._untouched([kind], middle)
                reaches[kind] = (first - middle // self.scale, middle // self.scale - 1 - last)
                if 4 * max(reaches[kind]) * self.scale > length:
                    break
            else:
                # Of those that show the most, the last ones, with other weights: they show as much at all positions.
                telling = [max(reversed(_KINDS), key=lambda kind: reaches[kind][side]) for side in (0, 1)]
                if reaches[telling[0]][0] <= -length:
                    raise InputError(
                        "The output of this network does not change with its input: its fields cannot be measured.",
                        received=f"the output {self._output}",
                        remedy=GIVE_FIELDS,
                    )
                return length, max(max(reaches[kind]) for kind in telling), list(dict.fromkeys(telling))
            length *= 2
        raise InputError(
            f"The field of this network has no end, or it looks farther than {self._length // 4} pixels.",
            expected="a fully convolutional network, if it is to be applied block by block without seams",
            remedy=GIVE_FIELDS,
        )

    def _untouched(self, kinds: list[_Kind], position: int) -> tuple[int, int]:
        """The first output pixel that does not change with what lies before a position, and the last with what follows.

        They are far outside the image if nothing changes.
        """
        first, last = -2 * self._length, 2 * self._length
        for draw, change in kinds:
            images, still, noise = self._still(draw, self._length)
            others = self._images(draw, self._length, change)
            for is_before in (True, False):
                changed = np.abs(self._run(draw, self._mixed(images, others, position, is_before)) - still)
                columns = np.flatnonzero(~(changed <= 2 * noise).all(axis=(0, 2))) + self._cropped
                if columns.size and is_before:
                    first = max(first, int(columns[-1]) + 1)
                elif columns.size:
                    last = min(last, int(columns[0]) - 1)
        return first, last

    def _still(self, draw: _Draw, length: int) -> tuple[_Images, NDArray[np.float64], float]:
        """An image, the output for it, and by how much two runs on it differ."""
        if (draw, length) not in self._stills:
            images = self._images(draw, length)
            still = self._run(draw, images)
            self._stills[draw, length] = images, still, float(np.abs(self._run(draw, images) - still).max())
        return self._stills[draw, length]

    def _images(self, draw: _Draw, length: int, change: float = 1) -> _Images:
        """Random images, as long as that along the axis; fine and coarse patterns, which coarse layers see as well."""
        images = {}
        for one in self._model.images:
            dtype = np.dtype(one.dtype)
            ratio = self._ratios[one.name]
            shape = (int(self._side / ratio), int(length / ratio), one.bands or 1)
            largest = float(np.finfo(dtype).max if dtype.kind == "f" else np.iinfo(dtype).max)
            if math.isnan(change):
                images[one.name] = np.full(shape, math.nan if dtype.kind == "f" else largest, dtype)
            else:
                values = np.mean([_pattern(self._rng, shape, size) for size in _PATTERNS], axis=0)
                images[one.name] = (values * min(draw.span * change, largest)).astype(dtype)
        return images

    def _mixed(self, images: _Images, others: _Images, position: int, is_before: bool) -> _Images:
        """The images, with the others before a position or from it on."""
        mixed = {}
        for name, image in images.items():
            mixed[name] = image.copy()
            at = position / self._ratios[name]
            part = slice(0, math.ceil(at)) if is_before else slice(math.floor(at), None)
            mixed[name][:, part] = others[name][:, part]
        return mixed

    def _along(self, start: int, length: int) -> dict[str, slice]:
        """The columns of each image for a part of the line."""
        return {name: slice(int(start / ratio), int((start + length) / ratio)) for name, ratio in self._ratios.items()}

    def _run(self, draw: _Draw, images: _Images) -> NDArray[np.float64]:
        """The output [across, along, bands]."""
        self._use_own_weights(draw.own_weights)
        feeds: dict[str, Any] = {}
        for one in self._model.inputs:
            if one.name in images:
                image = images[one.name]
                feeds[one.name] = (image if self._axis == 1 else image.swapaxes(0, 1))[np.newaxis]
            else:
                feeds[one.name] = np.ones([size or 1 for size in one.shape or ()])
        output = self._model(feeds)[self._output][0].numpy().astype(np.float64)
        return output if self._axis == 1 else output.swapaxes(0, 1)


def _pattern(rng: np.random.Generator, shape: tuple[int, int, int], size: int) -> NDArray[np.float64]:
    """Random squares of so many pixels."""
    height, width, bands = shape
    squares = rng.uniform(0, 1, (ceil_div(height, size), ceil_div(width, size), bands))
    return squares.repeat(size, axis=0).repeat(size, axis=1)[:height, :width]


def _cut(images: _Images, columns: dict[str, slice]) -> _Images:
    return {name: image[:, columns[name]] for name, image in images.items()}


def _differ(one: NDArray, other: NDArray) -> NDArray[np.bool_]:
    """Whether results [across, along, bands] differ by more than rounding, along."""
    return (np.abs(one - other) > _ROUNDING * np.abs(other).max()).any(axis=(0, 2))
