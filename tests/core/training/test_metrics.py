"""The metrics of a training."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.training.metrics import CalibratedLoss, MeanF1


def one_hot(classes):
    """Certain predictions."""
    return tf.one_hot(tf.constant(classes), 3)


def test_the_mean_f1_is_that_of_the_confusion_matrix():
    metric = MeanF1(3)
    reference = one_hot([[[0, 0, 1], [1, 0, 0]]])
    predicted = one_hot([[[0, 1, 1], [1, 0, 0]]])
    weights = tf.constant([[[1.0, 1.0, 1.0], [1.0, 1.0, 0.0]]])
    metric.update_state(reference, predicted, weights)
    assert float(metric.result()) == pytest.approx((4 / 5 + 4 / 5) / 2)


def test_the_metric_of_nothing_is_zero():
    assert float(MeanF1(3).result()) == 0


def test_the_metric_comes_back_from_its_configuration():
    metric = MeanF1.from_config(MeanF1(3).get_config())
    metric.update_state(one_hot([[[0]]]), one_hot([[[0]]]))
    assert float(metric.result()) == 1


def test_unlabelled_pixels_do_not_count():
    rng = np.random.default_rng(0)
    classes = np.where(rng.random((2, 4, 4)) < 0.5, 255, rng.integers(0, 3, (2, 4, 4)))
    labels, weights = one_hot(classes), tf.constant((classes != 255).astype(np.float32))
    logits = tf.constant(rng.normal(0, 1, (2, 4, 4, 3)).astype(np.float32))
    other = tf.where(weights[..., None] == 0, -3 * logits, logits)
    for metric in (keras.metrics.CategoricalAccuracy(), MeanF1(3)):
        figures = []
        for values in (logits, other):
            metric.reset_state()
            metric.update_state(labels, tf.nn.softmax(values), weights)
            figures.append(float(metric.result()))
        assert figures[0] == figures[1] > 0


def calibrated_loss(scores, classes, weights, class_weights=(1.0, 1.0, 1.0)):
    """What the metric says of pixels with these scores [pixel, class], fed in two batches."""
    metric = CalibratedLoss(class_weights)
    for part in np.array_split(np.arange(len(classes)), 2):
        probabilities = tf.nn.softmax(tf.constant(scores[part], tf.float32))
        metric.update_state(one_hot(classes[part]), probabilities, tf.constant(weights[part], tf.float32))
    return float(metric.result())


@pytest.fixture
def scored():
    """Scores from which classes were drawn, these classes, and weights, some of them 0."""
    rng = np.random.default_rng(3)
    scores = rng.normal(0, 1.5, (4000, 3))
    return scores, (scores + rng.gumbel(size=scores.shape)).argmax(axis=1), rng.random(4000) + 0.1


def test_the_calibrated_loss_does_not_depend_on_how_confident_a_network_is(scored):
    scores, classes, weights = scored
    right = calibrated_loss(scores, classes, weights)
    for temperature in (0.5, 2.0):
        assert calibrated_loss(scores / temperature, classes, weights) == pytest.approx(right, rel=1e-3)
    log_probabilities = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    assert right == pytest.approx(-log_probabilities[np.arange(4000), classes].mean(), rel=0.01)


def test_the_calibrated_loss_weights_classes_and_leaves_out_what_has_no_label(scored):
    scores, classes, weights = scored
    of_class = [calibrated_loss(scores, classes, np.where(classes == index, weights, 0)) for index in range(3)]
    weighted = calibrated_loss(scores, classes, weights, (1.0, 0.0, 0.0))
    assert weighted == pytest.approx(of_class[0]) and of_class[0] != pytest.approx(of_class[1])
    assert calibrated_loss(scores, classes, weights, (2.0, 2.0, 2.0)) == pytest.approx(
        calibrated_loss(scores, classes, weights)
    )
    assert calibrated_loss(scores, classes, 0 * weights) == 0
