"""U-Net (Ronneberger et al. 2015), small and with batch normalisation."""

from __future__ import annotations

from typing import Any, ClassVar

import keras

from ..base import Tensors
from ..heads import PREDICTIONS
from .blocks import dropout, finished, joined_up, two_convolutions
from .network import Network


class UNet(Network):
    """A U-Net: the default, since it follows fine borders and learns from few polygons.

    Options:
        width: filters of the first level; each level down has twice as many.
        depth: number of times the image is halved.
    """

    OPTIONS: ClassVar[dict[str, Any]] = {"width": 16, "depth": 3}

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        width, depth = self.options["width"], self.options["depth"]
        tensor = self.merged(normalized_inputs)
        skips = []
        for level in range(depth):
            tensor = two_convolutions(tensor, width * 2**level, f"down{level + 1}")
            skips.append(tensor)
            tensor = keras.layers.MaxPooling2D(name=f"pool{level + 1}")(tensor)
        tensor = two_convolutions(tensor, width * 2**depth, "bottom")
        tensor = dropout(tensor, "bottom", self.head)
        for level in reversed(range(depth)):
            filters, name = width * 2**level, f"up{level + 1}"
            tensor = two_convolutions(joined_up(tensor, skips[level], filters, name), filters, name)
        return {PREDICTIONS: finished(tensor, self.head)}
