"""Limits of numbers that several jobs have."""

from __future__ import annotations

from .errors import InputError

LARGEST = 2**31 - 1  # of whole numbers, as QGIS has them
LARGEST_SEED = 2**32 - 1  # of numpy and Keras


def check_between(name: str, value: float, least: float, most: float) -> None:
    """Raise `InputError` if a number is not from ``least`` to ``most``, or none at all (NaN)."""
    if not least <= value <= most:
        expected = f"{least} or more" if most >= LARGEST and value < least else f"{least} to {most}"
        raise InputError(f"{name} does not fit.", expected=expected, received=str(value))


def check_seed(seed: int) -> None:
    """Raise `InputError` if a source of chance is none."""
    check_between("The seed", seed, 0, LARGEST_SEED)


def check_shares(valid: float, test: float) -> None:
    """Raise `InputError` if shares for validation and test leave nothing to train with, or are none."""
    for name, share in (("The share for validation", valid), ("The share for the test", test)):
        check_between(name, share, 0, 1)
    if valid + test >= 1:
        raise InputError(
            "Nothing would be left to train with.",
            expected="shares for validation and test that sum to less than 1",
            received=f"{valid:g} and {test:g}",
        )
