"""`ModelBase`, the base of networks: from the preprocessing of the inputs to the outputs that maps are made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import keras
import numpy as np
import tensorflow as tf

from ..errors import InputError
from ..language import tr
from .layers import FillNodata
from .tensorflow_functions import tensorflow_functions

INFERENCE_CROPPING = (16, 32, 64, 96, 128)
SIGNATURE = "serving_default"
Tensors = dict[str, Any]


def cropped_tensor_name(tensor_name: str, crop: int) -> str:
    """The name of an output that is cropped.

    Args:
        tensor_name: of the whole output.
        crop: pixels that are cropped on each side.

    Returns:
        Such as ``predictions_crop16``.
    """
    return f"{tensor_name}_crop{crop}"


class ModelBase(ABC):
    """Base of all networks: implement `get_outputs`, and `normalize_inputs` if inputs need it.

    Its Keras model takes and returns dictionaries of tensors and is trained as any Keras model: attributes that this
    class does not have, such as ``compile``, ``fit``, ``evaluate`` and ``predict``, are those of the Keras model.
    `save` writes the SavedModel for mapping, with each output whole and cropped; cropped outputs are not computed in
    training.  Networks may be written with Keras' layers and with TensorFlow's own functions.

    Args:
        dataset_element_spec: ``element_spec`` of the batched dataset: a tuple whose first element is a dictionary of
            ``tf.TensorSpec`` by input name: images [batch, y, x, bands], scalars [batch] or [batch, n].
        input_keys: names of the inputs that the network takes; None: all.
        inference_cropping: numbers of pixels to crop outputs by on each side; None: 16, 32, 64, 96 and 128.

    Attributes:
        label_kind: ``image``: a label for each pixel; ``patch``: one label for the whole patch.
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
                tr("The dataset has no input {missing}.").format(missing=", ".join(missing)),
                expected=tr("some of {specs}").format(specs=", ".join(specs)),
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
        """Make the symbolic inputs.

        Returns:
            By name, float32: images [batch, y, x, bands] of any size, scalars [batch] or [batch, n].
        """
        return {key: keras.Input(_free_image_size(shape), name=key) for key, shape in self.inputs_shapes.items()}

    def normalize_inputs(self, inputs: Tensors) -> Tensors:
        """Normalise the values of rasters; without this method, they stay as they are.

        Args:
            inputs: symbolic inputs by name.

        Returns:
            Symbolic tensors by the same names.
        """
        return inputs

    @abstractmethod
    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        """Build the network.

        Args:
            normalized_inputs: symbolic tensors by input name, from `normalize_inputs`.

        Returns:
            Symbolic outputs by name; those with the name of a target of the dataset are trained.
        """

    def postprocess_outputs(
        self, outputs: Tensors, inputs: Tensors | None = None, normalized_inputs: Tensors | None = None
    ) -> Tensors:
        """Make further outputs of the SavedModel: each image output cropped by every `inference_cropping`.

        If the crop is larger than the image, the output is empty.

        Args:
            outputs: symbolic outputs by name, from `get_outputs`.
            inputs: symbolic inputs by name, for outputs that depend on them, such as a no-data mask.
            normalized_inputs: symbolic tensors by input name, from `normalize_inputs`.

        Returns:
            Symbolic outputs by name.
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
        """Write a SavedModel that takes the inputs by name and returns all outputs, whole and cropped.

        Args:
            path: of the folder to make.
        """
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
        """Draw the layers to an image file; with several workers, on the chief only.  Needs pydot and graphviz.

        Args:
            output_path: of the image file to make, such as ``network.png``.
            strategy: the strategy of the training, if any.
            show_shapes: whether to show the shapes of tensors.
        """
        if _is_chief(strategy):
            keras.utils.plot_model(self.model, str(output_path), show_shapes=show_shapes)


class StandardizedModel(ModelBase):
    """Base of networks that standardise their inputs: each band to mean 0 and standard deviation 1, no-data to 0.

    Args:
        statistics: by input name: ``mean``, ``stddev`` and ``nodata``, lists of one value for each band; None: the band
            has no no-data value.
        **kwargs: as for `ModelBase`.
    """

    def __init__(self, statistics: dict[str, dict[str, list[Any]]], **kwargs: Any) -> None:
        self._statistics = statistics
        super().__init__(**kwargs)

    def normalize_inputs(self, inputs: Tensors) -> Tensors:
        normalized = {}
        for name, tensor in inputs.items():
            mean, deviation = (np.array(self._statistics[name][key], np.float32) for key in ("mean", "stddev"))
            variance = np.where(deviation > 0, deviation, 1) ** 2  # a constant band is only shifted
            filled = FillNodata(self._statistics[name]["nodata"], mean.tolist(), name=f"{name}_filled")(tensor)
            scale = keras.layers.Normalization(mean=mean, variance=variance, name=f"{name}_normalized", dtype="float32")
            normalized[name] = scale(filled)
        return normalized


def _free_image_size(shape: list[int | None]) -> tuple[int | None, ...]:
    return (None, None, *shape[2:]) if len(shape) > 2 else tuple(shape)


def _is_chief(strategy: tf.distribute.Strategy | None) -> bool:
    return strategy is None or strategy.extended.should_checkpoint
