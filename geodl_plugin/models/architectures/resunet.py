"""A U-Net of residual units (He et al. 2016; Zhang et al. 2018)."""

from __future__ import annotations

from typing import Any, ClassVar

import keras

from ...language import mark
from ..base import Tensors
from ..heads import PREDICTIONS
from .base import Network
from .blocks import activation, concatenate_skip, convolution, dropout, output_layers


class ResUNet(Network):
    """A U-Net whose blocks are residual units.

    Each unit adds its input to the result of two convolutions, so that deep networks train as easily as shallow ones.
    Convolutions of stride 2 halve the image.

    Options:
        width: filters of the first level; each level down has twice as many.
        depth: number of times the image is halved.
    """

    NAME: ClassVar = "resunet"
    HELP: ClassVar = mark(
        "U-Net with residual blocks: for large data sets, and for objects that are recognised by their "
        "surroundings. Slower than 'unet'."
    )
    RANK: ClassVar = 20
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
            tensor = _unit(concatenate_skip(tensor, skips[level], filters, name), filters, name)
        tensor = activation(tensor, 1, "last")
        return {PREDICTIONS: output_layers(tensor, self.head)}


def _unit(tensor: Any, filters: int, name: str, stride: int = 1) -> Any:
    """A residual unit with activations before the convolutions."""
    inner = convolution(activation(tensor, 1, name), filters, f"{name}_conv1", stride=stride)
    inner = convolution(activation(inner, 2, name), filters, f"{name}_conv2")
    shortcut = convolution(tensor, filters, f"{name}_shortcut", kernel=1, stride=stride)
    return keras.layers.add([inner, shortcut], name=f"{name}_sum")
