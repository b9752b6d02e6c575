"""Keras layers of our own."""

import keras
import numpy as np
import pytest

from geodl_plugin.models.layers import FillNodata

FILL = [10.0, 20.0]


def filled(values, nodata, dtype=np.float32):
    """One row of two-band pixels through the layer."""
    return np.array(FillNodata(nodata, FILL)(np.array(values, dtype)[None, None]))[0, 0].tolist()


def test_nan_becomes_the_fill_value_of_its_band():
    assert filled([[np.nan, 1], [2, np.nan]], [None, None]) == [[10, 1], [2, 20]]


def test_no_data_becomes_the_fill_value_of_its_band():
    assert filled([[0, 0], [7, 7]], [0, 7]) == [[10, 0], [7, 20]]


def test_a_band_without_no_data_value_stays():
    assert filled([[0, 0]], [0, None]) == [[10, 0]]


@pytest.mark.parametrize(
    ("dtype", "nodata"),
    [
        (np.uint8, 255.0),
        (np.uint16, 65535.0),
        (np.int16, -32768.0),
        (np.uint32, 4294967295.0),
        (np.float32, -3.4028234663852886e38),
        (np.float32, 0.1),
        (np.float64, -1.7976931348623157e308),
        (np.float64, 1e20),
    ],
)
def test_any_type(dtype, nodata):
    assert filled([[nodata, 1]], [nodata, nodata], dtype) == [[10, 1]]


def test_a_no_data_value_that_the_type_cannot_hold_changes_nothing():
    assert filled([[0, 255]], [-9999.0, -9999.0], np.uint8) == [[0, 255]]


def test_the_layer_comes_back_from_a_file_in_safe_mode(tmp_path):
    image = keras.Input((None, None, 2))
    keras.Model(image, FillNodata([0, None], FILL)(image)).save(tmp_path / "m.keras")
    model = keras.models.load_model(tmp_path / "m.keras", safe_mode=True)
    assert np.array(model(np.array([[[[0.0, 0.0]]]])))[0, 0, 0].tolist() == [10, 0]


def test_the_layer_stays_float32_under_mixed_precision():
    layer = FillNodata([0, 0], FILL, dtype="mixed_float16")
    assert np.array(layer(np.array([[[[70000.0, 0.0]]]], np.float32)))[0, 0, 0].tolist() == [70000, 20]
