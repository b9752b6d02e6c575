"""Processes that train one network together: the same network as one process, and what if one of them is killed."""

import json
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.job_file import write_job
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.models.folder import KERAS_NAME
from geodl_plugin.models.keras_files import load_keras_file
from tests.core.training.test_strategy import PATIENCE, ROOT, free_ports

pytestmark = pytest.mark.slow
# What depends on how a batch is divided is left out: batch normalisation, dropout, weights of unlabelled pixels.
NETWORK = """
import keras
from geodl_plugin import StandardizedModel

class Plain(StandardizedModel):
    label_kind = "patch"

    def __init__(self, head, **kwargs):
        self.head = head
        super().__init__(**kwargs)

    def get_inputs(self):
        return {key: keras.Input(shape, name=key) for key, shape in self.inputs_shapes.items()}

    def get_outputs(self, normalized_inputs):
        (net,) = normalized_inputs.values()
        net = keras.layers.Conv2D(8, 3, strides=2, padding="same", activation="tanh")(net)
        net = keras.layers.Dense(8, activation="tanh")(keras.layers.GlobalAveragePooling2D()(net))
        return {"predictions": self.head(keras.layers.Dense(self.head.outputs)(net))}
"""
SECOND_EPOCH = re.compile("^Epoch 2:", re.MULTILINE)  # the checkpoint of the first one is written


@pytest.fixture
def folder(session_scene, dataset_folder, tmp_path, reporter):
    """A folder with a dataset of one label a patch, and a job file that trains a small network."""
    dataset, positions = str(tmp_path / "dataset"), str(dataset_folder.parent / "positions.gpkg")
    labels = {"label_mode": "position", "class_field": "class"}
    ExportTFRecords([session_scene["image"]], positions, dataset, patch_size=32, **labels).run(reporter)
    (tmp_path / "plain.py").write_text(NETWORK)
    job = TrainModel(
        dataset, str(tmp_path / "model"), architecture="custom", model_file=str(tmp_path / "plain.py"),
        epochs=6, batch_size=8, augment=[], precision="float32", pixel_classifier="none", crops=[16], resume=True,
    )  # fmt: skip
    write_job(job, tmp_path / "job.json")
    return tmp_path


@contextmanager
def trainings(folder, count):
    """Yield processes of ``geodl run`` that train one network, and end them with the block."""
    addresses = [f"127.0.0.1:{port}" for port in free_ports(count)]
    processes = []
    for number in range(count):
        task = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": number}}
        with (folder / f"{number}.out").open("w") as out, (folder / f"{number}.err").open("w") as err:
            processes.append(
                subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-m", "geodl_plugin", "run", "job.json"],
                    cwd=folder,
                    env={**os.environ, "PYTHONPATH": str(ROOT), "TF_CONFIG": json.dumps(task)},
                    stdout=out,
                    stderr=err,
                )
            )
    try:
        yield addresses, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def trained(folder, count):
    """The weights of the network that so many processes train, and what they print."""
    with trainings(folder, count) as (_, processes):
        statuses = [process.wait(PATIENCE) for process in processes]
    texts = [(folder / f"{number}.err").read_text() for number in range(count)]
    assert statuses == [0] * count, texts
    weights = load_keras_file(folder / "model" / KERAS_NAME).get_weights()
    return weights, [json.loads((folder / f"{number}.out").read_text()) for number in range(count)], texts


def test_two_processes_train_the_same_network_as_one(folder):
    alone, _, _ = trained(folder, 1)
    together, (chief, other), _ = trained(folder, 2)
    assert chief["best_epoch"] >= 1
    assert set(other) == {"output", "written_by"} and other["output"] == ""
    # Sums of float32 in another order differ by some 1e-8 of these weights, which are below 1; AdamW, which divides
    # gradients by their size, makes that grow over 240 steps.  A batch that is another one gives 1e-3 at once.
    for one, two in zip(alone, together):
        np.testing.assert_allclose(one, two, rtol=0, atol=2e-5)


@pytest.mark.parametrize("victim", [0, 1], ids=["the chief", "the other"])
def test_a_process_that_is_killed_ends_the_other_and_the_training_is_resumed(folder, victim):
    with trainings(folder, 2) as (addresses, processes):
        end = time.monotonic() + PATIENCE
        while not SECOND_EPOCH.search((folder / "0.err").read_text()):
            assert time.monotonic() < end and processes[0].poll() is None, (folder / "0.err").read_text()
            time.sleep(0.1)
        processes[victim].kill()
        assert processes[1 - victim].wait(PATIENCE) == 1
    text = (folder / f"{1 - victim}.err").read_text()
    assert f"Error: Process {victim} ({addresses[victim]}) is lost" in text and "Traceback" not in text
    assert not (folder / "model").exists() and (folder / f"{1 - victim}.out").read_text() == ""
    _, (chief, _), texts = trained(folder, 2)
    assert 1 <= chief["best_epoch"] <= 6
    assert all(re.search(r"^Resuming after epoch \d", text, re.MULTILINE) for text in texts)
    assert Path(folder / "model" / "saved_model.pb").is_file()
