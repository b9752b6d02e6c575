"""Blocks of layers that several networks are made of."""

from __future__ import annotations

from typing import Any

import keras

from ..heads import Head

MOMENTUM = 0.9  # of the moving averages: trainings of a few hundred steps must reach them
DROPOUT = 0.2  # share of the channels dropped in training, at the deeper levels and before the last layer


def convolution(tensor: Any, filters: int, name: str, kernel: int = 3, stride: int = 1) -> Any:
    """A convolution without bias, since a normalisation follows sooner or later."""
    return keras.layers.Conv2D(
        filters, kernel, stride, padding="same", use_bias=False, kernel_initializer="he_normal", name=name
    )(tensor)


def activation(tensor: Any, number: int, name: str) -> Any:
    """Batch normalisation and ReLU."""
    tensor = keras.layers.BatchNormalization(momentum=MOMENTUM, name=f"{name}_norm{number}")(tensor)
    return keras.layers.Activation("relu", name=f"{name}_relu{number}")(tensor)


def two_convolutions(tensor: Any, filters: int, name: str) -> Any:
    """The block of U-Nets: twice a convolution of 3×3, batch normalisation and ReLU."""
    for number in (1, 2):
        tensor = activation(convolution(tensor, filters, f"{name}_conv{number}"), number, name)
    return tensor


def joined_up(tensor: Any, skip: Any, filters: int, name: str) -> Any:
    """``tensor``, enlarged to twice its size, on top of ``skip``."""
    enlarged = keras.layers.Conv2DTranspose(
        filters, 2, 2, padding="same", kernel_initializer="he_normal", name=f"{name}_tconv"
    )(tensor)
    return keras.layers.concatenate([skip, enlarged], name=f"{name}_skip")


def dropout(tensor: Any, name: str, head: Head) -> Any:
    """Drops whole channels: neighbouring pixels would stand in for each other (Tompson et al. 2015).

    Networks of values drop nothing: what is dropped changes the spread that batch normalisation then expects (Li et
    al. 2019), which classes bear and values do not.
    """
    return keras.layers.SpatialDropout2D(DROPOUT, name=f"{name}_dropout")(tensor) if head.is_of_classes else tensor


def finished(tensor: Any, head: Head) -> Any:
    """The output: a last convolution, and the head."""
    return head(keras.layers.Conv2D(head.outputs, 1, name="last_conv")(dropout(tensor, "last", head)))
