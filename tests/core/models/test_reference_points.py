"""What the features of training pixels look like."""

import numpy as np
import pytest

from geodl_plugin.models.reference_points import POINTS, ReferencePoints


def pixels(seed, count=2000, shift=0.0):
    """Features of three groups of pixels, in units of their own."""
    generator = np.random.default_rng(seed)
    centres = np.array([[0, 0, 0, 0], [5, 0, 2, 0], [0, 6, 0, 1]])[generator.integers(0, 3, count)]
    return (centres + generator.normal(0, 1, (count, 4)) + shift) * [1, 2, 0.5, 3]


def test_few_pixels_like_the_trained_ones_are_unfamiliar():
    points = ReferencePoints.fit(pixels(0), pixels(1))
    distances = points.distances(pixels(2))
    assert points.points.shape == (POINTS, 4)
    assert 0 < (distances > 1).mean() < 0.05


def test_most_pixels_of_another_kind_are_unfamiliar():
    points = ReferencePoints.fit(pixels(0), pixels(1))
    assert (points.distances(pixels(2, shift=6)) > 1).mean() > 0.9


def test_the_threshold_is_the_upper_whisker_of_the_held_out_pixels():
    held_out = pixels(1)
    distances = ReferencePoints.fit(pixels(0), held_out).distances(held_out)
    lower, upper = np.quantile(distances, [0.25, 0.75])
    assert upper + 1.5 * (upper - lower) == pytest.approx(1, rel=1e-5)


def test_units_of_features_do_not_matter():
    units = np.array([0.7, 0.2, 2, 1])
    one = ReferencePoints.fit(pixels(0), pixels(1)).distances(pixels(2))
    other = ReferencePoints.fit(pixels(0) * units, pixels(1) * units).distances(pixels(2) * units)
    np.testing.assert_allclose(one, other, rtol=1e-4)


def test_the_same_pixels_give_the_same_points():
    one, other = (ReferencePoints.fit(pixels(0), pixels(1)) for _ in range(2))
    np.testing.assert_array_equal(one.points, other.points)


def test_features_that_are_all_the_same_have_points_as_well():
    same = np.full((50, 3), 2.5)
    points = ReferencePoints.fit(same, same)
    assert np.isfinite(points.points).all() and np.isfinite(points.scale).all()
    np.testing.assert_array_equal(points.distances(same), np.zeros(50))
    assert (points.distances(same + 2) > 1).all()


def test_one_pixel_is_enough():
    points = ReferencePoints.fit(np.array([[1.0, 2.0]]), np.array([[1.0, 3.0]]))
    assert points.distances(np.array([[1.0, 2.0]])) == pytest.approx([0])
