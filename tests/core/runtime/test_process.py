"""What the process that computes sets, and which of several it is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.runtime.process import is_chief

pytestmark = pytest.mark.rounding

ROOT = Path(__file__).resolve().parents[3]
MEGABYTE = 1 << 20
CODE = f"""
from geodl_plugin.runtime.process import with_memory_pool
with_memory_pool()
import tensorflow as tf
from geodl_plugin.inference.memory import reserve
kept = tf.zeros([{MEGABYTE}], tf.uint8) + 1
reserve({1100 * MEGABYTE})  # twice of that is more than an int32 holds
try:
    info = tf.config.experimental.get_memory_info("CPU:0")
    print(info["current"], info["peak"])
except ValueError:
    print("no pool")
"""


def told(**variables):
    """What a process says whose environment says nothing else of TensorFlow's memory."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TF_CPU_")}
    environment = {**own, **variables, "PYTHONPATH": str(ROOT), "CUDA_VISIBLE_DEVICES": ""}
    process = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, env=environment, check=True)
    return process.stdout.split()


def test_memory_comes_from_a_pool_and_what_is_reserved_is_given_back_to_it():
    current, peak = map(int, told())
    assert MEGABYTE <= current < 1100 * MEGABYTE <= peak


def test_the_user_may_choose_that_there_is_no_pool():
    """Of ours; the operations of oneDNN, which many processors use, bring one of their own."""
    assert told(TF_CPU_ALLOCATOR_USE_BFC="false", TF_ENABLE_ONEDNN_OPTS="0") == ["no", "pool"]


def cluster(number, workers=2):
    """TF_CONFIG of one of several processes."""
    task = {"type": "worker", "index": number}
    return json.dumps({"cluster": {"worker": [f"localhost:{port}" for port in range(workers)]}, "task": task})


@pytest.mark.parametrize(
    ("variables", "chief"),
    [
        ({}, True),
        ({"TF_CONFIG": cluster(0)}, True),
        ({"TF_CONFIG": cluster(1)}, False),
        ({"TF_CONFIG": cluster(1, workers=1)}, True),
        ({"TF_CONFIG": "no json"}, True),
        ({"SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "3"}, False),
        ({"SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "0"}, True),
        ({"SLURM_STEP_NUM_TASKS": "1", "SLURM_PROCID": "3"}, True),
    ],
)
def test_one_of_several_processes_makes_the_outputs(monkeypatch, variables, chief):
    for name in ("TF_CONFIG", "SLURM_STEP_NUM_TASKS", "SLURM_PROCID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert is_chief() == chief
    assert TrainModel("d", "m").writes() == chief
    assert TrainModel("d", "m", device="cpu").writes()
