"""`ModelBase`: a network from the inputs' preprocessing to the outputs used for mapping."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from .layers import FillNodata

INFERENCE_CROPPING = (16, 32, 64, 96, 128)
SIGNATURE = "serving_default"
Tensors = dict[str, Any]


def cropped_tensor_name(name: str, crop: int) -> str:
    """The name of the output ``name`` without its outermost ``crop`` pixels."""
    return f"{name}_crop{crop}"


class ModelBase(ABC):
    """Base of all networks: implement `get_outputs`, and `normalize_inputs` if inputs need it.

    The Keras model behind it takes and returns dictionaries and is trained as any Keras model is:
    ``compile``, ``fit``, ``evaluate``, ``predict`` and ``summary`` are its own.  `save` writes the
    SavedModel for mapping, whose outputs come whole and cropped; crops cost nothing in training.

    Args:
        dataset_element_spec: ``element_spec`` of the batched dataset: a tuple of inputs and targets,
            each a dictionary of ``tf.TensorSpec``.
        input_keys: the inputs that the network takes; None: all.
        inference_cropping: numbers of pixels to crop outputs by.

    Attributes:
        model: the Keras model.
        inputs: Keras inputs by name, [batch, y, x, bands] with free batch and image size.
    """

    def __init__(
        self,
        dataset_element_spec: tuple[dict[str, tf.TensorSpec], Any],
        input_keys: Sequence[str] | None = None,
        inference_cropping: Sequence[int] = INFERENCE_CROPPING,
    ) -> None:
        specs = dataset_element_spec[0]
        self.inference_cropping = tuple(inference_cropping)
        self.inputs = {
            key: keras.Input(_free_image_size(specs[key].shape), dtype=specs[key].dtype.name, name=key)
            for key in input_keys or specs
        }
        outputs = self.get_outputs(self.normalize_inputs(self.inputs))
        self.model = keras.Model(self.inputs, outputs, name=type(self).__name__.lower())
        self.compile = self.model.compile
        self.fit = self.model.fit
        self.evaluate = self.model.evaluate
        self.predict = self.model.predict
        self.summary = self.model.summary

    def normalize_inputs(self, inputs: Tensors) -> Tensors:
        """Bring raw values, as rasters hold them, to a range that suits the network."""
        return inputs

    @abstractmethod
    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        """The network: outputs by name; those with the name of a target are trained."""

    def postprocess_outputs(self, outputs: Tensors) -> Tensors:
        """Further outputs for mapping: each image output cropped by every `inference_cropping`.

        A crop that leaves nothing of an image gives an empty one.
        """
        return {
            cropped_tensor_name(name, crop): output[:, crop : tf.maximum(tf.shape(output)[1] - crop, crop),
                                                    crop : tf.maximum(tf.shape(output)[2] - crop, crop), :]
            for name, output in outputs.items()
            if len(output.shape) == 4
            for crop in self.inference_cropping
        }  # fmt: skip

    def save(self, path: str | Path) -> None:
        """Write a SavedModel that takes the inputs by name and returns all outputs, whole and cropped."""
        specs = {name: tf.TensorSpec(tensor.shape, tensor.dtype, name) for name, tensor in self.inputs.items()}

        def serve(inputs: Tensors) -> Tensors:
            outputs = self.model(inputs, training=False)
            return {**outputs, **self.postprocess_outputs(outputs)}

        archive = keras.export.ExportArchive()
        archive.track(self.model)
        archive.add_endpoint(SIGNATURE, serve, input_signature=[specs])
        archive.write_out(str(path), verbose=False)


class StandardizedModel(ModelBase):
    """A network whose inputs are brought to mean 0 and standard deviation 1 by band, missing values to 0.

    Args:
        statistics: by input name: ``mean``, ``stddev`` and ``nodata``, one value a band.
        **kwargs: as for `ModelBase`.
    """

    def __init__(self, statistics: dict[str, dict[str, list[Any]]], **kwargs: Any) -> None:
        self._statistics = statistics
        super().__init__(**kwargs)

    def normalize_inputs(self, inputs: Tensors) -> Tensors:
        normalized = {}
        for name, tensor in inputs.items():
            mean, deviation = (np.array(self._statistics[name][key], np.float32) for key in ("mean", "stddev"))
            variance = np.where(deviation > 0, deviation, 1) ** 2  # a constant band must not be blown up
            filled = FillNodata(self._statistics[name]["nodata"], mean.tolist(), name=f"{name}_filled")(tensor)
            scale = keras.layers.Normalization(mean=mean, variance=variance, name=f"{name}_normalized")
            normalized[name] = scale(filled)
        return normalized


def _free_image_size(shape: tf.TensorShape) -> tuple[int | None, ...]:
    sizes = shape.as_list()[1:]
    return tuple([None] * (len(sizes) - 1) + sizes[-1:]) if len(sizes) > 1 else tuple(sizes)
