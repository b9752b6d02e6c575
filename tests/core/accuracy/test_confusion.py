"""Figures of a confusion matrix."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodl_plugin.accuracy.confusion import ConfusionMatrix, area_estimate, count_pairs
from geodl_plugin.accuracy.table import csv_table, text_table

NAMES = ["field", "forest", "water"]
# Rows are the reference. Of 10 field pixels 8 are found, 2 are called forest; water never occurs.
MATRIX = np.array([[8, 2, 0], [1, 5, 0], [0, 0, 0]])


@pytest.fixture
def confusion():
    """A small matrix."""
    return ConfusionMatrix(MATRIX, NAMES)


def test_overall_figures(confusion):
    assert confusion.total == 16
    assert confusion.overall_accuracy == pytest.approx(13 / 16)
    assert confusion.mean_f1 == pytest.approx((16 / 19 + 10 / 13) / 2)
    assert confusion.mean_iou == pytest.approx((8 / 11 + 5 / 8) / 2)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("precision", [8 / 9, 5 / 7, np.nan]),
        ("recall", [8 / 10, 5 / 6, np.nan]),
        ("f1", [16 / 19, 10 / 13, np.nan]),
        ("iou", [8 / 11, 5 / 8, np.nan]),
    ],
)
def test_figures_by_class(confusion, figure, expected):
    np.testing.assert_allclose(getattr(confusion, figure), expected)


def test_a_class_that_is_predicted_but_never_occurs_lowers_no_mean():
    confusion = ConfusionMatrix(np.array([[8, 2], [0, 0]]), NAMES[:2])
    assert confusion.mean_f1 == pytest.approx(16 / 18)
    assert np.isnan(confusion.recall[1]) and confusion.precision[1] == 0


def test_a_class_that_is_never_predicted_counts_as_missed():
    confusion = ConfusionMatrix(np.array([[8, 0], [2, 0]]), NAMES[:2])
    assert confusion.mean_f1 == pytest.approx(16 / 18 / 2)
    assert np.isnan(confusion.precision[1]) and confusion.recall[1] == 0


def test_an_empty_matrix_has_figures():
    confusion = ConfusionMatrix(np.zeros((2, 2), int), NAMES[:2])
    assert (confusion.overall_accuracy, confusion.mean_f1, confusion.mean_iou) == (0, 0, 0)


def test_huge_counts_do_not_overflow():
    assert ConfusionMatrix(np.full((2, 2), 2**60), NAMES[:2]).overall_accuracy == pytest.approx(0.5)


indices = arrays(np.uint8, 50, elements=st.sampled_from([0, 1, 2, 255]))


@given(indices, indices)
def test_pairs_are_counted_where_both_are_classes(reference, predicted):
    matrix = count_pairs(reference, predicted, 3)
    for row in range(3):
        for col in range(3):
            assert matrix[row, col] == ((reference == row) & (predicted == col)).sum()


def test_the_table_as_text(confusion):
    lines = text_table(confusion).splitlines()
    assert lines[1].split() == ["field", "0.889", "0.800", "0.842", "0.727", "10"]
    assert lines[3].split() == ["water", "–", "–", "–", "–", "0"]
    assert lines[-1].startswith("overall accuracy 0.812")


def test_the_matrix_as_csv(confusion):
    rows = list(csv.reader(csv_table(confusion).splitlines()))
    assert rows[0][1:] == NAMES
    assert rows[1] == ["field", "8", "2", "0"]


class TestOlofsson:
    """The worked example of Olofsson et al. (2014), table 8: deforestation, gain, stable forest, stable non-forest."""

    # There, rows are the map and columns the reference.
    SAMPLE = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]])
    MAP_PIXELS = np.array([200_000, 150_000, 3_200_000, 6_450_000])

    @pytest.fixture
    def estimate(self):
        """The estimate of the example."""
        return area_estimate(ConfusionMatrix(self.SAMPLE.T, ["loss", "gain", "forest", "other"]), self.MAP_PIXELS)

    def test_overall_accuracy(self, estimate):
        assert (round(estimate.overall, 2), round(estimate.overall_half_width, 2)) == (0.95, 0.02)

    def test_adjusted_areas_in_hectares(self, estimate):
        hectares = estimate.shares * self.MAP_PIXELS.sum() * 0.09
        np.testing.assert_allclose(hectares, [21_158, 11_686, 285_770, 581_386], atol=1)

    def test_their_intervals(self, estimate):
        hectares = estimate.shares_half_width * self.MAP_PIXELS.sum() * 0.09
        np.testing.assert_allclose(hectares, [6_158, 3_756, 15_510, 16_282], rtol=0.002)


def test_a_perfect_sample_leaves_the_mapped_shares():
    estimate = area_estimate(ConfusionMatrix(np.diag([50, 50]), NAMES[:2]), np.array([300, 100]))
    np.testing.assert_allclose(estimate.shares, [0.75, 0.25])
    assert (estimate.overall, estimate.overall_half_width) == (1, 0)


def test_shares_by_hand():
    # Of the mapped class 1, a tenth is class 2 in truth.
    estimate = area_estimate(ConfusionMatrix(np.array([[9, 0], [1, 10]]), NAMES[:2]), np.array([50, 50]))
    np.testing.assert_allclose(estimate.shares, [0.45, 0.55])
    half = 1.959964 * np.sqrt(0.25 * 0.9 * 0.1 / 9)
    np.testing.assert_allclose(estimate.shares_half_width, [half, half])


def test_a_mapped_class_without_reference_gives_no_estimate():
    assert area_estimate(ConfusionMatrix(np.diag([50, 0]), NAMES[:2]), np.array([300, 100])) is None


def test_a_class_that_the_map_does_not_show_is_no_obstacle():
    estimate = area_estimate(ConfusionMatrix(np.diag([50, 0]), NAMES[:2]), np.array([300, 0]))
    assert estimate.overall == 1


def test_an_empty_map_gives_no_estimate():
    assert area_estimate(ConfusionMatrix(np.zeros((2, 2), int), NAMES[:2]), np.zeros(2, int)) is None


@given(arrays(np.int64, (3, 3), elements=st.integers(0, 50)), arrays(np.int64, 3, elements=st.integers(0, 10**6)))
def test_estimates_are_shares(matrix, pixels):
    estimate = area_estimate(ConfusionMatrix(matrix, NAMES), pixels)
    if estimate is not None:
        assert estimate.shares.sum() == pytest.approx(1)
        assert 0 <= estimate.overall <= 1 + 1e-12
        assert (estimate.shares_half_width >= 0).all()
