"""The networks that ship with GeoDL.

Each takes images [batch, y, x, bands] whose sides are multiples of its total stride and gives class
probabilities [batch, y, x, classes] on the same pixels.
"""

from __future__ import annotations

from typing import Any

import keras

from ..errors import InputError
from .base import StandardizedModel, Tensors

PREDICTIONS = "predictions"  # the output that is trained, and that class maps are made of


class FCNN(StandardizedModel):
    """The network of OTBTF's tutorial: small and very fast, for large areas and many polygons.

    Four 3×3 convolutions of stride 2 (16, 32, 64, 64 filters), then transposed ones back up, to which the
    encoder's output of the same size is added.  Total stride 16, valid margin 16.

    Args:
        n_classes: number of classes.
        **kwargs: as for `StandardizedModel`.
    """

    def __init__(self, n_classes: int, **kwargs: Any) -> None:
        self._n_classes = n_classes
        super().__init__(**kwargs)

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        def down(tensor: Any, filters: int, name: str) -> Any:
            return keras.layers.Conv2D(filters, 3, 2, padding="same", activation="relu", name=name)(tensor)

        def up(tensor: Any, filters: int, name: str, activation: str = "relu") -> Any:
            layer = keras.layers.Conv2DTranspose(filters, 3, 2, padding="same", activation=activation, name=name)
            return layer(tensor)

        conv1 = down(_stacked(normalized_inputs), 16, "conv1")
        conv2 = down(conv1, 32, "conv2")
        conv3 = down(conv2, 64, "conv3")
        conv4 = down(conv3, 64, "conv4")
        tconv1 = keras.layers.add([up(conv4, 64, "tconv1"), conv3])
        tconv2 = keras.layers.add([up(tconv1, 32, "tconv2"), conv2])
        tconv3 = keras.layers.add([up(tconv2, 16, "tconv3"), conv1])
        return {PREDICTIONS: up(tconv3, self._n_classes, PREDICTIONS, "softmax")}


class UNet(StandardizedModel):
    """A U-Net: the default, since it follows fine borders and learns from few polygons.

    Args:
        n_classes: number of classes.
        width: filters of the first level; each level down has twice as many.
        depth: number of times the image is halved.
        dropout: share of the values that are dropped in training, at the deepest level and before the last layer.
        **kwargs: as for `StandardizedModel`.
    """

    def __init__(self, n_classes: int, width: int = 16, depth: int = 2, dropout: float = 0.1, **kwargs: Any) -> None:
        self._n_classes, self._width, self._depth, self._dropout = n_classes, width, depth, dropout
        super().__init__(**kwargs)

    def get_outputs(self, normalized_inputs: Tensors) -> Tensors:
        def block(tensor: Any, filters: int, name: str) -> Any:
            for number in (1, 2):
                tensor = keras.layers.Conv2D(
                    filters,
                    3,
                    padding="same",
                    use_bias=False,
                    kernel_initializer="he_normal",
                    name=f"{name}_conv{number}",
                )(tensor)
                tensor = keras.layers.BatchNormalization(momentum=0.9, name=f"{name}_norm{number}")(tensor)
                tensor = keras.layers.Activation("relu", name=f"{name}_relu{number}")(tensor)
            return tensor

        tensor = _stacked(normalized_inputs)
        skips = []
        for level in range(self._depth):
            tensor = block(tensor, self._width * 2**level, f"down{level + 1}")
            skips.append(tensor)
            tensor = keras.layers.MaxPooling2D(name=f"pool{level + 1}")(tensor)
        tensor = block(tensor, self._width * 2**self._depth, "bottom")
        tensor = keras.layers.Dropout(self._dropout, name="bottom_dropout")(tensor)
        for level in reversed(range(self._depth)):
            filters = self._width * 2**level
            tensor = keras.layers.Conv2DTranspose(
                filters, 2, 2, padding="same", kernel_initializer="he_normal", name=f"up{level + 1}_tconv"
            )(tensor)
            tensor = keras.layers.concatenate([skips[level], tensor], name=f"up{level + 1}_skip")
            tensor = block(tensor, filters, f"up{level + 1}")
        tensor = keras.layers.Dropout(self._dropout, name="last_dropout")(tensor)
        classifier = keras.layers.Conv2D(self._n_classes, 1, activation="softmax", name=PREDICTIONS)
        return {PREDICTIONS: classifier(tensor)}


ARCHITECTURES: dict[str, type[StandardizedModel]] = {"unet": UNet, "fcnn": FCNN}


def architecture(name: str) -> type[StandardizedModel]:
    """The network of that name.

    Raises:
        InputError: there is none.
    """
    if name not in ARCHITECTURES:
        raise InputError("This architecture is unknown.", expected=", ".join(ARCHITECTURES), received=name)
    return ARCHITECTURES[name]


def _stacked(inputs: Tensors) -> Any:
    """All inputs as one image; they lie on one grid."""
    tensors = list(inputs.values())
    return tensors[0] if len(tensors) == 1 else keras.layers.concatenate(tensors, name="stacked")
