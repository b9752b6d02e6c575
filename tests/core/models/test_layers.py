"""Keras layers of our own."""

import keras
import numpy as np
import pytest

from geodl_plugin.models.layers import ApplyMask, Argmax, DilatedMask, FillNodata, Max, Quantity, ScalarsTile

FILL = [10.0, 20.0]


def filled(values, nodata, dtype=np.float32):
    """One row of two-band pixels through the layer."""
    return np.array(FillNodata(nodata, FILL)(np.array(values, dtype)[None, None]))[0, 0].tolist()


def test_nan_becomes_the_fill_value_of_its_band():
    assert filled([[np.nan, 1], [2, np.nan]], [None, None]) == [[10, 1], [2, 20]]


def test_no_data_becomes_the_fill_value_of_its_band():
    assert filled([[0, 0], [7, 7]], [0, 7]) == [[10, 0], [7, 20]]


def test_without_a_fill_value_missing_values_become_nan():
    layer = FillNodata.from_config(FillNodata([0, None], [None, None]).get_config())
    found = np.array(layer(np.array([[[[0.0, 0.0], [3.0, np.inf]]]], np.float32)))[0, 0]
    np.testing.assert_array_equal(found, [[np.nan, 0], [3, np.nan]])


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


def image_of(*pixels):
    """A row of one-band pixels."""
    return np.array(pixels, np.float32)[None, None, :, None]


@pytest.mark.parametrize(("radius", "expected"), [(0, [0, 0, 0, 1, 0, 0]), (2, [0, 1, 1, 1, 1, 1])])
def test_a_mask_grows_by_its_radius(radius, expected):
    mask = DilatedMask(-1, radius)(image_of(5, 5, 5, -1, 5, 5))
    assert np.array(mask)[0, 0, :, 0].tolist() == expected
    assert mask.dtype == "uint8"


def test_a_mask_grows_in_all_directions_and_band_by_band():
    image = np.ones((1, 5, 5, 2), np.uint16)
    image[0, 2, 2, 1] = 0
    mask = np.array(DilatedMask(0, 1)(image))[0]
    assert mask[..., 0].sum() == 0
    assert mask[..., 1].tolist() == np.pad(np.ones((3, 3), int), 1).tolist()


def test_a_mask_of_nan():
    mask = DilatedMask(np.nan, 1)(image_of(0, 0, 0, np.nan))
    assert np.array(mask)[0, 0, :, 0].tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("dtype", [np.float32, np.int32])
def test_what_is_masked_becomes_no_data(dtype):
    image = np.arange(6).reshape(1, 1, 3, 2).astype(dtype)
    blanked = ApplyMask(-7)([np.array([0, 1, 0], np.uint8).reshape(1, 1, 3, 1), image])
    assert np.array(blanked)[0, 0].tolist() == [[0, 1], [-7, -7], [4, 5]]
    assert blanked.dtype == dtype


@pytest.mark.parametrize("scalars", [[[1.0, 2.0], [[3.0], [4.0]]], [[1.0, 3.0], [2.0, 4.0]]], ids=["list", "tensor"])
def test_scalars_are_spread_over_the_image(scalars):
    is_list = isinstance(scalars[1][0], list)
    given = [np.array(one, np.float32) for one in scalars] if is_list else np.array(scalars, np.float32)
    tiled = np.array(ScalarsTile()([np.zeros((2, 3, 4, 5)), given]))
    assert tiled.shape == (2, 3, 4, 2)
    assert (tiled[0] == [1, 3]).all()
    assert (tiled[1] == [2, 4]).all()


def test_the_greatest_band_and_its_value():
    image = np.array([[[[0.1, 0.6, 0.3], [0.9, 0.1, 0.0]]]], np.float32)
    assert np.array(Argmax()(image))[0, 0, :, 0].tolist() == [1, 0]
    assert np.array(Max()(image))[0, 0, :, 0] == pytest.approx([0.6, 0.9])


def test_all_layers_come_back_from_a_file_in_safe_mode(tmp_path):
    image, date = keras.Input((None, None, 2), name="image"), keras.Input((), name="date")
    half = 0.5 * image  # Keras takes this for a sparse tensor
    outputs = {
        "masked": ApplyMask(-3.5)([DilatedMask(0.0, 2, name="near")(half), half]),
        "class": Argmax(name="best")(half),
        "confidence": Max()(half),
        "date": ScalarsTile()([half, [date]]),
    }
    model = keras.Model({"image": image, "date": date}, outputs)
    model.save(tmp_path / "m.keras")
    again = keras.models.load_model(tmp_path / "m.keras", safe_mode=True)
    assert [layer.name for layer in again.layers] == [layer.name for layer in model.layers]
    assert (again.get_layer("near").nodata_value, again.get_layer("near").radius) == (0.0, 2)
    rng = np.random.default_rng(0)
    given = {"image": rng.integers(0, 9, (2, 7, 9, 2)).astype(np.float32), "date": np.array([1.0, 2.0], np.float32)}
    for name, expected in model(given).items():
        np.testing.assert_array_equal(again(given)[name], expected)
        assert tuple(outputs[name].shape[3:]) == tuple(expected.shape[3:])


def test_a_quantity_keeps_to_the_range_of_the_labels_but_in_training():
    layer, values = Quantity(50, 20, 0, 100), np.array([[-4.0], [-1.0], [0.0], [2.0], [9.0]], np.float32)
    np.testing.assert_array_equal(layer(values), [[0], [30], [50], [90], [100]])
    np.testing.assert_array_equal(layer(values, training=True), [[-30], [30], [50], [90], [230]])
    np.testing.assert_array_equal(Quantity(50, 20)(values), [[-30], [30], [50], [90], [230]])
    again = Quantity.from_config(layer.get_config())
    np.testing.assert_array_equal(again(values), layer(values))
