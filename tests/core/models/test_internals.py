"""The interfaces of Keras and TensorFlow that are not public: these tests fail if a new version changes them."""

import ast
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import EnvironmentProblem
from geodl_plugin.models import internals
from geodl_plugin.models.internals import calls_by_depth, functional_model, handle_unknown_arguments, layer_of, private

LIBRARY = Path(internals.__file__).parents[1]
ALLOWED = {"_replace"}  # of named tuples
VERSIONS = f"Keras {keras.__version__}, TensorFlow {tf.__version__}"


def changed(what, where):
    """The text of a failure."""
    return f"{VERSIONS}: {what} has changed. Adapt {where} in geodl_plugin/models/internals.py."


@pytest.fixture
def model():
    """A network whose layers are at four depths: an image, two convolutions, and their sum."""
    image = keras.Input((None, None, 2), name="image")
    near = keras.layers.Conv2D(3, 1, name="near")(image)
    far = keras.layers.Conv2D(3, 3, padding="same", name="far")(near)
    return keras.Model({"image": image}, {"out": keras.layers.add([near, far], name="sum")})


def test_keras_keeps_the_calls_of_layers_by_depth(model):
    text = changed("Model._nodes_by_depth", "calls_by_depth")
    nodes = getattr(model, "_nodes_by_depth", None)
    assert isinstance(nodes, dict), text
    assert sorted(nodes) == [0, 1, 2, 3], text
    names = [[call.operation.name for call in calls] for calls in calls_by_depth(model)]
    assert names == [["image"], ["near"], ["far"], ["sum"]], text


def test_a_call_knows_its_layer_and_tensors(model):
    text = changed("Node", "LayerCall")
    ((image,), (near,), (far,), (added,)) = calls_by_depth(model)
    assert image.inputs == [], text
    assert [id(tensor) for tensor in near.inputs] == [id(model.inputs[0])], text
    assert [id(tensor) for tensor in far.inputs] == [id(near.outputs[0])], text
    assert [id(tensor) for tensor in added.inputs] == [id(near.outputs[0]), id(far.outputs[0])], text
    assert [id(tensor) for tensor in added.outputs] == [id(model.outputs[0])], text
    assert added.operation is model.get_layer("sum"), text


def test_calls_of_the_same_node_are_equal(model):
    first, second = ([call for calls in calls_by_depth(model) for call in calls] for _ in range(2))
    assert first == second and len(set(first + second)) == 4, changed("Node", "LayerCall")


def test_the_arguments_of_a_call_take_values():
    text = changed("Node.arguments", "LayerCall.arguments")
    image = keras.Input((4, 4, 3), name="image")
    model = keras.Model(image, image[..., :2])
    ((_,), (call,)) = calls_by_depth(model)
    assert call.args[1] == (Ellipsis, slice(None, 2)), text
    args, kwargs = call.arguments({id(image): tf.ones([1, 4, 4, 3])})
    assert call.operation(*args, **kwargs).shape == (1, 4, 4, 2), text


def test_layers_that_were_called_in_training_mode_stay_in_it_since_keras_3_16():
    image = keras.Input((4, 4, 3), name="image")
    model = keras.Model(image, keras.layers.GaussianNoise(1.0)(image, training=True))
    values = np.zeros((1, 4, 4, 3), np.float32)
    is_random = bool(np.abs(model(values, training=False)).max() > 0)
    text = changed("What counts, training of a layer or of its model,", "KEEPS_TRAINING")
    assert is_random == internals.KEEPS_TRAINING, text
    assert calls_by_depth(model)[1][0].is_in_training == is_random, text


def test_the_model_within_a_layer_is_found(model):
    text = changed("Sequential._functional", "functional_model")
    assert functional_model(model) is model, text
    inner = functional_model(keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Conv2D(2, 1)]))
    assert [len(calls) for calls in calls_by_depth(inner)] == [1, 1], text
    assert functional_model(model.get_layer("near")) is None, text

    class Written(keras.Model):
        def call(self, inputs):
            return inputs

    assert functional_model(Written()) is None, text


def test_a_tensor_knows_the_layer_that_made_it(model):
    text = changed("KerasTensor._keras_history", "layer_of")
    assert layer_of(model.outputs[0]) is model.get_layer("sum"), text


def test_tensorflow_tells_of_arguments_that_it_does_not_know():
    text = changed("tf.__internal__.dispatch.GlobalOpDispatcher", "handle_unknown_arguments")

    class Mine:
        pass

    told = []

    def handler(function, args, kwargs):
        if not any(isinstance(value, Mine) for value in (*args, *kwargs.values())):
            return None
        told.append((function.__name__, kwargs))
        return "handled"

    handle_unknown_arguments(handler)
    assert tf.math.add(Mine(), y=1) == "handled", text
    assert told == [("add", {"y": 1})], text
    np.testing.assert_array_equal(tf.math.add(1, 2), 3)
    with pytest.raises((TypeError, ValueError)):
        tf.math.add(object(), 2)  # which no handler knows


def test_a_missing_interface_is_told_with_the_versions():
    with pytest.raises(
        EnvironmentProblem, match=rf"Model has no _of_old\. Run Set up.*Expected.*Received: {VERSIONS}\."
    ):
        private(keras.Model, "_of_old")


def interfaces_that_are_not_public(path):
    """Attributes with a leading underscore of foreign objects, and imports from inside of Keras and TensorFlow."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            is_own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            is_of_python = node.attr.startswith("__") and node.attr != "__internal__"
            if not (is_own or is_of_python or node.attr in ALLOWED):
                yield f"line {node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("keras.src", "tensorflow.python")):
            yield f"line {node.lineno}: {node.module}"


def imports_keras(path):
    """Whether a module imports Keras or TensorFlow."""
    return any(
        name.name.split(".")[0] in {"keras", "tensorflow"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        for name in node.names
    )


@pytest.mark.parametrize(
    "path", sorted(filter(imports_keras, LIBRARY.rglob("*.py"))), ids=lambda path: str(path.relative_to(LIBRARY))
)
def test_only_one_module_uses_interfaces_that_are_not_public(path):
    found = list(interfaces_that_are_not_public(path))
    assert found == [], f"Move it to geodl_plugin/models/internals.py: {found}"
