"""No-data values, as users write them and as bands hold them."""

import math

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.rasters.nodata import parse_nodata, stored_nodata


@pytest.mark.parametrize(("text", "value"), [("", None), ("  ", None), ("0", 0), (" -9999 ", -9999), ("1e3", 1000)])
def test_numbers_are_read(text, value):
    assert parse_nodata(text) == value


def test_nan_is_a_number():
    assert math.isnan(parse_nodata("nan"))


@pytest.mark.parametrize("text", ["none", "1,5", "0x10", "-"])
def test_other_texts_are_refused_by_the_name_of_the_parameter(text):
    with pytest.raises(InputError) as caught:
        parse_nodata(text, "no-data value of the map")
    assert str(caught.value) == f"Invalid no-data value of the map. Expected: a number. Received: {text}."


@pytest.mark.parametrize(
    ("value", "dtype", "stored"),
    [
        (None, "uint8", None),
        (math.nan, "float32", None),
        (0.1, "float32", float(np.float32(0.1))),
        (0.1, "float64", 0.1),
        (1e300, "float32", 1e300),  # no pixel has it
        (255, "uint8", 255.0),
    ],
)
def test_values_are_as_pixels_hold_them(value, dtype, stored):
    assert stored_nodata(value, np.dtype(dtype)) == stored
