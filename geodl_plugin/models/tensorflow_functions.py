"""TensorFlow's own functions inside networks, as in ``tf.cast(inputs["xs"], tf.float32)``.

Keras 3 takes only its own operations on the symbolic tensors that a network is built of, whereas networks
written for OTBTF call TensorFlow.  Inside `tensorflow_functions`, such a call becomes an operation of the
network, which a Keras file names.  A file can name functions of tensors only, nothing that reads or runs.
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
    """Let TensorFlow's functions take symbolic tensors."""
    before = _active.set(True)
    try:
        yield
    finally:
        _active.reset(before)


def _known_functions() -> dict[str, Any]:
    """The functions that a Keras file may name; some call their first version, which is what is heard of then."""
    known: dict[str, Any] = {}
    for version, root in (("", tf), ("compat.v1.", tf.compat.v1)):
        known |= {f"{version}{name}": getattr(root, name) for name in _OTHERS}
        for module in _MODULES:
            functions = vars(getattr(root, module)).items()
            known |= {f"{version}{module}.{name}": one for name, one in functions if inspect.isroutine(one)}
    return known


_FUNCTIONS = _known_functions()
_NAMES = {inspect.unwrap(function): name for name, function in reversed(_FUNCTIONS.items())}


@keras.saving.register_keras_serializable(package="geodl")
class TensorFlowFunction(keras.Operation):
    """A call of one of TensorFlow's functions.

    Args:
        function: its name below ``tf``.

    Raises:
        InputError: it is none of those that a network may call.
    """

    def __init__(self, function: str, name: str | None = None) -> None:
        super().__init__(name)
        if function not in _FUNCTIONS:
            raise InputError(
                f"A network cannot call the function {function} of TensorFlow.",
                expected=f"a function of tensors in {', '.join(f'tf.{module}' for module in _MODULES)}",
                remedy="Use keras.ops or keras.layers instead.",
            )
        self.function = function

    def call(self, *args: Any, **kwargs: Any) -> Any:
        return _FUNCTIONS[self.function](*args, **kwargs)

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        args, kwargs = keras.tree.map_structure(dense, (args, kwargs))
        return super().compute_output_spec(*args, **kwargs)

    def get_config(self) -> dict[str, Any]:
        return {"function": self.function, "name": self.name}


class _Dispatcher(tf.__internal__.dispatch.GlobalOpDispatcher):  # type: ignore[misc]
    """Hears of calls that TensorFlow itself cannot do."""

    def handle(self, op: Any, args: Any, kwargs: Any) -> Any:
        symbolic = any(isinstance(one, keras.KerasTensor) for one in keras.tree.flatten((args, kwargs)))
        if not (symbolic and _active.get()):
            return self.NOT_SUPPORTED
        return TensorFlowFunction(_NAMES.get(inspect.unwrap(op), op.__name__))(*args, **kwargs)


_Dispatcher().register()
