"""Estimates from stratified random samples."""

import numpy as np
import pytest

from geodl_plugin.accuracy.stratified import estimate

# Table 8 of Olofsson et al. (2014): rows are the map, columns the reference; deforestation, gain, stable forest,
# stable non-forest.
TABLE = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]])
PIXELS = np.array([200_000, 150_000, 3_200_000, 6_450_000])
HECTARES = 0.09  # of a pixel


def points(table):
    """Stratum and reference class of the points of a table."""
    return np.repeat(np.indices(table.shape).reshape(2, -1), table.ravel(), axis=1)


@pytest.fixture
def published():
    """The estimates of the example."""
    stratum_of, reference = points(TABLE)
    return estimate(stratum_of, reference, stratum_of, 4, PIXELS, PIXELS)


class TestOlofsson:
    """The published figures of the worked example, with their 95 % intervals."""

    def test_overall_accuracy(self, published):
        assert round(published.overall.value[0], 3) == 0.947
        assert round(published.overall.half_width[0], 3) == 0.018

    def test_users_accuracy(self, published):
        assert published.users.value.round(2).tolist() == [0.88, 0.73, 0.93, 0.96]
        assert published.users.half_width.round(2).tolist() == [0.07, 0.10, 0.04, 0.02]

    def test_producers_accuracy(self, published):
        """Equation 7 of the paper, written out."""
        assert published.producers.value.round(2).tolist() == [0.75, 0.85, 0.93, 0.96]
        shares = TABLE / TABLE.sum(axis=1, keepdims=True)
        for j in range(4):
            total = (PIXELS * shares[:, j]).sum()
            right, others = shares[j, j], [i for i in range(4) if i != j]
            producers = published.producers.value[j]
            known = PIXELS[j] ** 2 * (1 - producers) ** 2 * right * (1 - right) / (TABLE[j].sum() - 1)
            missed = producers**2 * sum(
                PIXELS[i] ** 2 * shares[i, j] * (1 - shares[i, j]) / (TABLE[i].sum() - 1) for i in others
            )
            expected = 1.959964 * (known + missed) ** 0.5 / total
            assert published.producers.half_width[j] == pytest.approx(expected, rel=1e-3)

    def test_areas(self, published):
        whole = PIXELS.sum() * HECTARES
        np.testing.assert_allclose(published.shares.value * whole, [21_158, 11_686, 285_770, 581_386], atol=1)
        np.testing.assert_allclose(published.shares.half_width * whole, [6_158, 3_756, 15_510, 16_282], rtol=0.002)


def test_strata_that_are_not_the_classes_of_the_map():
    """Two strata of 100 and 300 pixels; by hand: 1 of 2 and 3 of 4 points are right."""
    stratum_of = np.array([0, 0, 1, 1, 1, 1])
    reference = np.array([0, 1, 0, 1, 1, 1])
    mapped = np.array([0, 0, 1, 1, 1, 1])
    found = estimate(stratum_of, reference, mapped, 2, np.array([100, 300]), np.array([100, 300]))
    assert found.overall.value[0] == pytest.approx(0.25 * 0.5 + 0.75 * 0.75)
    variance = 0.25**2 * (1 - 2 / 100) * 0.5 / 2 + 0.75**2 * (1 - 4 / 300) * 0.25 / 4
    assert found.overall.half_width[0] == pytest.approx(1.959964 * variance**0.5)
    np.testing.assert_allclose(found.users.value, [0.5, 0.75])
    np.testing.assert_allclose(found.producers.value, [0.125 / (0.125 + 0.1875), 0.5625 / (0.125 + 0.5625)])
    np.testing.assert_allclose(found.shares.value, [0.125 + 0.1875, 0.125 + 0.5625])


def test_points_outside_do_not_count():
    stratum_of, reference = points(TABLE)
    mapped = stratum_of.copy()
    mapped[stratum_of == 3] = 4  # the map has no class there
    found = estimate(stratum_of, reference, mapped, 4, PIXELS, PIXELS)
    only = stratum_of < 3
    expected = estimate(stratum_of[only], reference[only], stratum_of[only], 4, PIXELS[:3], PIXELS[:3])
    np.testing.assert_allclose(found.overall.value, expected.overall.value)
    np.testing.assert_allclose(found.overall.half_width, expected.overall.half_width)
    np.testing.assert_allclose(found.shares.value, expected.shares.value)


def test_a_class_without_points_has_no_figures():
    found = estimate(np.array([0, 0]), np.array([0, 0]), np.array([0, 0]), 2, np.array([9]), np.array([9]))
    assert np.isnan(found.users.value[1]) and np.isnan(found.producers.half_width[1])
    assert found.shares.value.tolist() == [1, 0]


def test_a_stratum_that_is_known_as_a_whole_adds_no_doubt():
    stratum_of, reference = np.array([0, 0, 0, 1]), np.array([0, 1, 0, 1])
    found = estimate(stratum_of, reference, stratum_of, 2, np.array([3, 1]), np.array([3, 1]))
    assert (found.overall.value[0], found.overall.half_width[0]) == (0.75, 0)


def test_intervals_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(2)
    mapped = np.repeat([0, 1], [2000, 8000])
    truth = np.where(rng.random(10_000) < np.where(mapped == 0, 0.7, 0.9), mapped, 1 - mapped)
    hits = 0
    for _ in range(400):
        drawn = np.concatenate([rng.choice(np.flatnonzero(mapped == one), 60, replace=False) for one in (0, 1)])
        found = estimate(mapped[drawn], truth[drawn], mapped[drawn], 2, np.array([2000, 8000]), np.array([2000, 8000]))
        hits += abs(found.shares.value[0] - (truth == 0).mean()) <= found.shares.half_width[0]
    assert 0.91 <= hits / 400 <= 0.98


def test_too_few_points_are_refused():
    with pytest.raises(ValueError, match="fewer than two"):
        estimate(np.array([0]), np.array([0]), np.array([0]), 1, np.array([5]), np.array([5]))
