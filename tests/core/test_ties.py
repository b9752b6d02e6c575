"""Classes that may differ, since their probabilities are nearly the same, and those that may not."""

import numpy as np
import pytest

from .ties import assert_same_classes

PROBABILITIES = np.random.default_rng(0).dirichlet(np.ones(3), (157, 203)).transpose(2, 0, 1)


def test_a_seam_is_no_tie():
    classes = PROBABILITIES.argmax(axis=0)
    seam = classes.copy()
    seam[:, 100] = (seam[:, 100] + 1) % 3
    assert_same_classes(classes, PROBABILITIES, 1e-6)
    with pytest.raises(AssertionError):
        assert_same_classes(seam, PROBABILITIES, 1e-6)


def test_a_tie_is_no_seam():
    probabilities = PROBABILITIES.copy()
    probabilities[:, 7, 8] = [0.4, 0.4 + 1e-7, 0.2 - 1e-7]
    classes = probabilities.argmax(axis=0)
    classes[7, 8] = 0
    assert_same_classes(classes, probabilities, 1e-6)
    with pytest.raises(AssertionError):
        assert_same_classes(classes, probabilities, 1e-8)
