"""The network to train, built from the parameters of a training and its dataset."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..datasets.description import DatasetDescription
from ..errors import InputError
from ..language import joined, tr
from ..models.architectures import Network, architecture
from ..models.arithmetic import multiply_adds_per_pixel
from ..models.base import ModelBase
from ..models.custom import load_model_file, make_network, model_file_errors, try_network
from ..models.fields import Fields
from ..models.heads import PREDICTIONS, Head
from ..models.layer_fields import fields_of
from ..models.loading import of_keras
from ..models.probing import probe
from ..models.receptive_field import UnknownReceptiveField, UnlimitedReceptiveField
from .initial_model import InitialModel
from .request import TrainRequest

Statistics = dict[str, dict[str, list[Any]]]


class NetworkBuilder:
    """Builds the network that is trained: a new one, or that of a model folder.

    Args:
        request: the parameters of the training.
        description: of the dataset.

    Attributes:
        architecture: name of the network.
        options: width, depth and so on; None where the network has a default.
        statistics: by source: ``mean``, ``stddev`` and ``nodata``, one value per band.
        ratios: by source: pixel size / that of the reference.
        dates: by source: the dates of its bands, if it is a time series.
        label_kind: ``image`` or ``patch``.
        problem: why the network has no fields, as text; empty until `fields` is called, and if it has some.
        multiply_adds: of the network per pixel; None until `fields` is called, and if its layers are not known.

    Raises:
        InputError: the model to start from cannot be used, or the Python file of a custom network.
    """

    def __init__(self, request: TrainRequest, description: DatasetDescription) -> None:
        self._description = description
        self.architecture = request.architecture
        self.options: dict[str, Any] = {"width": request.width or None, "depth": request.depth or None}
        if request.architecture == "backbone":
            self.options.update(backbone=request.backbone or None, weights=request.backbone_weights)
        self.statistics: Statistics = {
            source.name: {**source.statistics, "nodata": source.nodata} for source in description.sources
        }
        reference_size = description.sources[0].patch_size
        self.ratios = {source.name: Fraction(reference_size, source.patch_size) for source in description.sources}
        self.dates = {source.name: list(source.dates) for source in description.sources}
        self._initial: InitialModel | None = None
        if request.init_model:
            self._initial = InitialModel(Path(request.init_model), description)
            self.architecture, self.options = self._initial.network
            for source in self._initial.description.inputs:
                self.statistics[source.name].update(source.statistics)
        is_custom = self.architecture == "custom"
        if is_custom and not request.model_file:
            raise InputError(
                tr("The model in {init_model} is a custom network, which only its Python file can build.").format(
                    init_model=request.init_model
                ),
                expected=tr("this file as MODEL_FILE"),
                received=tr("no MODEL_FILE"),
            )
        self._network_class = load_model_file(request.model_file) if is_custom else architecture(self.architecture)
        self.label_kind = self._network_class.label_kind
        self.problem = ""
        self.multiply_adds: float | None = None

    @property
    def marks_missing(self) -> bool:
        """Whether the network takes notice of missing values itself."""
        return bool(getattr(self._network_class, "MARKS_MISSING", False))

    @property
    def assumption(self) -> str:
        """What the network takes for granted of dates that the dataset does not tell, for people; empty: nothing."""
        unknown = [source for source in self._description.sources if not any(self.dates[source.name])]
        if not (self.marks_missing and unknown):
            return ""
        counts = ((source.name, len(source.bands), len(self.dates[source.name])) for source in unknown)
        taken = (
            tr("the {bands} bands of {name} for {dates} dates").format(bands=bands, name=name, dates=dates or bands)
            for name, bands, dates in counts
        )
        return tr(
            "It is not known when the images were taken. The network takes {taken} at equal steps of a year. "
            "Give DATES when you export the dataset, or put dates into the names of the bands."
        ).format(taken=joined([*taken]))

    @property
    def means(self) -> dict[str, list[float]]:
        """The mean of each band, by source, that the network normalizes with."""
        return {name: statistics["mean"] for name, statistics in self.statistics.items()}

    @property
    def head(self) -> Head:
        """The last layers of the network, which depend on what the dataset holds."""
        values = self._description.values
        if values is None:
            return Head.of_classes(len(self._description.classes))
        mean, stddev, minimum, maximum = values.mean, values.stddev, values.minimum, values.maximum
        if self._initial and self._initial.has_same_values:
            known = self._initial.output_layer
            mean, stddev = known.mean, known.stddev
            minimum = minimum if known.least is None else min(minimum, known.least)
            maximum = maximum if known.greatest is None else max(maximum, known.greatest)
        return Head.of_values(mean, stddev, minimum, maximum)

    def fields(self, element_spec: Any) -> Fields | None:
        """Measure the fields of the network; `problem` says why there are none.

        Args:
            element_spec: that of the batches.

        Returns:
            None if the network sees the whole image, or cannot be measured.

        Raises:
            InputError: the patches have a size that the network cannot take.
        """
        size = self._description.sources[0].patch_size
        network, is_probed, fields = self._new_network(element_spec, ()), False, None
        try:
            is_of_patches = self.label_kind == "patch"
            fields = Fields(size, 0, size) if is_of_patches else fields_of(network.model, PREDICTIONS, self.ratios)
            if not is_of_patches:
                self.multiply_adds = multiply_adds_per_pixel(network.model, PREDICTIONS, self.ratios)
        except UnlimitedReceptiveField as error:
            self.problem = _seams_warning(size, error)
        except UnknownReceptiveField:
            is_probed = True
        self._check_patch_size(fields, size)
        if self.architecture == "custom":
            try_network(network, {source.name: source.patch_size for source in self._description.sources})
        if is_probed:
            try:
                with model_file_errors():
                    fields = probe(of_keras(network.model, Path(self.architecture)), PREDICTIONS, self.ratios).fields
            except InputError as error:
                self.problem = _seams_warning(size, error)
            self._check_patch_size(fields, size)
        return fields

    def _check_patch_size(self, fields: Fields | None, size: int) -> None:
        if fields and size % fields.total_stride:
            raise InputError(
                tr("Invalid patch size for the network {architecture}.").format(architecture=self.architecture),
                expected=tr("a multiple of {total_stride} pixels").format(total_stride=fields.total_stride),
                received=str(size),
                remedy=tr("Sample and export again with a patch size such as 64, or choose another network."),
            )

    def build(self, element_spec: Any, crops: Sequence[int]) -> ModelBase:
        """Build the network with its initial weights: random ones, or those of the model to start from.

        Args:
            element_spec: that of the batches.
            crops: pixels by which the outputs of the SavedModel are cropped on each side.
        """
        network = self._new_network(element_spec, crops)
        if self._initial:
            self._initial.copy_weights_to(network.model)
        return network

    def _new_network(self, element_spec: Any, crops: Sequence[int]) -> ModelBase:
        shared: dict[str, Any] = {
            "head": self.head,
            "statistics": self.statistics,
            "ratios": self.ratios,
            "dates": self.dates,
        }
        if issubclass(self._network_class, Network):
            return self._network_class(
                dataset_element_spec=element_spec, inference_cropping=crops, **shared, **self.options
            )
        return make_network(self._network_class, element_spec, crops, **shared)


def _seams_warning(size: int, reason: InputError) -> str:
    """What users should know of a network that has no finite field."""
    return tr(
        "This network can be trained, but maps that it makes will have seams between blocks, because it uses the "
        "whole patch, or its receptive field is not known. Use RFIELD = {size}, the patch size of the training. "
        "{reason}"
    ).format(size=size, reason=reason)
