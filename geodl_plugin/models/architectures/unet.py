"""U-Net (Ronneberger et al. 2015), small and with batch normalisation."""

from __future__ import annotations

from typing import Any, ClassVar

import keras

from ..base import Tensors
from ..heads import PREDICTIONS
from .network import Network

DROPOUT = 0.1  # share of the values dropped in training, at the deepest level and before the last layer


class UNet(Network):
    """A U-Net: the default, since it follows fine borders and learns from few polygons.

    Options:
        width: filters of the first level; each level down has twice as many.
        depth: number of times the image is halved.
    """

    OPTIONS: ClassVar[dict[str, Any]] = {"width": 16, "depth": 2}

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        def block(tensor: Any, filters: int, name: str) -> Any:
            for number in (1, 2):
                tensor = keras.layers.Conv2D(
                    filters,
                    3,
                    padding="same",
                    use_bias=False,
                    kernel_initializer="he_normal",
                    name=f"{name}_conv{number}",
                )(tensor)
                tensor = keras.layers.BatchNormalization(momentum=0.9, name=f"{name}_norm{number}")(tensor)
                tensor = keras.layers.Activation("relu", name=f"{name}_relu{number}")(tensor)
            return tensor

        width, depth = self.options["width"], self.options["depth"]
        tensor = self.merged(normalized_inputs)
        skips = []
        for level in range(depth):
            tensor = block(tensor, width * 2**level, f"down{level + 1}")
            skips.append(tensor)
            tensor = keras.layers.MaxPooling2D(name=f"pool{level + 1}")(tensor)
        tensor = block(tensor, width * 2**depth, "bottom")
        tensor = keras.layers.Dropout(DROPOUT, name="bottom_dropout")(tensor)
        for level in reversed(range(depth)):
            filters = width * 2**level
            tensor = keras.layers.Conv2DTranspose(
                filters, 2, 2, padding="same", kernel_initializer="he_normal", name=f"up{level + 1}_tconv"
            )(tensor)
            tensor = keras.layers.concatenate([skips[level], tensor], name=f"up{level + 1}_skip")
            tensor = block(tensor, filters, f"up{level + 1}")
        tensor = keras.layers.Dropout(DROPOUT, name="last_dropout")(tensor)
        return {PREDICTIONS: self.head(keras.layers.Conv2D(self.head.outputs, 1, name="last_conv")(tensor))}
