"""A network of your own.

Copy this file, change it, and choose it in "Train a network": ARCHITECTURE custom, MODEL_FILE your copy.
It holds one class.  `StandardizedModel` brings each band to mean 0 and standard deviation 1, as it was in the
training data; derive from `ModelBase` instead, and write `normalize_inputs`, to do that yourself.
"""

import keras

from geodl_plugin import StandardizedModel


class MyNetwork(StandardizedModel):
    """Three convolutions that look ever wider: each pixel is told from 15 × 15 pixels."""

    def __init__(self, head, **kwargs):
        self.head = head  # what the network ends in: probabilities of the dataset's classes, or values
        super().__init__(**kwargs)

    def get_outputs(self, normalized_inputs):
        # By the names of the sources: [batch, y, x, bands].  Here there is one.
        (net,) = normalized_inputs.values()
        for dilation in (1, 2, 4):
            net = keras.layers.Conv2D(32, 3, dilation_rate=dilation, padding="same", use_bias=False)(net)
            net = keras.layers.BatchNormalization(momentum=0.9)(net)
            net = keras.layers.Activation("relu")(net)
        return {"predictions": self.head(keras.layers.Conv2D(self.head.outputs, 1)(net))}
