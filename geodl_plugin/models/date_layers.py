"""Keras layers for time series: what single dates show, and averages of it over the seasons of a year.

A time series is an image whose bands are those of the first date, then those of the second, and so on.  Clouds and
gaps leave dates without data, other ones in each pixel.  These layers never make up values for them: a missing date is
marked and has no part in any average, so that it does not matter what stands in its place.

Saved networks name this module, its classes and the keys of their configurations: all of them must stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import keras

from .series import YEAR

_SHARPNESS = 12.0  # of the seasons before training: a standard deviation of about 17 days
_SOFTENING = 0.01  # of a season's weight: an average of hardly any date is drawn to 0


@keras.saving.register_keras_serializable(package="geodl")
class SplitDates(keras.layers.Layer):
    """Splits the bands of a time series by date, and marks the dates that are missing.

    Args:
        dates: number of dates.

    Input shape:
        [batch, y, x, dates · bands], NaN where a value is missing.

    Output shape:
        [batch, y, x, dates, bands + 1]: the values and, in the last channel, 1.  All channels of a date are 0 in pixels
        where one of its bands is missing.
    """

    def __init__(self, dates: int, **kwargs: Any) -> None:
        super().__init__(**{"dtype": "float32", **kwargs})
        self.dates = dates

    def call(self, inputs: Any) -> Any:
        shape = keras.ops.shape(inputs)
        values = keras.ops.reshape(inputs, [*shape[:3], self.dates, inputs.shape[-1] // self.dates])
        present = keras.ops.all(keras.ops.isfinite(values), axis=-1, keepdims=True)
        values = keras.ops.where(present, values, 0.0)
        return keras.ops.concatenate([values, keras.ops.cast(present, values.dtype)], axis=-1)

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> tuple[int | None, ...]:
        bands = input_shape[-1] or 0
        return (*input_shape[:3], self.dates, bands // self.dates + 1)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "dates": self.dates}


@keras.saving.register_keras_serializable(package="geodl")
class DateDropout(keras.layers.Layer):
    """In training, makes random dates of each patch look missing, so that the network relies on none of them.

    ``keras.layers.Dropout`` enlarges what it keeps, which would spoil the marks.

    Args:
        rate: share of the dates.

    Input shape:
        [batch, y, x, dates, channels], as `SplitDates` gives it.

    Output shape:
        The same.
    """

    def __init__(self, rate: float, **kwargs: Any) -> None:
        super().__init__(**{"dtype": "float32", **kwargs})
        self.rate = rate
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, inputs: Any, training: bool = False) -> Any:
        if not training:
            return inputs
        shape = (keras.ops.shape(inputs)[0], 1, 1, inputs.shape[3], 1)
        kept = keras.random.uniform(shape, seed=self.seed_generator) >= self.rate
        return inputs * keras.ops.cast(kept, inputs.dtype)

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> tuple[int | None, ...]:
        return tuple(input_shape)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "rate": self.rate}


@keras.saving.register_keras_serializable(package="geodl")
class WeighDates(keras.layers.Layer):
    """Gives each date the weight that it has in averages: 0 where it is missing, else how far it can be trusted.

    Clouds that nobody marked as no-data look like themselves on whatever date: the network can learn to trust such
    dates less.

    Input shape:
        A list of what single dates show [batch, y, x, dates, features + 1], whose last channel is for the trust, before
        a sigmoid; and the dates, as `SplitDates` gives them.

    Output shape:
        [batch, y, x, dates, features + 1], float32: the features, not below 0, times the weight; and the weight.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"dtype": "float32", **kwargs})

    def call(self, inputs: Any) -> Any:
        shown, dates = inputs
        weight = keras.ops.sigmoid(shown[..., -1:]) * dates[..., -1:]
        return keras.ops.concatenate([keras.ops.relu(shown[..., :-1]) * weight, weight], axis=-1)

    def compute_output_shape(self, input_shape: Any) -> tuple[int | None, ...]:
        return tuple(input_shape[0])


@keras.saving.register_keras_serializable(package="geodl")
class SeasonAverages(keras.layers.Layer):
    """Averages over the dates of a pixel, one for each season, in which missing dates have no part.

    A season is a smooth weight over the days of the year, the same in all years; where it lies, how long it is and
    whether it prefers earlier or later years is learned.  At first, all seasons together cover the year evenly.

    Args:
        days: of each date, counted from a first of January.
        seasons: how many.

    Input shape:
        [batch, y, x, dates, features + 1], as `WeighDates` gives it.

    Output shape:
        [batch, y, x, seasons · (features + 1)], float32: for each season the averages, and which part of its weight is
        present, from 0 to 1.
    """

    def __init__(self, days: Sequence[float], seasons: int, **kwargs: Any) -> None:
        super().__init__(**{"dtype": "float32", **kwargs})
        self.days, self.seasons = list(days), seasons

    def build(self, input_shape: Any) -> None:
        """Make the weights of the seasons."""
        phases = [2 * math.pi * (number + 0.5) / self.seasons for number in range(self.seasons)]
        self.phase = self._seasonal("phase", lambda shape, dtype: keras.ops.convert_to_tensor(phases, dtype))
        self.sharpness = self._seasonal("sharpness", keras.initializers.Constant(math.log(_SHARPNESS)))
        self.trend = self._seasonal("trend", "zeros")
        super().build(input_shape)

    def _seasonal(self, name: str, initializer: Any) -> Any:
        return self.add_weight(name=name, shape=(self.seasons,), initializer=initializer)

    def call(self, inputs: Any) -> Any:
        shape = keras.ops.shape(inputs)
        pixels = keras.ops.reshape(inputs, [-1, *inputs.shape[3:]])
        sums = keras.ops.matmul(self._weights(), pixels)  # einsum would be 30 times slower
        present = sums[..., -1:]
        averages = keras.ops.concatenate([sums[..., :-1] / (present + _SOFTENING), present], axis=-1)
        return keras.ops.reshape(averages, [*shape[:3], self.seasons * int(inputs.shape[-1])])

    def _weights(self) -> Any:
        """The weight of each date in each season, [season, date], which sum up to 1 over the dates."""
        middle = (max(self.days) + min(self.days)) / 2
        angles = keras.ops.convert_to_tensor([2 * math.pi * day / YEAR for day in self.days], self.compute_dtype)
        years = keras.ops.convert_to_tensor([(day - middle) / YEAR for day in self.days], self.compute_dtype)
        phase, sharpness, trend = (
            keras.ops.expand_dims(weight, -1) for weight in (self.phase, self.sharpness, self.trend)
        )
        scores = keras.ops.exp(sharpness) * keras.ops.cos(angles - phase) + trend * years
        weights = keras.ops.exp(scores - keras.ops.max(scores, axis=-1, keepdims=True))
        return weights / keras.ops.sum(weights, axis=-1, keepdims=True)

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> tuple[int | None, ...]:
        return (*input_shape[:3], self.seasons * (input_shape[-1] or 0))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "days": self.days, "seasons": self.seasons}
