"""The devices of a training: CPU, several devices, several processes."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import keras
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.models import arithmetic
from geodl_plugin.training import strategy
from geodl_plugin.training.strategy import (
    TrainingDevices,
    _cluster,
    choose_precision,
    precision_policy,
    rewritten,
    select_devices,
)

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 300  # seconds, for a busy machine
PROGRAM = """
import json, sys
from pathlib import Path
import numpy as np
import tensorflow as tf
if {logical}:
    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * {logical})
    from geodl_plugin.training import strategy
    mirrored = tf.distribute.MirroredStrategy(["/cpu:%d" % number for number in range({logical})])
    devices = strategy.TrainingDevices(mirrored, "several")
    strategy.select_devices = lambda choice: devices
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.runtime.reporter import ConsoleReporter
from geodl_plugin.training import fitting
fitting.MIN_STEPS = 8
options = {{"architecture": "unet", "width": 4, "epochs": 4, "batch_size": 8, "learning_rate": 0.02, "augment": []}}
options["pixel_classifier"] = "none"
job = TrainModel(sys.argv[1], sys.argv[2], **options, crops=[16], resume=True)
print(json.dumps(job.run(ConsoleReporter())))
"""


def start(dataset_folder, output, logical=0, **variables):
    """Train in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CUDA_VISIBLE_DEVICES": "-1", **variables}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", PROGRAM.format(logical=logical), str(dataset_folder), str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def result(process):
    """What the job gave."""
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    return json.loads(out.strip().splitlines()[-1])


def free_ports(number):
    """Ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.mark.slow
def test_several_devices_train_one_network(dataset_folder, tmp_path):
    found = result(start(dataset_folder, tmp_path / "model", logical=2))
    assert found["best_epoch"] >= 1 and found["valid_accuracy"] > 0.6
    assert (tmp_path / "model" / "saved_model.pb").is_file()


@pytest.mark.slow
def test_two_processes_train_one_network_and_the_chief_writes_it(dataset_folder, tmp_path):
    cluster = {"worker": [f"127.0.0.1:{port}" for port in free_ports(2)]}
    output = tmp_path / "model"
    workers = [
        start(
            dataset_folder, output, TF_CONFIG=json.dumps({"cluster": cluster, "task": {"type": "worker", "index": n}})
        )
        for n in (0, 1)
    ]
    try:
        chief, other = map(result, workers)
    finally:
        for one in workers:  # one waits for ever where the other has failed
            one.kill()
            one.communicate()
    assert chief["best_epoch"] >= 1 and chief["valid_accuracy"] > 0.6
    assert "best_epoch" not in other
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_without_gpu_the_processor_is_used():
    devices = select_devices("cpu")
    assert (devices.description, devices.is_chief, devices.global_batch_size(7)) == ("the processor", True, 7)


def test_a_gpu_that_is_not_there_is_told():
    import tensorflow as tf

    if tf.config.list_physical_devices("GPU"):
        pytest.skip("there is one")
    with pytest.raises(InputError, match=r"no GPU.*Received: the processor only"):
        select_devices("gpu")


@pytest.mark.parametrize("text", ["no json", '{"cluster": []}'])
def test_a_cluster_that_cannot_be_read_is_told(monkeypatch, text):
    monkeypatch.setenv("TF_CONFIG", text)
    with pytest.raises(InputError, match="TF_CONFIG"):
        select_devices("automatic")


def test_the_tasks_of_a_slurm_step_are_the_cluster(monkeypatch):
    slurm = {"STEP_NUM_TASKS": "4", "PROCID": "3", "STEP_NODELIST": "n[1-2]", "STEP_TASKS_PER_NODE": "2(x2)"}
    for name, value in slurm.items():
        monkeypatch.setenv(f"SLURM_{name}", value)
    cluster = _cluster()
    assert cluster.cluster_spec().as_dict() == {"worker": ["n1:8888", "n1:8889", "n2:8888", "n2:8889"]}
    assert cluster.task_id == 3
    monkeypatch.setenv("SLURM_STEP_NUM_TASKS", "1")
    assert _cluster() is None


def test_one_process_is_no_cluster(monkeypatch):
    monkeypatch.setenv("TF_CONFIG", '{"cluster": {"worker": ["localhost:1"]}, "task": {"type": "worker", "index": 0}}')
    assert _cluster() is None


def test_batches_divide_among_devices():
    class Several:
        num_replicas_in_sync = 3

    import dataclasses

    devices = dataclasses.replace(select_devices("cpu"), strategy=Several())
    assert [devices.global_batch_size(size) for size in (1, 3, 16)] == [3, 3, 18]


MANY = 10**6  # multiply-adds per pixel


@pytest.mark.parametrize(
    ("circumstances", "chosen", "reason"),
    [
        ({}, "bfloat16", "1,000,000 multiply-adds per pixel, and this processor has units"),
        ({"missing": "there are no units"}, "float32", "there are no units"),
        ({"multiply_adds": 100}, "float32", "only 100 multiply-adds"),
        ({"multiply_adds": None}, "float32", "not known how much"),
        ({"gpus": True}, "float32", "on processors only"),
        ({"workers": 2}, "float32", "different processors"),
    ],
    ids=str,
)
def test_automatic_precision_depends_on_devices_and_network(monkeypatch, circumstances, chosen, reason):
    given = {"missing": "", "multiply_adds": MANY, "gpus": False, "workers": 1, **circumstances}
    monkeypatch.setattr(arithmetic, "why_not_bfloat16", lambda: given["missing"])
    devices = TrainingDevices(None, "", workers=given["workers"], gpus=given["gpus"])
    found, why = choose_precision("automatic", devices, given["multiply_adds"])
    assert found == chosen and reason in why


@pytest.mark.parametrize(
    ("missing", "expected"), [("", ("bfloat16", "")), ("there are no units", ("float32", "there are no units"))]
)
def test_bfloat16_takes_units(monkeypatch, missing, expected):
    monkeypatch.setattr(strategy, "why_not_bfloat16", lambda: missing)
    assert choose_precision("bfloat16", TrainingDevices(None, ""), None) == expected


@pytest.mark.parametrize(
    ("precision", "policy", "is_on"),
    [
        ("bfloat16", "float32", True),
        ("float32", "float32", False),
        ("mixed bfloat16", "mixed_bfloat16", False),
    ],
)
def test_graphs_are_rewritten_for_bfloat16_only(precision, policy, is_on):
    def option():
        return tf.config.optimizer.get_experimental_options().get(arithmetic.BFLOAT16_REWRITER, False)

    with precision_policy(precision), rewritten(precision):
        assert option() is is_on and keras.config.dtype_policy().name == policy
    assert not option()


def test_a_precision_that_was_asked_for_stays():
    devices = TrainingDevices(None, "", gpus=True)
    assert choose_precision("mixed float16", devices, None) == ("mixed float16", "")


def test_precision_ends_with_its_block():
    with precision_policy("mixed bfloat16"):
        assert keras.config.dtype_policy().name == "mixed_bfloat16"
        assert keras.layers.Dense(1).compute_dtype == "bfloat16"
    assert keras.config.dtype_policy().name == "float32"
