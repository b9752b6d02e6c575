"""Losses: what they take in, and what they leave out."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.training.losses import Dice, loss_of_classes, loss_of_values
from geodl_plugin.training.metrics import MeanF1

OF_CLASSES = ("automatic", "cross entropy", "focal", "dice", "cross entropy + dice")
OF_VALUES = ("automatic", "mean squared error", "mean absolute error")


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


@pytest.mark.parametrize("name", OF_CLASSES)
def test_unlabelled_pixels_move_no_weight(scene, name):
    labels, weights, logits = scene
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = loss_of_classes(name)(labels, tf.nn.softmax(logits), weights)
    gradient = np.abs(tape.gradient(loss, logits)).sum(axis=-1)
    assert (gradient[weights.numpy() == 0] == 0).all()
    assert (gradient[weights.numpy() == 1] > 0).all()


@pytest.mark.parametrize("name", OF_CLASSES)
def test_unlabelled_pixels_do_not_change_the_loss(scene, name):
    labels, weights, logits = scene
    other = tf.where(weights[..., None] == 0, -3 * logits, logits)
    one, two = (float(loss_of_classes(name)(labels, tf.nn.softmax(values), weights)) for values in (logits, other))
    assert one == pytest.approx(two, rel=1e-6) and one > 0


@pytest.mark.parametrize("name", OF_CLASSES)
def test_a_batch_without_labels_has_no_loss_and_no_gradient(scene, name):
    _, _, logits = scene
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = loss_of_classes(name)(tf.zeros((2, 4, 4, 3)), tf.nn.softmax(logits), tf.zeros((2, 4, 4)))
    assert float(loss) == 0
    np.testing.assert_array_equal(tape.gradient(loss, logits), 0)


@pytest.mark.parametrize("name", OF_VALUES)
def test_pixels_without_value_have_no_part(name):
    values = tf.constant([[[[3.0], [0.0], [9.0]]]])
    weights = tf.constant([[[1.0, 0.0, 1.0]]])
    predicted = tf.constant([[[[4.0], [1e6], [2.0]]]])
    loss, _ = loss_of_values(name, 2.0)
    with tf.GradientTape() as tape:
        tape.watch(predicted)
        found = loss(values, predicted, weights)
    assert float(found) == pytest.approx(float(loss(values[:, :, ::2], predicted[:, :, ::2], weights[:, :, ::2])))
    gradient = tape.gradient(found, predicted)[0, 0, :, 0].numpy()
    assert gradient[1] == 0 and (gradient[[0, 2]] != 0).all()
    assert float(loss(values, predicted, tf.zeros((1, 1, 3)))) == 0


@pytest.mark.parametrize("name", OF_VALUES)
def test_the_loss_of_values_does_not_depend_on_their_unit(name):
    rng = np.random.default_rng(0)
    values, predicted = (rng.normal(0, 3, (1, 4, 4, 1)).astype(np.float32) for _ in range(2))
    found = []
    for unit in (1, 1000):
        loss, weight = loss_of_values(name, 3.0 * unit)
        found.append(weight * float(loss(unit * values, unit * predicted, np.ones((1, 4, 4), np.float32))))
    assert found[0] == pytest.approx(found[1], rel=1e-5)


def test_each_loss_is_its_own(scene):
    labels, weights, logits = scene
    found = {float(loss_of_classes(name)(labels, tf.nn.softmax(logits), weights)) for name in OF_CLASSES}
    assert len(found) == len(OF_CLASSES) - 1  # automatic is cross entropy
    values = np.array([[[[1.0], [9.0]]]], np.float32)
    found = {float(loss_of_values(name, 2.0)[0](values, 0 * values)) for name in OF_VALUES}
    assert len(found) == len(OF_VALUES)


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
        float(loss_of_classes(name)(labels, predicted, weights))
        for name in ("cross entropy + dice", "cross entropy", "dice")
    )
    assert whole == pytest.approx(one + two)


@pytest.mark.parametrize("name", OF_CLASSES)
def test_losses_come_back_from_their_configuration(scene, name):
    labels, weights, logits = scene
    loss = loss_of_classes(name, [1, 2, 3])
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(loss))
    predicted = tf.nn.softmax(logits)
    assert float(again(labels, predicted, weights)) == float(loss(labels, predicted, weights))


def test_metrics_leave_unlabelled_pixels_out(scene):
    labels, weights, logits = scene
    other = tf.where(weights[..., None] == 0, -3 * logits, logits)
    for metric in (keras.metrics.CategoricalAccuracy(), MeanF1(3)):
        figures = []
        for values in (logits, other):
            metric.reset_state()
            metric.update_state(labels, tf.nn.softmax(values), weights)
            figures.append(float(metric.result()))
        assert figures[0] == figures[1] > 0
