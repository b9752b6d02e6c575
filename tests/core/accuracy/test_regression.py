"""Figures of predicted against true values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.accuracy.regression import RegressionErrors

TRUE, PREDICTED = np.array([0.0, 10, 20, 30]), np.array([1.0, 10, 18, 33])


def errors_of(true, predicted, parts=1, **options):
    """The figures, gathered in so many parts."""
    errors = RegressionErrors(**{"minimum": 0, "maximum": 40, "bins": 4, **options})
    for some, others in zip(np.array_split(true, parts), np.array_split(predicted, parts)):
        errors.add(some, others)
    return errors


def test_figures():
    errors = errors_of(TRUE, PREDICTED)
    assert errors.bias == pytest.approx(0.5)
    assert errors.mae == pytest.approx(1.5)
    assert errors.rmse == pytest.approx(np.sqrt(14 / 4))
    assert errors.r2 == pytest.approx(1 - 14 / 500)
    assert errors.total == 4


@given(st.integers(1, 7), st.floats(-1e4, 1e4))
def test_figures_do_not_depend_on_the_parts(parts, shift):
    one, other = errors_of(TRUE + shift, PREDICTED + shift), errors_of(TRUE + shift, PREDICTED + shift, parts)
    assert [other.r2, other.rmse, other.mae, other.bias] == pytest.approx([one.r2, one.rmse, one.mae, one.bias])
    assert (one.histogram == other.histogram).all()


def test_the_histogram_has_rows_of_true_values():
    histogram = errors_of([5, 5, 35], [15, 16, 35]).histogram
    assert histogram[0].tolist() == [0, 2, 0, 0]
    assert histogram[3].tolist() == [0, 0, 0, 1]


def test_what_lies_outside_counts_at_the_ends():
    errors = errors_of([-100, 500], [500, -100])
    assert (errors.histogram[0, 3], errors.histogram[3, 0], errors.histogram.sum()) == (1, 1, 2)
    assert (errors.error_counts[0], errors.error_counts[-1]) == (1, 1)


def test_no_error_falls_into_the_middle_bin():
    assert errors_of([5], [5]).error_counts.tolist() == [0, 0, 1, 0, 0]


def test_one_true_value_alone_has_no_r2():
    errors = errors_of([3, 3], [3, 4], minimum=3, maximum=3)
    assert np.isnan(errors.r2)
    assert errors.histogram.sum() == 2


def test_nothing_counts_as_nothing():
    errors = errors_of([], [])
    assert (errors.total, errors.rmse) == (0, 0)
    assert np.isnan(errors.r2)


def test_a_network_that_gives_nan_has_no_good_figures():
    errors = errors_of([1.0, 2.0], [np.nan, 2.0])
    assert np.isnan(errors.rmse) and np.isnan(errors.r2)
