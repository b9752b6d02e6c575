"""What the networks that ship with GeoDL have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

import keras

from ...errors import InputError
from ...language import tr
from ...runtime.checks import check_minimum
from ..base import INFERENCE_CROPPING, StandardizedModel, Tensors
from ..heads import Head

MAXIMUM_FILTERS = 64  # of the convolution that brings a finer source to the reference's resolution


class Network(StandardizedModel):
    """Base of the networks that ship with GeoDL.

    Subclasses build the network in `get_outputs`, from `merged` inputs to ``{PREDICTIONS: self.head(…)}``, with the
    values of `options`.

    Args:
        head: the last layer of the network: classes or values.
        statistics: as for `StandardizedModel`.
        dataset_element_spec: as for `ModelBase`.
        inference_cropping: as for `ModelBase`.
        ratios: by input name: pixel size of the input / that of the reference; 1 where it is missing.
        dates: by input name: the dates of its bands, ISO 8601, those of the first date first; empty: not known.
        **options: values of the `OPTIONS`; None: the default.

    Attributes:
        NAME: what the architecture is called in parameters and model folders.
        HELP: what it is and when to choose it, for users of the dialog.
        RANK: place in lists of architectures.
        MARKS_MISSING: whether the network takes notice of missing values itself, so that training must not fill them.
        OPTIONS: default values of its options by name, such as ``width`` and ``depth``.
        options: the values of this network.

    Raises:
        InputError: the network has no such option, or the grid of a source does not nest in the reference's.
    """

    NAME: ClassVar[str]
    HELP: ClassVar[str]
    RANK: ClassVar[int]
    OPTIONS: ClassVar[dict[str, Any]] = {}
    MARKS_MISSING: ClassVar[bool] = False

    def __init__(
        self,
        head: Head,
        statistics: dict[str, dict[str, list[Any]]],
        dataset_element_spec: Any,
        inference_cropping: Sequence[int] = INFERENCE_CROPPING,
        ratios: Mapping[str, Fraction] | None = None,
        dates: Mapping[str, Sequence[str]] | None = None,
        **options: Any,
    ) -> None:
        given = {name: value for name, value in options.items() if value is not None}
        for name, value in given.items():
            if name not in self.OPTIONS:
                raise InputError(
                    tr("The network {network} has no option {option}.").format(
                        network=type(self).__name__, option=name
                    ),
                    expected=", ".join(self.OPTIONS) or tr("no option"),
                    received=f"{name} = {value}",
                )
            if name in ("width", "depth"):
                check_minimum(tr("{name} of the network").format(name=name), value, 1)
        self.head = head
        self.ratios = dict(ratios or {})
        self.dates = dict(dates or {})
        self.options = {**self.OPTIONS, **given}
        super().__init__(
            statistics=statistics, dataset_element_spec=dataset_element_spec, inference_cropping=inference_cropping
        )

    def merged(self, inputs: Tensors) -> Any:
        """Stack all inputs band-wise on the grid of the reference.

        Coarser inputs are repeated; finer ones pass a convolution whose kernel size and stride are the ratio.

        Args:
            inputs: images [batch, y, x, bands] by name.

        Returns:
            One tensor [batch, y, x, bands].
        """
        tensors = [self._on_reference_grid(name, tensor) for name, tensor in inputs.items()]
        return tensors[0] if len(tensors) == 1 else keras.layers.concatenate(tensors, name="stacked")

    def _on_reference_grid(self, name: str, tensor: Any) -> Any:
        ratio = Fraction(self.ratios.get(name, 1))
        if ratio == 1:
            return tensor
        if ratio.denominator == 1:
            return keras.layers.UpSampling2D(ratio.numerator, name=f"{name}_up")(tensor)
        if ratio.numerator == 1:
            size = ratio.denominator
            filters = min(MAXIMUM_FILTERS, size * size * tensor.shape[-1])
            return keras.layers.Conv2D(
                filters, size, size, activation="relu", kernel_initializer="he_normal", name=f"{name}_down"
            )(tensor)
        raise InputError(
            tr("The grid of the source {name} does not nest in that of the reference.").format(name=name),
            expected=tr(
                "a pixel size that is a multiple of the reference's, or the reference's divided by a whole number"
            ),
            received=tr("pixel size × {ratio}").format(ratio=ratio),
        )
