"""A model folder whose network is trained further."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from ..datasets.description import DatasetDescription
from ..errors import InputError
from ..language import tr
from ..models.folder import FILE_NAME, KERAS_NAME, ModelDescription
from ..models.heads import PREDICTIONS
from ..models.internals import layer_of
from ..models.layers import Quantity
from ..models.loading import load_keras_file


class InitialModel:
    """The model that a training starts from.

    Args:
        folder: its model folder.
        dataset: what it is to be trained on.

    Attributes:
        description: of the model.

    Raises:
        InputError: the folder is not a model folder, or the model has other inputs than the dataset.
    """

    def __init__(self, folder: Path, dataset: DatasetDescription) -> None:
        self._folder, self._dataset = folder, dataset
        self.description = ModelDescription.read(folder)
        expected = {source.name: len(source.bands) for source in self.description.inputs}
        received = {source.name: len(source.bands) for source in dataset.sources}
        if expected != received:
            raise InputError(
                tr("The model in {folder} has other inputs than the dataset.").format(folder=folder),
                expected=", ".join(
                    tr("{name} with {bands} bands").format(name=name, bands=bands) for name, bands in expected.items()
                ),
                received=", ".join(
                    tr("{name} with {bands} bands").format(name=name, bands=bands) for name, bands in received.items()
                ),
            )

    @property
    def network(self) -> tuple[str, dict[str, Any]]:
        """Architecture and options of the network.

        Raises:
            InputError: the description lacks them, or the statistics that the network normalizes with.
        """
        try:
            network = self.description.training["network"]
            for source in self.description.inputs:
                if any(len(source.statistics[name]) != len(source.bands) for name in ("mean", "stddev")):
                    raise ValueError(
                        tr("statistics of {name}: {statistics}").format(name=source.name, statistics=source.statistics)
                    )
            return str(network["architecture"]), {**network["options"], "weights": None}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                tr(
                    "The model in {folder} cannot be trained further: {file_name} does not describe its network. The "
                    "file is damaged, or was not made by Train a network."
                ).format(folder=self._folder, file_name=FILE_NAME),
                received=repr(error),
            ) from error

    @cached_property
    def _model(self) -> keras.Model:
        return load_keras_file(self._folder / KERAS_NAME)

    @property
    def has_same_values(self) -> bool:
        """Whether the model predicts the values that the dataset holds."""
        predicted, labels = self.description.values, self._dataset.values
        return predicted is not None and labels is not None and predicted.name == labels.name

    @property
    def output_layer(self) -> Quantity:
        """The last layer of the model, if it predicts values."""
        return self._model.get_layer(PREDICTIONS)

    @property
    def known_outputs(self) -> list[int | None]:
        """For each output of the new network, the output of this model with the same meaning; None: there is none."""
        if self._dataset.values:
            return [0 if self.has_same_values else None]
        return [self.description.classes.index_of(label) for label in self._dataset.classes.classes]

    def copy_weights_to(self, model: keras.Model) -> None:
        """Copy all weights; of the last trained layer, those of the outputs that this model has too.

        Args:
            model: a model of the same architecture and options.

        Raises:
            InputError: it is another network.
        """
        last = _last_trained_layer(model)
        # in order: networks do not name all their layers themselves
        new_layers, layers = ([layer for layer in network.layers if layer.weights] for network in (model, self._model))
        try:
            if len(new_layers) != len(layers):
                raise ValueError(
                    tr("{count} layers with weights instead of {expected}").format(
                        count=len(layers), expected=len(new_layers)
                    )
                )
            for new_layer, layer in zip(new_layers, layers):
                weights = layer.get_weights()
                if new_layer is last:
                    weights = _weights_by_output(new_layer, weights, self.known_outputs)
                new_layer.set_weights(weights)
        except ValueError as error:
            raise InputError(
                tr("The model in {folder} is another network.").format(folder=self._folder), received=str(error)
            ) from error


def _last_trained_layer(model: keras.Model) -> Any:
    """The layer whose channels are the outputs."""
    layer = model.get_layer(PREDICTIONS)
    while not getattr(layer, "weights", ()):  # operations such as + are no layers
        layer = layer_of(keras.tree.flatten(layer.input)[0])
    return layer


def _weights_by_output(layer: Any, old: list[NDArray], outputs: list[int | None]) -> list[NDArray]:
    """The weights of a layer, where those of known outputs are taken from ``old``.

    Args:
        layer: the layer of the new network.
        old: the weights of the same layer of the old one.
        outputs: for each output of the new layer, that of the old one; None: it keeps its own weights.
    """
    weights = layer.get_weights()
    for new_weight, old_weight in zip(weights, old):
        # a transposed convolution's kernel has its outputs before its inputs
        axis = -2 if isinstance(layer, keras.layers.Conv2DTranspose) and new_weight.ndim > 1 else -1
        target, source = np.moveaxis(new_weight, axis, -1), np.moveaxis(old_weight, axis, -1)
        for output, old_output in enumerate(outputs):
            if old_output is not None:
                target[..., output] = source[..., old_output]
    return weights
