"""Keras files (``….keras``), which are read without running program code in them."""

from __future__ import annotations

from pathlib import Path

import keras

from ..errors import InputError
from ..language import tr
from . import date_layers, layers, tensorflow_functions  # noqa: F401  # Keras files name what they register

_MAXIMUM_TEXT = 500  # characters of an error of Keras or TensorFlow


def load_keras_file(path: Path) -> keras.Model:
    """Load a Keras file in safe mode.

    Args:
        path: of the file.

    Returns:
        A functional model.

    Raises:
        InputError: the file contains program code or layers that are not known here, or is damaged.
    """
    try:
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:
        # Keras raises errors of any kind for damaged files and unknown layers.
        if "Lambda" in str(error):
            raise InputError(
                tr("The Keras file {path} contains a Lambda layer: program code, which is not run.").format(path=path),
                remedy=tr("Replace the Lambda layer by layers of Keras, or export the model as a SavedModel."),
            ) from error
        raise InputError(
            tr("The Keras file {path} cannot be loaded.").format(path=path), received=shortened(error)
        ) from error
    if not getattr(model, "inputs", None):
        raise InputError(
            tr("The Keras file {path} does not define the inputs of the network.").format(path=path),
            expected=tr("a functional or sequential model with an input layer"),
            remedy=tr("Export it as a SavedModel (model.export)."),
        )
    return keras.Model(model.inputs, model.outputs) if isinstance(model, keras.Sequential) else model


def shortened(error: Exception) -> str:
    """The text of an error of Keras or TensorFlow, which may be pages long."""
    text = str(error).strip() or repr(error)
    return text if len(text) <= _MAXIMUM_TEXT else f"{text[:_MAXIMUM_TEXT]}…"
