"""Real workers, run and cancelled as QGIS does it."""

import time

import pytest
from geodl.algorithms import worker
from geodl.algorithms.worker import run_in_worker
from geodl.geodl_plugin.datasets.description import DatasetDescription
from geodl.geodl_plugin.errors import Cancelled, GeodlError
from geodl.geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl.geodl_plugin.jobs.inspect_model import InspectModel
from geodl.geodl_plugin.jobs.sample_vector import SampleVector
from geodl.geodl_plugin.jobs.train_model import TrainModel
from geodl.geodl_plugin.runtime.reporter import ConsoleReporter
from qgis.core import QgsProcessingFeedback


@pytest.fixture(scope="module")
def dataset(session_scene, tmp_path_factory):
    """A dataset of the scene."""
    folder = tmp_path_factory.mktemp("dataset")
    positions, output = str(folder / "positions.gpkg"), folder / "dataset"
    image, polygons = [session_scene["image"]], session_scene["polygons"]
    reporter = ConsoleReporter()
    SampleVector(image, polygons, positions, class_field="class", patch_size=32, count=30).run(reporter)
    export = ExportTFRecords(image, positions, str(output), patch_size=32, labels_vector=polygons, class_field="class")
    run_in_worker(export, QgsProcessingFeedback())
    assert DatasetDescription.read(output).splits["train"].samples
    return str(output)


class CancelAfter(QgsProcessingFeedback):
    """Cancels when a message comes."""

    def __init__(self, begin):
        super().__init__()
        self.begin, self.when = begin, None

    def pushInfo(self, text):
        if text.startswith(self.begin) and not self.when:
            self.when = time.monotonic()
            self.cancel()


@pytest.mark.slow
@pytest.mark.parametrize("keep_best", [False, True])
def test_a_cancelled_training_keeps_its_best_model_only_if_asked_for(dataset, tmp_path, keep_best):
    job = TrainModel(
        dataset, str(tmp_path / "model"), architecture="unet", width=4, epochs=50, batch_size=8, keep_best=keep_best
    )
    feedback = CancelAfter("Epoch 1")
    with pytest.raises(Cancelled, match="is kept" if keep_best else "no output was written"):
        run_in_worker(job, feedback)
    assert feedback.when
    assert [path.name for path in tmp_path.iterdir()] == (["model"] if keep_best else [])
    if keep_best:
        assert (tmp_path / "model" / "saved_model.pb").is_file()
        assert (tmp_path / "model" / "report.html").is_file()


def test_the_worker_runs_by_the_interpreter_that_was_found_with_its_variables(tmp_path, monkeypatch):
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "{\\"result\\": {\\"variable\\": \\"$OF_THE_WORKER\\"}}"\n')
    python.chmod(0o755)
    monkeypatch.setattr(worker, "find_interpreter", lambda feedback: str(python))
    monkeypatch.setattr(worker, "clean_environment", lambda interpreter: {"OF_THE_WORKER": interpreter})
    assert run_in_worker(InspectModel("m", ""), QgsProcessingFeedback()) == {"variable": str(python)}


class Steps(QgsProcessingFeedback):
    """Keeps what is shown as the present step."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def setProgressText(self, text):
        self.shown.append(text)


def test_what_is_loaded_is_shown(tmp_path):
    feedback = Steps()
    with pytest.raises(GeodlError, match="no model"):
        run_in_worker(InspectModel(str(tmp_path / "no model"), str(tmp_path / "report.html")), feedback)
    assert feedback.shown[:2] == ["Loading GDAL", "Loading TensorFlow"]
