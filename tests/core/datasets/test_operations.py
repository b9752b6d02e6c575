"""The operations on datasets, called as functions."""

import threading

import numpy as np
import pytest

from geodl_plugin import datasets
from geodl_plugin.datasets import raster_patches
from geodl_plugin.errors import Cancelled
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords


@pytest.fixture
def image(make_raster):
    return make_raster(np.random.default_rng(1).integers(1, 200, (60, 80, 2)).astype(np.uint8), name="image.tif")


@pytest.fixture
def positions(make_vector):
    points = [(f"POINT({500105 + 20 * step} 3999755)", step % 2) for step in range(30)]
    return make_vector(points, name="positions.gpkg")


def left_of(output):
    """What lies where an output was to be made."""
    return [path.name for path in output.parent.iterdir() if output.name in path.name]


def test_from_rasters_to_a_dataset_that_is_inspected(image, positions, tmp_path):
    request = datasets.ExportRequest([image], positions, str(tmp_path / "dataset"), 16, label_mode="position")
    found = datasets.export(request)
    assert found.description == datasets.DatasetDescription.read(tmp_path / "dataset")
    assert (found.output, found.description.counts["train"], found.count_rejected) == (request.output, 30, 0)
    assert found.description.provenance["seed"] == 0
    inspection = datasets.inspect(datasets.InspectRequest(request.output))
    assert (inspection.patches, inspection.description) == (30, found.description)
    assert left_of(tmp_path / "dataset") == ["dataset"]


def test_from_rasters_to_patches_images_to_a_dataset(image, positions, tmp_path):
    patches, labels = str(tmp_path / "patches.tif"), str(tmp_path / "labels.tif")
    request = datasets.ExtractRequest([image], positions, patches, 16, class_field="class", labels=labels)
    extracted = datasets.extract_patches(request)
    assert (extracted.output, extracted.labels, extracted.count, extracted.count_rejected) == (patches, labels, 30, 0)
    found = datasets.convert_patches(datasets.ConvertRequest([patches], [labels], str(tmp_path / "dataset")))
    assert sum(found.description.counts.values()) == 30
    assert found.description == datasets.DatasetDescription.read(tmp_path / "dataset")


def test_functions_stay_functions_when_all_modules_are_imported():
    for name in datasets.__all__:
        assert callable(getattr(datasets, name))
    assert callable(datasets.export) and callable(datasets.inspect)


@pytest.fixture
def exported(image, positions, tmp_path, reporter):
    """Run the job with a report, which a function takes the place of; gives what is left of its outputs."""

    def run(monkeypatch, inspect_folder, error):
        monkeypatch.setattr("geodl_plugin.jobs.export_tfrecords.inspect_folder", inspect_folder)
        output, report = tmp_path / "dataset", tmp_path / "report.html"
        job = ExportTFRecords([image], positions, str(output), 16, label_mode="position", report=str(report))
        with pytest.raises(error):
            job.run(reporter)
        return left_of(output) + left_of(report)

    return run


def test_a_report_that_fails_leaves_no_dataset(exported, monkeypatch):
    def fail(folder, description, reporter):
        assert datasets.DatasetDescription.read(folder) == description  # all of it is there
        raise ZeroDivisionError

    assert exported(monkeypatch, fail, ZeroDivisionError) == []


def test_a_report_that_is_cancelled_leaves_no_dataset(exported, monkeypatch, reporter):
    def cancel(folder, description, part):
        reporter.cancel_at = 0
        part.progress(0.5)

    assert exported(monkeypatch, cancel, Cancelled) == []


def test_no_thread_goes_on_when_an_export_is_cancelled(image, positions, tmp_path, reporter, monkeypatch):
    monkeypatch.setattr(raster_patches, "_TILE", 16)
    before = set(threading.enumerate())
    reporter.cancel_at = 1  # after the first tile
    request = datasets.ExportRequest([image], positions, str(tmp_path / "dataset"), 16, label_mode="position")
    with pytest.raises(Cancelled):
        datasets.export(request, reporter)
    assert len(reporter.fractions) == 1
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
        assert not thread.is_alive()
    assert left_of(tmp_path / "dataset") == []
