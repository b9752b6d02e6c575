"""A job gives the same in a worker that has run others as in a new one, byte for byte."""

import gc
import os
import random
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.python.eager import context

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.evaluate_model import EvaluateModel
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.worker import client, traces
from geodl_plugin.worker.keeper import Keeper
from geodl_plugin.worker.traces import Traces
from scripts.same_results.comparing import compare
from tests.core.conftest import Silent


class Steps(Silent):
    """Counts how often TensorFlow is loaded."""

    def __init__(self):
        super().__init__()
        self.loaded = 0

    def show(self, fraction, message, remaining):
        self.loaded += message == "Loading TensorFlow"


@pytest.fixture
def kept():
    """A keeper, whose worker ends with the test."""
    found = Keeper(60)
    yield found
    found.end()


def open_below(process, folder):
    """The files in a folder that a process has open, where the system tells."""
    opened = Path(f"/proc/{process}/fd")
    names = [str(link.resolve()) for link in opened.iterdir()] if opened.is_dir() else []
    return [name for name in names if name.startswith(f"{folder}/")]


def test_jobs_in_one_worker_give_the_same_as_in_new_ones(dataset_folder, session_scene, kept, tmp_path):
    image, polygons, work = session_scene["image"], session_scene["polygons"], tmp_path / "work"
    reporter, positions = Steps(), dataset_folder.with_name("positions.gpkg")

    def results(job, keeper):
        """The folder of what a job has made, under a name of its own: models tell where they were made."""
        work.mkdir()
        client.run(job, sys.executable, dict(os.environ), reporter, keeper)
        if keeper:
            assert open_below(keeper._kept[1]._process.pid, tmp_path) == []
        return work.rename(tmp_path / f"results {len(list(tmp_path.iterdir()))}")

    training = TrainModel(
        str(dataset_folder), str(work / "model"), architecture="fcnn", epochs=1, batch_size=8, pixel_classifier="none"
    )
    first = results(training, kept)
    model = str(first / "model")
    mapping = ApplyModel(model, [image], str(work / "map.tif"), confidence=str(work / "confidence.tif"))
    evaluation = EvaluateModel(model, str(dataset_folder), report=str(work / "report.html"))
    export = ExportTFRecords(
        [image],
        str(positions),
        str(work),
        patch_size=32,
        labels_vector=polygons,
        class_field="class",
        samples_per_shard=10,
    )
    mapped = results(mapping, kept)
    results(evaluation, kept)
    assert compare(first, results(training, kept)) == []
    assert compare(mapped, results(mapping, kept)) == []
    assert compare(mapped, results(mapping, None)) == []
    exported = results(export, kept)
    differences = compare(dataset_folder, exported)
    assert [difference.file for difference in differences] == ["dataset.json"]  # which tells its own folder
    assert reporter.loaded == 2  # for the jobs in one worker, and for the map in a new one


@pytest.fixture
def fake_tensorflow(tmp_path, monkeypatch):
    """A module in TensorFlow's place that looks what is there while it is imported."""
    (tmp_path / "tensorflow.py").write_text(
        "import gc\ncollects = gc.isenabled()\n"
        "try:\n    import matplotlib.pyplot\nexcept ImportError:\n    plots = False\nelse:\n    plots = True\n"
    )
    for name in [name for name in sys.modules if name.split(".")[0] in ("tensorflow", "matplotlib")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("fake_tensorflow")
def test_tensorflow_is_loaded_without_what_takes_its_time():
    assert not traces.is_tensorflow_loaded()
    traces.load_tensorflow()
    module = sys.modules.pop("tensorflow")
    assert (module.collects, module.plots) == (False, False)
    assert gc.isenabled() and "matplotlib" not in sys.modules


@pytest.fixture
def memory(monkeypatch):
    """The values that the system tells of memory."""
    monkeypatch.setattr(traces.memory, "installed", lambda: 8 << 30)
    monkeypatch.setattr(traces.memory, "of_this_process", lambda: 1 << 30)
    monkeypatch.setattr(traces.memory, "is_short", lambda: False)
    return traces.memory


def test_names_seeds_and_settings_are_those_of_a_new_process(memory):
    before = Traces()
    assert before.remove()
    name = keras.layers.Dense(1).name
    keras.utils.set_random_seed(1)
    drawn = [random.random(), np.random.random(), float(tf.random.uniform([]))]
    assert before.remove()
    assert keras.layers.Dense(1).name == name == "dense"
    assert context.global_seed() is None
    assert not set(drawn) & {random.random(), np.random.random(), float(tf.random.uniform([]))}


@pytest.mark.parametrize(
    ("change", "undo"),
    [
        (lambda: keras.config.set_floatx("float64"), lambda: keras.config.set_floatx("float32")),
        (lambda: keras.config.set_dtype_policy("mixed_bfloat16"), lambda: keras.config.set_dtype_policy("float32")),
        (lambda: os.environ.update(OF_THE_JOB="1"), lambda: os.environ.pop("OF_THE_JOB")),
        (lambda: tf.config.run_functions_eagerly(True), lambda: tf.config.run_functions_eagerly(False)),
        (
            lambda: tf.config.optimizer.set_experimental_options({"constant_folding": True}),
            lambda: tf.config.optimizer.set_experimental_options({"constant_folding": False}),
        ),
    ],
    ids=["numbers", "policy", "variables", "functions", "optimizer"],
)
def test_what_nothing_of_ours_changes_for_good_is_noticed(memory, change, undo):
    before = Traces()
    change()
    try:
        assert not before.remove()
    finally:
        undo()
    assert before.remove()


@pytest.mark.parametrize(("name", "value"), [("is_short", True), ("of_this_process", 3 << 30)])
def test_a_process_that_takes_too_much_memory_takes_no_other_job(memory, monkeypatch, name, value):
    monkeypatch.setattr(memory, name, lambda: value)
    assert not Traces().remove()


def test_a_process_with_a_gpu_takes_no_other_job(memory, monkeypatch):
    monkeypatch.setattr(tf.config, "get_visible_devices", lambda kind=None: ["a GPU"])
    assert not Traces().remove()
