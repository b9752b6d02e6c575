"""Inputs that are no images, such as a date or a threshold: numbers that the user gives, as ``name=value``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..models.loading import ModelTensor

_WORDS = {"true": True, "false": False}


def user_inputs(texts: Sequence[str], wanted: Sequence[ModelTensor]) -> dict[str, NDArray]:
    """What the inputs of a network that are no images get.

    Args:
        texts: such as ``k=2``, ``k=2.5``, ``flag=true`` and ``v=(1.2, 4)``, as OTBTF writes them.
        wanted: those inputs.

    Returns:
        By name an array of the input's type and rank; a single number of an input of rank 1 has the shape [1].

    Raises:
        InputError: an input has no value, a value no input, or does not fit.
    """
    given = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise InputError("A user input does not fit.", expected="name=value, such as k=2.5", received=text)
        given[name.strip()] = value.strip()
    names = [one.name for one in wanted]
    if set(given) != set(names):
        raise InputError(
            "The user inputs are not those of the model.",
            expected=", ".join(f"{one.name}=… ({one.dtype} {one.shape_text})" for one in wanted) or "none",
            received=", ".join(texts) or "none",
            remedy="Give one value for each in USER_INPUTS.",
        )
    return {one.name: _fitted(given[one.name], one) for one in wanted}


def _fitted(text: str, tensor: ModelTensor) -> NDArray:
    is_tuple = text.startswith("(") and text.endswith(")")
    parts = text[1:-1].rstrip(", ").split(",") if is_tuple else [text]
    numbers = [_number(part.strip(), tensor, text) for part in parts]
    array = np.array(numbers)
    dtype = np.dtype(tensor.dtype)
    cast = array.astype(dtype)
    rank = 1 if tensor.rank is None else tensor.rank
    shape: tuple[int, ...] = (1,) * (rank - 1) + (len(array),) if rank else ()
    fits = (rank or not is_tuple) and all(size in (None, own) for size, own in zip(tensor.shape or shape, shape))
    if not fits or (dtype.kind in "iub" and not np.array_equal(cast, array)):
        raise _misfit(tensor, text)
    return cast.reshape(shape)


def _number(text: str, tensor: ModelTensor, whole: str) -> Any:
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    try:
        return int(text) if text.lstrip("+-").isdigit() else float(text)
    except ValueError as error:
        raise _misfit(tensor, whole) from error


def _misfit(tensor: ModelTensor, text: str) -> InputError:
    return InputError(
        f"The value of the user input {tensor.name} does not fit.",
        expected=f"{tensor.dtype} {tensor.shape_text}, as 2, 2.5, true or (1.2, 4)",
        received=text,
    )
