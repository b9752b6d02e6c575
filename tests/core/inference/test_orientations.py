"""The orientations of an image."""

import numpy as np
import pytest

from geodl_plugin.inference.orientations import ORIENTATIONS
from geodl_plugin.options import TTA

IMAGE = np.arange(2 * 3 * 5).reshape(3, 5, 2)


def test_there_are_as_many_as_the_choice_says():
    assert tuple(ORIENTATIONS) == TTA
    for name, orientations in ORIENTATIONS.items():
        assert len(orientations) == int(name)
        assert len({orientation.apply(IMAGE).tobytes() for orientation in orientations}) == int(name)
        np.testing.assert_array_equal(orientations[0].apply(IMAGE), IMAGE)


def test_they_are_the_flips_and_turns_of_the_square():
    square = np.arange(9).reshape(3, 3)
    turned = [np.rot90(square, quarters) for quarters in range(4)]
    expected = {image.tobytes() for one in turned for image in (one, np.fliplr(one))}
    assert {orientation.apply(square).tobytes() for orientation in ORIENTATIONS["8"]} == expected


def test_fewer_are_mirrored_only():
    assert [orientation.apply(IMAGE).tobytes() for orientation in ORIENTATIONS["2"]] == [
        IMAGE.tobytes(),
        np.fliplr(IMAGE).tobytes(),
    ]
    assert all(not orientation.transposed for orientation in ORIENTATIONS["4"])


@pytest.mark.parametrize("orientation", ORIENTATIONS["8"])
def test_each_can_be_undone(orientation):
    np.testing.assert_array_equal(orientation.undo(orientation.apply(IMAGE)), IMAGE)
