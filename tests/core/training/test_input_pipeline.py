"""A dataset as batches."""

import dataclasses
import shutil

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SplitInfo
from geodl_plugin.datasets.records_writer import RecordsWriter
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.runtime.numbers import ceil_div
from geodl_plugin.training import input_pipeline
from geodl_plugin.training.augmentation.noise import GaussianNoise
from geodl_plugin.training.input_pipeline import InputPipeline


@pytest.fixture
def dataset(dataset_folder):
    """The description of the dataset."""
    return DatasetDescription.read(dataset_folder)


@pytest.fixture
def make(dataset_folder, dataset):
    """Batches of the dataset with another manifest."""

    def run(label_kind="image", folder=dataset_folder, **changes):
        changed = dataclasses.replace(dataset, **changes)
        return InputPipeline(
            folder,
            changed,
            {source.name: source.statistics["mean"] for source in changed.sources},
            label_kind=label_kind,
        )

    return run


def test_batches_have_images_labels_and_weights(make):
    images, labels, weights = next(iter(make().sequential("train", 4)))
    assert (images["source1"].shape, images["source1"].dtype) == ((4, 32, 32, 4), tf.float32)
    assert labels[PREDICTIONS].shape == (4, 32, 32, 3)
    assert weights[PREDICTIONS].shape == (4, 32, 32)


def test_unlabelled_pixels_have_no_weight(make, dataset):
    weighted = 0
    for _, labels, weights in make().sequential("train", 16):
        np.testing.assert_array_equal(tf.reduce_sum(labels[PREDICTIONS], axis=-1), weights[PREDICTIONS])
        weighted += int(tf.reduce_sum(weights[PREDICTIONS]))
    assert weighted == sum(dataset.splits["train"].pixels)


def test_pixels_have_the_weight_of_their_class(make):
    given = np.array([1.0, 10.0, 100.0])
    for _, labels, weights in make().training(16, 3, range(1), seed=0, class_weights=given).take(3):
        np.testing.assert_allclose(weights[PREDICTIONS], labels[PREDICTIONS].numpy() @ given)


def test_missing_values_are_the_mean_that_the_network_has_or_marked(dataset_folder, dataset):
    batches = InputPipeline(dataset_folder, dataset, {"source1": [0.0] * 4})
    first = next(iter(batches.sequential("train", 1)))[0]["source1"].numpy()
    hidden = float(first[0, 0, 0, 1])
    source = dataclasses.replace(dataset.sources[0], nodata=[None, hidden, None, None])
    means = [1.0, 7.0, 1.0, 1.0]
    again = InputPipeline(dataset_folder, dataclasses.replace(dataset, sources=[source]), {"source1": means})
    expected = np.where(first[..., 1] == hidden, np.float32(7), first[..., 1])
    np.testing.assert_array_equal(next(iter(again.sequential("train", 1)))[0]["source1"][..., 1], expected)
    marked = InputPipeline(
        dataset_folder, dataclasses.replace(dataset, sources=[source]), {"source1": means}, "image", True
    )
    expected = np.where(first[..., 1] == hidden, np.float32(np.nan), first[..., 1])
    np.testing.assert_array_equal(next(iter(marked.sequential("train", 1)))[0]["source1"][..., 1], expected)


def test_the_number_of_steps_is_known(make, dataset):
    data = make().sequential("train", 7)
    assert len(data) == ceil_div(dataset.splits["train"].samples, 7) == len(list(data))


def corners(batches):
    """Something by which each sample is known, in order."""
    return np.concatenate([images["source1"][:, 0, 0, :].numpy() for images, _, _ in batches])


def test_each_training_epoch_shows_all_samples_in_an_order_of_its_own(make, dataset):
    count = dataset.splits["train"].samples
    assert count % 8
    steps = ceil_div(count, 8)
    shown = corners(make().training(8, steps, range(2), seed=1)).reshape(2, steps * 8, 4)
    samples = {tuple(corner) for corner in corners(make().sequential("train", 8))}
    for epoch in shown:
        assert {tuple(one) for one in epoch[:count]} == samples
    assert (shown[0] != shown[1]).any()


def test_a_training_that_is_resumed_sees_what_the_whole_one_sees_there(make):
    layers = [GaussianNoise({"source1": [1.0] * 4})]
    whole, rest = (corners(make().training(8, 3, epochs, seed=4, layers=layers)) for epochs in (range(3), range(1, 3)))
    np.testing.assert_array_equal(whole[24:], rest)


def test_seeds_decide_whatever_else_was_drawn(make):
    def shown(seed, other):
        keras.utils.set_random_seed(other)
        return corners(make().training(8, 2, range(1), seed=seed, layers=[GaussianNoise({"source1": [1.0] * 4})]))

    np.testing.assert_array_equal(shown(1, 0), shown(1, 7))
    assert (shown(1, 0) != shown(2, 0)).any()


def test_shards_share_the_samples(make, dataset):
    steps = ceil_div(dataset.splits["train"].samples, 8)
    parts = [corners(make().training(4, steps, range(1), seed=0, shards=2, shard=shard)) for shard in (0, 1)]
    whole = corners(make().training(8, steps, range(1), seed=0))
    np.testing.assert_array_equal(np.stack(parts, axis=1).reshape(whole.shape), whole)


def test_large_records_are_shuffled_in_few(make, monkeypatch):
    asked = []
    raw = input_pipeline.TFRecords.raw

    def record(self, *, shuffle_buffer_size=0, seed=None):
        asked.append(shuffle_buffer_size)
        return raw(self, shuffle_buffer_size=shuffle_buffer_size, seed=seed)

    monkeypatch.setattr(input_pipeline.TFRecords, "raw", record)
    make().training(8, 1, range(1), seed=0)
    monkeypatch.setattr(input_pipeline, "_SHUFFLED_BYTES", 20 * 32 * 32 * (4 * 2 + 1))
    make().training(8, 1, range(1), seed=0)
    make().training(30, 1, range(1), seed=0)
    assert asked == [2048, 20, 30]


@pytest.fixture
def write(tmp_path, dataset_folder):
    """Write a dataset of images that number their pixels, with these labels."""

    def run(labels, **changes):
        folder = tmp_path / "dataset"
        changed = dataclasses.replace(DatasetDescription.read(dataset_folder), label_size=labels.shape[1], **changes)
        changed = dataclasses.replace(changed, splits={"train": SplitInfo(len(labels), 1, [])})
        with RecordsWriter(folder / "train", 1) as writer:
            writer.describe(
                {"source1": "uint16", "labels": labels.dtype.name},
                {"source1": (32, 32, 4), "labels": labels.shape[1:]},
            )
            for label in labels:
                writer.write(0, {"source1": np.zeros((32, 32, 4), np.uint16), "labels": label})
        changed.write(folder)
        return folder, changed

    return run


def test_one_label_a_patch_is_that_of_the_central_pixel(write, make):
    folder, _ = write(np.array([0, 2, 1], np.uint8).reshape(3, 1, 1, 1))
    _, labels, weights = next(iter(make(folder=folder, label_size=1).sequential("train", 3)))
    labels, weights = labels[PREDICTIONS].numpy(), weights[PREDICTIONS].numpy()
    np.testing.assert_array_equal(np.argwhere(weights), [[0, 16, 16], [1, 16, 16], [2, 16, 16]])
    np.testing.assert_array_equal(labels[:, 16, 16], np.eye(3)[[0, 2, 1]])
    assert labels.sum() == 3


def test_networks_of_patches_get_one_label_a_patch(write, make):
    folder, _ = write(np.array([0, 2, 255], np.uint8).reshape(3, 1, 1, 1))
    _, labels, weights = next(iter(make("patch", folder, label_size=1).sequential("train", 3)))
    np.testing.assert_array_equal(labels[PREDICTIONS], [[1, 0, 0], [0, 0, 1], [0, 0, 0]])
    np.testing.assert_array_equal(weights[PREDICTIONS], [1, 1, 0])


def test_networks_of_patches_take_the_label_of_the_central_pixel(write, make):
    whole = np.zeros((1, 32, 32, 1), np.uint8)
    whole[0, 16, 16] = 2
    folder, _ = write(whole)
    _, labels, _ = next(iter(make("patch", folder).sequential("train", 1)))
    np.testing.assert_array_equal(labels[PREDICTIONS], [[0, 0, 1]])


def test_values_that_are_missing_have_no_weight(write, make):
    values = np.full((2, 32, 32, 1), np.nan, np.float32)
    values[1, 4, 5] = -7.5
    folder, changed = write(values, values=RegressionTarget("cover", 0.0, 1.0, -8.0, 8.0))
    batches = make(folder=folder, values=changed.values)
    _, labels, weights = next(iter(batches.sequential("train", 2)))
    np.testing.assert_array_equal(np.argwhere(weights[PREDICTIONS]), [[1, 4, 5]])
    assert labels[PREDICTIONS].shape == (2, 32, 32, 1)
    assert labels[PREDICTIONS][1, 4, 5, 0] == -7.5
    assert np.count_nonzero(labels[PREDICTIONS]) == 1


def test_one_value_a_patch_is_that_of_the_central_pixel(write, make):
    folder, changed = write(
        np.full((1, 1, 1, 1), 3.5, np.float32), values=RegressionTarget("cover", 0.0, 1.0, -8.0, 8.0)
    )
    _, labels, weights = next(iter(make(folder=folder, values=changed.values, label_size=1).sequential("train", 1)))
    assert labels[PREDICTIONS][0, 16, 16, 0] == 3.5
    assert np.count_nonzero(weights[PREDICTIONS]) == 1


def test_folders_may_lie_anywhere(make, dataset_folder, tmp_path):
    shutil.copytree(dataset_folder, tmp_path / "影像 folder")
    assert make(folder=tmp_path / "影像 folder").element_spec == make().element_spec
