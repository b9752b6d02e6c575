"""No-data values: as users write them, and as bands hold them."""

from __future__ import annotations

import math

import numpy as np

from ..errors import InputError
from ..language import tr


def parse_nodata(text: str, name: str = "") -> float | None:
    """Read a no-data value that a user wrote.

    Args:
        text: a number or ``nan``; empty, or only blanks: none.
        name: of the parameter, as in ``Invalid no-data value``; empty: it is called so.

    Returns:
        The number; None if there is none.

    Raises:
        InputError: it is not a number.
    """
    if not text.strip():
        return None
    try:
        return float(text)
    except ValueError as error:
        problem = tr("Invalid {name}.").format(name=name or tr("no-data value"))
        raise InputError(problem, expected=tr("a number"), received=text) from error


def stored_nodata(value: float | None, dtype: np.dtype) -> float | None:
    """A no-data value as the pixels of a band hold it: 0.1 is another number in 32 bits.

    Args:
        value: what the file or the user says; None: nothing.
        dtype: of the band.

    Returns:
        The value; None also for NaN, which is missing in every band.
    """
    if value is None or math.isnan(value):
        return None
    if dtype == np.float32 and abs(value) <= np.finfo(np.float32).max:
        return float(np.float32(value))
    return float(value)
