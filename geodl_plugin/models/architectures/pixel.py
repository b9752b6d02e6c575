"""A network that sees one pixel at a time."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import NormalDist
from typing import Any, ClassVar

import keras
import numpy as np
from numpy.typing import NDArray

from ...language import mark
from ..base import Tensors
from ..heads import PREDICTIONS
from .base import Network
from .blocks import activation, convolution, dropout, output_layers

BINS = 8  # of each band
_LEAST_WIDTH = 0.01  # of a bin, in standard deviations of the band


class Pixel(Network):
    """Two 1×1 convolutions: each pixel is judged by its own values, whatever is around it.

    Beside its value, each band gives how far that fills each of some bins (piecewise linear encoding, Gorishniy et al.
    2022), so that a few weights tell apart what lies close together, as a forest does.  The bins are no trained weights
    but set by `set_bins`; until then they suit a normal distribution.

    It is what networks with a look at the surroundings are compared with.  Total stride 1, valid margin 0.

    Options:
        width: filters of each convolution.
    """

    NAME: ClassVar = "pixel"
    HELP: ClassVar = mark(
        "Each pixel by its own values only, as a random forest does: trained in seconds, for classes that "
        "differ in colour and not in texture or shape, and for very few or very small polygons."
    )
    RANK: ClassVar = 35
    OPTIONS: ClassVar[dict[str, Any]] = {"width": 64}

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        tensor = self.merged({name: self._encoded(name, tensor) for name, tensor in normalized_inputs.items()})
        for number in (1, 2):
            tensor = activation(convolution(tensor, self.options["width"], f"conv{number}", kernel=1), number, "pixel")
            if number == 1:
                tensor = dropout(tensor, "pixel", self.head)
        return {PREDICTIONS: output_layers(tensor, self.head)}

    def set_bins(self, edges: Mapping[str, NDArray]) -> None:
        """Set the bins of the bands.

        Args:
            edges: by input name: values [band, `BINS` + 1] in ascending order, such as quantiles.
        """
        for name, values in edges.items():
            mean, deviation = (np.array(self._statistics[name][key]) for key in ("mean", "stddev"))
            standardized = (values - mean[:, None]) / np.where(deviation > 0, deviation, 1)[:, None]
            _set_edges(self.model.get_layer(_bins_name(name)), standardized)

    def _encoded(self, name: str, tensor: Any) -> Any:
        """The values of an input, and beside them how far they fill each bin, from 0 to 1."""
        bins = keras.layers.DepthwiseConv2D(1, depth_multiplier=BINS, trainable=False, name=_bins_name(name))
        filled = keras.layers.ReLU(max_value=1.0, name=f"{name}_filled_bins")(bins(tensor))
        normal = [NormalDist().inv_cdf(share) for share in np.linspace(0, 1, BINS + 3)[1:-1]]
        _set_edges(bins, np.tile(normal, (tensor.shape[-1], 1)))
        return keras.layers.concatenate([tensor, filled], name=f"{name}_encoded")


def _bins_name(name: str) -> str:
    return f"{name}_bins"


def _set_edges(bins: keras.layers.DepthwiseConv2D, edges: NDArray) -> None:
    """Make a layer give (value - lower edge) / width of each bin.

    Args:
        bins: the layer.
        edges: [band, `BINS` + 1].
    """
    slopes = 1 / np.maximum(np.diff(edges), _LEAST_WIDTH)
    bins.set_weights([slopes[None, None], (-slopes * edges[:, :-1]).ravel()])
