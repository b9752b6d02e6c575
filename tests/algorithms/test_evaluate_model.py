"""geodl:evaluatemodel: what its parameters become."""

import pytest
from qgis.core import QgsProcessingContext


@pytest.fixture
def algorithm():
    """A fresh instance."""
    from geodl.algorithms.evaluate_model import EvaluateModel

    algorithm = EvaluateModel()
    algorithm.initAlgorithm()
    return algorithm


def test_parameters_become_a_job(algorithm):
    parameters = {"MODEL": "/m", "DATASET": "/d", "SPLIT": "valid"}
    job = algorithm.job(parameters, QgsProcessingContext())
    assert (job.model, job.dataset, job.split) == ("/m", "/d", "valid")


def test_several_datasets_may_be_given_as_folders_or_files(algorithm, tmp_path):
    for name in ("a", "b", "c;d"):
        (tmp_path / name / "train").mkdir(parents=True)
        for file in ("dataset.json", "train/0.records"):
            (tmp_path / name / file).touch()
    folders = [str(tmp_path / name) for name in ("a", "b", "c;d")]
    everything = [str(path) for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    for given in (folders, [folders[0], *(f"{folder}/dataset.json" for folder in folders[1:])], everything):
        job = algorithm.job({"MODEL": "/m", "DATASET": given}, QgsProcessingContext())
        assert [job.dataset, *job.further_datasets] == folders
    job = algorithm.job({"MODEL": "/m", "DATASET": folders[2]}, QgsProcessingContext())
    assert (job.dataset, job.further_datasets) == (folders[2], [])


def test_the_split_is_test_unless_told_otherwise(algorithm):
    assert algorithm.job({"MODEL": "/m", "DATASET": "/d"}, QgsProcessingContext()).split == "test"


def test_an_unknown_split_is_refused(algorithm):
    fits, problem = algorithm.checkParameterValues(
        {"MODEL": "/m", "DATASET": "/d", "SPLIT": "exam"}, QgsProcessingContext()
    )
    assert not fits
    assert "exam" in problem


def test_results_are_numbers_by_name(algorithm):
    found = {"report": "r.html", "confusion": "", "samples": 9, "accuracy": 0.5, "f1": 0.4, "iou": 0.3, "ece": 0.1}
    outputs = algorithm.results(found, None)
    assert outputs == {"REPORT": "r.html", "SAMPLES": 9, "ACCURACY": 0.5, "F1": 0.4, "IOU": 0.3, "ECE": 0.1}
    assert set(outputs) <= {one.name() for one in algorithm.outputDefinitions()}
