"""What maps consist of."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.inference.output_rasters import map_output
from geodl_plugin.labels.classes import ClassList

CLASSES = ClassList.from_values(["field", "forest"])
NAMES = ("field", "forest")


def test_each_type_of_output_has_its_own_type_and_no_data_value():
    found = {
        kind: map_output(kind, NAMES, CLASSES) for kind in ("classes", "probabilities", "probabilities (uint8)", "raw")
    }
    assert [raster.dtype.name for raster in found.values()] == ["uint8", "float32", "uint8", "float32"]
    assert [raster.nodata for raster in found.values()][:3] == [0, -1, 255]
    assert np.isnan(found["raw"].nodata)
    assert [raster.names for raster in found.values()] == [("class",), NAMES, NAMES, NAMES]
    assert found["probabilities (uint8)"].step * 250 == 1


@pytest.mark.parametrize(("kind", "text", "value"), [("classes", "7", 7), ("probabilities", "-9999", -9999)])
def test_another_no_data_value_is_taken(kind, text, value):
    assert map_output(kind, NAMES, CLASSES).with_nodata(text).nodata == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [("classes", "1"), ("classes", "256"), ("classes", "-1"), ("classes", "2.5"), ("classes", "none"),
     ("classes", "nan"), ("probabilities (uint8)", "250"), ("raw", "x"), ("raw", "1e39"), ("raw", "-1e300")],
)  # fmt: skip
def test_a_no_data_value_that_does_not_fit_is_refused(kind, text):
    with pytest.raises(InputError, match=f"Invalid no-data value of the map.*Received: {text}"):
        map_output(kind, NAMES, CLASSES).with_nodata(text)


def test_the_no_data_value_is_one_that_the_file_can_hold():
    assert map_output("raw", NAMES, None).with_nodata("0.1").nodata == np.float32(0.1)
    assert map_output("raw", NAMES, None).with_nodata("-inf").nodata == -np.inf


@pytest.mark.parametrize("nodata", ["0", "0.1", "-3.4028234663852886e+38"])
def test_a_value_that_is_no_data_by_chance_is_moved_by_the_least(nodata):
    raster = map_output("raw", NAMES, None).with_nodata(nodata)
    values = np.array([[raster.nodata, 7, np.nan, -np.inf]], np.float32)
    found = raster.avoid_nodata(values)
    assert found.dtype == np.float32
    assert found[0, 0] == np.nextafter(np.float32(raster.nodata), np.float32(np.inf)) > values[0, 0]
    np.testing.assert_array_equal(found[0, 1:], values[0, 1:])


@pytest.mark.parametrize("kind", ["classes", "probabilities (uint8)", "probabilities"])
def test_values_that_are_never_no_data_are_not_touched(kind):
    raster = map_output(kind, NAMES, CLASSES)
    values = np.array([[0, 1]], raster.dtype)
    assert raster.avoid_nodata(values) is values


@pytest.mark.parametrize(("kind", "shape"), [("classes", (3, 4)), ("raw", (3, 4, 2))])
def test_a_block_without_data_is_nothing_but_no_data(kind, shape):
    raster = map_output(kind, NAMES, CLASSES)
    found = raster.empty_block((3, 4))
    assert (found.shape, found.dtype) == (shape, raster.dtype)
    np.testing.assert_array_equal(found, np.full(shape, raster.nodata))
