"""A convolutional network that classifies whole patches."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import keras

from ...errors import InputError
from ...language import mark, tr
from ..base import Tensors
from ..heads import PREDICTIONS
from .base import Network
from .blocks import convolution_block

MINIMUM_SIDE = 4  # pixels: the side of the image at which the halving stops
DROPOUT = 0.3
MAXIMUM_FILTERS = 128


class PatchCNN(Network):
    """Convolutions and poolings until 4 to 7 pixels are left, then two dense layers.

    The dense layers take the position in the patch into account: usually the centre matters most.  Patches must have
    the size that the network was trained with.  Gives [batch, classes], or [batch, 1] values.

    Options:
        width: filters of the first level; each level down has twice as many, up to 128.
        depth: number of times the patch is halved.
    """

    NAME: ClassVar = "patchcnn"
    HELP: ClassVar = mark("One label for each patch instead of each pixel: for labels that are points or whole scenes.")
    RANK: ClassVar = 40
    label_kind: ClassVar[str] = "patch"
    OPTIONS: ClassVar[dict[str, Any]] = {"width": 16, "depth": None}

    def get_inputs(self) -> Tensors:
        return {key: keras.Input(shape, name=key) for key, shape in self.inputs_shapes.items()}

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        tensor = self.merged(normalized_inputs)
        size = tensor.shape[1]
        maximum_depth = int(math.log2(size))
        depth = self.options["depth"] or max(0, int(math.log2(size / MINIMUM_SIDE)))
        if depth > maximum_depth:
            raise InputError(
                tr("Invalid depth for patches of {size} pixels.").format(size=size),
                expected=tr("{maximum} or less: the patch is halved so many times").format(maximum=maximum_depth),
                received=tr("depth = {depth}").format(depth=depth),
            )
        for level in range(depth + 1):
            filters = min(self.options["width"] * 2**level, MAXIMUM_FILTERS)
            tensor = convolution_block(tensor, filters, f"level{level + 1}")
            if level < depth:
                tensor = keras.layers.MaxPooling2D(name=f"pool{level + 1}")(tensor)
        tensor = keras.layers.Flatten(name="flat")(tensor)
        tensor = keras.layers.Dense(MAXIMUM_FILTERS, activation="relu", kernel_initializer="he_normal", name="dense")(
            tensor
        )
        if self.head.is_classification:
            tensor = keras.layers.Dropout(DROPOUT, name="last_dropout")(tensor)
        return {PREDICTIONS: self.head(keras.layers.Dense(self.head.outputs, name="last_dense")(tensor))}
