"""A U-Net of residual units (He et al. 2016; Zhang et al. 2018)."""

from __future__ import annotations

from typing import Any, ClassVar

import keras

from ..base import Tensors
from ..heads import PREDICTIONS
from .blocks import activation, convolution, dropout, finished, joined_up
from .network import Network


class ResUNet(Network):
    """A deeper U-Net of residual units, for objects that are told by their surroundings, and many labels.

    Each unit adds to its input what two convolutions make of it, so that depth costs little in training.
    The image is halved by convolutions of stride 2.

    Options:
        width: filters of the first level; each level down has twice as many.
        depth: number of times the image is halved.
    """

    OPTIONS: ClassVar[dict[str, Any]] = {"width": 16, "depth": 3}

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        width, depth = self.options["width"], self.options["depth"]
        # The first unit starts with a convolution: the image itself is normalised already.
        image = self.merged(normalized_inputs)
        tensor = activation(convolution(image, width, "down1_conv1"), 1, "down1")
        tensor = convolution(tensor, width, "down1_conv2")
        tensor = keras.layers.add([tensor, convolution(image, width, "down1_shortcut", kernel=1)], name="down1_sum")
        skips = []
        for level in range(1, depth + 1):
            skips.append(tensor)
            name = "bottom" if level == depth else f"down{level + 1}"
            tensor = _unit(tensor, width * 2**level, name, stride=2)
        tensor = dropout(tensor, "bottom", self.head)
        for level in reversed(range(depth)):
            filters, name = width * 2**level, f"up{level + 1}"
            tensor = _unit(joined_up(tensor, skips[level], filters, name), filters, name)
        tensor = activation(tensor, 1, "last")
        return {PREDICTIONS: finished(tensor, self.head)}


def _unit(tensor: Any, filters: int, name: str, stride: int = 1) -> Any:
    """A residual unit with activations before the convolutions."""
    inner = convolution(activation(tensor, 1, name), filters, f"{name}_conv1", stride=stride)
    inner = convolution(activation(inner, 2, name), filters, f"{name}_conv2")
    shortcut = convolution(tensor, filters, f"{name}_shortcut", kernel=1, stride=stride)
    return keras.layers.add([inner, shortcut], name=f"{name}_sum")
