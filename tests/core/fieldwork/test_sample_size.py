"""How many points a sample needs: the worked example of Olofsson et al. (2014), section 5."""

import numpy as np
import pytest

from geodl_plugin.fieldwork.sample_size import allocate, allocate_for, sample_size, standard_error

PIXELS = np.array([200_000, 150_000, 3_200_000, 6_450_000])  # deforestation, gain, stable forest, stable non-forest
EXPECTED = np.array([0.7, 0.6, 0.9, 0.95])


def test_the_size_of_the_example():
    assert sample_size(PIXELS, EXPECTED, 0.01) == 641


def test_a_small_map_needs_fewer_points():
    assert sample_size(np.array([300, 300]), np.array([0.9, 0.9]), 0.01) == 360  # 900 / (1 + 900 / 600)


def test_a_perfect_map_needs_none():
    assert sample_size(PIXELS, np.ones(4), 0.01) == 0


@pytest.mark.parametrize(
    ("allocation", "minimum", "expected"),
    [
        ("proportional", 0, [13, 9, 205, 413]),
        ("equal", 0, [160, 160, 160, 160]),
        ("mixed", 100, [100, 100, 146, 294]),
        ("mixed", 75, [75, 75, 162, 328]),  # the authors round to 165 and 325
        ("mixed", 50, [50, 50, 179, 361]),
        ("mixed", 500, [160, 160, 160, 160]),
    ],
)
def test_allocations_of_the_example(allocation, minimum, expected):
    assert allocate(PIXELS, 640, allocation, minimum).tolist() == expected


def test_small_and_absent_classes():
    assert allocate(np.array([1, 0, 5, 10**6]), 100, "mixed", 50).tolist() == [1, 0, 5, 94]


def test_each_class_gets_two_points_even_if_few_are_wanted():
    assert allocate(PIXELS, 3, "proportional", 0).tolist() == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("allocation", "expected"),
    [("mixed", [75, 75, 191, 384]), ("proportional", [13, 10, 215, 432]), ("equal", [287, 287, 287, 287])],
)
def test_the_standard_error_is_kept_whatever_the_allocation(allocation, expected):
    points = allocate_for(PIXELS, EXPECTED, 0.01, allocation, 75)
    assert points.tolist() == expected
    assert standard_error(PIXELS, EXPECTED, points) == pytest.approx(0.01, rel=0.01)


def test_a_standard_error_that_no_sample_gives_takes_all_pixels():
    assert allocate_for(np.array([3, 0, 2]), np.full(3, 0.9), 0.0001, "mixed", 50).tolist() == [3, 0, 2]


def test_the_standard_error_by_hand():
    found = standard_error(np.array([30, 70]), np.array([0.8, 0.5]), np.array([11, 0]))
    assert found == pytest.approx((0.3**2 * 0.16 * (1 - 11 / 30) / 10) ** 0.5)
