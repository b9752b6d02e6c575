"""The rasters that a map consists of: their bands, their type, and their no-data value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..language import mark, tr
from ..rasters.nodata import parse_nodata

_NODATA_NAME = mark("no-data value of the map")
PROBABILITY_STEPS = 250  # values of 8 bits stand for the probabilities 0, 1/250, … 1
_PROBABILITY_NODATA = -1.0
_STEPS_NODATA = 255.0
_VALUES_NODATA = math.nan  # any number could be a value; and programs that ignore the no-data value keep NaN


@dataclass(frozen=True)
class OutputRaster:
    """One raster to make.

    Args:
        dtype: of the values.
        names: of the bands.
        nodata: no-data value.
        classes: what the values of the only band mean; None: they are numbers.
        step: what one more of the stored values means: the raster's scale.
        metadata: of the raster as a whole, names and texts.
    """

    dtype: np.dtype
    names: tuple[str, ...]
    nodata: float
    classes: ClassList | None = None
    step: float = 1.0
    metadata: tuple[tuple[str, str], ...] = ()

    def with_nodata(self, text: str) -> OutputRaster:
        """The same raster with another no-data value.

        Args:
            text: a number or ``nan``; empty: the same value.

        Raises:
            InputError: it is no number, the type cannot hold it, or it is a class.
        """
        nodata = parse_nodata(text, tr(_NODATA_NAME))
        if nodata is None:
            return self
        if self.dtype.kind == "f":
            with np.errstate(over="ignore"):
                stored = float(self.dtype.type(nodata))
            if math.isinf(stored) and not math.isinf(nodata):
                raise _invalid_nodata(
                    text,
                    tr("a number of type {dtype}, at most {max:g}").format(
                        dtype=self.dtype, max=np.finfo(self.dtype).max
                    ),
                )
            return replace(self, nodata=stored)
        limits, taken = np.iinfo(self.dtype), self.classes.values if self.classes else range(PROBABILITY_STEPS + 1)
        if not (nodata.is_integer() and limits.min <= nodata <= limits.max) or nodata in taken:
            whole = (
                tr("a whole number from {min} to {max} that is not the value of a class")
                if self.classes
                else tr("a whole number from {min} to {max} that is greater than {steps}")
            )
            raise _invalid_nodata(text, whole.format(min=limits.min, max=limits.max, steps=PROBABILITY_STEPS))
        return replace(self, nodata=nodata)

    def avoid_nodata(self, values: NDArray) -> NDArray:
        """Replace values that equal the no-data value by chance by the next higher number.

        Args:
            values: of pixels that have data, of any shape.
        """
        if self.dtype.kind != "f" or not math.isfinite(self.nodata):
            return values
        by_chance = values == self.nodata
        return np.where(by_chance, np.nextafter(values, np.float32(np.inf)), values) if by_chance.any() else values

    def empty_block(self, shape: tuple[int, int]) -> NDArray:
        """A block without data, [y, x] or [y, x, bands].

        Args:
            shape: rows and columns.
        """
        return np.full(shape if len(self.names) == 1 else (*shape, len(self.names)), self.nodata, self.dtype)


CONFIDENCE = OutputRaster(np.dtype(np.float32), ("highest probability", "normalised entropy"), _PROBABILITY_NODATA)
UNFAMILIARITY = OutputRaster(np.dtype(np.float32), ("unfamiliarity",), -1.0)


def map_output(output_type: str, names: Sequence[str], classes: ClassList | None) -> OutputRaster:
    """The raster of the map.

    Args:
        output_type: one of `options.OUTPUT_TYPES`.
        names: of the channels that the network gives.
        classes: what the channels mean, for all types but ``raw``.
    """
    if output_type == "raw" or classes is None:
        return OutputRaster(np.dtype(np.float32), tuple(names), _VALUES_NODATA)
    if output_type == "classes":
        return OutputRaster(classes.map_dtype, ("class",), classes.nodata, classes)
    if output_type == "probabilities (uint8)":
        return OutputRaster(np.dtype(np.uint8), tuple(names), _STEPS_NODATA, step=1 / PROBABILITY_STEPS)
    return OutputRaster(np.dtype(np.float32), tuple(names), _PROBABILITY_NODATA)


def _invalid_nodata(text: str, expected: str) -> InputError:
    return InputError(tr("Invalid {name}.").format(name=tr(_NODATA_NAME)), expected=expected, received=text)
