"""The operation that evaluates a model folder, called as a function."""

import pytest

from geodl_plugin.accuracy.evaluate_model import EvaluateModelRequest, evaluate_model
from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.errors import InputError
from geodl_plugin.jobs.evaluate_model import EvaluateModel


@pytest.fixture
def model_folder(untrained):
    """A network with random weights."""
    return str(untrained("fcnn")[0])


def test_it_gives_what_the_job_gives(model_folder, dataset_folder, reporter):
    accuracy = evaluate_model(EvaluateModelRequest(model_folder, str(dataset_folder), "valid"))
    job = EvaluateModel(model_folder, str(dataset_folder), "valid").run(reporter)
    assert {name: job[name] for name in accuracy.evaluation.figures} == accuracy.evaluation.figures
    assert accuracy.evaluation.split == "valid"
    assert accuracy.evaluation.samples == job["samples"]


def test_it_describes_model_and_dataset(model_folder, dataset_folder):
    accuracy = evaluate_model(EvaluateModelRequest(model_folder, str(dataset_folder)))
    assert accuracy.model.architecture == "fcnn"
    assert accuracy.dataset == DatasetDescription.read(dataset_folder)


def test_its_parameters_are_checked(model_folder, dataset_folder):
    with pytest.raises(InputError, match="Invalid split"):
        evaluate_model(EvaluateModelRequest(model_folder, str(dataset_folder), "exam"))
