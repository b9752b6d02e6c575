"""The job that writes patches images as a dataset."""

from pathlib import Path

import numpy as np
import pytest

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.datasets.tfrecords import TFRecords
from geodl_plugin.errors import InputError
from geodl_plugin.jobs.patches_to_tfrecords import PatchesToTFRecords

COUNT, SIZE = 30, 4


@pytest.fixture
def convert(make_raster, tmp_path, reporter):
    """Run the job on two rasters of patches whose values are their number; gives its results."""
    numbers = np.arange(COUNT).repeat(SIZE)[:, None, None]
    image = np.broadcast_to(numbers * 10 + np.arange(2), (COUNT * SIZE, SIZE, 2)).astype(np.uint16)
    label = np.broadcast_to(numbers[..., 0] % 3 * 7, (COUNT * SIZE, SIZE)).astype(np.uint8)
    half = 12 * SIZE
    parts = {
        "source1": [make_raster(image[:half], name="a.tif"), make_raster(image[half:], name="b.tif")],
        "labels": [make_raster(label[:half], name="l.tif"), make_raster(label[half:], name="m.tif")],
    }

    def run(**options):
        return PatchesToTFRecords(**{**parts, "output": str(tmp_path / "dataset"), **options}).run(reporter)

    return run


def samples(folder, split):
    """Number and label of the patches of a split."""
    data = TFRecords(f"{folder}/{split}").read(1, ["labels"])
    return sorted(
        (int(images["source1"][0, 0, 0, 0]) // 10, int(targets["labels"][0, 0, 0, 0])) for images, targets in data
    )


def test_each_patch_keeps_its_label_and_has_one_split(convert):
    result = convert()
    assert result["counts"] == {"train": 21, "valid": 6, "test": 3}
    found = sorted(sample for split in ("train", "valid", "test") for sample in samples(result["output"], split))
    assert found == [(number, number % 3) for number in range(COUNT)]


def test_the_manifest_describes_them(convert):
    dataset = DatasetDescription.read(Path(convert(names=["xs"], valid_fraction=0.0, test_fraction=0.0)["output"]))
    assert (dataset.classes.values, dataset.label_size, list(dataset.splits)) == ([0, 7, 14], SIZE, ["train"])
    assert (dataset.sources[0].name, dataset.sources[0].patch_size) == ("xs", SIZE)
    np.testing.assert_allclose(dataset.sources[0].statistics["mean"], [145, 146])
    assert dataset.splits["train"].pixels == [160, 160, 160]


def test_one_label_a_patch(convert, make_raster):
    labels = make_raster((np.arange(COUNT) % 2 + 1).astype(np.uint8)[:, None], name="one.tif")
    dataset = DatasetDescription.read(Path(convert(labels=[labels])["output"]))
    assert (dataset.label_size, dataset.classes.values) == (1, [1, 2])


def test_no_data_is_unlabelled(convert, make_raster):
    values = (np.arange(COUNT) % 3).astype(np.uint8)[:, None]
    result = convert(labels=[make_raster(values, name="one.tif", nodata=0)], valid_fraction=0.0, test_fraction=0.0)
    labels = {255: 0, 0: 1, 1: 2}
    assert all(number % 3 == labels[label] for number, label in samples(result["output"], "train"))
    assert DatasetDescription.read(Path(result["output"])).classes.values == [1, 2]


def test_real_numbers_are_values_to_learn(convert, make_raster, reporter):
    values = np.arange(COUNT).repeat(SIZE)[:, None].repeat(SIZE, 1) / 4
    values[: 2 * SIZE] = np.nan
    values[2 * SIZE : 3 * SIZE] = -9
    values[3 * SIZE :, 0] = -9
    labels = make_raster(values.astype(np.float32), name="cover.tif", nodata=-9)
    result = convert(labels=[labels], valid_fraction=0.2, test_fraction=0.0)
    dataset = DatasetDescription.read(Path(result["output"]))
    assert result["counts"] == {"train": 22, "valid": 5, "test": 0}
    assert "3 patches have no labelled pixel and are left out." in reporter.warnings
    assert any("If they are classes" in message for message in reporter.messages)
    found = {}
    for split in ("train", "valid"):
        for images, targets in TFRecords(f"{result['output']}/{split}").read(1, ["labels"]):
            patch = targets["labels"][0, ..., 0].numpy()
            assert patch.dtype == np.float32 and np.isnan(patch[:, 0]).all()
            found[int(images["source1"][0, 0, 0, 0]) // 10] = np.unique(patch[:, 1:]).tolist()
    assert found == {number: [number / 4] for number in range(3, COUNT)}
    assert (dataset.task, dataset.values.name, dataset.label_size) == ("regression", "cover", SIZE)
    assert dataset.splits["train"].pixels == [22 * SIZE * (SIZE - 1)]


@pytest.mark.parametrize("number", [2, 3, 4])
def test_each_source_keeps_its_patches(convert, make_raster, number):
    wide = make_raster(np.arange(COUNT, dtype=np.float32).repeat(2)[:, None].repeat(2, 1), name="wide.tif")
    result = convert(**{f"source{number}": [wide]}, names=["near", "far"])
    for images, _ in TFRecords(f"{result['output']}/train").read(1, ["labels"]):
        assert int(images["far"][0, 0, 0, 0]) == int(images["near"][0, 0, 0, 0]) // 10


def test_further_sources_compression_and_remainder(convert, make_raster, reporter):
    wide = make_raster(np.arange(COUNT, dtype=np.float32).repeat(2)[:, None].repeat(2, 1), name="wide.tif")
    result = convert(source3=[wide], compression="gzip", drop_remainder=True, samples_per_shard=3)
    dataset = DatasetDescription.read(Path(result["output"]))
    assert [source.patch_size for source in dataset.sources] == [SIZE, 2]
    assert dataset.compression == "gzip"
    for images, _ in TFRecords(f"{result['output']}/train").read(1, ["labels"]):
        assert int(images["source2"][0, 0, 0, 0]) == int(images["source1"][0, 0, 0, 0]) // 10
    convert(drop_remainder=True, samples_per_shard=2)
    assert "1 of 21 train samples do not fill a file of 2 and are dropped." in reporter.warnings


def test_the_seed_decides_the_splits(convert, tmp_path):
    first, same, other = (
        samples(convert(seed=seed, output=str(tmp_path / name))["output"], "valid")
        for seed, name in ((1, "a"), (1, "b"), (2, "c"))
    )
    assert first == same != other


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_fraction": 0.7, "test_fraction": 0.3},
        {"valid_fraction": -0.1},
        {"valid_fraction": float("nan")},
        {"test_fraction": float("nan")},
        {"test_fraction": float("inf")},
        {"seed": -1},
        {"seed": 2**32},
        {"samples_per_shard": 0},
        {"names": ["a", "b"]},
        {"compression": "zip"},
        {"labels": []},
    ],
)
def test_values_that_do_not_fit_are_refused(convert, tmp_path, wrong):
    with pytest.raises(InputError):
        convert(**wrong)
    assert not (tmp_path / "dataset").exists()


@pytest.mark.parametrize("values", [np.zeros((COUNT, 1), np.uint8), np.zeros((COUNT, 1), np.float32)])
def test_labels_that_are_none_are_refused(convert, make_raster, values):
    with pytest.raises(InputError, match="labels"):
        convert(labels=[make_raster(values, name="none.tif")])
