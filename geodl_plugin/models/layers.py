"""Keras layers of our own, registered under a fixed name so that saved networks load anywhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import keras


def dense(value: Any) -> Any:
    """A symbolic tensor as one that is not sparse, which Keras takes products with numbers for."""
    return keras.KerasTensor(value.shape, value.dtype) if isinstance(value, keras.KerasTensor) else value


class _DenseLayer(keras.layers.Layer):
    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        args, kwargs = keras.tree.map_structure(dense, (args, kwargs))
        return super().compute_output_spec(*args, **kwargs)


@keras.saving.register_keras_serializable(package="geodl")
class FillNodata(_DenseLayer):
    """Replaces no-data values, NaN and infinity by a value of the band, and casts to float.

    Use it first in a network: what is missing then looks like an average pixel and spoils no neighbour.

    Args:
        nodata: one a band, None where there is none.
        fill: what to put instead, one a band.
    """

    def __init__(self, nodata: Sequence[float | None], fill: Sequence[float], **kwargs: Any) -> None:
        super().__init__(**kwargs, autocast=False)
        self.nodata = list(nodata)
        self.fill = list(fill)

    def call(self, inputs: Any) -> Any:
        """``inputs`` [batch, y, x, bands] of any numeric type, as float32."""
        values = keras.ops.cast(inputs, "float32")
        missing = keras.ops.logical_not(keras.ops.isfinite(values))
        if any(value is not None for value in self.nodata):
            # NaN equals nothing: bands without a no-data value stay as they are.
            nodata = [float("nan") if value is None else value for value in self.nodata]
            missing = keras.ops.logical_or(missing, values == keras.ops.convert_to_tensor(nodata, "float32"))
        return keras.ops.where(missing, keras.ops.convert_to_tensor(self.fill, "float32"), values)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "nodata": self.nodata, "fill": self.fill}


@keras.saving.register_keras_serializable(package="geodl")
class Quantity(keras.layers.Layer):
    """The end of a network of continuous values: brings them to their unit, and into the range of the labels.

    In training they may leave the range, so that they learn to return.

    Args:
        mean: what 0 becomes.
        stddev: what a step of 1 becomes.
        least: least value outside training; None: any.
        greatest: greatest value outside training; None: any.
    """

    def __init__(
        self, mean: float, stddev: float, least: float | None = None, greatest: float | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**{"dtype": "float32", **kwargs})
        self.mean, self.stddev, self.least, self.greatest = mean, stddev, least, greatest

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        """``inputs`` [batch, …], in the same shape."""
        values = inputs * self.stddev + self.mean
        if training:
            return values
        least, greatest = -math.inf if self.least is None else self.least, math.inf
        return keras.ops.clip(values, least, greatest if self.greatest is None else self.greatest)

    def get_config(self) -> dict[str, Any]:
        own = {"mean": self.mean, "stddev": self.stddev, "least": self.least, "greatest": self.greatest}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="geodl")
class DilatedMask(_DenseLayer):
    """Where an image has no data, grown by a number of pixels in all directions, diagonals included.

    Use it with `ApplyMask` to blank what a network computed too near to missing values.

    Args:
        nodata_value: marks missing values; NaN is possible.
        radius: pixels to grow by.
    """

    def __init__(self, nodata_value: float, radius: int, **kwargs: Any) -> None:
        super().__init__(**kwargs, autocast=False)
        self.nodata_value = nodata_value
        self.radius = radius

    def call(self, inputs: Any) -> Any:
        """``inputs`` [batch, y, x, bands], as uint8 of the same shape: 1 near no-data, else 0."""
        if math.isnan(self.nodata_value):
            missing = keras.ops.isnan(inputs)
        else:
            missing = keras.ops.equal(inputs, keras.ops.cast(self.nodata_value, inputs.dtype))
        size = 2 * self.radius + 1
        grown = keras.ops.max_pool(keras.ops.cast(missing, "float32"), size, 1, "same")
        return keras.ops.cast(grown, "uint8")

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "nodata_value": self.nodata_value, "radius": self.radius}


@keras.saving.register_keras_serializable(package="geodl")
class ApplyMask(_DenseLayer):
    """Sets an image to a no-data value where a mask is 1.

    Args:
        out_nodata: the value to set.
    """

    def __init__(self, out_nodata: float, **kwargs: Any) -> None:
        super().__init__(**kwargs, autocast=False)
        self.out_nodata = out_nodata

    def call(self, inputs: Any) -> Any:
        """``inputs``: mask [batch, y, x, 1 or bands] and image [batch, y, x, bands]; the image of its own type."""
        mask, image = inputs
        return keras.ops.where(mask == 1, keras.ops.cast(self.out_nodata, image.dtype), image)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "out_nodata": self.out_nodata}


@keras.saving.register_keras_serializable(package="geodl")
class ScalarsTile(_DenseLayer):
    """Spreads scalars over the pixels of an image, one band each, so that they can be stacked with it."""

    def call(self, inputs: Any) -> Any:
        """``inputs``: reference [batch, y, x, …] and scalars, [batch, n], or a list of n tensors [batch] or [batch, 1].

        Returns:
            [batch, y, x, n], of the type of the scalars.
        """
        reference, scalars = inputs
        columns = list(scalars) if isinstance(scalars, (list, tuple)) else [scalars]
        columns = [one if len(one.shape) == 2 else keras.ops.expand_dims(one, -1) for one in columns]
        values = keras.ops.concatenate(columns, axis=-1)[:, None, None]
        shape = keras.ops.shape(reference)
        return keras.ops.tile(values, [1, shape[1], shape[2], 1])


@keras.saving.register_keras_serializable(package="geodl")
class Argmax(_DenseLayer):
    """The index of the greatest band, as of the most probable class."""

    def call(self, inputs: Any) -> Any:
        """``inputs`` [..., bands], as int32 [..., 1] with values from 0."""
        return keras.ops.argmax(inputs, axis=-1, keepdims=True)


@keras.saving.register_keras_serializable(package="geodl")
class Max(_DenseLayer):
    """The greatest value of all bands, as a measure of confidence."""

    def call(self, inputs: Any) -> Any:
        """``inputs`` [..., bands], as [..., 1] of the same type."""
        return keras.ops.max(inputs, axis=-1, keepdims=True)
