"""Keras layers of our own, registered under a fixed name so that saved networks load anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras


@keras.saving.register_keras_serializable(package="geodl")
class FillNodata(keras.layers.Layer):
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
