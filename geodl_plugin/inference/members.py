"""The models of a map: usually one, or several whose predictions are averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..language import tr
from ..models.checksums import told_changes
from ..models.loading import OpenModel
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter
from .compatibility import check_model, check_overlap, select_outputs
from .networks import Networks
from .orientations import ORIENTATIONS
from .request import MapRequest
from .user_inputs import parse_user_inputs


@dataclass(frozen=True)
class Member:
    """A model, and what of it is mapped.

    Args:
        model: any.
        outputs: names of those that are computed; several are stacked band-wise.
        user_inputs: values of the inputs that are no images, by name.
    """

    model: OpenModel
    outputs: tuple[str, ...]
    user_inputs: Mapping[str, NDArray]


def open_members(request: MapRequest, sources: Sources, networks: Networks, reporter: Reporter) -> list[Member]:
    """Open the models of a map.

    Args:
        request: names them, and says what is mapped.
        sources: the images.
        networks: those that are open already.
        reporter: receives what takes how long, and warnings of what may be a mistake.

    Raises:
        InputError: one cannot be opened, cannot be applied to the images, or has other classes than the first.
    """
    members = []
    for path in request.models:
        model = networks.model(path)
        if model.changed:
            reporter.warning(told_changes(model.path, model.changed))
        check_model(model, sources, request, reporter)
        outputs = select_outputs(model, request.output_names)
        numbers = parse_user_inputs(request.user_inputs, [tensor for tensor in model.inputs if not tensor.is_image])
        members.append(Member(model, outputs, numbers))
    check_overlap(sources, reporter)
    for member in members[1:]:
        _check_meaning(members[0].model, member.model)
    orientations = len(ORIENTATIONS[request.tta])
    passes = len(members) * orientations
    if passes > 1:
        _check_can_be_averaged(members)
        models = [tr("{count} models").format(count=len(members))] if len(members) > 1 else []
        turned = [tr("{count} orientations").format(count=orientations)] if orientations > 1 else []
        reporter.info(
            tr(
                "The mean of {passes} predictions is mapped ({parts}), which takes about {passes} times the "
                "computation of one."
            ).format(passes=passes, parts=" × ".join([*models, *turned]))
        )
    return members


def check_channels(members: Sequence[Member], channels: Sequence[Sequence[int]]) -> None:
    """Check that all models give the same number of channels.

    Args:
        members: the models.
        channels: how many each output has, [model][output].

    Raises:
        InputError: they do not.
    """
    for member, counts in zip(members, channels):
        if sum(counts) != sum(channels[0]):
            raise InputError(
                tr("The outputs of these models cannot be averaged."),
                expected=tr("as many channels as {path} gives: {count}").format(
                    path=members[0].model.path, count=sum(channels[0])
                ),
                received=tr("{count} of {path}").format(count=sum(counts), path=member.model.path),
                remedy=tr("Choose models of the same classes (MODEL, FURTHER_MODELS)."),
            )


def _check_meaning(first: OpenModel, other: OpenModel) -> None:
    """Raise `InputError` if two models do not predict the same classes, or the same quantity."""
    expected, received = _meaning(first), _meaning(other)
    if expected != received:
        raise InputError(
            tr("The model {other} predicts something else than {first}, so they cannot be averaged.").format(
                other=other.path, first=first.path
            ),
            expected=expected,
            received=received,
            remedy=tr(
                "Choose models of the same classes, with the same values and in the same order (MODEL, FURTHER_MODELS)."
            ),
        )


def _meaning(model: OpenModel) -> str:
    """What a model predicts, for people."""
    description = model.description
    if description is None:
        return tr("outputs of unknown meaning")
    if description.values:
        return tr("values: {name}").format(name=description.values.name)
    return tr("classes: {classes}").format(classes=_classes_text(description.classes))


def _classes_text(classes: ClassList) -> str:
    return ", ".join(f"{value} {name}" for value, name in zip(classes.values, classes.names))


def _check_can_be_averaged(members: Sequence[Member]) -> None:
    """Raise `InputError` if an output holds whole numbers, such as classes: their mean has no meaning."""
    for member in members:
        for name in member.outputs:
            dtype = member.model.output(name).dtype
            if np.dtype(dtype).kind in "iub":
                raise InputError(
                    tr("The output {name} of {path} cannot be averaged.").format(name=name, path=member.model.path),
                    expected=tr("an output of probabilities or other continuous values"),
                    received=tr("whole numbers ({dtype})").format(dtype=dtype),
                    remedy=tr("Choose another output (OUTPUT_NAMES), or one model with TTA = 1."),
                )
