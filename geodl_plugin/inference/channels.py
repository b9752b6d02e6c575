"""The channels that a model gives: their names, and the classes that they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import InputError
from ..labels.classes import ClassList
from ..language import tr
from ..models.loading import OpenModel


def channel_names(model: OpenModel, outputs: Sequence[str], channels: Sequence[int]) -> tuple[str, ...]:
    """The names of the channels: those of classes or values where they are known, else that of the output.

    Args:
        model: any.
        outputs: their names.
        channels: how many each has.
    """
    names: list[str] = []
    for name, count in zip(outputs, channels):
        described = model.description if model.description and model.description.output == name else None
        known = (
            [described.values.name] if described and described.values else described.classes.names if described else []
        )
        if len(known) == count:
            names += known
        else:
            names += [name] if count == 1 else [f"{name} {number}" for number in range(1, count + 1)]
    return tuple(names)


def channel_classes(model: OpenModel, outputs: Sequence[str], channels: Sequence[int], purpose: str) -> ClassList:
    """The classes that the channels stand for; of models that do not name them, 0, 1, 2… as in OTBTF.

    Args:
        model: any.
        outputs: their names.
        channels: how many each has.
        purpose: what needs the classes, for messages.

    Raises:
        InputError: the channels are no classes.
    """
    if model.description and tuple(outputs) == (model.description.output,):
        return model.description.classes
    if len(outputs) > 1 or channels[0] < 2:
        raise InputError(
            tr("The model gives no {purpose}.").format(purpose=purpose),
            expected=tr("one output with a channel for each class"),
            received=", ".join(f"{name}: {count}" for name, count in zip(outputs, channels)),
            remedy=tr("Choose the output type 'raw', or another output (OUTPUT_NAMES)."),
        )
    return ClassList.from_values(range(channels[0]))
