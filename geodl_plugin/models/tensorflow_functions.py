"""TensorFlow's own functions inside networks, as in ``tf.cast(inputs["xs"], tf.float32)``.

Keras 3 accepts only its own operations on the symbolic tensors that a network is built of, whereas networks
written for OTBTF call TensorFlow.  Inside `tensorflow_functions`, such a call becomes an operation of the
network, which a Keras file names.  A file can name functions of tensors only, none that read files or run code.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import keras
import tensorflow as tf

from ..errors import InputError
from ..language import tr
from .internals import handle_unknown_arguments
from .layers import dense

_MODULES = ("math", "nn", "image", "linalg", "signal")
_OTHERS = (
    "broadcast_to", "cast", "clip_by_value", "concat", "expand_dims", "fill", "gather", "identity", "norm",
    "one_hot", "ones_like", "pad", "repeat", "reshape", "reverse", "shape", "slice", "split", "squeeze", "stack",
    "stop_gradient", "tile", "transpose", "unstack", "where", "zeros_like",
)  # fmt: skip
_active = ContextVar("active", default=False)


@contextmanager
def tensorflow_functions() -> Iterator[None]:
    """Let TensorFlow's functions take the symbolic tensors of Keras while the block runs."""
    before = _active.set(True)
    try:
        yield
    finally:
        _active.reset(before)


def _known_functions() -> dict[str, Any]:
    """The functions that a Keras file may name; some call that of TensorFlow 1, which is what gets known then."""
    known: dict[str, Any] = {}
    for version, root in (("", tf), ("compat.v1.", tf.compat.v1)):
        known |= {f"{version}{name}": getattr(root, name) for name in _OTHERS}
        for module in _MODULES:
            functions = vars(getattr(root, module)).items()
            known |= {f"{version}{module}.{name}": value for name, value in functions if inspect.isroutine(value)}
    return known


_FUNCTIONS = _known_functions()
_NAMES = {inspect.unwrap(function): name for name, function in reversed(_FUNCTIONS.items())}


@keras.saving.register_keras_serializable(package="geodl")
class TensorFlowFunction(keras.Operation):
    """A call of one of TensorFlow's functions.

    Args:
        function: its name below ``tf``, such as ``math.abs``.

    Raises:
        InputError: a network may not call this function.
    """

    def __init__(self, function: str, name: str | None = None) -> None:
        super().__init__(name)
        if function not in _FUNCTIONS:
            raise InputError(
                tr("A network cannot call the function {function} of TensorFlow.").format(function=function),
                expected=tr("a function of tensors in {modules}").format(
                    modules=", ".join(f"tf.{module}" for module in _MODULES)
                ),
                remedy=tr("Use keras.ops or keras.layers instead."),
            )
        self.function = function

    def call(self, *args: Any, **kwargs: Any) -> Any:
        return _FUNCTIONS[self.function](*args, **kwargs)

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        args, kwargs = keras.tree.map_structure(dense, (args, kwargs))
        return super().compute_output_spec(*args, **kwargs)

    def get_config(self) -> dict[str, Any]:
        return {"function": self.function, "name": self.name}


def _call_of_network(function: Any, args: Any, kwargs: Any) -> Any:
    """The call of a function as an operation of a network; None for calls without symbolic tensors."""
    symbolic = any(isinstance(value, keras.KerasTensor) for value in keras.tree.flatten((args, kwargs)))
    if not (symbolic and _active.get()):
        return None
    return TensorFlowFunction(_NAMES.get(inspect.unwrap(function), function.__name__))(*args, **kwargs)


handle_unknown_arguments(_call_of_network)
