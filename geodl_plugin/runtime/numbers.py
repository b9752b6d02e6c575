"""Arithmetic with whole numbers."""

from __future__ import annotations


def ceil_div(dividend: int, divisor: int) -> int:
    """Divide and round up: to cover 9 pixels, windows of 4 pixels are needed ``ceil_div(9, 4) == 3`` times.

    Args:
        dividend: any whole number.
        divisor: a positive one.
    """
    return -(-dividend // divisor)


def round_up(number: int, multiple: int) -> int:
    """Round up to a multiple: ``round_up(9, 4) == 12``, ``round_up(8, 4) == 8``.

    Args:
        number: any whole number.
        multiple: a positive one.
    """
    return ceil_div(number, multiple) * multiple
