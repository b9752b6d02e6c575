"""Open any model: a GeoDL model folder, any other SavedModel, or a Keras file.

SavedModels are called by their signature ``serving_default``, else by their first one, as in OTBTF.  Those that OTBTF
made with Keras 2 name their outputs after layers, such as ``predictions_softmax_tensor_crop16``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from ..errors import InputError
from ..language import tr
from ..runtime.companions import discard
from .base import SIGNATURE
from .checksums import SAVED_MODEL_NAME, VARIABLES, changed_files, checksum
from .folder import FILE_NAME, ModelDescription
from .keras_files import load_keras_file, shortened
from .layer_fields import output_tensors
from .opened import ModelTensor, OpenModel

_WILDCARDS = set("*?[\\")  # TensorFlow takes the name of a file of variables for a pattern
_SHOWN_NAMES = 5  # of what is in a folder that is no model
__all__ = ["SAVED_MODEL_NAME", "ModelTensor", "OpenModel", "load_keras_file", "of_keras", "open_model"]


def open_model(path: str | Path) -> OpenModel:
    """Open a model folder, a SavedModel or a Keras file.

    Keras files are read in safe mode: no program code in them is run.  A SavedModel is a program of TensorFlow's
    operations, some of which read and write files: open only those from people you trust.

    Args:
        path: a folder, its file ``saved_model.pb``, or a file ``….keras``.

    Returns:
        The model, ready to run.

    Raises:
        InputError: the path is none of them, or the model cannot be loaded.
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
        tr("{path} is not a model.").format(path=path),
        expected=tr(
            "a model folder made by Train a network, a SavedModel (a folder with {file}) or a Keras file (….keras)"
        ).format(file=SAVED_MODEL_NAME),
        received=_what_is_there(path),
        remedy=tr("Open it in Keras and save it as a .keras file.") if path.suffix in (".h5", ".hdf5") else "",
    )


def _open_saved_model(folder: Path) -> OpenModel:
    description = ModelDescription.read(folder) if (folder / FILE_NAME).is_file() else None
    known = description.training.get("checksum") if description else None
    changed = changed_files(folder, description.checksums) if description else ()
    # Who exports a network anew writes its variables as well.  These and Keras files hold checksums of their own.
    is_exported_anew = any(name.startswith(VARIABLES) for name in changed)
    if not is_exported_anew and known not in (None, checksum(folder / SAVED_MODEL_NAME)):
        raise InputError(
            tr("The model {folder} is damaged: {file} was changed after the training.").format(
                folder=folder, file=SAVED_MODEL_NAME
            ),
            expected=tr("the checksum {known}").format(known=known),
            received=checksum(folder / SAVED_MODEL_NAME),
            remedy=tr("Copy the folder again, or train the network again."),
        )
    try:
        owner = _load(folder)
        signatures = dict(owner.signatures)
    except Exception as error:
        # TensorFlow raises errors of any kind for damaged files and for operations that it does not know.
        raise InputError(
            tr("The model {folder} cannot be loaded.").format(folder=folder), received=shortened(error)
        ) from error
    if not signatures:
        raise InputError(
            tr("The SavedModel {folder} has no signature, which would define its inputs and outputs.").format(
                folder=folder
            ),
            expected=tr("a signature, such as {signature}").format(signature=SIGNATURE),
            remedy=tr("Save it again with model.export, or with signatures=…."),
        )
    serve = signatures.get(SIGNATURE) or signatures[next(iter(signatures))]
    tensors = {name: ModelTensor.from_spec(name, spec) for name, spec in serve.structured_input_signature[1].items()}
    order = [tensor.name for tensor in description.inputs] if description else sorted(tensors)
    if set(order) != set(tensors):
        raise InputError(
            tr("The inputs of the model {folder} are not those in its {file_name}.").format(
                folder=folder, file_name=FILE_NAME
            ),
            expected=", ".join(order),
            received=", ".join(sorted(tensors)),
        )
    return OpenModel(
        path=folder,
        kind=tr("GeoDL model folder") if description else "SavedModel",
        inputs=tuple(tensors[name] for name in order),
        outputs=tuple(ModelTensor.from_spec(name, spec) for name, spec in sorted(serve.structured_outputs.items())),
        description=description,
        changed=changed,
        variables=tuple(serve.variables),
        _serve=serve,
        _owner=owner,
    )


def _load(folder: Path) -> Any:
    """Load a SavedModel; a copy of it if TensorFlow would take the path for a pattern of file names."""
    if not _WILDCARDS & {*folder.as_posix()}:
        return tf.saved_model.load(str(folder))
    scratch = Path(tempfile.mkdtemp(prefix="geodl_"))
    try:
        return tf.saved_model.load(str(shutil.copytree(folder, scratch / "model")))
    finally:
        discard(scratch)


def _open_keras_file(path: Path) -> OpenModel:
    return of_keras(load_keras_file(path), path)


def of_keras(model: keras.Model, path: Path) -> OpenModel:
    """Make a Keras model an open model.

    Args:
        model: functional.
        path: of its file, for messages.
    """
    tensors = output_tensors(model)

    @tf.function(autograph=False)  # one graph for each size: with a free size, Keras' bilinear up-sampling fails
    def serve(**inputs: tf.Tensor) -> dict[str, tf.Tensor]:
        given = [inputs[tensor.name] for tensor in model.inputs]
        found = model(keras.tree.pack_sequence_as(model.input, given), training=False)
        return dict(zip(tensors, keras.tree.flatten(found)))

    inputs = [ModelTensor.from_spec(tensor.name, tensor) for tensor in model.inputs]
    outputs = [ModelTensor.from_spec(name, tensor) for name, tensor in tensors.items()]
    return OpenModel(
        path=path,
        kind=tr("Keras file"),
        inputs=tuple(sorted(inputs, key=lambda tensor: tensor.name)),
        outputs=tuple(sorted(outputs, key=lambda tensor: tensor.name)),
        description=None,
        changed=(),
        variables=tuple(model.variables),
        _serve=serve,
        _owner=model,
    )


def _what_is_there(path: Path) -> str:
    if os.path.isdir(path):
        names = sorted(entry.name for entry in path.iterdir())
        shown = ", ".join(names[:_SHOWN_NAMES]) + ", …" * (len(names) > _SHOWN_NAMES)
        return tr("a folder with {names}").format(names=shown) if names else tr("an empty folder")
    return (
        tr("a file {suffix}").format(suffix=path.suffix)
        if os.path.exists(path)
        else tr("nothing: there is no such file or folder")
    )
