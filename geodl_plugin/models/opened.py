"""An open model: its inputs and outputs, and how it is run."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from ..errors import InputError
from ..language import tr
from .folder import KERAS_NAME, ModelDescription
from .keras_files import load_keras_file

_CROPPED = re.compile(r"(.+)_crop(\d+)")
_IMAGE_RANK = 4


@dataclass(frozen=True)
class ModelTensor:
    """An input or output of a network.

    Args:
        name: by which it is fed or fetched.
        dtype: as numpy calls it.
        shape: with the batch; None for a dimension of any size, or for an unknown shape.
    """

    name: str
    dtype: str
    shape: tuple[int | None, ...] | None

    @classmethod
    def from_spec(cls, name: str, spec: Any) -> ModelTensor:
        """The description of a tensor.

        Args:
            name: of the input or output.
            spec: a ``tf.TensorSpec`` or a symbolic tensor of Keras.
        """
        shape = spec.shape
        if isinstance(shape, tf.TensorShape):
            shape = None if shape.rank is None else shape.as_list()
        return cls(name, tf.as_dtype(spec.dtype).name, None if shape is None else tuple(shape))

    @property
    def rank(self) -> int | None:
        """Number of dimensions, with the batch; None if it is not known."""
        return None if self.shape is None else len(self.shape)

    @property
    def shape_text(self) -> str:
        """The shape for people: ``[any, any, any, 4]``."""
        if self.shape is None:
            return tr("of unknown shape")
        return f"[{', '.join(tr('any') if size is None else str(size) for size in self.shape)}]"

    @property
    def is_image(self) -> bool:
        """Whether it is [batch, y, x, bands]."""
        return self.rank == _IMAGE_RANK

    @property
    def bands(self) -> int | None:
        """Number of bands: the last dimension; 1 of an image [batch, y, x]; None if it is unknown or not fixed."""
        if self.shape is None or self.rank == 3:
            return None if self.shape is None else 1
        return self.shape[-1] if len(self.shape) > 1 else 1

    @property
    def image_size(self) -> tuple[int | None, int | None]:
        """Height and width of an image in pixels; None where any size is possible."""
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

    `loading.open_model` opens one.

    Args:
        path: of the model folder or file.
        kind: what it is, for people.
        inputs: in the order of the sources for a GeoDL model folder, else in alphabetical order.
        outputs: in alphabetical order.
        description: contents of ``model.json``; None if there is none.
        changed: files of the model folder that were changed after the training, as far as that is known.
        variables: all variables that can be assigned.
    """

    path: Path
    kind: str
    inputs: tuple[ModelTensor, ...]
    outputs: tuple[ModelTensor, ...]
    description: ModelDescription | None
    changed: tuple[str, ...]
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
        return self._serve(**{tensor.name: tf.cast(inputs[tensor.name], tensor.dtype) for tensor in self.inputs})

    @cached_property
    def keras_model(self) -> Any:
        """The network with its layer graph; None if there is none, or it cannot be loaded.

        That of a model folder cannot be loaded if it has layers that a model file defines, or Lambda layers, which hold
        program code.
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
        return tuple(tensor for tensor in self.inputs if tensor.is_image)

    @property
    def weights(self) -> int:
        """Number of trained values."""
        return sum(math.prod(variable.shape) for variable in self.variables)

    def output(self, name: str = "") -> ModelTensor:
        """Find an output by name.

        Args:
            name: empty: the output that maps are made of, if ``model.json`` names it, else the first in alphabetical
                order.

        Raises:
            InputError: there is no output of that name.
        """
        wanted = name or (self.description.output if self.description else self.outputs[0].name)
        for tensor in self.outputs:
            if tensor.name == wanted:
                return tensor
        raise InputError(
            tr("The model {path} has no output {wanted}.").format(path=self.path, wanted=wanted),
            expected=tr("one of {choices}").format(choices=", ".join(tensor.name for tensor in self.outputs)),
        )

    def with_bands(self) -> OpenModel:
        """The same model, in which outputs that are images without bands, [batch, y, x], have one."""
        flat = {tensor.name for tensor in self.outputs if tensor.rank == _IMAGE_RANK - 1}

        def serve(**inputs: Any) -> dict[str, tf.Tensor]:
            found = self._serve(**inputs)
            return {name: value[..., tf.newaxis] if name in flat else value for name, value in found.items()}

        outputs = tuple(
            replace(tensor, shape=(*(tensor.shape or ()), 1)) if tensor.name in flat else tensor
            for tensor in self.outputs
        )
        return replace(self, outputs=outputs, _serve=serve)

    def crops(self, name: str) -> list[int]:
        """The crops that the model offers an output with, in ascending order.

        Args:
            name: of the whole output.
        """
        return sorted(tensor.crop for tensor in self.outputs if tensor.crop and tensor.whole_name == name)
