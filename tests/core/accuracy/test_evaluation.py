"""A network's evaluation on a split, against labels that the tests write themselves."""

import dataclasses
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.accuracy.evaluation import evaluate, keras_predictor, saved_model_predictor
from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SourceInfo, SplitInfo
from geodl_plugin.datasets.records_writer import RecordsWriter
from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.models.heads import PREDICTIONS

SIZE, SAMPLES = 8, 21
NAMES = ["field", "forest", "water"]
STATISTICS = {"minimum": [0.0], "maximum": [255.0], "mean": [100.0], "stddev": [50.0]}


def write(folder, images, labels, *, values=None, splits=("test",)):
    """A dataset of one source with one band."""
    classes = ClassList(()) if values else ClassList.from_values(NAMES)
    for split in splits:
        with RecordsWriter(folder / split, 2) as writer:
            types = {"source1": images.dtype.name, "labels": labels.dtype.name}
            writer.describe(types, {"source1": images.shape[1:], "labels": labels.shape[1:]})
            for number, (image, label) in enumerate(zip(images, labels)):
                writer.write(number % 2, {"source1": image, "labels": label})
    dataset = DatasetDescription(
        sources=[SourceInfo("source1", ["grey"], images.dtype.name, images.shape[1], [None], STATISTICS)],
        classes=classes,
        label_mode="values" if values else "polygons",
        label_size=labels.shape[1],
        splits={split: SplitInfo(len(images), 2, [1] if values else [1, 1, 1]) for split in splits},
        crs="",
        pixel_size=(1.0, 1.0),
        provenance={},
        values=values,
    )
    dataset.write(folder)
    return folder, dataset


@pytest.fixture
def classes_dataset(tmp_path):
    """Patches whose value is 10 × class plus noise in the last digit; some pixels are unlabelled."""
    rng = np.random.default_rng(2)
    classes = rng.integers(0, 3, (SAMPLES, SIZE, SIZE, 1))
    images = (10 * classes + rng.integers(0, 10, classes.shape)).astype(np.uint8)
    labels = np.where(rng.random(classes.shape) < 0.3, 255, classes).astype(np.uint8)
    return *write(tmp_path / "classes", images, labels), images, labels


def tens(images):
    """Probability 0.8 of the class that the tens say, 0.1 of the others."""
    return 0.1 + 0.7 * tf.one_hot(tf.cast(images["source1"][..., 0] // 10, tf.int32), 3)


def test_a_perfect_network_is_perfect(classes_dataset, reporter):
    folder, dataset, _, labels = classes_dataset
    evaluation = evaluate(tens, folder, dataset, "test", reporter)
    assert evaluation.figures["accuracy"] == evaluation.figures["f1"] == evaluation.figures["iou"] == 1
    assert evaluation.figures["ece"] == pytest.approx(0.2, abs=1e-6)
    assert evaluation.confusion.total == (labels != 255).sum()
    assert evaluation.confusion.names == NAMES
    assert (evaluation.split, evaluation.samples, evaluation.worst, len(evaluation.best)) == ("test", SAMPLES, [], 4)
    assert reporter.fractions[-1] == 1


def test_the_confusion_has_rows_of_labels(classes_dataset, reporter):
    folder, dataset, _, labels = classes_dataset

    def always_forest(images):
        return tf.one_hot(tf.ones_like(images["source1"][..., 0], tf.int32), 3)

    matrix = evaluate(always_forest, folder, dataset, "test", reporter).confusion.matrix
    assert matrix[:, 1].tolist() == [(labels == index).sum() for index in range(3)]
    assert matrix.sum() == matrix[:, 1].sum()


@pytest.mark.parametrize("batch_size", [1, 5, 64])
def test_figures_do_not_depend_on_the_batches(classes_dataset, reporter, batch_size):
    folder, dataset, *_ = classes_dataset

    def half_right(images):
        return tens({"source1": tf.where(images["source1"] % 2 > 0, images["source1"], 0)})

    one = evaluate(half_right, folder, dataset, "test", reporter)
    other = evaluate(half_right, folder, dataset, "test", reporter, batch_size=batch_size)
    assert (one.confusion.matrix == other.confusion.matrix).all()
    assert [patch.score for patch in one.worst] == [patch.score for patch in other.worst]


def test_the_best_and_worst_patches_are_found(classes_dataset, reporter):
    folder, dataset, images, labels = classes_dataset
    wrong = (np.abs(images // 20 - labels) * (labels != 255)).astype(bool)
    shares = 1 - wrong.sum(axis=(1, 2, 3)) / (labels != 255).sum(axis=(1, 2, 3))

    def twenties(images):
        return tens({"source1": images["source1"] // 2})

    evaluation = evaluate(twenties, folder, dataset, "test", reporter)
    assert [patch.score for patch in evaluation.worst] == pytest.approx(sorted(shares)[:4])
    assert [patch.score for patch in evaluation.best] == pytest.approx(sorted(shares, reverse=True)[:4])
    worst = evaluation.worst[0]
    assert any((worst.image == image).all() for image in images)
    np.testing.assert_array_equal(worst.predicted, worst.image[..., 0] // 20)
    assert (worst.labels == worst.predicted)[worst.labelled].mean() == pytest.approx(worst.score)
    np.testing.assert_allclose(worst.confidence, 0.8)


def test_classes_are_matched_by_name(classes_dataset, reporter):
    folder, dataset, *_ = classes_dataset
    others = ClassList.from_values(["bog", "field", "forest", "water"])

    def predict(images):
        known = tens(images)
        return tf.concat([tf.zeros_like(known[..., :1]), known], axis=-1)

    evaluation = evaluate(predict, folder, dataset, "test", reporter, classes=others)
    assert evaluation.confusion.names == others.names
    assert evaluation.figures["accuracy"] == 1


def test_two_classes_of_one_name_are_not_mixed(classes_dataset, reporter):
    folder, dataset, *_ = classes_dataset
    several = [dataclasses.replace(known, name="forest") for known in dataset.classes.classes]
    dataset = dataclasses.replace(dataset, classes=ClassList(tuple(several)))
    assert evaluate(tens, folder, dataset, "test", reporter).figures["accuracy"] == 1


def test_patches_without_labels_are_not_ranked(tmp_path, reporter):
    images = np.arange(2 * SIZE * SIZE, dtype=np.float32).reshape(2, SIZE, SIZE, 1)
    labels = np.full((2, SIZE, SIZE, 1), 255, np.uint8)
    labels[1, 0, 0] = 0
    evaluation = evaluate(tens, *write(tmp_path / "sparse", images, labels), "test", reporter)
    assert evaluation.confusion.total == 1
    assert len(evaluation.best) + len(evaluation.worst) <= 2
    assert all((patch.image == images[1]).all() for patch in (*evaluation.best, *evaluation.worst))


def test_one_label_a_patch_is_that_of_its_central_pixel(tmp_path, reporter):
    images = np.zeros((3, SIZE, SIZE, 1), np.uint8)
    images[:, SIZE // 2, SIZE // 2, 0] = [0, 10, 20]
    labels = np.array([0, 1, 2], np.uint8).reshape(3, 1, 1, 1)
    evaluation = evaluate(tens, *write(tmp_path / "positions", images, labels), "test", reporter)
    assert (evaluation.confusion.total, evaluation.figures["accuracy"]) == (3, 1)


def test_one_prediction_a_patch_needs_one_label(tmp_path, classes_dataset, reporter):
    def whole(images):
        return tf.one_hot(tf.cast(tf.reduce_max(images["source1"], axis=(1, 2, 3)) // 10, tf.int32), 3)

    images = np.zeros((3, SIZE, SIZE, 1), np.uint8)
    images[:, 3, 2, 0] = [0, 10, 20]
    labels = np.array([0, 1, 255], np.uint8).reshape(3, 1, 1, 1)
    evaluation = evaluate(whole, *write(tmp_path / "positions", images, labels), "test", reporter)
    assert (evaluation.confusion.total, evaluation.figures["accuracy"]) == (2, 1)
    with pytest.raises(InputError, match=r"not of the same pixels.*1 × 1 pixels, labels of 8 × 8"):
        evaluate(whole, *classes_dataset[:2], "test", reporter)


def test_probabilities_that_are_no_numbers_do_not_look_sure(classes_dataset, reporter):
    folder, dataset, *_ = classes_dataset
    evaluation = evaluate(lambda images: tens(images) * np.nan, folder, dataset, "test", reporter)
    assert evaluation.reliability.mean_confidence == 0


@pytest.fixture
def values_dataset(tmp_path):
    """Patches whose label is twice the image's value, here and there unknown."""
    rng = np.random.default_rng(3)
    images = rng.random((SAMPLES, SIZE, SIZE, 1)).astype(np.float32)
    labels = np.where(rng.random(images.shape) < 0.3, np.nan, 2 * images).astype(np.float32)
    return (
        *write(tmp_path / "values", images, labels, values=RegressionTarget("cover", 1.0, 0.5, 0.0, 2.0)),
        images,
        labels,
    )


def test_values_are_compared(values_dataset, reporter):
    folder, dataset, images, labels = values_dataset
    offsets = np.where(np.isnan(labels), np.nan, 0.5 * images)
    evaluation = evaluate(lambda images: 2.5 * images["source1"], folder, dataset, "test", reporter)
    known = labels[np.isfinite(labels)].astype(np.float64)
    assert evaluation.figures["bias"] == pytest.approx(np.nanmean(offsets), rel=1e-5)
    assert evaluation.figures["rmse"] == pytest.approx(np.sqrt(np.nanmean(offsets**2)), rel=1e-5)
    assert evaluation.figures["r2"] == pytest.approx(
        1 - np.nansum(offsets**2) / ((known - known.mean()) ** 2).sum(), rel=1e-5
    )
    assert evaluation.errors.total == len(known) == evaluation.errors.histogram.sum()


def test_patches_of_values_are_ranked_by_their_error(values_dataset, reporter):
    folder, dataset, images, labels = values_dataset
    rmse = np.sqrt(np.nanmean(np.where(np.isnan(labels), np.nan, 0.5 * images) ** 2, axis=(1, 2, 3)))
    evaluation = evaluate(lambda images: 2.5 * images["source1"], folder, dataset, "test", reporter)
    assert [patch.score for patch in evaluation.best] == pytest.approx(sorted(rmse)[:4], rel=1e-5)
    assert [patch.score for patch in evaluation.worst] == pytest.approx(sorted(rmse, reverse=True)[:4], rel=1e-5)


def test_folder_and_model_agree(untrained, dataset_folder, reporter):
    folder, network = untrained("unet")
    dataset = DatasetDescription.read(dataset_folder)
    one = evaluate(saved_model_predictor(folder, PREDICTIONS), dataset_folder, dataset, "valid", reporter)
    other = evaluate(keras_predictor(network.model), dataset_folder, dataset, "valid", reporter)
    assert (one.confusion.matrix == other.confusion.matrix).all()
    assert one.confusion.total == sum(dataset.splits["valid"].pixels)


def test_the_figures_are_those_of_keras(untrained, dataset_folder, reporter):
    _, network = untrained("fcnn")
    dataset = DatasetDescription.read(dataset_folder)
    evaluation = evaluate(keras_predictor(network.model), dataset_folder, dataset, "valid", reporter)
    metric = keras.metrics.CategoricalAccuracy()
    from geodl_plugin.datasets.tfrecords import TFRecords

    for images, targets in TFRecords(dataset_folder / "valid").samples(["labels"]).batch(8):
        labels = targets["labels"][..., 0]
        predicted = network.model({name: tf.cast(image, tf.float32) for name, image in images.items()})[PREDICTIONS]
        metric.update_state(tf.one_hot(labels, 3), predicted, tf.cast(labels != 255, tf.float32))
    assert evaluation.figures["accuracy"] == pytest.approx(float(metric.result()), rel=1e-5)


def test_a_folder_that_is_no_saved_model_is_refused(tmp_path):
    (tmp_path / "saved_model.pb").write_bytes(b"damaged")
    with pytest.raises(InputError, match="cannot be loaded"):
        saved_model_predictor(Path(tmp_path), PREDICTIONS)


def test_results_hold_no_batch(classes_dataset, reporter):
    evaluation = evaluate(tens, *classes_dataset[:2], "test", reporter)
    for patch in evaluation.best:
        arrays = [getattr(patch, field.name) for field in dataclasses.fields(patch) if field.name != "score"]
        assert all(array.base is None for array in arrays)
