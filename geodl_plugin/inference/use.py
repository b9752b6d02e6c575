"""How a model is used on given sources: whether they fit, which outputs, how far it looks, what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..models.fields import Fields
from ..models.layer_fields import output_tensors, reach_of
from ..models.loading import ModelTensor, OpenModel
from ..models.probing import probe
from ..models.reach import ImagesDoNotFit, WholeImage
from ..rasters.raster import Source
from ..rasters.sources import Sources
from ..runtime.reporter import Reporter

_WITHOUT_END = (
    "Each pixel of the map depends on all pixels that the network gets at a time, as with global pooling or attention, "
    "so that no block gives what the whole image would."
)


@dataclass(frozen=True)
class FoundFields:
    """The fields of a network for some of its outputs, or why they are not known.

    Args:
        fields: None: not known, or without end.
        problem: why there are none.
    """

    fields: Fields | None
    problem: str = ""


def check_sources(model: OpenModel, sources: Sources, reporter: Reporter) -> None:
    """Raise `InputError` if the images are not those that a model takes; warn of bands of other names."""
    if len(sources) != len(model.images):
        raise InputError(
            "The number of sources does not suit the model.",
            expected=f"{len(model.images)}: {', '.join(f'{one.name} {one.shape_text}' for one in model.images)}",
            received=str(len(sources)),
            remedy="Choose one source for each input, in this order (SOURCE1, SOURCE2, …).",
        )
    for tensor, source in zip(model.images, sources):
        _check_dtype(tensor, source)
        if model.description:
            trained = {one.name: one.bands for one in model.description.inputs}[tensor.name]
            _check_bands(tensor, source, trained, reporter)
        elif tensor.bands not in (None, source.bands):
            raise InputError(
                f"The source {source.name} does not have the bands that the model takes.",
                expected=f"{tensor.bands} bands ({tensor.name} {tensor.shape_text})",
                received=f"{source.bands} bands ({', '.join(source.band_names)})",
                remedy="Choose the rasters with these bands, in the order that the model was trained with.",
            )


def _check_dtype(tensor: ModelTensor, source: Source) -> None:
    if np.dtype(tensor.dtype).kind in "iu" and not np.can_cast(source.dtype, tensor.dtype):
        raise InputError(
            f"The values of the source {source.name} do not fit into the input {tensor.name} of the model.",
            expected=f"values of type {tensor.dtype}, or of one that it holds",
            received=source.dtype.name,
            remedy="Convert the raster first, with Translate (convert format).",
        )


def _check_bands(tensor: ModelTensor, source: Source, trained: list[str], reporter: Reporter) -> None:
    what = "image" if tensor.name == "source1" else f"source {source.name}"
    if source.bands != len(trained):
        raise InputError(
            f"The {what} does not have the bands that the network was trained on.",
            expected=f"{len(trained)} bands ({', '.join(trained)})",
            received=f"{source.bands} bands ({', '.join(source.band_names)})",
            remedy="Choose the rasters with these bands, in this order.",
        )
    if source.band_names != trained:
        if sorted(source.band_names) == sorted(trained):
            raise InputError(
                f"The bands of the {what} are in another order than those that the network was trained on.",
                expected=", ".join(trained),
                received=", ".join(source.band_names),
                remedy="Rearrange them, or choose the rasters in the right order.",
            )
        reporter.warning(
            f"The network was trained on the bands {', '.join(trained)}; the {what} calls them "
            f"{', '.join(source.band_names)}. Make sure that they mean the same."
        )


def chosen_outputs(model: OpenModel, names: Sequence[str]) -> tuple[str, ...]:
    """The outputs that are computed, by the names that the user gave; none: the one that maps are made of.

    Of an output that comes cropped as well the whole one is taken: it is cropped as the fields demand.

    Raises:
        InputError: there is no such output.
    """
    every = {one.name for one in model.outputs}
    found = [model.output(name) for name in names or [""]]
    return tuple(one.whole_name if one.whole_name in every else one.name for one in found)


def is_patch_based(model: OpenModel, outputs: Sequence[str], mode: str) -> bool:
    """Whether a network gives one pixel for each patch, as it is asked for, or as it looks."""
    if mode != "automatic":
        return mode == "patch-based"
    return all(_is_answer(model.output(name)) for name in outputs)


def _is_answer(tensor: ModelTensor) -> bool:
    return (tensor.rank or 3) < 3 or tensor.image_size == (1, 1)


def patch_size(model: OpenModel, sources: Sources, rfield: int) -> int:
    """Side of the patches that a network takes, in pixels of the first source.

    Args:
        model: gives one answer for each patch.
        sources: the images.
        rfield: what the user gave; 0: that of the model.

    Raises:
        InputError: it is not known, or does not fit.
    """
    size = rfield or model.images[0].image_size[0]
    if size is None:
        raise InputError(
            "The size of the patches is not known: the network takes any.",
            expected="the receptive field, RFIELD: the size that it was trained with",
            received="RFIELD = 0",
        )
    for index, tensor in enumerate(model.images):
        own = sources.patch_size(index, size)
        if any(side not in (None, own) for side in tensor.image_size):
            raise InputError(
                "The patches do not have the size that the network takes.",
                expected=f"{tensor.name} {tensor.shape_text}",
                received=f"{own} × {own} pixels of {sources[index].name}, RFIELD = {rfield or size}",
                remedy="Leave RFIELD at 0, or choose sources of the resolution that the network was trained on.",
            )
    return size


def fields_for(model: OpenModel, outputs: Sequence[str], sources: Sources) -> FoundFields:
    """How far a network looks for some of its outputs: from its description, its layers, or by measuring.

    Raises:
        InputError: images of these resolutions do not fit together in the network.
    """
    if model.description and outputs == (model.description.output,) and len(sources) == 1:
        known: Fields | None = model.description.fields
        return FoundFields(known, "" if known else _WITHOUT_END)
    ratios = {tensor.name: ratio for tensor, ratio in zip(model.images, sources.ratios)}
    found: list[Fields] = []
    for name in dict.fromkeys(one for output in outputs for one in _telling(model, output)):
        try:
            found.append(_fields(model, name, ratios))
        except ImagesDoNotFit as error:
            raise InputError(
                "The resolutions of the sources do not suit the network.",
                expected="sources of the resolutions that it was trained on",
                received=", ".join(f"{name}: pixels × {ratio}" for name, ratio in ratios.items()) + f" ({error})",
                remedy="Choose them in the order of the network's inputs.",
            ) from error
        except InputError as error:
            return FoundFields(None, str(error))
    if len({one.scale for one in found}) > 1:
        raise InputError(
            "These outputs cannot be stacked: their pixels differ in size.",
            received=f"{', '.join(outputs)}: × {', × '.join(str(one.scale) for one in found)}",
        )
    stride = int(np.lcm.reduce([one.total_stride for one in found]))
    return FoundFields(Fields(stride, max(one.valid_margin for one in found), found[0].scale))


def _telling(model: OpenModel, name: str) -> list[str]:
    """The outputs that tell how far the network looks for one of them.

    Whole numbers, such as the class of the highest probability, hardly change with what a network sees: the
    images of probabilities that come beside them are looked at in their place.
    """
    if not _is_whole(model.output(name)):
        return [name]
    others = [one.name for one in model.outputs if one.is_image and not one.crop and not _is_whole(one)]
    return others or [name]


def _is_whole(tensor: ModelTensor) -> bool:
    return np.dtype(tensor.dtype).kind in "iub"


def _fields(model: OpenModel, name: str, ratios: dict[str, Fraction]) -> Fields:
    graph = model.keras_model
    if graph is not None and name in output_tensors(graph):
        try:
            return reach_of(graph, name, ratios).fields
        except (ImagesDoNotFit, WholeImage):
            raise
        except InputError:
            pass  # a layer that is not known: measured, as those of other people's models
    return probe(model.with_bands(), name, ratios).fields


def channel_names(model: OpenModel, outputs: Sequence[str], channels: Sequence[int]) -> tuple[str, ...]:
    """What the channels are called: after classes or values where they are known, else after the output.

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


def classes_of(model: OpenModel, outputs: Sequence[str], channels: Sequence[int], wanted: str) -> ClassList:
    """The classes that the channels stand for; of models that do not say it, 0, 1, 2… as in OTBTF.

    Args:
        model: any.
        outputs: their names.
        channels: how many each has.
        wanted: what needs the classes, for messages.

    Raises:
        InputError: the channels are no classes.
    """
    if model.description and tuple(outputs) == (model.description.output,):
        return model.description.classes
    if len(outputs) > 1 or channels[0] < 2:
        raise InputError(
            f"The model gives no {wanted}.",
            expected="one output with a channel for each class",
            received=", ".join(f"{name}: {count}" for name, count in zip(outputs, channels)),
            remedy="Choose the output type 'raw', or another output (OUTPUT_NAMES).",
        )
    return ClassList.from_values(range(channels[0]))


def known_nodata(model: OpenModel, sources: Sources) -> list[NDArray | None]:
    """What a network knows as missing, one a source, each one a band; None where its rasters say the same.

    Networks of ours fill missing values themselves, if they have the no-data value of the training or are NaN.
    """
    if not model.description:
        return [None] * len(sources)
    found: list[NDArray | None] = []
    for one, source in zip(model.description.inputs, sources):
        differs = source.may_miss and source.nodata != one.nodata
        values = [np.nan if value is None else value for value in one.nodata]
        found.append(np.array(values, np.float64) if differs else None)
    return found
