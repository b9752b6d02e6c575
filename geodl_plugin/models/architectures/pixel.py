"""A network that sees one pixel at a time."""

from __future__ import annotations

from typing import Any, ClassVar

from ..base import Tensors
from ..heads import PREDICTIONS
from .base import Network
from .blocks import activation, convolution, output_layers


class Pixel(Network):
    """Two 1×1 convolutions: each pixel is judged by its own values, whatever is around it.

    It is what networks with a look at the surroundings are compared with.  Total stride 1, valid margin 0.

    Options:
        width: filters of each convolution.
    """

    NAME: ClassVar = "pixel"
    HELP: ClassVar = (
        "Each pixel by its own values only, as a random forest does: trained in seconds, for classes that differ in "
        "colour and not in texture or shape, and for very few or very small polygons."
    )
    RANK: ClassVar = 35
    OPTIONS: ClassVar[dict[str, Any]] = {"width": 64}

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        tensor = self.merged(normalized_inputs)
        for number in (1, 2):
            tensor = activation(convolution(tensor, self.options["width"], f"conv{number}", kernel=1), number, "pixel")
        return {PREDICTIONS: output_layers(tensor, self.head)}
