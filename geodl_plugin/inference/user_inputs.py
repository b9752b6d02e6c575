"""Values of inputs that are no images, such as a date or a threshold, which the user gives as ``name=value``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from ..models.loading import ModelTensor

_WORDS = {"true": True, "false": False}


def parse_user_inputs(texts: Sequence[str], tensors: Sequence[ModelTensor]) -> dict[str, NDArray]:
    """The values of the inputs of a network that are no images.

    Args:
        texts: such as ``k=2``, ``k=2.5``, ``flag=true`` and ``v=(1.2, 4)``, as OTBTF writes them.
        tensors: those inputs.

    Returns:
        By name an array of the input's type and rank; a single number of an input of rank 1 has the shape [1].

    Raises:
        InputError: an input has no value, a value has no input, or its type or shape is not that of the input.
    """
    given = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise InputError(tr("Invalid user input."), expected=tr("name=value, such as k=2.5"), received=text)
        given[name.strip()] = value.strip()
    if set(given) != {tensor.name for tensor in tensors}:
        raise InputError(
            tr("The user inputs are not those of the model."),
            expected=", ".join(f"{tensor.name}=… ({tensor.dtype} {tensor.shape_text})" for tensor in tensors)
            or tr("none"),
            received=", ".join(texts) or tr("none"),
            remedy=tr("Give one value for each in USER_INPUTS."),
        )
    return {tensor.name: _as_array(given[tensor.name], tensor) for tensor in tensors}


def _as_array(text: str, tensor: ModelTensor) -> NDArray:
    is_tuple = text.startswith("(") and text.endswith(")")
    parts = text[1:-1].rstrip(", ").split(",") if is_tuple else [text]
    numbers = [_number(part.strip(), tensor, text) for part in parts]
    array = np.array(numbers)
    dtype = np.dtype(tensor.dtype)
    cast = array.astype(dtype)
    rank = 1 if tensor.rank is None else tensor.rank
    shape: tuple[int, ...] = (1,) * (rank - 1) + (len(array),) if rank else ()
    is_valid = (rank or not is_tuple) and all(size in (None, own) for size, own in zip(tensor.shape or shape, shape))
    if not is_valid or (dtype.kind in "iub" and not np.array_equal(cast, array)):
        raise _invalid(tensor, text)
    return cast.reshape(shape)


def _number(text: str, tensor: ModelTensor, whole: str) -> Any:
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    try:
        return int(text) if text.lstrip("+-").isdigit() else float(text)
    except ValueError as error:
        raise _invalid(tensor, whole) from error


def _invalid(tensor: ModelTensor, text: str) -> InputError:
    return InputError(
        tr("Invalid value of the user input {name}.").format(name=tensor.name),
        expected=tr("{dtype} {shape_text}, such as 2, 2.5, true or (1.2, 4)").format(
            dtype=tensor.dtype, shape_text=tensor.shape_text
        ),
        received=text,
    )
