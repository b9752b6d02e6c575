"""What is made of the channels of a network."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from geodl_plugin.inference.predictions import PredictionSpec, highest_channel
from geodl_plugin.labels.classes import ClassList

RNG = np.random.default_rng(0)


@settings(deadline=None)
@given(
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    count=st.integers(1, 40),
    steps=st.integers(1, 4),
    seed=st.integers(0, 1000),
)
def test_the_highest_channel_is_that_of_argmax_ties_included(height, width, count, steps, seed):
    values = np.random.default_rng(seed).integers(0, steps, (height, width, count)).astype(np.float32)
    np.testing.assert_array_equal(highest_channel(values), values.argmax(axis=-1))


def test_large_blocks_are_compared_piece_by_piece():
    values = RNG.normal(0, 1, (300, 517, 3)).astype(np.float32)
    np.testing.assert_array_equal(highest_channel(values), values.argmax(axis=-1))
    middle = values[7:-9, 5:-3]  # not contiguous, as the middle of a block is
    np.testing.assert_array_equal(highest_channel(middle), middle.argmax(axis=-1))


def spec(output_type="classes", classes=("a", "b", "c"), confidence=True):
    """Of a network with one output."""
    return PredictionSpec(("predictions",), output_type, ClassList.from_values(classes), confidence, {})


@pytest.mark.parametrize("count", [2, 3, 20])
@pytest.mark.parametrize("spread", [0.0, 1.0, 30.0, 1e4])
def test_scores_and_probabilities_give_the_same_classes_and_confidence(count, spread):
    scores = (RNG.normal(0, 1, (50, 60, count)) * spread).astype(np.float32)
    wanted = spec(classes=tuple(f"class {number:02}" for number in range(count)))
    probabilities = tf.nn.softmax(tf.constant(scores, tf.float64))
    of_scores = [result.numpy() for result in wanted.computed(tf.constant(scores), temperature=1.0)]
    expected = [result.numpy() for result in wanted.computed(probabilities)]
    np.testing.assert_allclose(of_scores[1], expected[1], rtol=0, atol=1e-6)
    classes, confidence = wanted.pixels(of_scores)
    np.testing.assert_array_equal(classes, scores.argmax(axis=-1) + 1)
    assert (confidence >= 0).all() and (confidence <= 1 + 1e-6).all()


@pytest.mark.parametrize("temperature", [0.3, 1.0, 2.7])
def test_scores_are_divided_by_the_temperature_for_the_confidence_only(temperature):
    scores = RNG.normal(0, 3, (20, 30, 4)).astype(np.float32)
    channels, confidence = spec(classes=("a", "b", "c", "d")).computed(tf.constant(scores), temperature=temperature)
    np.testing.assert_array_equal(channels, scores)
    highest = tf.reduce_max(tf.nn.softmax(tf.constant(scores, tf.float64) / temperature), axis=-1)
    np.testing.assert_allclose(confidence[..., 0], highest, rtol=1e-5)


def test_a_class_that_is_impossible_does_not_spoil_the_confidence():
    scores = tf.constant([[[0.0, 0.0, -np.inf]]])
    _, confidence = spec().computed(scores, temperature=1.0)
    np.testing.assert_allclose(confidence[0, 0], [0.5, np.log(2) / np.log(3)], rtol=1e-6)


def test_class_values_are_those_of_the_user():
    values = spec(classes=(7, 40, 300), confidence=False)
    (mapped,) = values.pixels([np.array([[[0, 2, 1], [5, 1, 1], [0, 0, 1]]], np.float32)])
    assert mapped.dtype == np.int16 and mapped.tolist() == [[40, 7, 300]]


def test_other_output_types_stay_channels():
    channels = np.array([[[0.1, 0.9]]], np.float32)
    for output_type, expected in (("probabilities", channels), ("probabilities (uint8)", [[[25, 225]]])):
        wanted = spec(output_type, ("a", "b"), confidence=False)
        (pixels,) = wanted.pixels([result.numpy() for result in wanted.computed(tf.constant(channels))])
        np.testing.assert_array_equal(pixels, expected)
