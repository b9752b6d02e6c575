"""Checks of parameters that several operations have."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import InputError
from ..language import tr

LARGEST = 2**31 - 1  # integer that QGIS takes
LARGEST_SEED = 2**32 - 1  # that numpy and Keras take


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """Raise `InputError` if a value is not one of the choices.

    Args:
        name: of the parameter, as in ``Invalid patch size``.
        value: what was given.
        choices: what may be given.
    """
    if value not in choices:
        raise InputError(
            tr("Invalid {name}.").format(name=name),
            expected=tr("one of {choices}").format(choices=", ".join(choices)),
            received=value,
        )


def check_minimum(name: str, value: float, minimum: float) -> None:
    """Raise `InputError` if a number is smaller than a minimum, or NaN.

    Args:
        name: of the parameter, as in ``Invalid patch size``.
        value: what was given.
        minimum: the smallest valid value.
    """
    if not value >= minimum:
        raise InputError(
            tr("Invalid {name}.").format(name=name),
            expected=tr("{minimum} or more").format(minimum=_text(minimum)),
            received=str(value),
        )


def check_range(name: str, value: float, minimum: float, maximum: float) -> None:
    """Raise `InputError` if a number is not in a range, or NaN.

    Args:
        name: of the parameter, as in ``Invalid patch size``.
        value: what was given.
        minimum: the smallest valid value.
        maximum: the largest valid value; `LARGEST` or more: the message only mentions it if the value is too large.
    """
    if not minimum <= value <= maximum:
        unbounded = maximum >= LARGEST and value < minimum
        expected = (
            tr("{minimum} or more").format(minimum=_text(minimum))
            if unbounded
            else tr("{minimum} to {maximum}").format(minimum=_text(minimum), maximum=_text(maximum))
        )
        raise InputError(tr("Invalid {name}.").format(name=name), expected=expected, received=str(value))


def check_seed(seed: int) -> None:
    """Raise `InputError` if a number cannot be a seed of numpy and Keras.

    Args:
        seed: what was given.
    """
    check_range(tr("seed"), seed, 0, LARGEST_SEED)


def check_fractions(valid: float, test: float) -> None:
    """Raise `InputError` if the fractions for validation and test are invalid or leave nothing to train with.

    Args:
        valid: fraction of the data that chooses the best state of a network, 0…1.
        test: fraction of the data that evaluates it, 0…1.
    """
    check_range(tr("validation fraction"), valid, 0, 1)
    check_range(tr("test fraction"), test, 0, 1)
    if valid + test >= 1:
        raise InputError(
            tr("Nothing would be left to train with."),
            expected=tr("fractions for validation and test that sum to less than 1"),
            received=tr("{valid:g} and {test:g}").format(valid=valid, test=test),
        )


def _text(limit: float) -> str:
    """A limit as people write it: 0 rather than 0.0."""
    return f"{limit:.15g}"
