"""One worker for the steps of a graphical model, which ends with QGIS."""

import signal

import pytest
from qgis.core import (
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
)
from real_qgis import wait_for, workers

LOADING = "Loading TensorFlow"


@pytest.fixture
def two_steps(model, qgis_app, tmp_path):
    """The file of a model that inspects a network twice, one after the other, and where the reports go."""
    graph, source = QgsProcessingModelAlgorithm("two_steps", "Tests"), QgsProcessingModelChildParameterSource
    reports = {}
    for number in (1, 2):
        step = QgsProcessingModelChildAlgorithm("geodl:inspectmodel")
        step.setChildId(f"step{number}")
        for name, value in {"MODEL": model, "INPUT_SIZE": 64 * number, "OUTPUT_NAME": ""}.items():
            step.addParameterSources(name, [source.fromStaticValue(value)])
        if number > 1:
            step.setDependencies([QgsProcessingModelChildDependency("step1")])
        report = QgsProcessingModelOutput("Report", "Report")
        report.setChildId(f"step{number}")
        report.setChildOutputName("REPORT")
        step.setModelOutputs({"Report": report})
        graph.addChildAlgorithm(step)
        reports[f"step{number}:Report"] = tmp_path / f"report{number}.html"
    assert graph.toFile(str(tmp_path / "two_steps.model3"))
    return str(tmp_path / "two_steps.model3"), reports


def test_the_steps_of_a_model_have_one_worker_that_ends_with_qgis(qgis, two_steps):
    before, (file, reports) = set(workers()), two_steps
    done = qgis("run", file, "--", *(f"{name}={path}" for name, path in reports.items()))
    assert done.returncode == 0, done.stderr + done.stdout
    assert done.stdout.count(LOADING) == 1
    assert all(path.is_file() for path in reports.values())
    assert "Traceback" not in done.stderr and "Fatal" not in done.stderr
    wait_for(lambda: set(workers()) <= before, "the worker to end")


def test_a_worker_ends_with_a_qgis_that_is_killed(qgis, two_steps):
    before, (file, reports) = set(workers()), two_steps
    process = qgis.start(file, **reports)
    first, _ = reports.values()
    wait_for(lambda: first.is_file() or process.poll() is not None, "the first step")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    wait_for(lambda: set(workers()) <= before, "the worker to end")
