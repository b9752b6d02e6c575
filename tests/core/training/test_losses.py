"""Losses: what they take in, and what they leave out."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.options import LOSSES, losses_for
from geodl_plugin.runtime import registry
from geodl_plugin.training.losses import PACKAGE, classification_loss, regression_loss
from geodl_plugin.training.losses.dice import Dice

CLASSIFICATION, REGRESSION = losses_for("classification"), losses_for("regression")


def test_published_losses_are_there():
    assert set(CLASSIFICATION) >= {"automatic", "cross entropy", "focal", "dice", "cross entropy + dice"}
    assert set(REGRESSION) >= {"automatic", "mean squared error", "mean absolute error"}
    assert set(CLASSIFICATION) | set(REGRESSION) == set(LOSSES)
    assert set(CLASSIFICATION) & set(REGRESSION) == {"automatic"}


@pytest.mark.parametrize("choice", registry.choices(PACKAGE).values(), ids=lambda choice: choice.name)
def test_each_loss_says_what_it_is_for(choice):
    begin = {"classification": "For classes: ", "regression": "For values: "}[choice.constants["TASK"]]
    assert choice.help.startswith(begin)
    assert choice.help.endswith(".")


def one_hot(classes):
    """Labels of three classes; 255: none."""
    return tf.one_hot(tf.constant(classes), 3)


@pytest.fixture
def scene():
    """Labels, weights and logits of 2 × 4 × 4 pixels, half of them without label."""
    rng = np.random.default_rng(0)
    classes = np.where(rng.random((2, 4, 4)) < 0.5, 255, rng.integers(0, 3, (2, 4, 4)))
    weights = tf.constant((classes != 255).astype(np.float32))
    return one_hot(classes), weights, tf.constant(rng.normal(0, 1, (2, 4, 4, 3)).astype(np.float32))


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_unlabelled_pixels_move_no_weight(scene, name):
    labels, weights, logits = scene
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = classification_loss(name)(labels, tf.nn.softmax(logits), weights)
    gradient = np.abs(tape.gradient(loss, logits)).sum(axis=-1)
    assert (gradient[weights.numpy() == 0] == 0).all()
    assert (gradient[weights.numpy() == 1] > 0).all()


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_unlabelled_pixels_do_not_change_the_loss(scene, name):
    labels, weights, logits = scene
    other = tf.where(weights[..., None] == 0, -3 * logits, logits)
    one, two = (float(classification_loss(name)(labels, tf.nn.softmax(values), weights)) for values in (logits, other))
    assert one == pytest.approx(two, rel=1e-6) and one > 0


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_a_batch_without_labels_has_no_loss_and_no_gradient(scene, name):
    _, _, logits = scene
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = classification_loss(name)(tf.zeros((2, 4, 4, 3)), tf.nn.softmax(logits), tf.zeros((2, 4, 4)))
    assert float(loss) == 0
    np.testing.assert_array_equal(tape.gradient(loss, logits), 0)


@pytest.mark.parametrize("name", REGRESSION)
def test_pixels_without_value_have_no_part(name):
    values = tf.constant([[[[3.0], [0.0], [9.0]]]])
    weights = tf.constant([[[1.0, 0.0, 1.0]]])
    predicted = tf.constant([[[[4.0], [1e6], [2.0]]]])
    loss, _ = regression_loss(name, 2.0)
    with tf.GradientTape() as tape:
        tape.watch(predicted)
        found = loss(values, predicted, weights)
    assert float(found) == pytest.approx(float(loss(values[:, :, ::2], predicted[:, :, ::2], weights[:, :, ::2])))
    gradient = tape.gradient(found, predicted)[0, 0, :, 0].numpy()
    assert gradient[1] == 0 and (gradient[[0, 2]] != 0).all()
    assert float(loss(values, predicted, tf.zeros((1, 1, 3)))) == 0


@pytest.mark.parametrize("name", REGRESSION)
def test_regression_losses_do_not_depend_on_the_unit(name):
    rng = np.random.default_rng(0)
    values, predicted = (rng.normal(0, 3, (1, 4, 4, 1)).astype(np.float32) for _ in range(2))
    found = []
    for unit in (1, 1000):
        loss, weight = regression_loss(name, 3.0 * unit)
        found.append(weight * float(loss(unit * values, unit * predicted, np.ones((1, 4, 4), np.float32))))
    assert found[0] == pytest.approx(found[1], rel=1e-5)


def test_each_loss_is_its_own(scene):
    labels, weights, logits = scene
    found = {float(classification_loss(name)(labels, tf.nn.softmax(logits), weights)) for name in CLASSIFICATION}
    assert len(found) == len(CLASSIFICATION) - 1  # automatic is cross entropy
    values = np.array([[[[1.0], [9.0]]]], np.float32)
    found = {float(regression_loss(name, 2.0)[0](values, 0 * values)) for name in REGRESSION}
    assert len(found) == len(REGRESSION)


def test_dice_by_hand():
    labels, predicted = one_hot([[[0, 0, 1, 255]]]), one_hot([[[0, 1, 1, 0]]])
    assert float(Dice()(labels, predicted)) == pytest.approx(1 - 2 / 3)
    assert float(Dice([1, 0, 0])(labels, tf.constant([[[[1.0, 0, 0]] * 4]]))) == pytest.approx(1 - 4 / 5)


def test_dice_of_a_perfect_map_is_zero_whatever_lies_outside():
    labels = one_hot([[[0, 2, 255]]])
    assert float(Dice()(labels, one_hot([[[0, 2, 1]]]))) == pytest.approx(0, abs=1e-6)


def test_dice_counts_rare_classes_as_much():
    labels = one_hot([[[0] * 99 + [1]]])
    blind = Dice()(labels, one_hot([[[0] * 100]]))
    assert float(blind) > 0.5


def test_the_sum_is_that_of_its_parts(scene):
    labels, weights, logits = scene
    predicted = tf.nn.softmax(logits)
    whole, one, two = (
        float(classification_loss(name)(labels, predicted, weights))
        for name in ("cross entropy + dice", "cross entropy", "dice")
    )
    assert whole == pytest.approx(one + two)


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_losses_come_back_from_their_configuration(scene, name):
    labels, weights, logits = scene
    loss = classification_loss(name, [1, 2, 3])
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(loss))
    predicted = tf.nn.softmax(logits)
    assert float(again(labels, predicted, weights)) == float(loss(labels, predicted, weights))
