"""The output of a network that tells where it has never been."""

from __future__ import annotations

import keras

from .heads import PREDICTIONS
from .layer_fields import calls_of
from .layers import Unfamiliarity
from .reference_points import ReferencePoints

UNFAMILIARITY = "unfamiliarity"  # the output


def features_model(model: keras.Model) -> keras.Model | None:
    """A model that gives what the last trained layer of a network decides by.

    Args:
        model: a network with an output `PREDICTIONS`.

    Returns:
        Features [batch, y, x, features] of the same image or a coarser one, or [batch, features]; None: there are none.
    """
    output = tensor = model.output[PREDICTIONS]
    while calls := calls_of(model, [tensor]):  # none: the image itself
        call = calls[-1]  # which makes it
        if len(call.inputs) != 1:
            return None
        tensor = call.inputs[0]
        if getattr(call.operation, "weights", ()):  # unlike a softmax
            is_usable = len(tensor.shape) == len(output.shape) and tensor.shape[-1] is not None
            return keras.Model(model.inputs, tensor) if is_usable else None
    return None


def with_unfamiliarity(model: keras.Model, points: ReferencePoints, coarseness: int) -> keras.Model:
    """The same network with an output `UNFAMILIARITY`.

    Args:
        model: a network that has a `features_model`.
        points: of its features.
        coarseness: pixel size of the features / that of the network's output.
    """
    found = features_model(model)
    if found is None:
        raise ValueError(f"{model.name} has no features")
    layer = Unfamiliarity(points.offset.tolist(), points.scale.tolist(), points.points.tolist(), name=UNFAMILIARITY)
    tensor = layer(found.output)
    if coarseness > 1:
        tensor = keras.layers.UpSampling2D(coarseness, name=f"{UNFAMILIARITY}_up")(tensor)
    return keras.Model(model.input, {**model.output, UNFAMILIARITY: tensor}, name=model.name)


def without_unfamiliarity(model: keras.Model) -> keras.Model:
    """The same network without the output `UNFAMILIARITY`, if it has it."""
    outputs = {name: tensor for name, tensor in model.output.items() if name != UNFAMILIARITY}
    return keras.Model(model.input, outputs, name=model.name)
