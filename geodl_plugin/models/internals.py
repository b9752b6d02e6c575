"""All that GeoDL uses of Keras and TensorFlow which is not public, and may change with any release.

- Keras' public interface does not tell which layer made a tensor, nor how the layers of a functional model are called:
  receptive fields, trimming, memory and the drawing of a network need that.
- TensorFlow's public interface does not tell of calls with arguments that a function does not take: networks that were
  written for Keras 2 call TensorFlow's functions on symbolic tensors, which Keras 3 refuses.

tests/core/models/test_internals.py names the interface that a new version changed.  Only this module must follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from ..errors import EnvironmentProblem
from ..language import tr

# Whether a layer that was called with training=True runs in training mode when its model does not.
KEEPS_TRAINING = tuple(int(number) for number in keras.__version__.split(".")[:2]) >= (3, 16)


def private(owner: Any, name: str) -> Any:
    """An attribute that is not public.

    Raises:
        EnvironmentProblem: the installed version does not have it.
    """
    try:
        return getattr(owner, name)
    except AttributeError as error:
        what = owner.__name__ if hasattr(owner, "__name__") else type(owner).__name__
        raise EnvironmentProblem(
            tr("This version of Keras or TensorFlow is not supported: {what} has no {name}.").format(
                what=what, name=name
            ),
            expected=tr("the versions that Set up the environment installs"),
            received=f"Keras {keras.__version__}, TensorFlow {tf.__version__}",
            remedy=tr("Run Set up the environment again."),
        ) from error


@dataclass(frozen=True)
class LayerCall:
    """A call of a layer, or of an operation such as ``+``, in a functional model.

    Args:
        node: how Keras keeps it.
    """

    node: Any

    @property
    def operation(self) -> Any:
        """The layer or operation."""
        return private(self.node, "operation")

    @property
    def inputs(self) -> list[Any]:
        """The symbolic tensors that it takes; none for an input of the model."""
        return private(self.node, "input_tensors")

    @property
    def outputs(self) -> list[Any]:
        """The symbolic tensors that it gives."""
        return private(self.node, "output_tensors")

    @property
    def args(self) -> tuple[Any, ...]:
        """The positional arguments, symbolic tensors among them."""
        return private(private(self.node, "arguments"), "args")

    @property
    def is_in_training(self) -> bool:
        """Whether the layer always runs in training mode: it then depends on the batch, or on chance."""
        return KEEPS_TRAINING and bool(private(private(self.node, "arguments"), "kwargs").get("training"))

    def arguments(self, values: Mapping[int, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Positional and keyword arguments to call the operation with.

        Args:
            values: by id of the symbolic tensor, what to put in its place.
        """
        return private(private(self.node, "arguments"), "fill_in")(values)


def calls_by_depth(model: keras.Model) -> list[list[LayerCall]]:
    """All calls of layers in a functional model.

    Returns:
        Lists of calls, from the inputs to the outputs: a call needs results of earlier lists only.
    """
    nodes = private(model, "_nodes_by_depth")
    return [[LayerCall(node) for node in nodes[depth]] for depth in sorted(nodes, reverse=True)]


def functional_model(layer: Any) -> Any:
    """The functional model that a layer is, or that a `keras.Sequential` is made of; None for other layers."""
    model = private(layer, "_functional") if isinstance(layer, keras.Sequential) else layer
    return model if isinstance(model, keras.Model) and hasattr(model, "_nodes_by_depth") else None


def layer_of(tensor: Any) -> Any:
    """The layer or operation that made a symbolic tensor."""
    return private(private(tensor, "_keras_history"), "operation")


def handle_unknown_arguments(handler: Callable[[Any, Any, Any], Any]) -> None:
    """Have a function called whenever a function of TensorFlow does not know what to do with its arguments.

    Args:
        handler: takes function, positional and keyword arguments; gives the result of the call, or None if it does
            not know what to do either.
    """
    dispatcher = private(private(private(tf, "__internal__"), "dispatch"), "GlobalOpDispatcher")

    class Dispatcher(dispatcher):  # type: ignore[misc, valid-type]
        def handle(self, op: Any, args: Any, kwargs: Any) -> Any:
            result = handler(op, args, kwargs)
            return self.NOT_SUPPORTED if result is None else result

    Dispatcher().register()
