"""The metrics of a training."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.training.metrics import MeanF1


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
