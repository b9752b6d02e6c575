"""Custom networks: from a Python file of the user with one subclass of `ModelBase`.

The code in the file is run: use only files that you trust.
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
from ..language import tr
from .base import ModelBase
from .folder import KERAS_NAME
from .heads import PREDICTIONS, Head

MODULE_NAME = "geodl_model_file"  # the same for all files: saved custom layers are found again by it
_MAXIMUM_TEXT = 500  # characters of an error
_STYLE, _ARGUMENTS = re.compile(r"\x1b\[\d*m"), "Arguments received by"  # in errors that Keras passes on


def load_model_file(path: str | Path) -> type[ModelBase]:
    """Load the network that a Python file defines.

    Args:
        path: of the file, whose code is run.

    Returns:
        The class of the network.

    Raises:
        InputError: the file fails, or does not define exactly one network.
    """
    path = Path(path)
    module = _run(path)
    found = [
        value
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, ModelBase)
        and value.__module__ == MODULE_NAME
        and not inspect.isabstract(value)
    ]
    if len(found) != 1:
        several = (
            tr("The model file {path} defines {count} networks.")
            if found
            else tr("The model file {path} defines no network.")
        )
        raise InputError(
            several.format(path=path, count=len(found)),
            expected=tr("one class that derives from geodl_plugin.ModelBase and has the method get_outputs"),
            received=", ".join(kind.__name__ for kind in found),
            remedy="" if found else tr("Start from a copy of resources/examples/my_network.py."),
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
    dates: Mapping[str, Sequence[str]] | None = None,
) -> ModelBase:
    """Make a custom network.

    Its class is called with ``dataset_element_spec`` and ``inference_cropping``, and with those of ``head``,
    ``statistics``, ``ratios`` and ``dates`` that its constructor takes.

    Args:
        kind: the class of the network, from `load_model_file`.
        dataset_element_spec: as for `ModelBase`.
        inference_cropping: as for `ModelBase`.
        head: as for `architectures.Network`.
        statistics: as for `StandardizedModel`.
        ratios: as for `architectures.Network`.
        dates: as for `architectures.Network`.

    Raises:
        InputError: the constructor fails, or the network has no output for the labels of the dataset.
    """
    known: dict[str, Any] = {"head": head, "statistics": statistics, "ratios": ratios, "dates": dates}
    taken = _parameters(kind)
    given = {name: value for name, value in known.items() if name in taken}
    with _input_errors(tr("The network {name} cannot be built.").format(name=kind.__name__)):
        network = kind(dataset_element_spec=dataset_element_spec, inference_cropping=inference_cropping, **given)
        found = network.model.output
    if not isinstance(found, dict):
        raise InputError(
            tr("The network {name} does not name its outputs.").format(name=kind.__name__),
            expected=tr("a dictionary that get_outputs returns, such as {example}").format(
                example=f"{{'{PREDICTIONS}': …}}"
            ),
            received=type(found).__name__,
        )
    outputs = {name: tuple(tensor.shape) for name, tensor in found.items()}
    ranks = {"image": 4, "patch": 2}
    shape = outputs.get(PREDICTIONS, ())
    if len(shape) != ranks[kind.label_kind] or shape[-1] != head.outputs:
        form = "[batch, y, x, {}]" if kind.label_kind == "image" else "[batch, {}]"
        raise InputError(
            tr("The network {name} has no output for the labels of the dataset.").format(name=kind.__name__),
            expected=tr("an output {predictions} of shape {shape}").format(
                predictions=PREDICTIONS, shape=form.format(head.outputs)
            ),
            received=", ".join(f"{name} {list(shape)}" for name, shape in outputs.items()) or tr("no output"),
            remedy=tr("Take head in the constructor, and end with self.head(…) on a layer of head.outputs channels."),
        )
    return network


def try_network(network: ModelBase, sizes: Mapping[str, int]) -> None:
    """Run a custom network once, and save it, so that errors show before the training and not after hours.

    Args:
        network: will not be trained itself.
        sizes: side of the patches in pixels, by input.

    Raises:
        InputError: the network fails on such patches, does not give a label for each pixel, or cannot be saved.
    """
    name = type(network).__name__
    patches = {
        key: np.zeros((2, sizes[key], sizes[key], shape[-1]), np.float32)
        for key, shape in network.inputs_shapes.items()
    }
    with _input_errors(tr("The network {name} does not run on the patches of the dataset.").format(name=name)):
        network.model(patches, training=True)
        found = network.model(patches, training=False)[PREDICTIONS]
    side = next(iter(sizes.values()))
    if network.label_kind == "image" and found.shape[1:3] != (side, side):
        raise InputError(
            tr("The network {name} does not give a label for each pixel of a patch.").format(name=name),
            expected=tr("{side} × {side} pixels").format(side=side),
            received=tr("{width} × {height} pixels").format(width=found.shape[2], height=found.shape[1]),
            remedy=tr("Use padding 'same', or a patch size that is a multiple of what the network divides it by."),
        )
    with (
        _input_errors(tr("The network {name} cannot be saved.").format(name=name)),
        tempfile.TemporaryDirectory() as folder,
    ):
        network.save(Path(folder) / "saved")
        network.model.save(Path(folder) / KERAS_NAME)


@contextmanager
def model_file_errors() -> Iterator[None]:
    """Turn errors that the code of a model file raises into `InputError` that names its line; others stay.

    Raises:
        InputError: the code of the model file fails in the block.
    """
    try:
        yield
    except Exception as error:
        line = None if isinstance(error, GeodlError) else _line(error)
        if line is None:
            raise
        raise InputError(tr("The network of the model file fails."), received=_error_text(error)) from error


@contextmanager
def _input_errors(problem: str) -> Iterator[None]:
    """Turn errors of any kind into `InputError`: in the block, only code of the user is run."""
    try:
        yield
    except GeodlError:
        raise
    except (Exception, SystemExit) as error:
        raise InputError(problem, received=_error_text(error)) from error


def _run(path: Path) -> ModuleType:
    """Run a file as a module."""
    spec = importlib.util.spec_from_file_location(MODULE_NAME, path)
    if not os.path.isfile(path) or spec is None or spec.loader is None:
        raise InputError(tr("There is no such model file."), expected=tr("a Python file, *.py"), received=str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE_NAME] = module
    with _input_errors(tr("The model file {path} fails.").format(path=path)), _no_bytecode():
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


def _error_text(error: BaseException) -> str:
    """An error of the model file with its line, on one line of text."""
    line = _line(error)
    text = _STYLE.sub("", str(error.msg if isinstance(error, SyntaxError) else error)).partition(_ARGUMENTS)[0]
    text = " ".join(text.split())
    text = text if len(text) <= _MAXIMUM_TEXT else f"{text[:_MAXIMUM_TEXT]}…"
    told = f"{type(error).__name__}: {text}"
    return told if line is None else tr("line {line}: {error}").format(line=line, error=told)


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
    for base in kind.__mro__:
        if "__init__" in vars(base):
            parameters = inspect.signature(base.__init__).parameters.values()  # type: ignore[misc]
            names |= {parameter.name for parameter in parameters}
            if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
                break
    return names
