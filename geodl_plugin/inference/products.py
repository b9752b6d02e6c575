"""What a map consists of: its bands, their type, and what stands for no data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..rasters.nodata import parse_nodata

PROBABILITY_STEPS = 250  # a whole number of 8 bits stands for a probability of 0, 1/250, … 1
_NODATA_NAME = "no-data value of the map"
_PROBABILITY_NODATA = -1.0
_STEPS_NODATA = 255.0
_VALUES_NODATA = math.nan  # no number of a quantity that we do not know; arithmetic that ignores the tag keeps it


@dataclass(frozen=True)
class Product:
    """One raster that is made.

    Args:
        dtype: of the values.
        names: of the bands.
        nodata: what stands where there is no data.
        classes: what the values of the only band mean; None: they are numbers.
        step: what one more of the stored values means.
    """

    dtype: np.dtype
    names: tuple[str, ...]
    nodata: float
    classes: ClassList | None = None
    step: float = 1.0

    def with_nodata(self, text: str) -> Product:
        """The same with another no-data value, a number or ``nan``; empty: the same.

        Raises:
            InputError: it is no number, the type does not hold it, or it is a class.
        """
        nodata = parse_nodata(text, _NODATA_NAME)
        if nodata is None:
            return self
        if self.dtype.kind == "f":
            with np.errstate(over="ignore"):
                stored = float(self.dtype.type(nodata))
            if math.isinf(stored) and not math.isinf(nodata):
                raise InputError(
                    f"Invalid {_NODATA_NAME}.",
                    expected=f"a number that {self.dtype} holds, at most {np.finfo(self.dtype).max:g}",
                    received=text,
                )
            return replace(self, nodata=stored)
        limits, taken = np.iinfo(self.dtype), self.classes.values if self.classes else range(PROBABILITY_STEPS + 1)
        if not (nodata.is_integer() and limits.min <= nodata <= limits.max) or nodata in taken:
            raise InputError(
                f"Invalid {_NODATA_NAME}.",
                expected=f"a whole number from {limits.min} to {limits.max} that "
                + ("is no class value" if self.classes else f"is above {PROBABILITY_STEPS}"),
                received=text,
            )
        return replace(self, nodata=nodata)

    def with_data(self, values: NDArray) -> NDArray:
        """Values of pixels that have data: one that is the no-data value by chance becomes the next higher number."""
        if self.dtype.kind != "f" or not math.isfinite(self.nodata):
            return values
        by_chance = values == self.nodata
        return np.where(by_chance, np.nextafter(values, np.float32(np.inf)), values) if by_chance.any() else values


CONFIDENCE = Product(np.dtype(np.float32), ("highest probability", "normalised entropy"), _PROBABILITY_NODATA)


def map_product(output_type: str, names: Sequence[str], classes: ClassList | None) -> Product:
    """The map.

    Args:
        output_type: one of `options.OUTPUT_TYPES`.
        names: of the channels that the network gives.
        classes: what the channels mean, for all types but ``raw``.
    """
    if output_type == "raw" or classes is None:
        return Product(np.dtype(np.float32), tuple(names), _VALUES_NODATA)
    if output_type == "classes":
        return Product(classes.map_dtype, ("class",), classes.nodata, classes)
    if output_type == "probabilities (uint8)":
        return Product(np.dtype(np.uint8), tuple(names), _STEPS_NODATA, step=1 / PROBABILITY_STEPS)
    return Product(np.dtype(np.float32), tuple(names), _PROBABILITY_NODATA)
