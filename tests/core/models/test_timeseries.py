"""The network for time series."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.models.architectures.timeseries import TimeSeries
from geodl_plugin.models.fields import Fields
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.models.layer_fields import fields_of
from geodl_plugin.models.memory import bytes_per_pixel
from geodl_plugin.models.series import YEAR, days_of, pooled_over_dates
from geodl_plugin.models.trimming import trimmed

DATES = ["2018-02-01", "2018-05-01", "2018-08-01", "2019-02-01"]
BANDS, NODATA = 2 * len(DATES), -99.0


def network(dates=DATES, nodata=NODATA, bands=BANDS):
    """A network with random weights, also of what is zero at first."""
    keras.utils.set_random_seed(0)
    statistics = {"image": {"mean": [5.0] * bands, "stddev": [2.0] * bands, "nodata": [nodata] * bands}}
    spec = ({"image": tf.TensorSpec([None, 16, 16, bands], tf.float32)}, {})
    one = TimeSeries(Head.of_classes(3), statistics, spec, (16,), dates={"image": dates}, width=4)
    rng = np.random.default_rng(0)
    one.model.set_weights(
        [
            value + rng.normal(0, 0.1, value.shape) if value.dtype.kind == "f" else value
            for value in one.model.get_weights()
        ]
    )
    return one.model


def images(size=12):
    """Two images, a quarter of whose dates are missing, and where."""
    rng = np.random.default_rng(1)
    values = rng.normal(5, 2, (2, size, size, len(DATES), 2)).astype(np.float32)
    missing = rng.random(values.shape[:-1]) < 0.25
    return values.reshape(2, size, size, BANDS), np.repeat(missing, 2, axis=-1)


def predicted(model, values):
    """The probabilities."""
    return np.asarray(model({"image": values})[PREDICTIONS])


def test_it_does_not_matter_what_stands_in_a_missing_date():
    model, (values, missing) = network(), images()
    expected = predicted(model, np.where(missing, NODATA, values))
    np.testing.assert_array_equal(predicted(model, np.where(missing, np.nan, values)), expected)
    one_band = missing & (np.arange(BANDS) % 2 == 0)
    np.testing.assert_array_equal(predicted(model, np.where(one_band, np.nan, values)), expected)
    assert np.abs(predicted(model, values) - expected).max() > 1e-3


def test_it_matters_when_a_date_is():
    values, _ = images()
    other = ["2018-02-01", "2018-08-01", "2018-05-01", "2019-02-01"]
    assert np.abs(predicted(network(), values) - predicted(network(other), values)).max() > 1e-3


def test_parts_give_what_the_whole_gives():
    model, (values, missing) = network(), images(24)
    values = np.where(missing, np.nan, values)
    assert fields_of(model, PREDICTIONS) == Fields(1, 1)
    whole = predicted(model, values)
    part = predicted(model, values[:, 3:17, 5:20])
    np.testing.assert_allclose(part[:, 1:-1, 1:-1], whole[:, 4:16, 6:19], rtol=0, atol=1e-6)
    for is_complete in (None, tf.constant(False)):
        found = trimmed(model, PREDICTIONS)({"image": tf.constant(values)}, is_complete).numpy()
        np.testing.assert_allclose(found, whole, rtol=0, atol=1e-6)


def test_memory_of_all_dates_is_counted():
    per_date = 4 * 2 * (4 + 1)  # what a date shows, and the same weighed: 4 numbers and 1
    assert bytes_per_pixel(network(), PREDICTIONS) >= per_date * len(DATES)


def test_a_network_of_one_date():
    values, _ = images()
    assert predicted(network(["2018-02-01"]), values).shape == (2, 12, 12, 3)


def test_days_are_counted_from_a_first_of_january():
    assert days_of(["2018-01-01", "2018-12-31", "2019-01-01"], 6) == [0, 364, 365]


@pytest.mark.parametrize("dates", [(), ["", "", "", ""]])
def test_dates_that_are_not_known_are_at_equal_steps(dates):
    assert days_of(dates, 4) == [YEAR / 8, YEAR * 3 / 8, YEAR * 5 / 8, YEAR * 7 / 8]


def test_statistics_are_those_of_all_dates_together():
    values = np.random.default_rng(0).normal(3, 2, (1000, 4, 2)) * [1, 10]
    values[:, 2] += 5
    statistics = {"mean": values.mean(axis=0).ravel(), "stddev": values.std(axis=0).ravel()}
    mean, variance = pooled_over_dates(statistics, 4)
    np.testing.assert_allclose(mean, np.tile(values.mean(axis=(0, 1)), 4), rtol=1e-6)
    np.testing.assert_allclose(variance, np.tile(values.var(axis=(0, 1)), 4), rtol=1e-6)


def test_a_date_without_any_value_does_not_count_in_the_statistics():
    statistics = {"mean": [4.0, 0.0, 6.0], "stddev": [1.0, 0.0, 1.0]}
    mean, variance = pooled_over_dates(statistics, 3)
    assert mean.tolist() == [5, 5, 5] and variance.tolist() == [2, 2, 2]


def test_constant_values_are_only_shifted():
    assert pooled_over_dates({"mean": [7.0, 7.0], "stddev": [0.0, 0.0]}, 2)[1].tolist() == [1, 1]
