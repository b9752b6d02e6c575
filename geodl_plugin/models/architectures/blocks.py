"""Blocks of layers that several networks share."""

from __future__ import annotations

from typing import Any

import keras

from ..heads import Head

MOMENTUM = 0.9  # of the moving averages, so that they converge within a few hundred steps
DROPOUT = 0.2  # share of the channels dropped in training, at the deeper levels and before the last layer


def convolution(tensor: Any, filters: int, name: str, kernel: int = 3, stride: int = 1) -> Any:
    """A convolution without bias, since a batch normalisation follows sooner or later."""
    return keras.layers.Conv2D(
        filters, kernel, stride, padding="same", use_bias=False, kernel_initializer="he_normal", name=name
    )(tensor)


def activation(tensor: Any, number: int, name: str) -> Any:
    """Batch normalisation and ReLU."""
    tensor = keras.layers.BatchNormalization(momentum=MOMENTUM, name=f"{name}_norm{number}")(tensor)
    return keras.layers.Activation("relu", name=f"{name}_relu{number}")(tensor)


def convolution_block(tensor: Any, filters: int, name: str) -> Any:
    """The block of U-Nets: 3×3 convolution, batch normalisation and ReLU, twice."""
    for number in (1, 2):
        tensor = activation(convolution(tensor, filters, f"{name}_conv{number}"), number, name)
    return tensor


def concatenate_skip(tensor: Any, skip: Any, filters: int, name: str) -> Any:
    """``tensor``, up-sampled to twice its size, concatenated with ``skip``."""
    upsampled = keras.layers.Conv2DTranspose(
        filters, 2, 2, padding="same", kernel_initializer="he_normal", name=f"{name}_tconv"
    )(tensor)
    return keras.layers.concatenate([skip, upsampled], name=f"{name}_skip")


def dropout(tensor: Any, name: str, head: Head) -> Any:
    """Dropout of whole channels, since neighbouring pixels are correlated (Tompson et al. 2015).

    Regression networks have none: dropout shifts the variance that batch normalisation expects (Li et al. 2019), which
    biases values but hardly changes the most probable class.
    """
    return keras.layers.SpatialDropout2D(DROPOUT, name=f"{name}_dropout")(tensor) if head.is_classification else tensor


def output_layers(tensor: Any, head: Head) -> Any:
    """The output: dropout, a 1×1 convolution, and the head."""
    return head(keras.layers.Conv2D(head.outputs, 1, name="last_conv")(dropout(tensor, "last", head)))
