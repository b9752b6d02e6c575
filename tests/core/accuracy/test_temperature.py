"""The temperature that corrects the confidence of a network."""

import json

import numpy as np
import pytest

from geodl_plugin.accuracy.temperature import (
    GREATEST,
    LEAST,
    Calibration,
    CalibrationFigures,
    fit_temperature,
    observations,
)

MANY = 10_000


def labelled(factor, pixels=20_000, classes=4, seed=0):
    """Scores that are wrong by a factor, and labels drawn from the probabilities of the right ones."""
    generator = np.random.default_rng(seed)
    scores = generator.normal(0, 2, (pixels, classes))
    gumbel = generator.gumbel(size=scores.shape)  # the highest sum is a draw from the softmax
    return (factor * scores).astype(np.float32), (scores + gumbel).argmax(axis=1)


@pytest.mark.parametrize("factor", [0.4, 1.0, 2.5])
def test_scores_that_are_wrong_by_a_factor_are_divided_by_it(factor):
    assert fit_temperature(*labelled(factor), MANY) == pytest.approx(factor, rel=0.08)


@pytest.mark.parametrize("factor", [0.4, 2.5])
def test_the_error_is_less_than_half_of_before(factor):
    scores, labels = labelled(factor)
    figures = CalibrationFigures.of(*labelled(factor, seed=1), fit_temperature(scores, labels, MANY))
    assert figures.ece_before > 0.05
    assert figures.ece_after < figures.ece_before / 2
    assert figures.nll_after < figures.nll_before
    assert figures.pixels == len(labels)


def test_patches_of_the_same_place_count_as_one_unless_labels_are_dense():
    assert observations(4, 97 * 100, 64 * 64) == 4  # many patches of four small polygons
    assert observations(1, 300 * 64 * 64, 64 * 64) == 300  # labelled everywhere


def test_the_fewer_observations_the_less_the_temperature_differs_from_1():
    scores, labels = labelled(2.5)
    found = [fit_temperature(scores, labels, patches) for patches in (1, 3, 10, 1000)]
    assert 1 < found[0] < found[1] < found[2] < found[3]


def test_a_network_that_is_always_right_is_not_certain():
    scores = np.zeros((500, 3), np.float32)
    scores[:, 1] = 3
    confidence = {}
    for patches in (5, 100, 10_000):
        figures = CalibrationFigures.of(scores, np.ones(500, int), fit_temperature(scores, np.ones(500, int), patches))
        confidence[patches] = 1 - figures.ece_after
    assert 0.9 < confidence[5] < confidence[100] < confidence[10_000] < 1


@pytest.mark.parametrize("factor", [1e-3, 1e3])
def test_the_temperature_has_bounds(factor):
    assert LEAST <= fit_temperature(*labelled(factor, 2000), MANY) <= GREATEST


def test_one_pixel_is_enough():
    assert LEAST < fit_temperature(np.array([[0.0, 1.0]]), np.array([0]), 1) < GREATEST


def test_it_goes_through_json():
    calibration = Calibration(0.8, 12, {"valid": CalibrationFigures(100, 0.4, 0.3, 0.1, 0.05)})
    assert Calibration.from_json(json.loads(json.dumps(calibration.to_json()))) == calibration
    assert "0.80" in calibration.summary and "0.100 before, 0.050 after" in calibration.summary


@pytest.mark.parametrize("content", [None, "", "no labels", {}, {"temperature": "hot"}, {"splits": {"valid": 3}}])
def test_other_json_is_no_calibration(content):
    assert Calibration.from_json(content) is None
