"""Networks of the user's own, from a Python file with one subclass of `ModelBase`.

The file is run: use only files that you trust.
"""

from __future__ import annotations

import importlib.util
import inspect
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from ..errors import GeodlError, InputError
from .base import ModelBase
from .folder import KERAS_NAME
from .heads import PREDICTIONS, Head

MODULE_NAME = "geodl_model_file"  # one name for all: saved layers of the user's own are found again by it
_LONGEST = 500  # characters of an error
_STYLE, _ARGUMENTS = re.compile(r"\x1b\[\d*m"), "Arguments received by"  # in errors that Keras passes on


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
    with _faults_of(f"The network {kind.__name__} cannot be built."):
        network = kind(dataset_element_spec=dataset_element_spec, inference_cropping=inference_cropping, **given)
        found = network.model.output
    if not isinstance(found, dict):
        raise InputError(
            f"The network {kind.__name__} does not name its outputs.",
            expected=f"a dictionary that get_outputs returns, such as {{'{PREDICTIONS}': …}}",
            received=type(found).__name__,
        )
    outputs = {name: tuple(tensor.shape) for name, tensor in found.items()}
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


def try_network(network: ModelBase, sizes: Mapping[str, int]) -> None:
    """Run a network of the user's own once, and save it, so that what fails then does not do so after hours.

    Args:
        network: will not be trained itself.
        sizes: side of the patches, by input.

    Raises:
        InputError: it fails on such patches, or gives no label for each pixel of them, or cannot be saved.
    """
    name = type(network).__name__
    patches = {
        key: np.zeros((2, sizes[key], sizes[key], shape[-1]), np.float32)
        for key, shape in network.inputs_shapes.items()
    }
    with _faults_of(f"The network {name} does not run on the patches of the dataset."):
        network.model(patches, training=True)
        found = network.model(patches, training=False)[PREDICTIONS]
    side = next(iter(sizes.values()))
    if network.label_kind == "image" and found.shape[1:3] != (side, side):
        raise InputError(
            f"The network {name} does not give a label for each pixel of a patch.",
            expected=f"{side} × {side} pixels",
            received=f"{found.shape[2]} × {found.shape[1]} pixels",
            remedy="Use padding 'same', or a patch size that is a multiple of what the network divides it by.",
        )
    with _faults_of(f"The network {name} cannot be saved."), tempfile.TemporaryDirectory() as folder:
        network.save(Path(folder) / "saved")
        network.model.save(Path(folder) / KERAS_NAME)


@contextmanager
def faults_of_the_file() -> Iterator[None]:
    """Errors that the code of a model file raises become errors that name its line; others stay what they are."""
    try:
        yield
    except Exception as error:
        line = None if isinstance(error, GeodlError) else _line(error)
        if line is None:
            raise
        raise InputError("The network of the model file fails.", received=_told(error)) from error


@contextmanager
def _faults_of(problem: str) -> Iterator[None]:
    """Errors of any kind become ones that say what failed: all of it is the user's own code."""
    try:
        yield
    except GeodlError:
        raise
    except (Exception, SystemExit) as error:
        raise InputError(problem, received=_told(error)) from error


def _run(path: Path) -> ModuleType:
    """Run a file as a module."""
    spec = importlib.util.spec_from_file_location(MODULE_NAME, path)
    if not os.path.isfile(path) or spec is None or spec.loader is None:
        raise InputError("There is no such model file.", expected="a Python file, *.py", received=str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE_NAME] = module
    with _faults_of(f"The model file {path} fails."), _no_bytecode():
        spec.loader.exec_module(module)
    return module


@contextmanager
def _no_bytecode() -> Iterator[None]:
    """Python leaves no folder __pycache__ beside the user's files."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _told(error: BaseException) -> str:
    """An error of the model file with its line, on one line of text."""
    line = _line(error)
    text = _STYLE.sub("", str(error.msg if isinstance(error, SyntaxError) else error)).partition(_ARGUMENTS)[0]
    text = " ".join(text.split())
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return ("" if line is None else f"line {line}: ") + f"{type(error).__name__}: {text}"


def _line(error: BaseException) -> int | None:
    """The line of the model file that an error comes from; None if it comes from elsewhere."""
    file = getattr(sys.modules.get(MODULE_NAME), "__file__", None)
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return lines[-1] if lines else None


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
