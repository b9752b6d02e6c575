"""A U-Net whose encoder is the convolutional part of a well-known image network."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import keras
import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...language import mark, tr
from ...runtime.checks import check_choice
from ..base import Tensors
from ..heads import PREDICTIONS
from .base import Network
from .blocks import MOMENTUM, concatenate_skip, convolution_block, dropout, output_layers

COLOURS = 3


class Backbone(Network):
    """A U-Net on the encoder of a network in ``keras.applications``.

    Worth most with weights that were trained on millions of photographs.  They expect three colours: for other
    numbers of bands, the first kernels are their mean over the colours, scaled to the same sum.

    Options:
        backbone: name of the network in ``keras.applications``, one of `BACKBONES`.
        weights: ``none``; ``imagenet``, which Keras downloads once; or a file of weights as Keras
            distributes them (``…_notop.h5``).
        width: filters of the decoder at full resolution; each level down has twice as many.
        depth: number of times the image is halved, up to 5.

    Attributes:
        BACKBONES: by name, the layers that give the image at strides 2, 4, 8, 16 and 32.  Only networks with a finite
            receptive field: those with squeeze-and-excitation (EfficientNet, MobileNetV3) pool the whole image.
    """

    NAME: ClassVar = "backbone"
    HELP: ClassVar = mark(
        "U-Net whose encoder is a network of Keras' collection (BACKBONE), which can start from weights "
        "that were trained on photographs: for images of very high resolution in which objects show many "
        "details."
    )
    RANK: ClassVar = 50
    OPTIONS: ClassVar[dict[str, Any]] = {"backbone": "MobileNetV2", "weights": "none", "width": 16, "depth": 4}
    BACKBONES: ClassVar[dict[str, tuple[str, ...]]] = {
        "MobileNetV2": (
            "block_1_expand_relu",
            "block_3_expand_relu",
            "block_6_expand_relu",
            "block_13_expand_relu",
            "out_relu",
        ),
        "ResNet50V2": ("conv1_conv", "conv2_block3_1_relu", "conv3_block4_1_relu", "conv4_block6_1_relu", "post_relu"),
        "DenseNet121": ("conv1_relu", "pool2_relu", "pool3_relu", "pool4_relu", "relu"),
    }

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        name, width, depth = (self.options[key] for key in ("backbone", "width", "depth"))
        check_choice(tr("backbone"), name, [*self.BACKBONES])
        layers = self.BACKBONES[name]
        if depth > len(layers):
            raise InputError(
                tr("Invalid depth for the backbone {name}.").format(name=name),
                expected=tr("{count} or less").format(count=len(layers)),
                received=tr("depth = {depth}").format(depth=depth),
            )
        image = self.merged(normalized_inputs)
        encoder = getattr(keras.applications, name)(include_top=False, weights=None, input_tensor=image)
        for layer in encoder.layers:
            if isinstance(layer, keras.layers.BatchNormalization):
                layer.momentum = MOMENTUM
        if self.options["weights"] != "none":
            _copy_weights(_pretrained(name, self.options["weights"]), encoder)
        skips = [
            convolution_block(image, width, "full"),
            *(encoder.get_layer(layer).output for layer in layers[:depth]),
        ]
        tensor = dropout(skips.pop(), "bottom", self.head)
        for level in reversed(range(depth)):
            filters, block = width * 2**level, f"up{level + 1}"
            tensor = convolution_block(concatenate_skip(tensor, skips[level], filters, block), filters, block)
        return {PREDICTIONS: output_layers(tensor, self.head)}


def _pretrained(name: str, weights: str) -> keras.Model:
    """The network for three colours with its weights.

    Raises:
        InputError: the weights cannot be loaded.
    """
    make = getattr(keras.applications, name)
    try:
        known = "imagenet" if weights == "imagenet" else None
        model = make(include_top=False, weights=known, input_shape=(224, 224, COLOURS))
        if not known:
            model.load_weights(Path(weights))
        return model
    except Exception as error:  # Keras raises this very class when a download fails
        raise InputError(
            tr("The weights of {name} cannot be loaded.").format(name=name),
            expected=tr("none, imagenet (needs the internet), or a file of weights of this network without its top"),
            received=f"{weights} ({error})",
        ) from error


def _copy_weights(pretrained: keras.Model, encoder: keras.Model) -> None:
    for layer in pretrained.layers:
        if layer.weights:
            own = encoder.get_layer(layer.name)
            own.set_weights(
                [_for_bands(value, variable.shape[-2:]) for value, variable in zip(layer.get_weights(), own.weights)]
            )


def _for_bands(values: NDArray, shape: tuple[int, ...]) -> NDArray:
    """Kernels [y, x, colours, filters] for another number of bands; all other weights as they are."""
    if values.ndim == 4 and values.shape[2] == COLOURS and shape[0] != COLOURS:
        return np.repeat(values.mean(axis=2, keepdims=True), shape[0], axis=2) * (COLOURS / shape[0])
    return values
