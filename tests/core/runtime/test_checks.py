"""Limits of numbers."""

import math

import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.runtime.checks import LARGEST, check_fractions, check_minimum, check_range, check_seed


@pytest.mark.parametrize("value", [0, 0.5, 1])
def test_a_number_within_passes(value):
    check_range("share", value, 0, 1)


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan, math.inf, -math.inf, 10**30])
def test_a_number_beyond_is_refused_with_its_value(value):
    with pytest.raises(InputError, match=f"Invalid share. Expected: 0 to 1. Received: {value}".replace("+", ".")):
        check_range("share", value, 0, 1)


def test_limits_are_written_as_people_write_them():
    with pytest.raises(InputError, match=r"Expected: 0 to 0\.3\. Received: 2"):
        check_range("share", 2, 0.0, 0.3)
    with pytest.raises(InputError, match=r"Expected: 0 or more\. Received: -1"):
        check_minimum("distance", -1, 0.0)
    with pytest.raises(InputError, match=f"Expected: 0 to {2**32 - 1}"):
        check_range("seed", 2**32, 0, 2**32 - 1)


def test_a_limit_that_nobody_reaches_is_told_only_to_who_does():
    with pytest.raises(InputError, match="Expected: 1 or more"):
        check_range("size", 0, 1, LARGEST)
    with pytest.raises(InputError, match=f"Expected: 1 to {LARGEST}"):
        check_range("size", LARGEST + 1, 1, LARGEST)


@pytest.mark.parametrize("seed", [-1, 2**32, 10**20])
def test_seeds_that_numpy_and_keras_do_not_take_are_refused(seed):
    with pytest.raises(InputError, match=f"Invalid seed.*Received: {seed}"):
        check_seed(seed)
    check_seed(2**32 - 1)


@pytest.mark.parametrize("shares", [(-0.1, 0.1), (0.1, math.nan), (math.nan, 0), (0.5, 0.5), (math.inf, 0), (1, 0)])
def test_shares_that_leave_nothing_are_refused(shares):
    with pytest.raises(InputError, match="fraction"):
        check_fractions(*shares)
    check_fractions(0.5, 0.4)
