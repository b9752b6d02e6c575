"""What maps consist of."""

import numpy as np
import pytest

from geodl_plugin.classes import ClassMap
from geodl_plugin.errors import InputError
from geodl_plugin.inference.products import map_product

CLASSES = ClassMap.from_values(["field", "forest"])
NAMES = ("field", "forest")


def test_each_type_of_output_has_its_own_type_and_no_data_value():
    found = {
        kind: map_product(kind, NAMES, CLASSES) for kind in ("classes", "probabilities", "probabilities (uint8)", "raw")
    }
    assert [one.dtype.name for one in found.values()] == ["uint8", "float32", "uint8", "float32"]
    assert [one.nodata for one in found.values()][:3] == [0, -1, 255]
    assert np.isnan(found["raw"].nodata)
    assert [one.names for one in found.values()] == [("class",), NAMES, NAMES, NAMES]
    assert found["probabilities (uint8)"].step * 250 == 1


@pytest.mark.parametrize(("kind", "text", "value"), [("classes", "7", 7), ("probabilities", "-9999", -9999)])
def test_another_no_data_value_is_taken(kind, text, value):
    assert map_product(kind, NAMES, CLASSES).with_nodata(text).nodata == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [("classes", "1"), ("classes", "256"), ("classes", "-1"), ("classes", "2.5"), ("classes", "none"),
     ("classes", "nan"), ("probabilities (uint8)", "250"), ("raw", "x")],
)  # fmt: skip
def test_a_no_data_value_that_does_not_fit_is_refused(kind, text):
    with pytest.raises(InputError, match=f"no-data value does not fit.*Received: {text}"):
        map_product(kind, NAMES, CLASSES).with_nodata(text)
