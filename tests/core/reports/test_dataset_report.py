"""The report on a dataset folder."""

import dataclasses
from pathlib import Path

import numpy as np

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.datasets.inspection import BandValues, DatasetInspection
from geodl_plugin.jobs.inspect_dataset import InspectDataset
from geodl_plugin.reports import count
from geodl_plugin.reports.dataset import dataset_report


def test_files_are_named_without_their_folders(dataset_folder, tmp_path, reporter):
    InspectDataset(str(dataset_folder), str(tmp_path / "report.html")).run(reporter)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    image = Path(DatasetDescription.read(dataset_folder).sources[0].rasters[0])
    assert image.name in html
    assert str(image.parent) not in html


def test_pixels_count_once_and_splits_are_shown(dataset_folder, tmp_path, reporter):
    InspectDataset(str(dataset_folder), str(tmp_path / "report.html")).run(reporter)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    splits = DatasetDescription.read(dataset_folder).splits.values()
    assert f"<b>{count(sum(sum(split.distinct_pixels) for split in splits))}</b><span>labelled pixels on" in html
    assert "Where the splits lie" in html and "data:image/jpeg" in html
    assert "polygons" in html or "features" in html


def test_datasets_of_earlier_versions_are_reported(dataset_folder):
    old = DatasetDescription.read(dataset_folder)
    splits = {
        name: dataclasses.replace(split, distinct_pixels=[], features=[], shared_features=[])
        for name, split in old.splits.items()
    }
    inspection = DatasetInspection(
        dataclasses.replace(old, splits=splits), 0, {}, [[] for _ in old.classes.classes], [], {}
    )
    inspection = dataclasses.replace(inspection, bands={"source1": inspected_bands(old)})
    html = dataset_report(inspection, "old")
    assert "labelled pixels in all patches" in html and "Where the splits lie" not in html


def inspected_bands(dataset):
    """Values of each band."""
    edges = np.linspace(0, 1, 5)
    return [BandValues(edges, np.ones(4, np.int64), 0, 1, 0, 0, False) for _ in dataset.sources[0].bands]
