"""Arithmetic with whole numbers."""

from __future__ import annotations


def ceil_div(dividend: int, divisor: int) -> int:
    """The quotient, rounded up: windows of 4 pixels that cover 9 pixels are ``ceil_div(9, 4) == 3``."""
    return -(-dividend // divisor)


def round_up(number: int, multiple: int) -> int:
    """The next multiple that is not below a number: ``round_up(9, 4) == 12``."""
    return ceil_div(number, multiple) * multiple
