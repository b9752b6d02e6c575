"""Networks from files of the user's own."""

import shutil
from fractions import Fraction
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.models.custom import load_model_file, make_network
from geodl_plugin.models.fields import Fields
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.models.layer_fields import fields_of

TEMPLATE = Path(__file__).resolve().parents[3] / "resources" / "examples" / "my_network.py"
SPEC = ({"source1": tf.TensorSpec([None, 32, 32, 2], tf.float32)}, {})
STATISTICS = {"source1": {"mean": [500.0, 20.0], "stddev": [100.0, 4.0], "nodata": [0, None]}}
PLAIN = """
import keras
from geodl_plugin import ModelBase

class Plain(ModelBase):
    def get_outputs(self, normalized_inputs):
        return {"predictions": keras.layers.Conv2D(3, 1)(normalized_inputs["source1"])}
"""


@pytest.fixture
def write(tmp_path):
    """Write a model file of that content."""

    def write(content, name="my model.py"):
        (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path / name

    return write


def made(kind, head=None):
    """The network of a class, for three classes."""
    return make_network(
        kind, SPEC, [16], head=head or Head.of_classes(3), statistics=STATISTICS, ratios={"source1": Fraction(1)}
    )


def test_the_template_works(tmp_path):
    copy = shutil.copy(TEMPLATE, tmp_path / "wälder.py")
    network = made(load_model_file(copy))
    image = np.full((1, 20, 24, 2), np.nan, np.float32)
    probabilities = network.model({"source1": image})[PREDICTIONS].numpy()
    assert probabilities.shape == (1, 20, 24, 3)
    np.testing.assert_allclose(probabilities.sum(axis=-1), 1, rtol=1e-5)
    assert fields_of(network.model, PREDICTIONS) == Fields(1, 7)
    assert network.inference_cropping == [16]


def test_the_template_ends_in_values_as_well():
    network = made(load_model_file(TEMPLATE), Head.of_values(50, 10))
    assert network.model.output[PREDICTIONS].shape[-1] == 1


def test_a_network_without_constructor_of_its_own(write):
    kind = load_model_file(write(PLAIN))
    assert kind.__name__ == "Plain"
    assert made(kind).model.output[PREDICTIONS].shape[-1] == 3


def test_a_constructor_gets_what_it_takes(write):
    body = """
    def __init__(self, ratios, head, *, dataset_element_spec, inference_cropping):
        self.got = ratios, head
        super().__init__(dataset_element_spec, inference_cropping=inference_cropping)
"""
    network = made(load_model_file(write(PLAIN + body)))
    assert network.got == ({"source1": 1}, Head.of_classes(3))


def test_own_layers_come_back_from_a_keras_file(write, tmp_path):
    content = """
import keras
from geodl_plugin import ModelBase

@keras.saving.register_keras_serializable("mine")
class Twice(keras.layers.Layer):
    def call(self, inputs):
        return 2 * inputs

class Mine(ModelBase):
    def get_outputs(self, normalized_inputs):
        return {"predictions": Twice()(keras.layers.Conv2D(3, 1)(normalized_inputs["source1"]))}
"""
    path = write(content)
    network = made(load_model_file(path))
    network.model.save(tmp_path / "m.keras")
    load_model_file(path)
    again = keras.models.load_model(tmp_path / "m.keras", safe_mode=True)
    image = np.ones((1, 8, 8, 2), np.float32)
    np.testing.assert_array_equal(
        again({"source1": image})[PREDICTIONS], network.model({"source1": image})[PREDICTIONS]
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("import geodl_plugin\n", "no network.*my_network.py"),
        (PLAIN + PLAIN.replace("Plain", "Other"), "2 networks.*Plain, Other"),
        ("class Network:\n    def get_outputs(\n", "line 2: SyntaxError"),
        ("import keras\n\nkeras.layers.Conv9D\n", "line 3: AttributeError"),
        ("import no_such_package\n", "line 1: ModuleNotFoundError.*no_such_package"),
        (PLAIN.replace("def get_outputs", "def outputs"), "no network"),
        ("from geodl_plugin import StandardizedModel\n", "no network"),
    ],
)
def test_a_file_that_is_no_model_file(write, content, message):
    with pytest.raises(InputError, match=message):
        load_model_file(write(content))


def test_there_is_no_such_file(tmp_path):
    with pytest.raises(InputError, match="no such model file"):
        load_model_file(tmp_path / "none.py")


def test_a_file_that_is_no_python(write):
    with pytest.raises(InputError, match="no such model file"):
        load_model_file(write(PLAIN, "network.txt"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('normalized_inputs["source1"]', 'normalized_inputs["xs"]', "line 7: KeyError: 'xs'"),
        ("Conv2D(3, 1)", "Conv2D(4, 1)", r"\[batch, y, x, 3\].*predictions \[None, None, None, 4\]"),
        ('"predictions"', '"labels"', "an output predictions.*labels"),
        (
            "keras.layers.Conv2D(3, 1)",
            "keras.layers.GlobalMaxPooling2D()",
            "has no output for the labels",
        ),
        ("    def get_outputs", "    label_kind = 'patch'\n    def get_outputs", r"\[batch, 3\]"),
    ],
)
def test_a_network_without_an_output_for_the_labels(write, old, new, message):
    kind = load_model_file(write(PLAIN.replace(old, new)))
    with pytest.raises(InputError, match=message):
        made(kind)
