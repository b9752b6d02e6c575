"""The network of OTBTF's tutorial."""

from __future__ import annotations

from typing import Any, ClassVar

import keras
import numpy as np

from ...language import mark
from ..base import Tensors
from ..heads import PREDICTIONS
from .base import Network


class FCNN(Network):
    """Four 3×3 convolutions of stride 2, then four transposed convolutions back to the full resolution.

    The encoder's output of the same size is added to that of each transposed convolution.  Total stride 16, valid
    margin 16.

    Options:
        width: filters of the first convolution; the next ones have 2, 4 and 4 times as many.
    """

    NAME: ClassVar = "fcnn"
    HELP: ClassVar = mark(
        "The small network of OTBTF's tutorial: many times faster than 'unet' but with coarser borders, "
        "for very large areas and many polygons."
    )
    RANK: ClassVar = 30
    OPTIONS: ClassVar[dict[str, Any]] = {"width": 16}

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        def down(tensor: Any, filters: int, name: str) -> Any:
            return keras.layers.Conv2D(filters, 3, 2, padding="same", activation="relu", name=name)(tensor)

        def up(filters: int, name: str, activation: str | None = "relu") -> keras.layers.Conv2DTranspose:
            return keras.layers.Conv2DTranspose(filters, 3, 2, padding="same", activation=activation, name=name)

        width = self.options["width"]
        conv1 = down(self.merged(normalized_inputs), width, "conv1")
        conv2 = down(conv1, 2 * width, "conv2")
        conv3 = down(conv2, 4 * width, "conv3")
        conv4 = down(conv3, 4 * width, "conv4")
        tconv1 = keras.layers.add([up(4 * width, "tconv1")(conv4), conv3])
        tconv2 = keras.layers.add([up(2 * width, "tconv2")(tconv1), conv2])
        tconv3 = keras.layers.add([up(width, "tconv3")(tconv2), conv1])
        last = up(self.head.outputs, "last_tconv", activation=None)
        output = last(tconv3)
        _begin_evenly(last)
        return {PREDICTIONS: self.head(output)}


def _begin_evenly(layer: keras.layers.Conv2DTranspose) -> None:
    """Make a transposed convolution begin as bilinear interpolation of a 1×1 convolution.

    One in four of the pixels that it gives comes of a single pixel of its input, the others of two or four.  With
    random weights they differ, which a short training leaves as a grid of dots (Odena et al. 2016).
    """
    kernel, bias = layer.get_weights()
    bilinear = np.outer([0.5, 1, 0.5], [0.5, 1, 0.5])[..., None, None]
    layer.set_weights([3 * bilinear * kernel[1, 1], bias])  # 3: it has a ninth of the weights, so of the variance
