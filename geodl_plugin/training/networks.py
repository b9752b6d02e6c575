"""The network that is trained: a new one, or one that goes on from a model folder."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from ..datasets.description import DatasetDescription
from ..errors import InputError
from ..models.architectures import Network, architecture
from ..models.base import ModelBase
from ..models.custom import faults_of_the_file, load_model_file, make_network, try_network
from ..models.fields import Fields
from ..models.folder import FILE_NAME, KERAS_NAME, ModelDescription
from ..models.heads import PREDICTIONS, Head
from ..models.internals import layer_of
from ..models.layer_fields import fields_of
from ..models.layers import Quantity
from ..models.loading import load_keras_file, of_keras
from ..models.probing import probe
from ..models.reach import UnknownReach, WholeImage
from .options import Options

Statistics = dict[str, dict[str, list[Any]]]


class Design:
    """What network is trained on a dataset.

    Args:
        options: which network is wanted.
        dataset: what it is trained on.

    Attributes:
        architecture: name of the network.
        options: width, depth and so on, None where the network chooses.
        statistics: by source: ``mean``, ``stddev`` and ``nodata``.
        ratios: by source: pixel size / that of the reference.
        label_kind: ``image`` or ``patch``.
        problem: why the network has no fields, for people; empty until `fields` is asked, and if it has some.

    Raises:
        InputError: the model folder to start from has other inputs.
    """

    def __init__(self, options: Options, dataset: DatasetDescription) -> None:
        self._dataset = dataset
        self.architecture = options.architecture
        self.options: dict[str, Any] = {
            "width": options.width or None,
            "depth": options.depth or None,
        }
        if options.architecture == "backbone":
            self.options.update(backbone=options.backbone or None, weights=options.backbone_weights)
        self.statistics: Statistics = {
            source.name: {**source.statistics, "nodata": source.nodata} for source in dataset.sources
        }
        reference = dataset.sources[0].patch_size
        self.ratios = {source.name: Fraction(reference, source.patch_size) for source in dataset.sources}
        self._start: _Start | None = None
        if options.init_model:
            self._start = _Start(Path(options.init_model), dataset)
            self.architecture, self.options = self._start.network
            for one in self._start.description.inputs:
                self.statistics[one.name].update(one.statistics)
        custom = self.architecture == "custom"
        if custom and not options.model_file:
            raise InputError(
                f"The model in {options.init_model} has a network of its own, which only its Python file can build.",
                expected="that file as MODEL_FILE",
                received="no MODEL_FILE",
            )
        self._kind = load_model_file(options.model_file) if custom else architecture(self.architecture)
        self.label_kind = self._kind.label_kind
        self.problem = ""

    @property
    def head(self) -> Head:
        """What the network ends in."""
        values = self._dataset.values
        if values is None:
            return Head.of_classes(len(self._dataset.classes))
        mean, stddev, least, greatest = values.mean, values.stddev, values.minimum, values.maximum
        if self._start and self._start.same_values:
            known = self._start.end
            mean, stddev = known.mean, known.stddev
            least = least if known.least is None else min(least, known.least)
            greatest = greatest if known.greatest is None else max(greatest, known.greatest)
        return Head.of_values(mean, stddev, least, greatest)

    def fields(self, element_spec: Any) -> Fields | None:
        """Fields of the network; None if it looks at the whole image, or cannot be measured.

        Raises:
            InputError: the patches do not suit the network.
        """
        size = self._dataset.sources[0].patch_size
        network, is_measured, fields = self._new(element_spec, ()), False, None
        try:
            is_of_patches = self.label_kind == "patch"
            fields = Fields(size, 0, size) if is_of_patches else fields_of(network.model, PREDICTIONS, self.ratios)
        except WholeImage as error:
            self.problem = _without_fields(size, error)
        except UnknownReach:
            is_measured = True
        self._check_size(fields, size)
        if self.architecture == "custom":
            try_network(network, {source.name: source.patch_size for source in self._dataset.sources})
        if is_measured:
            try:
                with faults_of_the_file():
                    fields = probe(of_keras(network.model, Path(self.architecture)), PREDICTIONS, self.ratios).fields
            except InputError as error:
                self.problem = _without_fields(size, error)
            self._check_size(fields, size)
        return fields

    def _check_size(self, fields: Fields | None, size: int) -> None:
        """Raise `InputError` if patches of a size do not suit the network."""
        if fields and size % fields.total_stride:
            raise InputError(
                f"The patch size does not suit the network {self.architecture}.",
                expected=f"a multiple of {fields.total_stride} pixels",
                received=str(size),
                remedy="Sample and export again with a patch size such as 64, or choose another network.",
            )

    def network(self, element_spec: Any, crops: tuple[int, ...]) -> ModelBase:
        """The untrained network, with the weights that it starts from."""
        network = self._new(element_spec, crops)
        if self._start:
            self._start.copy_to(network.model)
        return network

    def _new(self, element_spec: Any, crops: tuple[int, ...]) -> ModelBase:
        made: dict[str, Any] = {"head": self.head, "statistics": self.statistics, "ratios": self.ratios}
        if issubclass(self._kind, Network):
            return self._kind(dataset_element_spec=element_spec, inference_cropping=crops, **made, **self.options)
        return make_network(self._kind, element_spec, crops, **made)


class _Start:
    """A model folder that a network starts from."""

    def __init__(self, folder: Path, dataset: DatasetDescription) -> None:
        self._folder, self._dataset = folder, dataset
        self.description = ModelDescription.read(folder)
        wanted = {one.name: len(one.bands) for one in self.description.inputs}
        given = {source.name: len(source.bands) for source in dataset.sources}
        if wanted != given:
            raise InputError(
                f"The model in {folder} has other inputs than the dataset.",
                expected=", ".join(f"{name} with {bands} bands" for name, bands in wanted.items()),
                received=", ".join(f"{name} with {bands} bands" for name, bands in given.items()),
            )

    @property
    def network(self) -> tuple[str, dict[str, Any]]:
        """Architecture and options of the network.

        Raises:
            InputError: the description does not tell them, or the statistics that it learnt with.
        """
        try:
            described = self.description.training["network"]
            for one in self.description.inputs:
                if any(len(one.statistics[name]) != len(one.bands) for name in ("mean", "stddev")):
                    raise ValueError(f"statistics of {one.name}: {one.statistics}")
            return str(described["architecture"]), {**described["options"], "weights": None}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                f"The model in {self._folder} does not say what network it is: {FILE_NAME} is damaged, or is not of "
                "Train a network.",
                received=repr(error),
            ) from error

    @cached_property
    def _model(self) -> keras.Model:
        return load_keras_file(self._folder / KERAS_NAME)

    @property
    def same_values(self) -> bool:
        """Whether the model gives the values that the dataset holds."""
        one, other = self.description.values, self._dataset.values
        return one is not None and other is not None and one.name == other.name

    @property
    def end(self) -> Quantity:
        """The last layer of the model, which gives values."""
        return self._model.get_layer(PREDICTIONS)

    @property
    def _rows(self) -> list[int | None]:
        """For each output of the new network, that of the old one which means the same."""
        if self._dataset.values:
            return [0 if self.same_values else None]
        return [self.description.classes.index_of(one) for one in self._dataset.classes.classes]

    def copy_to(self, model: keras.Model) -> None:
        """Copy all weights; of the last trained layer, those of outputs that the model has too."""
        last = _last_trained(model)
        # in order: networks do not name all their layers themselves
        layers, known = ([one for one in network.layers if one.weights] for network in (model, self._model))
        try:
            if len(layers) != len(known):
                raise ValueError(f"{len(known)} layers with weights instead of {len(layers)}")
            for layer, old in zip(layers, known):
                weights = old.get_weights()
                layer.set_weights(_mixed(layer, weights, self._rows) if layer is last else weights)
        except ValueError as error:
            raise InputError(f"The model in {self._folder} is another network.", received=str(error)) from error


def _without_fields(size: int, why: InputError) -> str:
    """What is to be known of a network that has no finite field."""
    return (
        "This network can be trained, but it sees the whole patch, or how far it looks is not known: where blocks of a "
        f"map meet, there will be seams. RFIELD = {size}, as in the training, suits it best. {why}"
    )


def _last_trained(model: keras.Model) -> Any:
    """The layer whose channels are the outputs."""
    layer = model.get_layer(PREDICTIONS)
    while not getattr(layer, "weights", ()):  # operations such as + are no layers
        layer = layer_of(keras.tree.flatten(layer.input)[0])
    return layer


def _mixed(layer: Any, old: list[NDArray], rows: list[int | None]) -> list[NDArray]:
    """The layer's weights with those of known outputs replaced."""
    mixed = layer.get_weights()
    for new, known in zip(mixed, old):
        # a transposed convolution's kernel has its outputs before its inputs
        axis = -2 if isinstance(layer, keras.layers.Conv2DTranspose) and new.ndim > 1 else -1
        to, source = np.moveaxis(new, axis, -1), np.moveaxis(known, axis, -1)
        for output, row in enumerate(rows):
            if row is not None:
                to[..., output] = source[..., row]
    return mixed
