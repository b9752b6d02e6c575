"""Arithmetic with whole numbers."""

from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.runtime.numbers import ceil_div, round_up

divisors = st.integers(1, 10**6)


@given(st.integers(-(10**30), 10**30), divisors)
def test_quotients_are_rounded_up(dividend, divisor):
    quotient = ceil_div(dividend, divisor)
    assert (quotient - 1) * divisor < dividend <= quotient * divisor


@given(st.integers(0, 10**18), divisors)
def test_the_next_multiple(number, multiple):
    rounded = round_up(number, multiple)
    assert rounded % multiple == 0
    assert number <= rounded < number + multiple
