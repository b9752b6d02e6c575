"""Numbers divided among classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.fieldwork.division import divided

classes = st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 50), st.integers(0, 200)), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("weights", "lower", "upper", "expected"),
    [
        ([5, 3, 2], [0, 0, 0], [99, 99, 99], [5, 3, 2]),
        ([5, 3, 2], [0, 0, 4], [99, 99, 99], [4, 2, 4]),
        ([5, 3, 2], [0, 0, 0], [1, 99, 99], [1, 5, 4]),
        ([1, 0, 1], [0, 2, 0], [99, 99, 99], [4, 2, 4]),
        ([1, 1, 1], [0, 0, 0], [99, 99, 99], [4, 3, 3]),
        ([1, 1], [0, 0], [3, 3], [3, 3]),
        ([1, 1], [8, 8], [99, 99], [8, 8]),
    ],
)
def test_ten_among_classes(weights, lower, upper, expected):
    assert divided(10, np.array(weights), np.array(lower), np.array(upper)).tolist() == expected


@given(classes, st.integers(0, 2000))
def test_nothing_is_lost_and_no_bound_broken(given_classes, count):
    weights, lower, above = (np.array(column) for column in zip(*given_classes))
    upper = lower + above
    found = divided(count, weights, lower, upper)
    assert found.sum() == np.clip(count, lower.sum(), upper.sum())
    assert (found >= lower).all() and (found <= upper).all()
