"""Tables as text."""

from __future__ import annotations

from collections.abc import Sequence

from ..language import tr


def aligned(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """The lines of a table: the first column is aligned left, the others right.

    Args:
        heads: of the columns.
        rows: the cells of each row.
        widths: the least ones of the columns; those of longer texts are larger.
    """
    lines = [heads, *rows]
    wide = [max(width, *(len(line[column]) for line in lines)) for column, width in enumerate(widths)]
    return [
        "  ".join([f"{line[0]:{wide[0]}}", *(f"{cell:>{width}}" for cell, width in zip(line[1:], wide[1:]))])
        for line in lines
    ]


def grouped(value: float, decimals: int = 0) -> str:
    """A number with what the language of the user has between thousands.

    Args:
        value: the number.
        decimals: how many are shown.
    """
    return tr("{number:,}").format(number=round(value, decimals) if decimals else round(value))
