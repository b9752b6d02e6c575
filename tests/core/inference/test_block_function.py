"""What a network computes for a map."""

from fractions import Fraction

import keras
import numpy as np
import pytest

from geodl_plugin.inference.block_function import block_function
from geodl_plugin.inference.blocks import BlockSizes, ReferenceSize, lay_out
from geodl_plugin.inference.predictions import PredictionSpec
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.models.fields import Fields
from geodl_plugin.models.layers import TemperedSoftmax
from geodl_plugin.models.loading import of_keras

CLASSES = ClassList.from_values(["field", "forest", "water"])
SIDE = 64


def scores(image):
    """Three channels that depend on their surroundings."""
    tensor = keras.layers.Conv2D(8, 3, padding="same", activation="relu")(image)
    return keras.layers.Conv2D(3, 1, kernel_initializer=keras.initializers.RandomNormal(stddev=1.0, seed=1))(tensor)


ENDS = {
    "Softmax": keras.layers.Softmax(),
    "Activation": keras.layers.Activation("softmax"),
    "within a convolution": keras.layers.Conv2D(3, 1, activation="softmax"),
    "none": keras.layers.Activation("sigmoid"),
}


@pytest.fixture
def compute(tmp_path):
    """Gives classes, and probabilities, of a block by a network."""

    def compute(model, values):
        keras.utils.set_random_seed(5)
        opened = of_keras(model, tmp_path / "model.keras")
        layout = lay_out(ReferenceSize(SIDE, SIDE), Fields(1, 1), BlockSizes(rfield=SIDE))
        results = []
        for output_type, classes in (("classes", CLASSES), ("raw", None)):
            spec = PredictionSpec((opened.outputs[0].name,), output_type, classes, False, {})
            results += block_function(opened, spec, layout, [Fraction(1)])([values], False)
        return results

    return compute


@pytest.mark.parametrize("end", ENDS)
def test_classes_are_those_of_the_highest_probability(compute, end):
    values = np.random.default_rng(3).normal(0, 1, (SIDE, SIDE, 4)).astype(np.float32)
    image = keras.Input((None, None, 4), name="image")
    network = keras.Model({"image": image}, {"predictions": ENDS[end](scores(image))})
    classes, probabilities = compute(network, values)
    ordered = np.sort(probabilities, axis=-1)
    clear = ordered[..., -1] - ordered[..., -2] > 1e-5
    assert clear.mean() > 0.99
    np.testing.assert_array_equal(classes[clear], CLASSES.values_array()[probabilities.argmax(axis=-1)][clear])


def test_a_temperature_changes_confidence_but_no_class(tmp_path):
    values = np.random.default_rng(3).normal(0, 1, (SIDE, SIDE, 4)).astype(np.float32)
    image = keras.Input((None, None, 4), name="image")
    softmax = TemperedSoftmax(name="predictions")
    opened = of_keras(keras.Model({"image": image}, {"predictions": softmax(scores(image))}), tmp_path / "model.keras")
    layout = lay_out(ReferenceSize(SIDE, SIDE), Fields(1, 1), BlockSizes(rfield=SIDE))
    found = {}
    for softmax.temperature in (1.0, 0.37):
        for output_type in ("classes", "probabilities"):
            spec = PredictionSpec(("predictions",), output_type, CLASSES, True, {})
            found[softmax.temperature, output_type] = block_function(opened, spec, layout, [Fraction(1)])(
                [values], False
            )
    np.testing.assert_array_equal(found[0.37, "classes"][0], found[1.0, "classes"][0])
    for result in (found[0.37, "classes"], found[0.37, "probabilities"]):
        expected = found[1.0, "probabilities"][0] ** (1 / 0.37)
        expected = expected.max(axis=-1) / expected.sum(axis=-1)
        np.testing.assert_allclose(result[1][..., 0], expected, rtol=1e-4)


@pytest.mark.parametrize("end", ["Softmax", "Activation"])
def test_the_highest_score_decides_where_probabilities_are_rounded_to_the_same(compute, end):
    image = keras.Input((None, None, 3), name="image")
    network = keras.Model({"image": image}, {"predictions": ENDS[end](keras.layers.Rescaling(1.0)(image))})
    values = np.broadcast_to(np.array([0, 1e-9, -1], np.float32), (SIDE, SIDE, 3))
    classes, probabilities = compute(network, np.ascontiguousarray(values))
    assert (probabilities[..., 0] == probabilities[..., 1]).all()
    assert (classes == CLASSES.classes[1].value).all()
