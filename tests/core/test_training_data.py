"""A dataset as batches, and the metrics on it."""

import dataclasses

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.manifest import Dataset
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.training.data import balanced_weights, batches
from geodl_plugin.training.metrics import MeanF1
from geodl_plugin.training.trainer import augmentations


@pytest.fixture
def dataset(dataset_folder):
    """The manifest."""
    return Dataset.read(dataset_folder)


def test_batches_have_images_labels_and_weights(dataset_folder, dataset):
    images, labels, weights = next(iter(batches(dataset_folder, dataset, "train", 4, np.ones(3))))
    assert (images["source1"].shape, images["source1"].dtype) == ((4, 32, 32, 4), tf.float32)
    assert labels[PREDICTIONS].shape == (4, 32, 32, 3)
    assert weights[PREDICTIONS].shape == (4, 32, 32)


def test_unlabelled_pixels_have_no_weight(dataset_folder, dataset):
    weighted = 0
    for _, labels, weights in batches(dataset_folder, dataset, "train", 16, np.ones(3)):
        np.testing.assert_array_equal(tf.reduce_sum(labels[PREDICTIONS], axis=-1), weights[PREDICTIONS])
        weighted += int(tf.reduce_sum(weights[PREDICTIONS]))
    assert weighted == sum(dataset.splits["train"].pixels)


def test_pixels_have_the_weight_of_their_class(dataset_folder, dataset):
    sums = np.zeros(3)
    for _, labels, weights in batches(dataset_folder, dataset, "train", 16, np.array([1.0, 10.0, 100.0])):
        sums += tf.einsum("byxc,byx->c", labels[PREDICTIONS], weights[PREDICTIONS]).numpy()
    np.testing.assert_allclose(sums, np.array(dataset.splits["train"].pixels) * [1, 10, 100], rtol=1e-5)


def test_missing_values_are_the_mean_of_their_band(dataset_folder, dataset):
    first = next(iter(batches(dataset_folder, dataset, "train", 1, np.ones(3))))[0]["source1"].numpy()
    hidden = float(first[0, 0, 0, 1])
    source = dataclasses.replace(dataset.sources[0], nodata=[None, hidden, None, None])
    again = batches(dataset_folder, dataclasses.replace(dataset, sources=[source]), "train", 1, np.ones(3))
    expected = np.where(first[..., 1] == hidden, np.float32(source.statistics["mean"][1]), first[..., 1])
    np.testing.assert_array_equal(next(iter(again))[0]["source1"][..., 1], expected)


def test_the_number_of_steps_is_known(dataset_folder, dataset):
    data = batches(dataset_folder, dataset, "train", 7, np.ones(3))
    assert len(data) == -(-dataset.splits["train"].samples // 7) == len(list(data))


def test_the_same_seed_gives_the_same_order(dataset_folder, dataset):
    one, other = (
        np.concatenate(
            [
                images["source1"][:, 0, 0, 0]
                for images, _, _ in batches(dataset_folder, dataset, "train", 8, np.ones(3), seed=1)
            ]
        )
        for _ in range(2)
    )
    np.testing.assert_array_equal(one, other)


def test_changes_are_applied_in_order(dataset_folder, dataset):
    def add(amount, factor):
        return lambda images, labels, weights, seed: (
            {"source1": images["source1"] * 0 * factor + amount + images["source1"] * factor},
            labels,
            weights,
        )

    plain, changed = (
        next(iter(batches(dataset_folder, dataset, "train", 2, np.ones(3), changes=changes)))[0]["source1"]
        for changes in ((), (add(1, 1), add(0, 2)))
    )
    np.testing.assert_allclose(changed, (plain + 1) * 2)


@pytest.mark.parametrize(
    ("pixels", "weights"), [([10, 10], [1, 1]), ([30, 10], [2 / 3, 2]), ([10, 0, 30], [2, 0, 2 / 3]), ([0, 0], [0, 0])]
)
def test_balanced_weights(pixels, weights):
    np.testing.assert_allclose(balanced_weights(pixels), weights)


def test_balanced_classes_count_the_same():
    pixels = np.array([5, 70, 1234])
    sums = balanced_weights(pixels) * pixels
    np.testing.assert_allclose(sums, sums[0])
    assert sums.sum() == pytest.approx(pixels.sum())


def one_hot(classes):
    """Certain predictions."""
    return tf.one_hot(tf.constant(classes), 3)


def test_the_mean_f1_is_that_of_the_confusion_matrix():
    metric = MeanF1(3)
    reference = one_hot([[[0, 0, 1], [1, 0, 0]]])
    predicted = one_hot([[[0, 1, 1], [1, 0, 0]]])
    weights = tf.constant([[[1.0, 1.0, 1.0], [1.0, 1.0, 0.0]]])
    metric.update_state(reference, predicted, weights)
    assert metric.confusion(["a", "b", "c"]).matrix.tolist() == [[2, 1, 0], [0, 2, 0], [0, 0, 0]]
    assert float(metric.result()) == pytest.approx((4 / 5 + 4 / 5) / 2)


def test_the_metric_of_nothing_is_zero():
    assert float(MeanF1(3).result()) == 0


def test_the_metric_comes_back_from_its_configuration():
    metric = MeanF1.from_config(MeanF1(3).get_config())
    metric.update_state(one_hot([[[0]]]), one_hot([[[0]]]))
    assert float(metric.result()) == 1


def test_the_metric_counts_large_numbers_exactly():
    metric = MeanF1(2)
    classes = tf.one_hot(tf.zeros((1, 1024, 1024), tf.int32), 2)
    for _ in range(20):  # beyond 2^24
        metric.update_state(classes, classes)
    assert metric.confusion(["a", "b"]).total == 20 * 1024 * 1024


def test_unlabelled_pixels_do_not_influence_the_loss(dataset_folder, dataset):
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.1, reduction="mean_with_sample_weight")
    _, labels, weights = next(iter(batches(dataset_folder, dataset, "train", 4, np.ones(3))))
    labels, weights = labels[PREDICTIONS], weights[PREDICTIONS]
    predicted = tf.nn.softmax(tf.random.stateless_normal((4, 32, 32, 3), (1, 2)))
    other = tf.where(weights[..., None] > 0, predicted, 1 / 3)
    assert float(tf.reduce_sum(tf.cast(weights == 0, tf.int32))) > 0
    assert float(loss(labels, predicted, weights)) == pytest.approx(float(loss(labels, other, weights)), rel=1e-6)


def test_the_same_seed_gives_the_same_augmented_patches(dataset_folder, dataset):
    changes = list(augmentations(dataset).values())

    def passes():
        data = batches(dataset_folder, dataset, "train", 8, np.ones(3), seed=1, changes=changes)
        return [np.concatenate([images["source1"] for images, _, _ in data]) for _ in range(2)]

    (first, second), (first_again, second_again) = passes(), passes()
    np.testing.assert_array_equal(first, first_again)
    np.testing.assert_array_equal(second, second_again)
    assert not np.array_equal(np.sort(first, axis=None), np.sort(second, axis=None))  # each epoch has its own
