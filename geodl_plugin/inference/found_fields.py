"""The fields of a network for the outputs that are mapped, as far as they can be found out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..errors import InputError
from ..language import mark, tr
from ..models.fields import Fields
from ..models.layer_fields import output_tensors, receptive_field_of
from ..models.loading import ModelTensor, OpenModel
from ..models.probing import probe
from ..models.receptive_field import IncompatibleImageSizes, UnlimitedReceptiveField
from ..rasters.sources import Sources
from .members import Member

_INFINITE_FIELD = mark(
    "Each pixel of the map depends on all pixels of a block, as with global pooling or attention, so "
    "that blocks cannot give the same as the whole image."
)


@dataclass(frozen=True)
class FoundFields:
    """The fields of a network for some of its outputs, or why they are unknown.

    Args:
        fields: None: unknown, or infinite.
        problem: why there are none.
    """

    fields: Fields | None
    problem: str = ""


def common_fields(members: Sequence[Member], sources: Sources) -> FoundFields:
    """The fields with which all models of a map can be applied: those of the one that looks farthest.

    Args:
        members: the models.
        sources: the images.

    Raises:
        InputError: as for `network_fields`; or the models differ in resolution.
    """
    found = [network_fields(member.model, member.outputs, sources) for member in members]
    fields = [one.fields for one in found if one.fields]
    if len(fields) < len(found):
        return next(one for one in found if not one.fields)
    if len({one.scale for one in fields}) > 1:
        raise InputError(
            tr("These models cannot be averaged: the pixels of their maps differ in size."),
            received=", ".join(f"{member.model.path}: × {one.scale}" for member, one in zip(members, fields)),
        )
    return FoundFields(_joined(fields))


def network_fields(model: OpenModel, outputs: Sequence[str], sources: Sources) -> FoundFields:
    """The fields of a network for some of its outputs: from its description, its layers, or by measuring.

    Args:
        model: any.
        outputs: their names.
        sources: the images.

    Raises:
        InputError: the network cannot combine images of these resolutions, or the outputs differ in resolution.
    """
    if model.description and outputs == (model.description.output,) and len(sources) == 1:
        known: Fields | None = model.description.fields
        return FoundFields(known, "" if known else tr(_INFINITE_FIELD))
    ratios = {tensor.name: ratio for tensor, ratio in zip(model.images, sources.ratios)}
    found: list[Fields] = []
    for name in dict.fromkeys(measured for output in outputs for measured in _measurable(model, output)):
        try:
            found.append(_fields(model, name, ratios))
        except IncompatibleImageSizes as error:
            raise InputError(
                tr("The resolutions of the sources are not those that the network combines."),
                expected=tr("sources of the resolutions that it was trained on"),
                received=", ".join(
                    tr("{name}: pixels × {ratio}").format(name=name, ratio=ratio) for name, ratio in ratios.items()
                )
                + f" ({error})",
                remedy=tr("Choose them in the order of the network's inputs."),
            ) from error
        except InputError as error:
            return FoundFields(None, str(error))
    if len({fields.scale for fields in found}) > 1:
        raise InputError(
            tr("These outputs cannot be stacked: their pixels differ in size."),
            received=f"{', '.join(outputs)}: × {', × '.join(str(fields.scale) for fields in found)}",
        )
    return FoundFields(_joined(found))


def _joined(found: Sequence[Fields]) -> Fields:
    """The fields that suit all: the least common multiple of the strides, the largest margin."""
    stride = int(np.lcm.reduce([fields.total_stride for fields in found]))
    return Fields(stride, max(fields.valid_margin for fields in found), found[0].scale)


def _measurable(model: OpenModel, name: str) -> list[str]:
    """The outputs whose fields are those of an output.

    Whole numbers, such as the class of the highest probability, hardly change with a pixel of the image, so the images
    of probabilities that the network gives as well are measured instead.
    """
    if not _is_whole(model.output(name)):
        return [name]
    others = [output.name for output in model.outputs if output.is_image and not output.crop and not _is_whole(output)]
    return others or [name]


def _is_whole(tensor: ModelTensor) -> bool:
    return np.dtype(tensor.dtype).kind in "iub"


def _fields(model: OpenModel, name: str, ratios: dict[str, Fraction]) -> Fields:
    graph = model.keras_model
    if graph is not None and name in output_tensors(graph):
        try:
            return receptive_field_of(graph, name, ratios).fields
        except (IncompatibleImageSizes, UnlimitedReceptiveField):
            raise
        except InputError:
            pass  # an unknown layer: measured, as other people's models are
    return probe(model.with_bands(), name, ratios).fields
