"""The operation that finds the receptive field of a model, its total stride and its valid margin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..language import tr
from ..operations import InputPath, Request, operation
from ..options import INPUT_SIZE
from ..runtime.checks import check_minimum
from ..runtime.reporter import Reporter

if TYPE_CHECKING:
    from .inspection import ModelInspection


@dataclass
class ModelRequest(Request):
    """A model.

    Args:
        model: model folder, SavedModel or Keras file.
    """

    model: InputPath


@dataclass
class InspectModelRequest(ModelRequest):
    """Which model to inspect.

    Args:
        model: model folder, SavedModel or Keras file.
        input_size: side of the image that the table of layers is made for, in pixels of the first input.
        output_name: name of an output; empty: the one that maps are made of.
    """

    input_size: int = INPUT_SIZE
    output_name: str = ""


@operation
def inspect_model(request: InspectModelRequest, reporter: Reporter) -> ModelInspection:
    """Find out how far a network looks, from its layers or else by running it.

    Args:
        request: which model.
        reporter: shows the progress.

    Returns:
        Receptive field, total stride and valid margin of an output, with the table of layers.

    Raises:
        InputError: there is no such model or output, or the input size is not a multiple of the total stride.
    """
    check_minimum(tr("input size"), request.input_size, 1)
    reporter.progress(0, tr("Loading the model"))
    from .checksums import told_changes
    from .inspection import inspect_open_model
    from .loading import open_model

    model = open_model(request.model)
    if model.changed:
        reporter.warning(told_changes(model.path, model.changed))
    reporter.progress(0.25, tr("Finding the receptive field"))
    return inspect_open_model(model, request.output_name, request.input_size)
