"""Errors by patch, and the places that patches share."""

import numpy as np
import pytest

from geodl_plugin.accuracy.patch_errors import PatchErrors

SIZE = 32


@pytest.fixture
def scene():
    """An image of 8 bits, and two labelled squares far from each other."""
    image = np.random.default_rng(0).integers(0, 255, (120, 120, 3)).astype(np.uint8)
    labelled = np.zeros((120, 120), bool)
    labelled[20:26, 20:26] = labelled[90:96, 90:96] = True
    return image, labelled


def places_of(scene, corners):
    """The places of the patches with these upper left corners."""
    errors = PatchErrors()
    for row, column in corners:
        window = slice(row, row + SIZE), slice(column, column + SIZE)
        errors.add(scene[0][window], scene[1][window], np.zeros((SIZE, SIZE)))
    return errors.places().tolist()


def test_patches_that_share_labelled_pixels_are_one_place(scene):
    first, second, third, fourth = places_of(scene, [(5, 5), (80, 80), (0, 12), (75, 85)])
    assert first == third and second == fourth and first != second


def test_patches_that_share_only_unlabelled_pixels_are_different_places(scene):
    scene[1][20:26, 60:66] = True
    assert len(set(places_of(scene, [(10, 8), (10, 36)]))) == 2


def test_patches_hang_together_through_others(scene):
    scene[1][10:16, 10:70] = True
    assert len(set(places_of(scene, [(5, 0), (5, 20), (5, 40)]))) == 1
    assert len(set(places_of(scene, [(5, 0), (5, 40)]))) == 2


def test_errors_are_those_of_labelled_pixels():
    errors = PatchErrors()
    labelled = np.eye(4, dtype=bool)
    errors.add(np.zeros((4, 4, 1)), labelled, np.where(labelled, 2.0, np.nan))
    errors.add(np.zeros((4, 4, 1)), np.zeros((1, 1), bool), np.ones((1, 1)))
    np.testing.assert_array_equal(errors.sums, [[8, 4], [0, 0]])


def test_there_may_be_no_patch():
    assert PatchErrors().sums.shape == (0, 2) and PatchErrors().places().tolist() == []
