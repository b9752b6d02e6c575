"""How far probabilities can be believed."""

import numpy as np
import pytest

from geodl_plugin.accuracy.reliability import Reliability


def test_bins_know_confidence_and_accuracy():
    reliability = Reliability(bins=10)
    reliability.add(np.array([0.81, 0.89]), np.array([True, False]))
    reliability.add(np.array([0.55]), np.array([True]))
    assert reliability.counts.tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 2, 0]
    assert reliability.confidence[[5, 8]] == pytest.approx([0.55, 0.85])
    assert reliability.accuracy[[5, 8]] == pytest.approx([1, 0.5])
    assert np.isnan(reliability.accuracy[0])
    assert reliability.mean_confidence == pytest.approx(0.75)


def test_the_expected_error_weighs_the_bins_by_their_pixels():
    reliability = Reliability(bins=10)
    reliability.add(np.array([0.81, 0.89, 0.55]), np.array([True, False, True]))
    assert reliability.expected_error == pytest.approx((2 * abs(0.5 - 0.85) + abs(1 - 0.55)) / 3)


def test_a_calibrated_network_has_no_error():
    reliability = Reliability()
    reliability.add(np.full(1000, 0.8), np.arange(1000) % 5 > 0)
    assert reliability.expected_error == pytest.approx(0)


def test_the_ends_of_the_range_have_bins():
    reliability = Reliability(bins=2)
    reliability.add(np.array([0.0, 1.0]), np.array([False, True]))
    assert reliability.counts.tolist() == [1, 1]


def test_nothing_has_no_error():
    assert (Reliability().expected_error, Reliability().total) == (0, 0)
