"""What is to be known of a model before it is applied: how far it looks, and which layers make it so."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from .layer_fields import output_tensors, reach_of
from .layer_table import LayerRow, layer_table
from .loading import ModelTensor, OpenModel
from .probing import probe
from .reach import ImagesDoNotFit, Reach, WholeImage

Ratios = Mapping[str, Fraction]
_RATIOS = [Fraction(1), *(Fraction(*pair) for number in (2, 3, 4, 5, 6, 8, 10) for pair in ((number, 1), (1, number)))]


@dataclass(frozen=True)
class ModelInspection:
    """What was found out about one output of a model.

    Args:
        output: the one that was looked at; the whole one of a cropped one, if there is.
        reach: how far the network looks; None if that is not known or has no end.
        problem: why there is no reach, or why it does not suit maps; empty if there is none.
        is_measured: whether the reach was measured, since no layer graph tells it.
        ratios: by input name: pixel size of the input / that of the first one.
        rows: the layers; none without a layer graph.
    """

    output: ModelTensor
    reach: Reach | None
    problem: str
    is_measured: bool
    ratios: Ratios
    rows: list[LayerRow]


def inspect_model(model: OpenModel, output: str, size: int, ratios: Ratios | None = None) -> ModelInspection:
    """Find out how far a model looks: from its layers, or else by running it.

    Args:
        model: any.
        output: name of an output; empty: the one that maps are made of.
        size: side of the image that the table of layers is made for, in pixels of the first input.
        ratios: by input name: pixel size of the input / that of the first one; None: such that the network runs.

    Raises:
        InputError: there is no such output, or an image of this size does not suit the network.
    """
    wanted = model.output(output)
    if wanted.whole_name in {one.name for one in model.outputs}:
        wanted = model.output(wanted.whole_name)
    try:
        graph = model.keras_model
        if graph is None or wanted.name not in output_tensors(graph):
            return _measured(model, wanted, size, ratios, "")
        reach, found = _first_that_fits(model, ratios, lambda one: reach_of(graph, wanted.name, one))
    except WholeImage as error:
        return ModelInspection(wanted, None, str(error), False, {}, [])
    except InputError as error:
        return _measured(model, wanted, size, ratios, str(error))
    _check_size(size, reach)
    return ModelInspection(wanted, reach, "", False, found, layer_table(graph, wanted.name, size, found))


def _measured(model: OpenModel, wanted: ModelTensor, size: int, ratios: Ratios | None, problem: str) -> ModelInspection:
    try:
        reach, found = _first_that_fits(model, ratios, lambda one: probe(model, wanted.name, one))
    except InputError as error:
        return ModelInspection(wanted, None, problem or str(error), True, {}, [])
    _check_size(size, reach)
    return ModelInspection(wanted, reach, "", True, found, [])


def _first_that_fits(model: OpenModel, ratios: Ratios | None, find: Callable[[Ratios], Reach]) -> tuple[Reach, Ratios]:
    """The reach with the given ratios, or with the first ones for which the images fit together in the network."""
    problem = None
    for one in [ratios] if ratios is not None else _possible_ratios([image.name for image in model.images]):
        try:
            return find(one), one
        except ImagesDoNotFit as error:
            problem = problem or error
    raise problem or InputError("The network takes no image.")


def _possible_ratios(names: list[str]) -> Iterator[Ratios]:
    first, *others = names or [""]
    for ratios in sorted(itertools.product(_RATIOS, repeat=len(others)), key=lambda one: sum(map(_RATIOS.index, one))):
        yield {first: Fraction(1), **dict(zip(others, ratios))}


def _check_size(size: int, reach: Reach) -> None:
    stride = reach.fields.total_stride
    if size < 1 or size % stride:
        raise InputError(
            "This size of the input does not suit the network.",
            expected=f"a multiple of its total stride {stride}",
            received=f"INPUT_SIZE = {size}",
            remedy=f"Use {max(1, round(size / stride)) * stride}.",
        )
