"""A convolutional network that gives one answer for the whole patch."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import keras

from ...errors import InputError
from ..base import Tensors
from ..heads import PREDICTIONS
from .blocks import two_convolutions
from .network import Network

SMALLEST = 4  # pixels: the side of the image at which the halving stops
DROPOUT = 0.3
MOST_FILTERS = 128


class PatchCNN(Network):
    """One label for each patch, of the size that it was trained on: for labels that are points or whole scenes.

    Convolutions and halvings until 4 to 7 pixels are left, then two dense layers, which know where in the
    patch something lies: what counts most is usually its centre.  Gives [batch, classes], or [batch, 1] values.

    Options:
        width: filters of the first level; each level down has twice as many, up to 128.
        depth: number of times the patch is halved.
    """

    label_kind: ClassVar[str] = "patch"
    OPTIONS: ClassVar[dict[str, Any]] = {"width": 16, "depth": None}

    def get_inputs(self) -> Tensors:
        return {key: keras.Input(shape, name=key) for key, shape in self.inputs_shapes.items()}

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        tensor = self.merged(normalized_inputs)
        size = tensor.shape[1]
        deepest = int(math.log2(size))
        depth = self.options["depth"] or max(0, int(math.log2(size / SMALLEST)))
        if depth > deepest:
            raise InputError(
                f"A patch of {size} pixels cannot be halved so often.",
                expected=f"a depth of at most {deepest}",
                received=f"depth = {depth}",
            )
        for level in range(depth + 1):
            filters = min(self.options["width"] * 2**level, MOST_FILTERS)
            tensor = two_convolutions(tensor, filters, f"level{level + 1}")
            if level < depth:
                tensor = keras.layers.MaxPooling2D(name=f"pool{level + 1}")(tensor)
        tensor = keras.layers.Flatten(name="flat")(tensor)
        tensor = keras.layers.Dense(MOST_FILTERS, activation="relu", kernel_initializer="he_normal", name="dense")(
            tensor
        )
        if self.head.is_of_classes:
            tensor = keras.layers.Dropout(DROPOUT, name="last_dropout")(tensor)
        return {PREDICTIONS: self.head(keras.layers.Dense(self.head.outputs, name="last_dense")(tensor))}
