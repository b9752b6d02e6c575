"""Keras layers of GeoDL: no-data, masks, scalars, what networks end in, and what OTBTF's networks use.

Saved networks name this module, its classes and the keys of their configurations: all of them must stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import keras


def dense(value: Any) -> Any:
    """A symbolic tensor that is not sparse.

    Keras marks the product of a symbolic tensor and a number as sparse, which some operations refuse.

    Args:
        value: a symbolic tensor; other values are returned as they are.
    """
    return keras.KerasTensor(value.shape, value.dtype) if isinstance(value, keras.KerasTensor) else value


class _DenseLayer(keras.layers.Layer):
    """A layer that also takes tensors that Keras marks as sparse."""

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        args, kwargs = keras.tree.map_structure(dense, (args, kwargs))
        return super().compute_output_spec(*args, **kwargs)


@keras.saving.register_keras_serializable(package="geodl")
class FillNodata(_DenseLayer):
    """Replaces no-data values, NaN and infinity by a value for each band, and casts to float32.

    Use it as the first layer of a network: with the mean of each band, missing pixels look like average pixels and do
    not influence their neighbours.

    Args:
        nodata: no-data value for each band, None where there is none.
        fill: value to put in its place, for each band; None: NaN, which marks them for layers that take notice of it.

    Input shape:
        [batch, y, x, bands], of any numeric type.

    Output shape:
        The same, float32.
    """

    def __init__(self, nodata: Sequence[float | None], fill: Sequence[float | None], **kwargs: Any) -> None:
        super().__init__(**kwargs, autocast=False)
        self.nodata = list(nodata)
        self.fill = list(fill)

    @property
    def fill_values(self) -> list[float]:
        """What is put in the place of missing values, for each band."""
        return [math.nan if value is None else value for value in self.fill]

    def call(self, inputs: Any) -> Any:
        values = keras.ops.cast(inputs, "float32")
        missing = keras.ops.logical_not(keras.ops.isfinite(values))
        if any(value is not None for value in self.nodata):
            # NaN equals nothing: in bands without a no-data value, no value is missing.
            nodata = [float("nan") if value is None else value for value in self.nodata]
            missing = keras.ops.logical_or(missing, values == keras.ops.convert_to_tensor(nodata, "float32"))
        return keras.ops.where(missing, keras.ops.convert_to_tensor(self.fill_values, "float32"), values)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "nodata": self.nodata, "fill": self.fill}


@keras.saving.register_keras_serializable(package="geodl")
class Quantity(keras.layers.Layer):
    """Denormalises continuous values: multiplies by a standard deviation, adds a mean, and clips to a range.

    The last layer of networks for regression.  Values are not clipped in training, so that those outside the range keep
    a gradient.

    Args:
        mean: added to the values.
        stddev: factor of the values.
        least: minimum of the output outside training; None: no minimum.
        greatest: maximum of the output outside training; None: no maximum.

    Input shape:
        Any.

    Output shape:
        The same, float32.
    """

    def __init__(
        self, mean: float, stddev: float, least: float | None = None, greatest: float | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**{"dtype": "float32", **kwargs})
        self.mean, self.stddev, self.least, self.greatest = mean, stddev, least, greatest

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        values = inputs * self.stddev + self.mean
        if training:
            return values
        minimum = -math.inf if self.least is None else self.least
        maximum = math.inf if self.greatest is None else self.greatest
        return keras.ops.clip(values, minimum, maximum)

    def get_config(self) -> dict[str, Any]:
        own = {"mean": self.mean, "stddev": self.stddev, "least": self.least, "greatest": self.greatest}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="geodl")
class TemperedSoftmax(keras.layers.Softmax):
    """Probabilities of classes whose confidence can be corrected: a softmax of scores / temperature.

    The order of the classes stays the same, and so does the most probable one.  Set the attribute once the network is
    trained (Guo et al. 2017).

    Args:
        temperature: above 1 the probabilities become more cautious, below 1 more confident.

    Input shape:
        [..., classes]: scores.

    Output shape:
        The same, float32.
    """

    def __init__(self, temperature: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**{"dtype": "float32", **kwargs})
        self.temperature = temperature

    def call(self, inputs: Any) -> Any:
        return super().call(inputs if self.temperature == 1 else inputs / self.temperature)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "temperature": self.temperature}


@keras.saving.register_keras_serializable(package="geodl")
class Unfamiliarity(_DenseLayer):
    """The distance of each pixel's features to the nearest reference point, see `reference_points.ReferencePoints`.

    Args:
        offset: subtracted from each feature.
        scale: factor of each feature after that.
        points: reference points, a list of the shifted and scaled features of each.

    Input shape:
        [..., features].

    Output shape:
        [..., 1], float32: more than 1 is unfamiliar.
    """

    def __init__(
        self, offset: Sequence[float], scale: Sequence[float], points: Sequence[Sequence[float]], **kwargs: Any
    ) -> None:
        super().__init__(**{"dtype": "float32", **kwargs})
        self.offset, self.scale, self.points = list(offset), list(scale), [list(point) for point in points]

    def call(self, inputs: Any) -> Any:
        offset, scale, points = (
            keras.ops.convert_to_tensor(value, "float32") for value in (self.offset, self.scale, self.points)
        )
        features = (inputs - offset) * scale
        squares = keras.ops.sum(points * points, axis=-1) - 2 * keras.ops.matmul(features, keras.ops.transpose(points))
        # These squares only tell which point is nearest: for small distances, their rounding is too large.
        nearest = keras.ops.take(points, keras.ops.argmin(squares, axis=-1), axis=0)
        return keras.ops.sqrt(keras.ops.sum((features - nearest) ** 2, axis=-1, keepdims=True))

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (*input_shape[:-1], 1)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "offset": self.offset, "scale": self.scale, "points": self.points}


@keras.saving.register_keras_serializable(package="geodl")
class DilatedMask(_DenseLayer):
    """The no-data mask of an image, dilated by a number of pixels in all directions, diagonals included.

    Use it with `ApplyMask` to remove results that were computed from missing values.

    Args:
        nodata_value: marks missing values; NaN is possible.
        radius: of the dilation, in pixels.

    Input shape:
        [batch, y, x, bands].

    Output shape:
        The same, uint8: 1 near missing values, else 0.
    """

    def __init__(self, nodata_value: float, radius: int, **kwargs: Any) -> None:
        super().__init__(**kwargs, autocast=False)
        self.nodata_value = nodata_value
        self.radius = radius

    def call(self, inputs: Any) -> Any:
        if math.isnan(self.nodata_value):
            missing = keras.ops.isnan(inputs)
        else:
            missing = keras.ops.equal(inputs, keras.ops.cast(self.nodata_value, inputs.dtype))
        size = 2 * self.radius + 1
        dilated = keras.ops.max_pool(keras.ops.cast(missing, "float32"), size, 1, "same")
        return keras.ops.cast(dilated, "uint8")

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "nodata_value": self.nodata_value, "radius": self.radius}


@keras.saving.register_keras_serializable(package="geodl")
class ApplyMask(_DenseLayer):
    """Sets an image to a no-data value where a mask is 1.

    Args:
        out_nodata: the value to set.

    Input shape:
        A list of the mask [batch, y, x, 1 or bands] and the image [batch, y, x, bands].

    Output shape:
        That of the image, of the same type.
    """

    def __init__(self, out_nodata: float, **kwargs: Any) -> None:
        super().__init__(**kwargs, autocast=False)
        self.out_nodata = out_nodata

    def call(self, inputs: Any) -> Any:
        mask, image = inputs
        return keras.ops.where(mask == 1, keras.ops.cast(self.out_nodata, image.dtype), image)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "out_nodata": self.out_nodata}


@keras.saving.register_keras_serializable(package="geodl")
class ScalarsTile(_DenseLayer):
    """Makes constant bands of scalars, so that they can be stacked with an image.

    Input shape:
        A list of an image [batch, y, x, …], whose size is taken, and the scalars: [batch, n], or a list of n tensors
        [batch] or [batch, 1].

    Output shape:
        [batch, y, x, n], of the type of the scalars.
    """

    def call(self, inputs: Any) -> Any:
        reference, scalars = inputs
        columns = list(scalars) if isinstance(scalars, (list, tuple)) else [scalars]
        columns = [column if len(column.shape) == 2 else keras.ops.expand_dims(column, -1) for column in columns]
        values = keras.ops.concatenate(columns, axis=-1)[:, None, None]
        shape = keras.ops.shape(reference)
        return keras.ops.tile(values, [1, shape[1], shape[2], 1])


@keras.saving.register_keras_serializable(package="geodl")
class Argmax(_DenseLayer):
    """The index of the band with the maximum, such as the most probable class.

    Input shape:
        [..., bands].

    Output shape:
        [..., 1], int32, with values from 0.
    """

    def call(self, inputs: Any) -> Any:
        return keras.ops.argmax(inputs, axis=-1, keepdims=True)


@keras.saving.register_keras_serializable(package="geodl")
class Max(_DenseLayer):
    """The maximum of all bands, such as the probability of the most probable class.

    Input shape:
        [..., bands].

    Output shape:
        [..., 1], of the same type.
    """

    def call(self, inputs: Any) -> Any:
        return keras.ops.max(inputs, axis=-1, keepdims=True)
