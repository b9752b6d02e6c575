"""The report on a dataset."""

import dataclasses
import shutil

import numpy as np
import pytest

from geodl_plugin.datasets.description import DatasetDescription, SplitInfo
from geodl_plugin.datasets.inspection import inspect_folder
from geodl_plugin.datasets.thin_ground import thin_ground
from geodl_plugin.errors import InputError
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.inspect_dataset import InspectDataset


@pytest.fixture
def dataset(dataset_folder):
    """The description."""
    return DatasetDescription.read(dataset_folder)


def test_the_report_shows_classes_bands_and_patches(dataset_folder, dataset, tmp_path, reporter):
    found = InspectDataset(str(dataset_folder), str(tmp_path / "report.html")).run(reporter)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    for text in (*dataset.classes.names, *dataset.sources[0].bands, "train", "valid", "test", "<svg", "data:image/png"):
        assert text in html
    for known in dataset.classes.classes:
        assert known.color in html
    assert found["count_train"] == dataset.splits["train"].samples
    assert found["classes"] == 3
    assert reporter.fractions[-1] == 1


def test_samples_show_their_class(dataset_folder, dataset, reporter):
    found = inspect_folder(dataset_folder, dataset, reporter)
    for index, patches in enumerate(found.samples):
        shares = [int((patch.labels == index).sum()) for patch in patches]
        assert len(shares) == 4
        assert min(shares) > 0.15 * 32 * 32


def test_the_histogram_counts_the_values(dataset_folder, dataset, reporter):
    bands = inspect_folder(dataset_folder, dataset, reporter).bands["source1"]
    for band, mean in zip(bands, dataset.sources[0].statistics["mean"]):
        centres = (band.edges[:-1] + band.edges[1:]) / 2
        assert np.average(centres, weights=band.counts) == pytest.approx(mean, rel=0.1)
        assert band.low < mean < band.high


def test_a_good_dataset_has_few_warnings(dataset_folder, dataset, reporter):
    assert [
        text for text in inspect_folder(dataset_folder, dataset, reporter).warnings if "patches to train" not in text
    ] == thin_ground(dataset)


def test_imbalance_and_absent_classes_are_warned_of(dataset_folder, dataset, reporter):
    splits = {**dataset.splits, "train": SplitInfo(500, 5, [10, 1000, 10]), "test": SplitInfo(9, 1, [0, 5, 0])}
    said = inspect_folder(dataset_folder, dataclasses.replace(dataset, splits=splits), reporter).warnings
    assert "The split test shows no pixel of field, water." in said
    assert any(text.startswith("The classes are out of balance: forest has 100 times") for text in said)


def test_a_dataset_without_valid_split_is_warned_of(dataset_folder, dataset, reporter):
    splits = {"train": dataset.splits["train"]}
    said = inspect_folder(dataset_folder, dataclasses.replace(dataset, splits=splits), reporter).warnings
    assert any("no split valid" in text for text in said)


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
    said = inspect_folder(odd_bands, DatasetDescription.read(odd_bands), reporter).warnings
    assert "The band flat of source1 has the same value everywhere: it carries no information." in said
    assert any(text.startswith("The band bright of source1 is saturated: ") for text in said)
    assert any(text.startswith("The band holes of source1 has no data in ") for text in said)
    assert not any("fine" in text for text in said)
    assert "The band flat" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def of_values(make_raster, make_vector, tmp_path, reporter):
    """Gives a dataset of labels of continuous values, given as [y, x], on an image of 60 × 80 pixels."""

    def make(labels, label_mode="values", **options):
        labels = make_raster(np.asarray(labels, np.float32), name="tree cover.tif")
        image = make_raster(np.random.default_rng(1).integers(0, 250, (60, 80, 3)).astype(np.uint8))
        points = [
            (f"POINT({500085 + 30 * col} {3999915 - 30 * row})", 1.5 * col + row)
            for col in range(20)
            for row in range(12)
        ]
        positions = make_vector(points, name="points.gpkg")
        output = tmp_path / "values"
        options = {"patch_size": 16, "label_mode": label_mode, "labels_raster": labels, **options}
        ExportTFRecords([image], positions, str(output), **options).run(reporter)
        return output

    return make


@pytest.fixture
def ramp():
    """Labels that grow with the column, from 0 to 79, and some that are missing."""
    labels = np.broadcast_to(np.arange(80.0), (60, 80)).copy()
    labels[:30, ::7] = np.nan
    return labels


@pytest.mark.parametrize(("label_mode", "name"), [("values", "tree cover"), ("position", "class")])
def test_the_report_shows_continuous_values(of_values, ramp, tmp_path, reporter, label_mode, name):
    folder = of_values(ramp, label_mode)
    found = InspectDataset(str(folder), str(tmp_path / "report.html")).run(reporter)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    values = DatasetDescription.read(folder).values
    for text in (
        name,
        "share of the labels",
        f"{values.mean:.6g}",
        f"{values.stddev:.4g}",
        "data:image/png",
        "low to high",
    ):
        assert text in html
    assert (found["classes"], found["count_train"]) == (0, 240)
    assert "Classes" not in html


def test_samples_of_values_are_spread_from_low_to_high(of_values, ramp, reporter):
    folder = of_values(ramp)
    rows = inspect_folder(folder, DatasetDescription.read(folder), reporter).samples
    means = [float(np.nanmean(patch.labels)) for row in rows for patch in row]
    assert [len(row) for row in rows] == [4, 4, 4]
    assert means == sorted(means)
    assert np.diff(means).max() < 3 * (means[-1] - means[0]) / 11


def test_figures_of_values_are_those_of_the_labels(of_values, ramp, reporter):
    folder = of_values(ramp)
    dataset = DatasetDescription.read(folder)
    found = inspect_folder(folder, dataset, reporter).label_distributions["train"]
    expected = dataset.values
    assert (found.minimum, found.maximum) == (expected.minimum, expected.maximum)
    assert (found.mean, found.stddev) == (pytest.approx(expected.mean), pytest.approx(expected.stddev))
    assert inspect_folder(folder, dataset, reporter).warnings == [
        "There is no split valid: training cannot tell when the network is best."
    ]


def test_damaged_records_are_refused(dataset_folder, tmp_path, reporter):
    folder = tmp_path / "damaged"
    shutil.copytree(dataset_folder, folder)
    for file in (folder / "train").glob("*.records"):
        file.write_bytes(b"damaged" * 50)
    with pytest.raises(InputError, match="is damaged"):
        InspectDataset(str(folder), str(tmp_path / "report.html")).run(reporter)
    assert not (tmp_path / "report.html").exists()


def test_a_dataset_without_splits_is_refused(dataset, tmp_path, reporter):
    dataclasses.replace(dataset, splits={}).write(tmp_path)
    with pytest.raises(InputError, match=r"has no split\. Expected: train, valid, test"):
        InspectDataset(str(tmp_path), str(tmp_path / "report.html")).run(reporter)


def test_a_split_without_its_folder_is_told(dataset_folder, tmp_path, reporter):
    folder = tmp_path / "parts"
    shutil.copytree(dataset_folder, folder)
    shutil.rmtree(folder / "train")
    with pytest.raises(InputError, match="train is not a folder of TFRecords"):
        InspectDataset(str(folder), str(tmp_path / "report.html")).run(reporter)


def test_records_that_are_missing_are_told(dataset_folder, dataset, tmp_path, reporter):
    folder = tmp_path / "cut"
    shutil.copytree(dataset_folder, folder)
    (folder / "train" / "0.records").write_bytes(b"")
    with pytest.raises(InputError, match=f"is damaged.*{dataset.splits['train'].samples} samples in the split train"):
        InspectDataset(str(folder), str(tmp_path / "report.html")).run(reporter)
    assert not (tmp_path / "report.html").exists()


def test_a_folder_that_is_no_dataset_is_refused(tmp_path, reporter):
    with pytest.raises(InputError, match="not a dataset folder"):
        InspectDataset(str(tmp_path), str(tmp_path / "report.html")).run(reporter)
