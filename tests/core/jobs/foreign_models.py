"""Models of other people, for the tests of the job that maps a raster."""

import keras
import numpy as np
import tensorflow as tf

WIDTH, HEIGHT = 75, 53
IMAGE = np.random.default_rng(4).integers(1, 1000, (HEIGHT, WIDTH, 2)).astype(np.uint16)


class Otbtf(tf.Module):
    """Stands for a network of OTBTF's: outputs named after layers, cropped ones beside them, integers go in."""

    def __init__(self):
        super().__init__()
        self.kernel = tf.Variable(tf.random.stateless_uniform([3, 3, 2, 3], [1, 2]))

    @tf.function
    def serve(self, xs):
        out = tf.nn.softmax(tf.nn.conv2d(tf.cast(xs, tf.float32) / 1000, self.kernel, 1, "SAME"))
        outputs = {"softmax_tensor": out, "argmax": tf.argmax(out, -1), "first": out[..., :1]}
        return {**outputs, "softmax_tensor_crop16": out[:, 16:-16, 16:-16]}

    @tf.function
    def one_size(self, xs):
        return {"out": self.serve(xs)["softmax_tensor"]}

    @tf.function
    def whole_image(self, xs):
        values = tf.cast(xs, tf.float32)
        return {"out": values - tf.reduce_mean(values, [1, 2], keepdims=True)}

    @tf.function
    def patches(self, k, xs):
        centre = tf.cast(xs[:, 3, 3], tf.float32)
        return {"a_centre": centre * k[:, None], "b_corner": tf.cast(xs[:, :1, :1, :1], tf.float32)}

    @tf.function
    def finer(self, xs):
        return {"out": tf.repeat(tf.repeat(tf.cast(xs, tf.float32), 2, axis=1), 2, axis=2)}

    @tf.function
    def finer_whole_image(self, xs):
        return {"out": self.finer(xs)["out"] - tf.reduce_mean(tf.cast(xs, tf.float32), [1, 2], keepdims=True)}


def image(size=None, dtype=tf.uint16):
    return tf.TensorSpec([None, size, size, 2], dtype, "xs")


SIGNATURES = {
    "serve": [image()],
    "one_size": [image(24)],
    "whole_image": [image(dtype=tf.float32)],
    "patches": [tf.TensorSpec([None], tf.float32, "k"), image(6)],
    "finer": [image(dtype=tf.float32)],
    "finer_whole_image": [image(dtype=tf.float32)],
}


def save_two_sources(path):
    """Save a Keras file with a source of 2 bands and one of 1 band that is twice as coarse, and a coarse output."""
    keras.utils.set_random_seed(5)
    fine, coarse = keras.Input((None, None, 2), name="a"), keras.Input((None, None, 1), name="b")
    down = keras.layers.Conv2D(3, 3, 2, "same", activation="relu")(keras.layers.Rescaling(0.001)(fine))
    both = keras.layers.Concatenate()([down, keras.layers.Rescaling(0.001)(coarse)])
    coarse_out = keras.layers.Conv2D(3, 3, padding="same", name="coarse")(both)
    out = keras.layers.Conv2DTranspose(3, 3, 2, "same", activation="softmax", name="fine")(both)
    keras.Model([fine, coarse], [out, coarse_out]).save(path)
