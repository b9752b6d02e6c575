"""The best patches of many."""

import numpy as np
import pytest

from geodl_plugin.accuracy.ranking import PatchResult, Ranking


@pytest.fixture
def scene_values():
    """An image of 200 × 200 pixels with two bands, nowhere the same."""
    return np.random.default_rng(0).integers(0, 255, (200, 200, 2)).astype(np.uint8)


def patch(image, score=0.0):
    """A patch of which only the image matters."""
    blank = np.zeros(image.shape[:2])
    return PatchResult(score, image, blank, blank > 0, blank, blank)


def rank(offers, size=2):
    """Scores of the patches that stay, of (image, merit)."""
    ranking = Ranking(size)
    for image, merit in offers:
        ranking.offer((merit,), lambda image=image, merit=merit: patch(image, merit))
    return [patch.score for patch in ranking.patches()]


def test_those_with_the_greatest_merit_stay_in_order(scene_values):
    places = [scene_values[20 * i : 20 * i + 16, :16] for i in range(10)]
    assert rank(zip(places, [3, 1, 9, 2, 8, 7, 0, 4, 5, 6])) == [9, 8]


def test_of_equal_ones_the_first_stays(scene_values):
    ranking = Ranking(1)
    first, second = patch(scene_values[:16, :16]), patch(scene_values[50:66, :16])
    ranking.offer((1.0,), lambda: first)
    ranking.offer((1.0,), lambda: second)
    assert ranking.patches() == [first]


@pytest.mark.parametrize("merits", [(5, 4), (4, 5)])
def test_of_overlapping_patches_the_better_stays(scene_values, merits):
    offers = [(scene_values[:32, :32], merits[0]), (scene_values[10:42, 8:40], merits[1])]
    assert rank([*offers, (scene_values[100:132, :32], 1)]) == [5, 1]


def test_patches_side_by_side_both_stay(scene_values):
    assert rank([(scene_values[:32, :32], 2), (scene_values[:32, 32:64], 1)]) == [2, 1]


def test_floats_with_nan_overlap_too(scene_values):
    values = scene_values.astype(np.float32)
    values[15:20, 15:20] = np.nan
    assert rank([(values[:32, :32], 2), (values[4:36, 4:36], 1)]) == [2]


def test_patches_of_one_pixel_can_be_ranked(scene_values):
    assert rank([(scene_values[:1, :1], 1), (scene_values[9:10, 9:10], 2)]) == [2, 1]


def test_a_patch_that_cannot_stay_is_not_made(scene_values):
    ranking = Ranking(1)
    for number in range(9):
        ranking.offer((1.0,), lambda number=number: patch(scene_values[20 * number : 20 * number + 16, :16]))
    ranking.offer((0.0,), lambda: pytest.fail("made"))
