"""Properties of a model that decide how it is applied: its receptive field, and the layers that make it so."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..language import tr
from .layer_fields import output_tensors, receptive_field_of
from .layer_table import LayerRow, layer_table
from .loading import ModelTensor, OpenModel
from .probing import probe
from .receptive_field import IncompatibleImageSizes, ReceptiveField, UnlimitedReceptiveField

Ratios = Mapping[str, Fraction]
_RATIOS = [Fraction(1), *(Fraction(*pair) for number in (2, 3, 4, 5, 6, 8, 10) for pair in ((number, 1), (1, number)))]


@dataclass(frozen=True)
class ModelInspection:
    """Properties of one output of a model.

    Args:
        model: the model.
        output: that was inspected; if it is a cropped one, the whole one if there is.
        receptive_field: with total stride and valid margin; None if it is not known or unlimited.
        problem: why there is no receptive field, or why maps will have seams; empty if all is well.
        is_measured: whether the receptive field was measured, as there is no layer graph.
        ratios: by input name: pixel size of the input / that of the first one.
        rows: the layers; empty without a layer graph.
    """

    model: OpenModel
    output: ModelTensor
    receptive_field: ReceptiveField | None
    problem: str
    is_measured: bool
    ratios: Ratios
    rows: list[LayerRow]


def inspect_open_model(model: OpenModel, output: str, size: int, ratios: Ratios | None = None) -> ModelInspection:
    """Find the receptive field of a model: from its layers, or else by running it.

    Args:
        model: any.
        output: name of an output; empty: the one that maps are made of.
        size: side of the image that the table of layers is made for, in pixels of the first input.
        ratios: by input name: pixel size of the input / that of the first one; None: the first with which it runs.

    Raises:
        InputError: there is no such output, or the size is not a multiple of the total stride.
    """
    wanted = model.output(output)
    if wanted.whole_name in {tensor.name for tensor in model.outputs}:
        wanted = model.output(wanted.whole_name)
    try:
        graph = model.keras_model
        if graph is None or wanted.name not in output_tensors(graph):
            return _measured(model, wanted, size, ratios, "")
        found, ratios_found = _first_possible(
            model, ratios, lambda tried: receptive_field_of(graph, wanted.name, tried)
        )
    except UnlimitedReceptiveField as error:
        return ModelInspection(model, wanted, None, str(error), False, {}, [])
    except InputError as error:
        return _measured(model, wanted, size, ratios, str(error))
    _check_size(size, found)
    rows = layer_table(graph, wanted.name, size, ratios_found)
    return ModelInspection(model, wanted, found, "", False, ratios_found, rows)


def _measured(model: OpenModel, wanted: ModelTensor, size: int, ratios: Ratios | None, problem: str) -> ModelInspection:
    try:
        found, ratios_found = _first_possible(model, ratios, lambda tried: probe(model, wanted.name, tried))
    except InputError as error:
        return ModelInspection(model, wanted, None, problem or str(error), True, {}, [])
    _check_size(size, found)
    return ModelInspection(model, wanted, found, "", True, ratios_found, [])


def _first_possible(
    model: OpenModel, ratios: Ratios | None, find: Callable[[Ratios], ReceptiveField]
) -> tuple[ReceptiveField, Ratios]:
    """The receptive field with the given ratios, or with the first ones with which the network can join its inputs."""
    problem = None
    for tried in [ratios] if ratios is not None else _possible_ratios([image.name for image in model.images]):
        try:
            return find(tried), tried
        except IncompatibleImageSizes as error:
            problem = problem or error
    raise problem or InputError(tr("The network has no image as input."), expected=tr("an input [batch, y, x, bands]"))


def _possible_ratios(names: list[str]) -> Iterator[Ratios]:
    first, *others = names or [""]
    products = itertools.product(_RATIOS, repeat=len(others))
    for ratios in sorted(products, key=lambda tried: sum(map(_RATIOS.index, tried))):
        yield {first: Fraction(1), **dict(zip(others, ratios))}


def _check_size(size: int, found: ReceptiveField) -> None:
    stride = found.fields.total_stride
    if size < 1 or size % stride:
        raise InputError(
            tr("Invalid input size."),
            expected=tr("a multiple of the network's total stride {stride}").format(stride=stride),
            received=f"INPUT_SIZE = {size}",
            remedy=tr("Use {size}.").format(size=max(1, round(size / stride)) * stride),
        )
