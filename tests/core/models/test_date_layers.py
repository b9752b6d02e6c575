"""Keras layers for time series."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodl_plugin.models.date_layers import DateDropout, SeasonAverages, SplitDates, WeighDates

DAYS = [10.0, 40.0, 100.0, 190.0, 200.0, 300.0]
DATES, BANDS = len(DAYS), 2


def series(seed=0):
    """A time series of 3 × 4 pixels, [1, y, x, dates · bands]."""
    return np.random.default_rng(seed).normal(0, 1, (1, 3, 4, DATES * BANDS)).astype(np.float32)


def averages(values, days=DAYS, seasons=4):
    """The averages of the bands themselves over the seasons, and which part is present, [pixel, season, bands + 1]."""
    split = SplitDates(len(days))(values)
    weighed = np.concatenate([split[..., :-1] * split[..., -1:], split[..., -1:]], axis=-1)
    found = np.asarray(SeasonAverages(days, seasons)(weighed))
    return found.reshape(-1, seasons, split.shape[-1])


def test_dates_are_split_in_the_order_of_the_bands():
    found = np.asarray(SplitDates(3)(np.arange(6, dtype=np.float32)[None, None, None]))
    assert found.shape == (1, 1, 1, 3, 3)
    assert found[0, 0, 0].tolist() == [[0, 1, 1], [2, 3, 1], [4, 5, 1]]


@pytest.mark.parametrize("missing", [np.nan, np.inf])
def test_a_date_without_one_of_its_bands_is_missing(missing):
    values = np.array([[[[1, 2, missing, 4, 5, 6]]]], np.float32)
    assert np.asarray(SplitDates(3)(values))[0, 0, 0].tolist() == [[1, 2, 1], [0, 0, 0], [5, 6, 1]]


@settings(max_examples=25)
@given(st.sets(st.integers(0, DATES - 1), max_size=DATES - 1), st.integers(0, 100))
def test_missing_dates_are_as_if_they_did_not_exist(missing, seed):
    values, kept = series(seed), [number for number in range(DATES) if number not in missing]
    with_gaps = values.reshape(1, 3, 4, DATES, BANDS).copy()
    with_gaps[..., sorted(missing), 0] = np.nan
    fewer = with_gaps[..., kept, :].reshape(1, 3, 4, -1)
    found, expected = averages(with_gaps.reshape(values.shape)), averages(fewer, [DAYS[number] for number in kept])
    # the years of the dates that are left may have another middle, which the first weights do not depend on
    softened = found[..., :-1] * (found[..., -1:] + 0.01) / np.maximum(found[..., -1:], 1e-30)
    present = found[..., -1] > 1e-4
    np.testing.assert_allclose(softened[present], (expected[..., :-1] * 1.01)[present], rtol=1e-3, atol=1e-4)


def test_a_pixel_without_any_date_gives_zeros():
    assert not averages(np.full((1, 1, 1, DATES * BANDS), np.nan, np.float32)).any()


def test_the_part_that_is_present_is_told():
    values = series()
    assert averages(values)[..., -1] == pytest.approx(1)
    values[..., : BANDS * 3] = np.nan  # the first half of the year
    first, *_, last = averages(values)[0, :, -1]
    assert first < 0.05 and last > 0.95


def test_an_average_is_that_of_its_season():
    values = np.repeat(np.arange(DATES, dtype=np.float32), BANDS)[None, None, None]
    found = averages(values, seasons=12)[0, :, 0]
    assert found[0] == pytest.approx(0, abs=0.3)  # of January
    assert found[3] == pytest.approx(2, abs=0.1)  # of April
    assert 3 < found[6] < 4  # of July, with two dates


def test_the_same_day_of_another_year_counts_the_same():
    one, other = (averages(series(), [day + year * 365.25 for day in DAYS]) for year in (0, 3))
    np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)


def test_dates_that_are_not_trusted_count_less():
    dates = SplitDates(2)(np.ones((1, 1, 1, 2), np.float32))
    shown = np.array([[[[[1.0, -3.0, 20.0], [1.0, 2.0, -20.0]]]]], np.float32)
    first, second = np.asarray(WeighDates()([shown, dates]))[0, 0, 0]
    np.testing.assert_allclose(first, [1, 0, 1], atol=1e-6)
    np.testing.assert_allclose(second, [0, 0, 0], atol=1e-6)


def test_missing_dates_have_no_weight_whatever_they_show():
    dates = SplitDates(1)(np.full((1, 1, 1, 1), np.nan, np.float32))
    assert not np.asarray(WeighDates()([np.full((1, 1, 1, 1, 3), 50.0, np.float32), dates])).any()


def test_dropout_makes_whole_dates_missing_in_training_only():
    layer, dates = DateDropout(0.5), np.asarray(SplitDates(DATES)(np.repeat(series(), 50, axis=0)))
    np.testing.assert_array_equal(layer(dates), dates)
    dropped = np.asarray(layer(dates, training=True))
    kept = (dropped[..., -1] == 1).all(axis=(1, 2))
    np.testing.assert_array_equal(dropped[..., -1], np.broadcast_to(kept[:, None, None], dropped.shape[:-1]))
    np.testing.assert_array_equal(dropped, dates * kept[:, None, None, :, None])
    assert 0.35 < kept.mean() < 0.65


@pytest.mark.parametrize("policy", ["float32", "mixed_float16"])
def test_layers_come_back_from_a_file_and_stay_float32(policy, tmp_path):
    before = keras.mixed_precision.dtype_policy()
    keras.mixed_precision.set_dtype_policy(policy)
    try:
        image = keras.Input((None, None, DATES * BANDS))
        dates = DateDropout(0.5)(SplitDates(DATES)(image))
        shown = keras.layers.Dense(4)(dates)
        model = keras.Model(image, SeasonAverages(DAYS, 3)(WeighDates()([shown, dates])))
        model.save(tmp_path / "m.keras")
    finally:
        keras.mixed_precision.set_dtype_policy(before)
    again = keras.models.load_model(tmp_path / "m.keras", safe_mode=True)
    assert model.output_shape == again.output_shape == (None, None, None, 12)
    np.testing.assert_array_equal(again(series()), model(series()))
    assert model(series()).dtype == "float32"
