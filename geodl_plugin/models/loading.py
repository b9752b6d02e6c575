"""Open any model: a model folder of ours, a SavedModel of anybody's, a Keras file.

SavedModels are called by their signature ``serving_default``, else by their first one, as OTBTF does.  Those
that OTBTF made with Keras 2 name their outputs after layers, as ``predictions_softmax_tensor_crop16``.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from ..errors import InputError
from ..runtime.companions import discard
from . import layers, tensorflow_functions  # noqa: F401  # Keras files name what they register
from .base import SIGNATURE
from .folder import FILE_NAME, KERAS_NAME, ModelDescription
from .layer_fields import output_tensors

SAVED_MODEL_NAME = "saved_model.pb"
_CROPPED = re.compile(r"(.+)_crop(\d+)")
_OF_PATTERNS = set("*?[\\")  # TensorFlow takes the name of a file of variables for a pattern
_IMAGE_RANK = 4


@dataclass(frozen=True)
class ModelTensor:
    """An input or output of a network.

    Args:
        name: by which it is fed or fetched.
        dtype: as numpy calls it.
        shape: with the batch; None for what is free, or for a whole shape that is not known.
    """

    name: str
    dtype: str
    shape: tuple[int | None, ...] | None

    @property
    def rank(self) -> int | None:
        """Number of dimensions, with the batch; None if it is not known."""
        return None if self.shape is None else len(self.shape)

    @property
    def shape_text(self) -> str:
        """The shape for people: ``[any, any, any, 4]``."""
        if self.shape is None:
            return "of unknown shape"
        return f"[{', '.join('any' if size is None else str(size) for size in self.shape)}]"

    @property
    def is_image(self) -> bool:
        """Whether it is [batch, y, x, bands]."""
        return self.rank == _IMAGE_RANK

    @property
    def bands(self) -> int | None:
        """Number of bands: the last dimension; 1 of an image without it; None if it is not known or not fixed."""
        if self.shape is None or self.rank == 3:
            return None if self.shape is None else 1
        return self.shape[-1] if len(self.shape) > 1 else 1

    @property
    def image_size(self) -> tuple[int | None, int | None]:
        """Height and width of an image; None where it is free."""
        return (self.shape[1], self.shape[2]) if self.shape and self.is_image else (None, None)

    @property
    def has_free_size(self) -> bool:
        """Whether it is an image of any size."""
        return self.is_image and self.image_size == (None, None)

    @property
    def crop(self) -> int:
        """Pixels that are cropped on each side, by the name: 16 for ``predictions_crop16``, 0 without a crop."""
        found = _CROPPED.fullmatch(self.name)
        return int(found[2]) if found else 0

    @property
    def whole_name(self) -> str:
        """The name without the crop: ``predictions`` for ``predictions_crop16``."""
        found = _CROPPED.fullmatch(self.name)
        return found[1] if found else self.name


@dataclass(frozen=True)
class OpenModel:
    """A model that is ready to run: call it with a dictionary of inputs for a dictionary of outputs.

    Args:
        path: where it lies.
        kind: what it is, for people.
        inputs: in the order of the sources if the model is ours, else of the alphabet.
        outputs: in the order of the alphabet.
        description: what ``model.json`` says; None if there is none.
        variables: all that can be assigned.
    """

    path: Path
    kind: str
    inputs: tuple[ModelTensor, ...]
    outputs: tuple[ModelTensor, ...]
    description: ModelDescription | None
    variables: tuple[Any, ...] = field(repr=False)
    _serve: Callable[..., dict[str, tf.Tensor]] = field(repr=False)
    _owner: Any = field(repr=False)  # a signature does not keep its variables alive

    def __call__(self, inputs: Mapping[str, Any]) -> dict[str, tf.Tensor]:
        """Run the network.

        Args:
            inputs: arrays or tensors by input name, cast to the type of the input.

        Returns:
            All outputs by name.
        """
        return self._serve(**{one.name: tf.cast(inputs[one.name], one.dtype) for one in self.inputs})

    @cached_property
    def keras_model(self) -> Any:
        """The network with its layer graph; None if there is none, or it cannot be loaded.

        That of a model folder cannot if it has layers of a model file's own, or program code: Lambda layers.
        """
        if isinstance(self._owner, keras.Model):
            return self._owner
        file = self.path / KERAS_NAME
        if not (self.description and file.is_file()):
            return None
        try:
            return load_keras_file(file)
        except InputError:
            return None

    @property
    def images(self) -> tuple[ModelTensor, ...]:
        """The inputs that are images; the others are scalars that the user gives."""
        return tuple(one for one in self.inputs if one.is_image)

    @property
    def weights(self) -> int:
        """Number of values that the network has learnt."""
        return sum(math.prod(one.shape) for one in self.variables)

    def output(self, name: str = "") -> ModelTensor:
        """An output by name.

        Args:
            name: empty: the output that maps are made of, if the model says it, else the first of the alphabet.

        Raises:
            InputError: there is none of that name.
        """
        wanted = name or (self.description.output if self.description else self.outputs[0].name)
        for one in self.outputs:
            if one.name == wanted:
                return one
        raise InputError(
            f"The model in {self.path} has no output {wanted}.",
            expected="one of " + ", ".join(one.name for one in self.outputs),
        )

    def with_bands(self) -> OpenModel:
        """The same model, in which outputs that are images without bands, [batch, y, x], have one."""
        flat = {one.name for one in self.outputs if one.rank == _IMAGE_RANK - 1}

        def serve(**inputs: Any) -> dict[str, tf.Tensor]:
            found = self._serve(**inputs)
            return {name: value[..., tf.newaxis] if name in flat else value for name, value in found.items()}

        outputs = tuple(
            replace(one, shape=(*(one.shape or ()), 1)) if one.name in flat else one for one in self.outputs
        )
        return replace(self, outputs=outputs, _serve=serve)

    def crops(self, name: str) -> list[int]:
        """The crops with which the output ``name`` comes as well, from the least on."""
        return sorted(one.crop for one in self.outputs if one.crop and one.whole_name == name)


def open_model(path: str | Path) -> OpenModel:
    """Open a model folder, a SavedModel or a Keras file.

    Keras files are read in safe mode: no program code in them is run.  A SavedModel is a program of TensorFlow's
    operations, some of which read and write files: open it only if you trust whoever made it.

    Args:
        path: a folder, its file ``saved_model.pb``, or a file ``….keras``.

    Raises:
        InputError: it is none of them, or cannot be loaded.
    """
    path = Path(path)
    if path.name == SAVED_MODEL_NAME:
        path = path.parent
    # Not by pathlib, before Python 3.12: it raises an error for names that are longer than the system knows.
    if os.path.isfile(path / SAVED_MODEL_NAME):
        return _open_saved_model(path)
    if path.suffix == ".keras" and os.path.isfile(path):
        return _open_keras_file(path)
    raise InputError(
        f"{path} is no model.",
        expected=f"a model folder made by Train a network, a SavedModel (a folder with {SAVED_MODEL_NAME}) or a Keras "
        "file (….keras)",
        received=_what_is_there(path),
        remedy="Open it in Keras and save it as a .keras file." if path.suffix in (".h5", ".hdf5") else "",
    )


def _open_saved_model(folder: Path) -> OpenModel:
    description = ModelDescription.read(folder) if (folder / FILE_NAME).is_file() else None
    known = description.training.get("checksum") if description else None
    if known not in (None, checksum(folder)):
        raise InputError(
            f"The model in {folder} is damaged: {SAVED_MODEL_NAME} is not what was written.",
            expected=f"the checksum {known}",
            received=checksum(folder),
            remedy="Copy the folder again, or train anew.",
        )
    try:
        owner = _load(folder)
        signatures = dict(owner.signatures)
    except Exception as error:
        # TensorFlow raises errors of any kind for damaged files and for operations that it does not know.
        raise InputError(f"The model in {folder} cannot be loaded.", received=_shortened(error)) from error
    if not signatures:
        raise InputError(
            f"The SavedModel in {folder} has no signature, so that nothing says what goes in and what comes out.",
            expected=f"a signature, such as {SIGNATURE}",
            remedy="Save it anew with model.export, or with signatures=….",
        )
    serve = signatures.get(SIGNATURE) or signatures[next(iter(signatures))]
    tensors = {name: _tensor(name, spec) for name, spec in serve.structured_input_signature[1].items()}
    order = [one.name for one in description.inputs] if description else sorted(tensors)
    if set(order) != set(tensors):
        raise InputError(
            f"The model in {folder} does not have the inputs that its {FILE_NAME} names.",
            expected=", ".join(order),
            received=", ".join(sorted(tensors)),
        )
    return OpenModel(
        path=folder,
        kind="GeoDL model folder" if description else "SavedModel",
        inputs=tuple(tensors[name] for name in order),
        outputs=tuple(_tensor(name, spec) for name, spec in sorted(serve.structured_outputs.items())),
        description=description,
        variables=tuple(serve.variables),
        _serve=serve,
        _owner=owner,
    )


def _load(folder: Path) -> Any:
    """What TensorFlow loads from a folder: from a copy, if its name would be taken for a pattern of names."""
    if not _OF_PATTERNS & {*folder.as_posix()}:
        return tf.saved_model.load(str(folder))
    scratch = Path(tempfile.mkdtemp(prefix="geodl_"))
    try:
        return tf.saved_model.load(str(shutil.copytree(folder, scratch / "model")))
    finally:
        discard(scratch)


def checksum(folder: Path) -> str:
    """A checksum of a SavedModel's graph, which has none itself, unlike the variables beside it and Keras files."""
    return hashlib.sha256((folder / SAVED_MODEL_NAME).read_bytes()).hexdigest()


def _open_keras_file(path: Path) -> OpenModel:
    return of_keras(load_keras_file(path), path)


def of_keras(model: keras.Model, path: Path) -> OpenModel:
    """A Keras model with a layer graph as any other model.

    Args:
        model: the network.
        path: where it lies.
    """
    tensors = output_tensors(model)

    @tf.function(autograph=False)  # one graph for each size: with a free size, Keras' bilinear up-sampling fails
    def serve(**inputs: tf.Tensor) -> dict[str, tf.Tensor]:
        given = [inputs[tensor.name] for tensor in model.inputs]
        found = model(keras.tree.pack_sequence_as(model.input, given), training=False)
        return dict(zip(tensors, keras.tree.flatten(found)))

    inputs = [_tensor(tensor.name, tensor) for tensor in model.inputs]
    outputs = [_tensor(name, tensor) for name, tensor in tensors.items()]
    return OpenModel(
        path=path,
        kind="Keras file",
        inputs=tuple(sorted(inputs, key=lambda one: one.name)),
        outputs=tuple(sorted(outputs, key=lambda one: one.name)),
        description=None,
        variables=tuple(model.variables),
        _serve=serve,
        _owner=model,
    )


def load_keras_file(path: Path) -> keras.Model:
    """Load a Keras file in safe mode.

    Raises:
        InputError: it holds program code, or layers that are not known here, or is damaged.
    """
    try:
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:
        # Keras raises errors of any kind for damaged files and unknown layers.
        if "Lambda" in str(error):
            raise InputError(
                f"The Keras file {path} holds a Lambda layer: program code, which is not run.",
                remedy="Replace the Lambda layer by layers of Keras, or export the model as a SavedModel.",
            ) from error
        raise InputError(f"The Keras file {path} cannot be loaded.", received=_shortened(error)) from error
    if not getattr(model, "inputs", None):
        raise InputError(
            f"The Keras file {path} does not say what goes into the network.",
            expected="a functional or sequential model with an input layer",
            remedy="Export it as a SavedModel (model.export).",
        )
    return keras.Model(model.inputs, model.outputs) if isinstance(model, keras.Sequential) else model


def _tensor(name: str, spec: Any) -> ModelTensor:
    shape = spec.shape
    if isinstance(shape, tf.TensorShape):
        shape = None if shape.rank is None else shape.as_list()
    return ModelTensor(name, tf.as_dtype(spec.dtype).name, None if shape is None else tuple(shape))


def _what_is_there(path: Path) -> str:
    if os.path.isdir(path):
        names = sorted(one.name for one in path.iterdir())
        return f"a folder with {', '.join(names[:5])}{', …' if len(names) > 5 else ''}" if names else "an empty folder"
    return f"a file {path.suffix}" if os.path.exists(path) else "nothing: there is no such file or folder"


def _shortened(error: Exception) -> str:
    text = str(error).strip() or repr(error)
    return text if len(text) <= 500 else f"{text[:500]}…"
