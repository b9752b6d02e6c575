"""What the networks that ship with GeoDL have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

import keras

from ...errors import InputError
from ..base import INFERENCE_CROPPING, StandardizedModel, Tensors
from ..heads import Head

MOST_FILTERS = 64  # that a finer source is brought down to


class Network(StandardizedModel):
    """Base of the networks that ship with GeoDL.

    Args:
        head: what the network ends in.
        statistics: as for `StandardizedModel`.
        dataset_element_spec: as for `ModelBase`.
        inference_cropping: as for `ModelBase`.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.
        **options: what the network can be asked for, see `OPTIONS`; None: its own choice.

    Attributes:
        OPTIONS: names of the options with the network's own choice.

    Raises:
        InputError: the network has no such option, or a source's grid does not nest.
    """

    OPTIONS: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        head: Head,
        statistics: dict[str, dict[str, list[Any]]],
        dataset_element_spec: Any,
        inference_cropping: Sequence[int] = INFERENCE_CROPPING,
        ratios: Mapping[str, Fraction] | None = None,
        **options: Any,
    ) -> None:
        given = {name: value for name, value in options.items() if value is not None}
        for name, value in given.items():
            if name not in self.OPTIONS:
                raise InputError(
                    f"The network {type(self).__name__} has no option {name}.",
                    expected=", ".join(self.OPTIONS) or "no option",
                    received=f"{name} = {value}",
                )
            if name in ("width", "depth") and value < 1:
                raise InputError(f"The {name} of a network is at least 1.", received=f"{name} = {value}")
        self.head = head
        self.ratios = dict(ratios or {})
        self.options = {**self.OPTIONS, **given}
        super().__init__(
            statistics=statistics, dataset_element_spec=dataset_element_spec, inference_cropping=inference_cropping
        )

    def merged(self, inputs: Tensors) -> Any:
        """All inputs as one image on the reference's grid.

        Coarser inputs are repeated; finer ones come down by a convolution whose kernel and stride are the ratio.
        """
        tensors = [self._on_reference(name, tensor) for name, tensor in inputs.items()]
        return tensors[0] if len(tensors) == 1 else keras.layers.concatenate(tensors, name="stacked")

    def _on_reference(self, name: str, tensor: Any) -> Any:
        ratio = Fraction(self.ratios.get(name, 1))
        if ratio == 1:
            return tensor
        if ratio.denominator == 1:
            return keras.layers.UpSampling2D(ratio.numerator, name=f"{name}_up")(tensor)
        if ratio.numerator == 1:
            size = ratio.denominator
            filters = min(MOST_FILTERS, size * size * tensor.shape[-1])
            return keras.layers.Conv2D(
                filters, size, size, activation="relu", kernel_initializer="he_normal", name=f"{name}_down"
            )(tensor)
        raise InputError(
            f"The grid of the source {name} does not nest with that of the reference.",
            expected="a pixel size that is a multiple or a whole part of the reference's",
            received=f"pixel size × {ratio}",
        )
