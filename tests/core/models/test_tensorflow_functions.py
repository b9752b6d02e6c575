"""TensorFlow's functions inside networks."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.models.tensorflow_functions import TensorFlowFunction, tensorflow_functions

CALLS = {
    "cast": lambda x: tf.cast(x, tf.float32) * 0.5,
    "concat": lambda x: tf.concat([x, 2 * x], -1),
    "where": lambda x: tf.where(x > 0, x, 0.0),
    "gather": lambda x: tf.gather(x, [0, 1], axis=-1),
    "pad": lambda x: tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], "REFLECT"),
    "squeeze": lambda x: tf.squeeze(tf.expand_dims(x, 1), 1),
    "stack": lambda x: tf.stack([x[..., 0], x[..., 1]], axis=-1),
    "reduce": lambda x: tf.reduce_max(x, axis=-1, keepdims=True),
    "norm": lambda x: tf.norm(x, axis=-1, keepdims=True),
    "softmax": tf.nn.softmax,
    "pool": lambda x: tf.nn.avg_pool2d(x, 2, 2, "SAME"),
    "log": lambda x: tf.math.log(tf.clip_by_value(x, 1.0, 2.0)),
    "flip": tf.image.flip_left_right,
    "split": lambda x: tf.split(x, 3, axis=-1)[1],
    "transpose": lambda x: tf.transpose(x, [0, 2, 1, 3]),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_network_of_tensorflow_functions(name, tmp_path):
    image = keras.Input((None, None, 3), name="image")
    with tensorflow_functions():
        model = keras.Model(image, {"out": CALLS[name](image)})
    values = tf.constant(np.random.default_rng(0).normal(1, 1, (2, 8, 8, 3)), tf.float32)
    np.testing.assert_allclose(model(values)["out"], CALLS[name](values), rtol=1e-6)
    model.save(tmp_path / "m.keras")
    again = keras.models.load_model(tmp_path / "m.keras", safe_mode=True)
    np.testing.assert_array_equal(again(values)["out"], model(values)["out"])


def test_elsewhere_tensorflow_is_as_it_was():
    with tensorflow_functions():
        pass
    with pytest.raises(ValueError, match="KerasTensor"):
        tf.cast(keras.Input((4,)), tf.float32)


@pytest.mark.parametrize("name", ["io.read_file", "io.write_file", "py_function", "load_library", "nn", "nn.__doc__"])
def test_a_file_cannot_name_what_reads_or_runs(name):
    with pytest.raises(InputError, match=name):
        TensorFlowFunction(name)
