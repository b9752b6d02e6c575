"""The report on a dataset."""

import dataclasses
import shutil

import numpy as np
import pytest

from geodl_plugin.datasets.inspection import inspect
from geodl_plugin.datasets.manifest import Dataset, SplitInfo
from geodl_plugin.errors import InputError
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.inspect_dataset import InspectDataset


@pytest.fixture
def dataset(dataset_folder):
    """The manifest."""
    return Dataset.read(dataset_folder)


def test_the_report_shows_classes_bands_and_patches(dataset_folder, dataset, tmp_path, reporter):
    found = InspectDataset(str(dataset_folder), str(tmp_path / "report.html")).run(reporter)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    for text in (*dataset.classes.names, *dataset.sources[0].bands, "train", "valid", "test", "<svg", "data:image/png"):
        assert text in html
    for one in dataset.classes.classes:
        assert one.color in html
    assert found["count_train"] == dataset.splits["train"].samples
    assert found["classes"] == 3
    assert reporter.fractions[-1] == 1


def test_samples_show_their_class(dataset_folder, dataset, reporter):
    found = inspect(dataset_folder, dataset, reporter)
    for index, patches in enumerate(found.samples):
        shares = [int((patch.labels == index).sum()) for patch in patches]
        assert len(shares) == 4
        assert min(shares) > 0.15 * 32 * 32


def test_the_histogram_counts_the_values(dataset_folder, dataset, reporter):
    bands = inspect(dataset_folder, dataset, reporter).bands["source1"]
    for band, mean in zip(bands, dataset.sources[0].statistics["mean"]):
        centres = (band.edges[:-1] + band.edges[1:]) / 2
        assert np.average(centres, weights=band.counts) == pytest.approx(mean, rel=0.1)
        assert band.low < mean < band.high


def test_a_good_dataset_has_few_warnings(dataset_folder, dataset, reporter):
    assert [one for one in inspect(dataset_folder, dataset, reporter).warnings if "patches to train" not in one] == []


def test_imbalance_and_absent_classes_are_warned_of(dataset_folder, dataset, reporter):
    splits = {**dataset.splits, "train": SplitInfo(500, 5, [10, 1000, 10]), "test": SplitInfo(9, 1, [0, 5, 0])}
    said = inspect(dataset_folder, dataclasses.replace(dataset, splits=splits), reporter).warnings
    assert "The split test shows no pixel of field, water." in said
    assert any(one.startswith("The classes are out of balance: forest has 100 times") for one in said)


def test_a_dataset_without_valid_split_is_warned_of(dataset_folder, dataset, reporter):
    splits = {"train": dataset.splits["train"]}
    said = inspect(dataset_folder, dataclasses.replace(dataset, splits=splits), reporter).warnings
    assert any("no split valid" in one for one in said)


@pytest.fixture
def odd_bands(make_raster, make_vector, box, tmp_path, reporter):
    """A dataset whose bands are constant, saturated, half without data, and fine."""
    chance = np.random.default_rng(1)
    values = chance.integers(1, 200, (60, 80, 4)).astype(np.uint8)
    values[..., 0] = 7
    values[::10, :, 1] = 255
    values[:, ::2, 2] = 0
    image = make_raster(values, band_names=("flat", "bright", "holes", "fine"), nodata=0)
    points = make_vector([(f"POINT({500205 + 10 * step} 3999795)", 1) for step in range(30)], name="points.gpkg")
    polygons = make_vector([(box(0, 0, 30, 60), 1), (box(30, 0, 50, 60), 2)])
    report = str(tmp_path / "report.html")
    output = tmp_path / "odd"
    ExportTFRecords([image], points, str(output), 16, labels_vector=polygons, class_field="class", report=report).run(
        reporter
    )
    return output


def test_odd_bands_are_warned_of(odd_bands, reporter, tmp_path):
    said = inspect(odd_bands, Dataset.read(odd_bands), reporter).warnings
    assert "The band flat of source1 has the same value everywhere: it tells nothing." in said
    assert any(one.startswith("The band bright of source1 is saturated: ") for one in said)
    assert any(one.startswith("The band holes of source1 has no data in ") for one in said)
    assert not any("fine" in one for one in said)
    assert "The band flat" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_damaged_records_are_refused(dataset_folder, tmp_path, reporter):
    folder = tmp_path / "damaged"
    shutil.copytree(dataset_folder, folder)
    for file in (folder / "train").glob("*.records"):
        file.write_bytes(b"damaged" * 50)
    with pytest.raises(InputError, match="is damaged"):
        InspectDataset(str(folder), str(tmp_path / "report.html")).run(reporter)
    assert not (tmp_path / "report.html").exists()


def test_records_that_are_missing_are_told(dataset_folder, dataset, tmp_path, reporter):
    folder = tmp_path / "cut"
    shutil.copytree(dataset_folder, folder)
    (folder / "train" / "0.records").write_bytes(b"")
    with pytest.raises(InputError, match=f"is damaged.*{dataset.splits['train'].samples} samples in the split train"):
        InspectDataset(str(folder), str(tmp_path / "report.html")).run(reporter)
    assert not (tmp_path / "report.html").exists()


def test_a_folder_that_is_no_dataset_is_refused(tmp_path, reporter):
    with pytest.raises(InputError, match="no dataset folder"):
        InspectDataset(str(tmp_path), str(tmp_path / "report.html")).run(reporter)
