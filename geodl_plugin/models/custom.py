"""Networks of the user's own, from a Python file with one subclass of `ModelBase`.

The file is run: use only files that you trust.
"""

from __future__ import annotations

import importlib.util
import inspect
import sys
import traceback
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import InputError
from .base import ModelBase
from .heads import PREDICTIONS, Head

MODULE_NAME = "geodl_model_file"  # one name for all: saved layers of the user's own are found again by it


def load_model_file(path: str | Path) -> type[ModelBase]:
    """The network that a Python file defines.

    Raises:
        InputError: the file fails, or does not define exactly one network.
    """
    path = Path(path)
    module = _run(path)
    found = [
        one
        for one in vars(module).values()
        if inspect.isclass(one)
        and issubclass(one, ModelBase)
        and one.__module__ == MODULE_NAME
        and not inspect.isabstract(one)
    ]
    if len(found) != 1:
        raise InputError(
            f"The model file {path} defines {len(found) or 'no'} network{'s' * (len(found) > 1)}.",
            expected="one class that derives from geodl_plugin.ModelBase and has the method get_outputs",
            received=", ".join(one.__name__ for one in found),
            remedy="" if found else "Start from a copy of resources/examples/my_network.py.",
        )
    return found[0]


def make_network(
    kind: type[ModelBase],
    dataset_element_spec: Any,
    inference_cropping: Sequence[int],
    *,
    head: Head,
    statistics: dict[str, dict[str, list[Any]]],
    ratios: Mapping[str, Fraction],
) -> ModelBase:
    """Make a network of the user's own.

    Its class is called with ``dataset_element_spec`` and ``inference_cropping``, and with those of ``head``,
    ``statistics`` and ``ratios`` that its constructor takes, see `architectures.Network`.

    Raises:
        InputError: the constructor fails, or what it builds does not fit the dataset.
    """
    known: dict[str, Any] = {"head": head, "statistics": statistics, "ratios": ratios}
    taken = _parameters(kind)
    given = {name: value for name, value in known.items() if name in taken}
    try:
        network = kind(dataset_element_spec=dataset_element_spec, inference_cropping=inference_cropping, **given)
        outputs = {name: tuple(tensor.shape) for name, tensor in network.model.output.items()}
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"The network {kind.__name__} cannot be built.", received=_told(error)) from error
    ranks = {"image": 4, "patch": 2}
    shape = outputs.get(PREDICTIONS, ())
    if len(shape) != ranks[kind.label_kind] or shape[-1] != head.outputs:
        form = "[batch, y, x, {}]" if kind.label_kind == "image" else "[batch, {}]"
        raise InputError(
            f"The network {kind.__name__} does not fit the dataset.",
            expected=f"an output {PREDICTIONS} of shape {form.format(head.outputs)}",
            received=", ".join(f"{name} {list(shape)}" for name, shape in outputs.items()) or "no output",
            remedy="Take head in the constructor, and end in self.head(…) after a layer of head.outputs channels.",
        )
    return network


def _run(path: Path) -> ModuleType:
    """Run a file as a module."""
    spec = importlib.util.spec_from_file_location(MODULE_NAME, path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise InputError("There is no such model file.", expected="a Python file, *.py", received=str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE_NAME] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise InputError(f"The model file {path} fails.", received=_told(error)) from error
    return module


def _told(error: Exception) -> str:
    """An error of the model file with its line."""
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: SyntaxError: {error.msg}"
    file = getattr(sys.modules.get(MODULE_NAME), "__file__", None)
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return (f"line {lines[-1]}: " if lines else "") + f"{type(error).__name__}: {error}"


def _parameters(kind: type) -> set[str]:
    """The names that a constructor takes, with those that it passes on as ``**kwargs``."""
    names: set[str] = set()
    for one in kind.__mro__:
        if "__init__" in vars(one):
            parameters = inspect.signature(one.__init__).parameters.values()  # type: ignore[misc]
            names |= {parameter.name for parameter in parameters}
            if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
                break
    return names
