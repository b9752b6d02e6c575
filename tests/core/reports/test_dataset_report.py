"""The report on a dataset folder."""

from pathlib import Path

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.jobs.inspect_dataset import InspectDataset


def test_files_are_named_without_their_folders(dataset_folder, tmp_path, reporter):
    InspectDataset(str(dataset_folder), str(tmp_path / "report.html")).run(reporter)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    image = Path(DatasetDescription.read(dataset_folder).sources[0].rasters[0])
    assert image.name in html
    assert str(image.parent) not in html
