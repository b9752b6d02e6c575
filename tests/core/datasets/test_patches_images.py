"""Patches images as datasets."""

import functools
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets import DatasetFromPatchesImages, IteratorBase, PatchesImagesReader, RandomIterator, TFRecords
from geodl_plugin.errors import InputError
from geodl_plugin.ops import one_hot


def patches(first, count, size=4, bands=3, dtype=np.uint16):
    """Patches whose values are 100 × their number plus the band."""
    numbers = np.arange(first, first + count).repeat(size)
    values = 100 * numbers[:, None, None] + np.arange(bands)
    return np.broadcast_to(values, (count * size, size, bands)).astype(dtype)


@pytest.fixture
def images(make_raster):
    """Two patches images of 6 and 5 patches, with one label each."""
    return {
        "xs": [make_raster(patches(0, 6), name="xs_1.tif"), make_raster(patches(6, 5), name="xs_2.tif")],
        "labels": [
            make_raster(np.arange(6, dtype=np.uint8)[:, None], name="labels_1.tif"),
            make_raster(np.arange(6, 11, dtype=np.uint8)[:, None], name="labels_2.tif"),
        ],
    }


def numbers(data):
    """Number and label of all samples, in their order."""
    return [
        (int(xs) // 100, int(label))
        for inputs, targets in data
        for xs, label in zip(inputs["xs"][:, 0, 0, 0], targets["labels"][:, 0, 0, 0])
    ]


@pytest.mark.parametrize("streaming", [True, False])
def test_each_sample_by_its_number(images, streaming):
    reader = PatchesImagesReader(images, use_streaming=streaming)
    assert reader.size == 11
    for index in range(11):
        sample = reader.get_sample(index)
        np.testing.assert_array_equal(sample["xs"], patches(index, 1))
        assert sample["labels"].tolist() == [[[index]]]


def test_statistics(images, make_raster):
    every = patches(0, 11).astype(float)
    found = PatchesImagesReader(images, use_streaming=True).get_stats()["xs"]
    for key, figure in (("min", every.min), ("max", every.max), ("mean", every.mean), ("std", every.std)):
        np.testing.assert_allclose(found[key], figure(axis=(0, 1)))
    negative = make_raster(np.full((8, 4), -7, np.int16))
    assert PatchesImagesReader({"xs": [negative]}).get_stats()["xs"]["max"] == [-7]


def test_scalars_are_further_tensors(images):
    dataset = DatasetFromPatchesImages(images, scalar_dict={"day": [float(day) for day in range(11)]})
    for batch in dataset.get_tf_dataset(4):
        np.testing.assert_array_equal(batch["day"], batch["labels"][:, 0, 0, 0])


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("half.tif", np.zeros((18, 4), np.uint16), "4 × 18 pixels"),
        ("type.tif", np.zeros((8, 4, 3), np.uint8), "differ in size or type"),
        ("size.tif", np.zeros((10, 5, 3), np.uint16), "differ in size or type"),
    ],
)
def test_rasters_that_do_not_fit_are_refused(images, make_raster, name, values, message):
    with pytest.raises(InputError, match=message):
        PatchesImagesReader({**images, "xs": [*images["xs"], make_raster(values, name=name)]})


def test_unequal_numbers_are_refused(images):
    with pytest.raises(InputError, match="Received: 11 of xs, 6 of labels"):
        PatchesImagesReader({"xs": images["xs"], "labels": images["labels"][:1]})


@pytest.mark.parametrize("streaming", [True, False])
@pytest.mark.parametrize("buffer_length", [1, 128])
def test_batches_have_each_sample_once(images, streaming, buffer_length):
    data = DatasetFromPatchesImages(images, streaming, buffer_length).get_tf_dataset(4, targets_keys=["labels"])
    assert len(data) == 3
    assert sorted(numbers(data)) == [(number, number) for number in range(11)]
    assert numbers(data) != numbers(data)


def test_the_same_seed_gives_the_same_order(images):
    def order(seed):
        make = functools.partial(RandomIterator, seed=seed)
        data = DatasetFromPatchesImages(images, iterator_cls=make).get_tf_dataset(4, targets_keys=["labels"])
        return [numbers(data) for _ in range(2)]

    assert order(3) == order(3) != order(4)


def test_an_epoch_left_early_changes_no_other(images):
    def second(first):
        data = DatasetFromPatchesImages(images).get_tf_dataset(1, targets_keys=["labels"])
        list(data.take(first))
        return numbers(data)

    assert second(1) == second(5)


class Backwards(IteratorBase):
    """From the last to the first, once."""

    def __init__(self, patches_reader):
        self._left = list(range(patches_reader.size))

    def __next__(self):
        if not self._left:
            raise StopIteration
        return self._left.pop()


def test_a_custom_iterator_decides_the_order(images):
    data = DatasetFromPatchesImages(images, iterator_cls=Backwards).get_tf_dataset(4, targets_keys=["labels"])
    for _ in range(2):
        assert [number for number, _ in numbers(data)] == list(range(10, -1, -1))


def test_a_dropped_remainder_is_told(images):
    dataset = DatasetFromPatchesImages(images)
    with pytest.warns(UserWarning, match="3 of 11 samples do not fill batches of 4 and are dropped"):
        data = dataset.get_tf_dataset(4, drop_remainder=True, targets_keys=["labels"])
    assert len(numbers(data)) == 8


def test_samples_can_be_changed(images):
    def prepare(examples):
        return {"input": examples["xs"], "target": one_hot(examples["labels"], nb_classes=11)}

    data = DatasetFromPatchesImages(images).get_tf_dataset(11, preprocessing_fn=prepare, targets_keys=["target"])
    ((inputs, targets),) = data
    np.testing.assert_array_equal(tf.argmax(targets["target"][:, 0, 0], axis=-1), inputs["input"][:, 0, 0, 0] // 100)


def test_unlabelled_is_no_class():
    assert one_hot(tf.constant([[0], [2], [255]], tf.uint8), nb_classes=3).numpy().tolist() == [
        [1, 0, 0],
        [0, 0, 1],
        [0, 0, 0],
    ]


def test_a_fault_in_reading_is_raised(images):
    class Beyond(Backwards):
        def __next__(self):
            return super().__next__() + 5

    with pytest.raises(tf.errors.OpError, match="sample 15 of 11"):
        list(DatasetFromPatchesImages(images, iterator_cls=Beyond).get_tf_dataset(4))


def test_reading_goes_ahead_and_ends_with_its_reader(images):
    before = set(threading.enumerate())
    dataset = DatasetFromPatchesImages(images, use_streaming=True, buffer_length=3)
    chunks = dataset._chunks(range(11))
    next(chunks)
    (thread,) = set(threading.enumerate()) - before
    chunks.close()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.parametrize("compression", ["none", "gzip"])
def test_to_tfrecords_and_back(images, tmp_path, compression):
    DatasetFromPatchesImages(images).to_tfrecords(tmp_path / "records", 4, compression=compression)
    records = TFRecords(tmp_path / "records")
    assert len(records.files) == 3
    assert sorted(numbers(records.read(4, ["labels"]))) == [(number, number) for number in range(11)]


def test_to_tfrecords_tells_what_it_drops(images, tmp_path):
    with pytest.warns(UserWarning, match="3 of 11 samples do not fill files of 4 and are dropped"):
        DatasetFromPatchesImages(images).to_tfrecords(tmp_path / "records", 4, drop_remainder=True)
    assert TFRecords(tmp_path / "records").count() == 8


def test_fewer_samples_than_a_file_are_told(images, tmp_path):
    with pytest.warns(UserWarning) as told:
        DatasetFromPatchesImages(images).to_tfrecords(tmp_path / "records", 100, drop_remainder=True)
    assert [str(warning.message)[:12] for warning in told] == ["11 of 11 sam", "No sample is"]
    assert not (tmp_path / "records").exists()


def test_a_folder_of_somebody_else_is_not_replaced(images, tmp_path):
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(InputError, match="other files"):
        DatasetFromPatchesImages(images).to_tfrecords(tmp_path)


def test_the_package_loads_without_tensorflow():
    program = (
        "import sys; from geodl_plugin.datasets import PatchesImagesReader, RandomIterator; "
        "sys.exit('tensorflow' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[3]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_numbers_of_samples_that_cannot_be_are_refused(images, tmp_path):
    dataset = DatasetFromPatchesImages(images)
    for count in (0, -1):
        with pytest.raises(InputError, match="Invalid"):
            dataset.get_tf_dataset(count)
        with pytest.raises(InputError, match="Invalid"):
            dataset.to_tfrecords(tmp_path / "records", n_samples_per_shard=count)
    assert not (tmp_path / "records").exists()
