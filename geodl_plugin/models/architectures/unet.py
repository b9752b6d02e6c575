"""U-Net (Ronneberger et al. 2015), small and with batch normalisation."""

from __future__ import annotations

from typing import Any, ClassVar

import keras

from ...language import mark
from ..base import Tensors
from ..heads import PREDICTIONS
from .base import Network
from .blocks import concatenate_skip, convolution_block, dropout, output_layers


class UNet(Network):
    """An encoder and a decoder with skip connections between levels of the same resolution.

    Options:
        width: filters of the first level; each level down has twice as many.
        depth: number of times the image is halved.
    """

    NAME: ClassVar = "unet"
    HELP: ClassVar = mark("U-Net: follows fine borders and learns from few polygons. A good first choice.")
    RANK: ClassVar = 10
    OPTIONS: ClassVar[dict[str, Any]] = {"width": 16, "depth": 3}

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        width, depth = self.options["width"], self.options["depth"]
        tensor = self.merged(normalized_inputs)
        skips = []
        for level in range(depth):
            tensor = convolution_block(tensor, width * 2**level, f"down{level + 1}")
            skips.append(tensor)
            tensor = keras.layers.MaxPooling2D(name=f"pool{level + 1}")(tensor)
        tensor = convolution_block(tensor, width * 2**depth, "bottom")
        tensor = dropout(tensor, "bottom", self.head)
        for level in reversed(range(depth)):
            filters, name = width * 2**level, f"up{level + 1}"
            tensor = convolution_block(concatenate_skip(tensor, skips[level], filters, name), filters, name)
        return {PREDICTIONS: output_layers(tensor, self.head)}
