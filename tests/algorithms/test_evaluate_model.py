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
