"""The job that scores a network on a split of a dataset."""

import csv
import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SplitInfo
from geodl_plugin.datasets.records_writer import RecordsWriter
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.evaluate_model import EvaluateModel
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_grid import SampleGrid
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.models.fields import Fields
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.runtime.reporter import ConsoleReporter


@pytest.fixture
def score(untrained, dataset_folder, reporter):
    """Run the job on a network with random weights."""

    def run(**options):
        folder, _ = untrained("fcnn")
        return EvaluateModel(**{"model": str(folder), "dataset": str(dataset_folder), **options}).run(reporter)

    return run


def test_figures_report_and_matrix_agree(score, dataset_folder, tmp_path):
    report, confusion = tmp_path / "report.html", tmp_path / "confusion.csv"
    found = score(report=str(report), confusion=str(confusion))
    split = DatasetDescription.read(dataset_folder).splits["test"]
    with confusion.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    matrix = np.array([[int(value) for value in row[1:]] for row in rows])
    assert header[1:] == [row[0] for row in rows] == ["field", "forest", "water"]
    assert matrix.sum(axis=1).tolist() == split.pixels
    assert found["accuracy"] == pytest.approx(matrix.trace() / matrix.sum())
    assert found["samples"] == split.samples
    assert all(0 <= found[name] <= 1 for name in ("f1", "iou", "ece"))
    html = report.read_text(encoding="utf-8")
    for text in ("split test", "Worst patches", "fcnn", dataset_folder.name, f"{100 * found['accuracy']:.1f}"):
        assert text in html


@pytest.mark.parametrize("split", ["train", "valid"])
def test_the_split_is_the_one_asked_for(score, dataset_folder, split):
    assert score(split=split)["samples"] == DatasetDescription.read(dataset_folder).splits[split].samples


def test_it_agrees_with_the_training(trained_folder, dataset_folder, reporter):
    trained = json.loads(trained_folder.with_name("result.json").read_text())
    found = EvaluateModel(str(trained_folder), str(dataset_folder), "valid").run(reporter)
    assert found["accuracy"] == pytest.approx(trained["valid_accuracy"], abs=1e-3)


@pytest.fixture
def altered(dataset_folder, tmp_path):
    """A dataset folder with another manifest."""

    def make(**changes):
        folder = tmp_path / "altered"
        shutil.copytree(dataset_folder, folder)
        dataclasses.replace(DatasetDescription.read(dataset_folder), **changes).write(folder)
        return str(folder)

    return make


def test_classes_are_matched_by_name(score, altered, dataset_folder, tmp_path):
    classes = DatasetDescription.read(dataset_folder).classes.classes
    fewer = ClassList((dataclasses.replace(classes[2], value=9), *classes[:1]))  # indices 0 and 1 change their meaning
    folder = altered(classes=fewer, splits={"test": SplitInfo(1, 1, [1, 1])})
    shutil.rmtree(f"{folder}/test")
    write_labels(folder, np.zeros((32, 32, 1), np.uint8))
    confusion = tmp_path / "confusion.csv"
    score(dataset=folder, confusion=str(confusion))
    rows = [line.split(",") for line in confusion.read_text(encoding="utf-8").splitlines()[1:]]
    assert {row[0]: sum(map(int, row[1:])) for row in rows} == {"field": 0, "forest": 0, "water": 32 * 32}


def write_labels(folder, labels):
    """One patch with these labels as the split test."""
    image = np.zeros((32, 32, 4), np.uint16)
    with RecordsWriter(Path(folder) / "test", 1) as writer:
        writer.describe({"source1": "uint16", "labels": "uint8"}, {"source1": image.shape, "labels": labels.shape})
        writer.write(0, {"source1": image, "labels": labels})


def test_classes_that_the_model_does_not_know_are_named(score, altered):
    with pytest.raises(InputError, match=r"does not know the classes bog, fen of the dataset.*field, forest, water"):
        score(dataset=altered(classes=ClassList.from_values(["bog", "fen", "water"])))


def test_a_missing_split_is_refused(score, altered, dataset_folder):
    splits = {name: DatasetDescription.read(dataset_folder).splits[name] for name in ("train", "valid")}
    with pytest.raises(InputError, match=r"no labelled pixels in the split test.*train, valid"):
        score(dataset=altered(splits=splits))


def test_a_split_without_labels_is_refused(score, altered):
    with pytest.raises(InputError, match=r"no labelled pixels in the split test.*there is none"):
        score(dataset=altered(splits={"test": SplitInfo(5, 1, [0, 0, 0])}))


def test_an_unknown_split_is_refused(score):
    with pytest.raises(InputError, match="Invalid split"):
        score(split="exam")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "sentinel"}, r"source1, sentinel.*sentinel with the bands blue"),
        ({"bands": ["blue", "green", "red"]}, r"source1.*source1 with the bands blue, green, red, nir"),
        (
            {"bands": ["red", "green", "blue", "nir"]},
            r"are not the inputs.*Received: source1 with the bands red, green",
        ),
        (
            {"patch_size": 24},
            r"patch size.*Expected: 16 pixels, its total stride, or a multiple\. Received: 24 pixels",
        ),
    ],
)
def test_sources_that_are_not_the_inputs_are_refused(score, altered, dataset_folder, changes, words):
    source = DatasetDescription.read(dataset_folder).sources[0]
    if "bands" in changes:
        count = len(changes["bands"])
        statistics = {name: figures[:count] for name, figures in source.statistics.items()}
        changes = {**changes, "nodata": source.nodata[:count], "statistics": statistics}
    source = dataclasses.replace(source, **changes)
    with pytest.raises(InputError, match=words):
        score(dataset=altered(sources=[source]))


def test_bands_of_other_names_are_taken(score, altered, dataset_folder):
    source = dataclasses.replace(DatasetDescription.read(dataset_folder).sources[0], bands=["a", "b", "c", "d"])
    assert score(dataset=altered(sources=[source]))["samples"] > 0


def test_values_are_no_classes(score, altered):
    values = RegressionTarget("cover", 0.0, 1.0, 0.0, 1.0)
    with pytest.raises(InputError, match=r"not what the model predicts.*Expected: classes.*continuous values"):
        score(dataset=altered(values=values, classes=ClassList(()), splits={"test": SplitInfo(6, 1, [9])}))


def test_folders_of_another_kind_are_refused(score, tmp_path, dataset_folder):
    with pytest.raises(InputError, match="not a model folder"):
        score(model=str(dataset_folder))
    with pytest.raises(InputError, match="not a dataset folder"):
        score(dataset=str(tmp_path))


def test_damaged_records_are_refused(score, altered, tmp_path):
    folder = altered()
    (tmp_path / "altered" / "test" / "0.records").write_bytes(b"damaged" * 50)
    with pytest.raises(InputError, match="is damaged"):
        score(dataset=folder, report=str(tmp_path / "report.html"))
    assert not (tmp_path / "report.html").exists()


def test_a_cancelled_evaluation_leaves_nothing(score, tmp_path, reporter):
    reporter.cancel_at = 1
    with pytest.raises(Cancelled):
        score(report=str(tmp_path / "report.html"))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def values_dataset(session_scene, write_raster, tmp_path_factory):
    """A dataset whose labels are twice the first band's values."""
    folder = tmp_path_factory.mktemp("values")
    cover = 2.0 * gdal.Open(session_scene["image"]).ReadAsArray()[0].astype(np.float32)
    cover[:, 190:] = -1
    labels = write_raster(folder, cover, name="cover.tif", nodata=-1)
    positions, output = str(folder / "positions.gpkg"), str(folder / "dataset")
    image = [session_scene["image"]]
    SampleGrid(image, positions, patch_size=32, step=16).run(ConsoleReporter())
    ExportTFRecords(image, positions, output, patch_size=32, label_mode="values", labels_raster=labels).run(
        ConsoleReporter()
    )
    return output


def test_a_network_of_values_is_evaluated(values_dataset, tmp_path, reporter):
    model, report = str(tmp_path / "model"), str(tmp_path / "report.html")
    TrainModel(
        values_dataset, model, architecture="fcnn", epochs=1, batch_size=8, crops=[16], pixel_classifier="none"
    ).run(reporter)
    found = EvaluateModel(model, values_dataset, "test", report).run(reporter)
    assert found["rmse"] >= found["mae"] >= abs(found["bias"])
    assert found["r2"] <= 1
    assert "accuracy" not in found
    assert "cover" in (tmp_path / "report.html").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="have no confusion matrix"):
        EvaluateModel(model, values_dataset, "test", confusion=str(tmp_path / "confusion.csv")).run(reporter)


def test_a_network_for_whole_patches_takes_one_size(untrained, dataset_folder, tmp_path, reporter):
    folder, _ = untrained("fcnn")
    model = tmp_path / "patchcnn"
    shutil.copytree(folder, model)
    dataclasses.replace(ModelDescription.read(folder), fields=Fields(16, 0, 16)).write(model)
    with pytest.raises(InputError, match=r"Expected: 16 pixels\. Received: 32 pixels"):
        EvaluateModel(str(model), str(dataset_folder)).run(reporter)
