"""`ModelBase`: a network from the inputs' preprocessing to the outputs used for mapping."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import keras
import numpy as np
import tensorflow as tf

from ..errors import InputError
from .layers import FillNodata
from .tensorflow_functions import tensorflow_functions

INFERENCE_CROPPING = (16, 32, 64, 96, 128)
SIGNATURE = "serving_default"
Tensors = dict[str, Any]


def cropped_tensor_name(tensor_name: str, crop: int) -> str:
    """The name of the output ``tensor_name`` without its outermost ``crop`` pixels."""
    return f"{tensor_name}_crop{crop}"


class ModelBase(ABC):
    """Base of all networks: implement `get_outputs`, and `normalize_inputs` if inputs need it.

    The Keras model behind it takes and returns dictionaries and is trained as any Keras model is: what is
    not found here, such as ``compile``, ``fit``, ``evaluate`` and ``predict``, is the Keras model's.  `save`
    writes the SavedModel for mapping, whose outputs come whole and cropped; crops cost nothing in training.
    Networks may be written with Keras' layers and with TensorFlow's own functions.

    Args:
        dataset_element_spec: ``element_spec`` of the batched dataset: a tuple whose first is a dictionary
            of ``tf.TensorSpec``, the inputs.
        input_keys: the inputs that the network takes; None: all.
        inference_cropping: numbers of pixels to crop outputs by; None: 16, 32, 64, 96 and 128.

    Attributes:
        label_kind: ``image`` for a label at each pixel, ``patch`` for one label for the whole patch.
        model: the Keras model.
        dataset_input_keys: names of the inputs.
        inputs_shapes: shapes of the inputs in the dataset, without the batch.
        inference_cropping: numbers of pixels to crop outputs by.

    Example::

        class Brightness(ModelBase):
            def get_outputs(self, normalized_inputs):
                return {"brightness": keras.layers.Conv2D(1, 1, name="brightness")(normalized_inputs["xs"])}

        with tf.distribute.MirroredStrategy().scope():
            model = Brightness(dataset_element_spec=data.element_spec)
            model.compile(loss="mse")
        model.fit(data)
        model.save("brightness_savedmodel")
    """

    label_kind: ClassVar[str] = "image"
    model: Any
    _normalized_inputs: Tensors | None = None

    def __init__(
        self,
        dataset_element_spec: Any,
        input_keys: Sequence[str] | None = None,
        inference_cropping: Sequence[int] | None = None,
    ) -> None:
        specs = dataset_element_spec[0]
        self.dataset_input_keys = list(input_keys or specs)
        missing = [key for key in self.dataset_input_keys if key not in specs]
        if missing:
            raise InputError(
                f"The dataset has no input {', '.join(missing)}.",
                expected=f"some of {', '.join(specs)}",
                received=", ".join(self.dataset_input_keys),
            )
        self.inputs_shapes = {key: specs[key].shape.as_list()[1:] for key in self.dataset_input_keys}
        self.inference_cropping = list(INFERENCE_CROPPING if inference_cropping is None else inference_cropping)
        self.model = self.create_network()

    @property
    def inputs(self) -> Tensors:
        """Symbolic inputs by name."""
        return self.model.input

    def __getattr__(self, name: str) -> Any:
        if "model" not in vars(self):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(self.model, name)

    def get_inputs(self) -> Tensors:
        """Symbolic inputs by name, float32: images [batch, y, x, bands] of free size, scalars [batch] or [batch, n]."""
        return {key: keras.Input(_free_image_size(shape), name=key) for key, shape in self.inputs_shapes.items()}

    def normalize_inputs(self, inputs: Tensors) -> Tensors:
        """Bring raw values, as rasters hold them, to a range that suits the network."""
        return inputs

    @abstractmethod
    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        """The network: outputs by name; those with the name of a target are trained."""

    def postprocess_outputs(
        self, outputs: Tensors, inputs: Tensors | None = None, normalized_inputs: Tensors | None = None
    ) -> Tensors:
        """Further outputs for mapping: each image output cropped by every `inference_cropping`.

        They are part of the SavedModel only.  A crop that leaves nothing of an image gives an empty one.

        Args:
            outputs: what `get_outputs` returned.
            inputs: of the network, for what should follow them, such as a mask of no-data.
            normalized_inputs: what `normalize_inputs` returned.
        """
        return {
            cropped_tensor_name(name, crop): output[:, crop:-crop, crop:-crop, :]
            for name, output in outputs.items()
            if len(output.shape) == 4
            for crop in self.inference_cropping
        }

    def create_network(self) -> keras.Model:
        """Build the Keras model."""
        with tensorflow_functions():
            inputs = self.get_inputs()
            self._normalized_inputs = self.normalize_inputs(dict(inputs))
            outputs = self.get_outputs(dict(self._normalized_inputs))
        return keras.Model(inputs, outputs, name=type(self).__name__.lower())

    def save(self, path: str | Path) -> None:
        """Write a SavedModel that takes the inputs by name and returns all outputs, whole and cropped."""
        outputs = dict(self.model.output)
        with tensorflow_functions():
            further = self.postprocess_outputs(
                outputs, inputs=dict(self.inputs), normalized_inputs=self._normalized_inputs
            )
        served = keras.Model(self.inputs, {**outputs, **further})
        specs = {name: tf.TensorSpec(tensor.shape, tensor.dtype, name) for name, tensor in self.inputs.items()}
        archive = keras.export.ExportArchive()
        archive.track(served)
        archive.add_endpoint(SIGNATURE, lambda inputs: served(inputs, training=False), input_signature=[specs])
        archive.write_out(str(path), verbose=False)

    def summary(self, strategy: tf.distribute.Strategy | None = None, **kwargs: Any) -> None:
        """Print the layers; with several workers, on the chief only.

        Args:
            strategy: the strategy of the training, if any.
            **kwargs: as for ``keras.Model.summary``.
        """
        if _is_chief(strategy):
            self.model.summary(**kwargs)

    def plot(
        self, output_path: str | Path, strategy: tf.distribute.Strategy | None = None, show_shapes: bool = False
    ) -> None:
        """Draw the network; needs the packages pydot and graphviz."""
        if _is_chief(strategy):
            keras.utils.plot_model(self.model, str(output_path), show_shapes=show_shapes)


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
            scale = keras.layers.Normalization(mean=mean, variance=variance, name=f"{name}_normalized", dtype="float32")
            normalized[name] = scale(filled)
        return normalized


def _free_image_size(shape: list[int | None]) -> tuple[int | None, ...]:
    return (None, None, *shape[2:]) if len(shape) > 2 else tuple(shape)


def _is_chief(strategy: tf.distribute.Strategy | None) -> bool:
    return strategy is None or strategy.extended.should_checkpoint
