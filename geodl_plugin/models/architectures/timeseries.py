"""A network for time series with missing dates."""

from __future__ import annotations

from typing import Any, ClassVar

import keras

from ...language import mark
from ..base import Tensors
from ..date_layers import DateDropout, SeasonAverages, SplitDates, WeighDates
from ..heads import PREDICTIONS
from ..layers import FillNodata
from ..series import days_of, pooled_over_dates
from .base import Network
from .blocks import activation, convolution, dropout, output_layers

SEASONS = 12  # of a year, one a month at first
DATE_DROPOUT = 0.3  # share of the dates


class TimeSeries(Network):
    """Describes each date by the same few numbers, averages them over seasons, and looks at few pixels around.

    Options:
        width: numbers that describe a date; the layers behind have twice as many filters.
    """

    NAME: ClassVar = "timeseries"
    HELP: ClassVar = mark(
        "For images of many dates: learns the course of the year, leaves out the dates that are missing in "
        "a pixel (clouds), and looks at few pixels around."
    )
    RANK: ClassVar = 35
    OPTIONS: ClassVar[dict[str, Any]] = {"width": 16}
    MARKS_MISSING: ClassVar[bool] = True

    def normalize_inputs(self, inputs: Tensors) -> Tensors:
        normalized = {}
        for name, tensor in inputs.items():
            statistics, bands = self._statistics[name], tensor.shape[-1]
            marked = FillNodata(statistics["nodata"], [None] * bands, name=f"{name}_marked")(tensor)
            mean, variance = pooled_over_dates(statistics, len(self._days(name, bands)))
            scale = keras.layers.Normalization(mean=mean, variance=variance, name=f"{name}_normalized", dtype="float32")
            normalized[name] = scale(marked)
        return normalized

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        seasonal = {name: self._seasonal(name, tensor) for name, tensor in normalized_inputs.items()}
        tensor, filters = self.merged(seasonal), 2 * self.options["width"]
        tensor = activation(convolution(tensor, filters, "pixel_conv", kernel=1), 1, "pixel")
        tensor = dropout(tensor, "pixel", self.head)
        tensor = activation(convolution(tensor, filters, "space_conv"), 1, "space")
        return {PREDICTIONS: output_layers(tensor, self.head)}

    def _days(self, name: str, bands: int) -> list[float]:
        return days_of(self.dates.get(name, ()), bands)

    def _seasonal(self, name: str, tensor: Any) -> Any:
        """The averages of a source over the seasons."""
        days, width = self._days(name, tensor.shape[-1]), self.options["width"]
        dates = SplitDates(len(days), name=f"{name}_dates")(tensor)
        if self.head.is_classification:
            dates = DateDropout(DATE_DROPOUT, name=f"{name}_dropout")(dates)
        shown = keras.layers.Dense(width + 1, kernel_initializer="he_normal", name=f"{name}_date")(dates)
        weighed = WeighDates(name=f"{name}_weighed")([shown, dates])
        return SeasonAverages(days, SEASONS, name=f"{name}_seasons")(weighed)
