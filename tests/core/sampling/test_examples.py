"""Worked examples in docstrings do what they say."""

import doctest

import pytest

from geodl_plugin.sampling import candidates, centres, drawing, feature_split, spacing, splits


@pytest.mark.parametrize(
    "module", [candidates, centres, drawing, feature_split, spacing, splits], ids=lambda module: module.__name__
)
def test_examples(module):
    found = doctest.testmod(module)
    assert found.attempted > 0 and found.failed == 0
