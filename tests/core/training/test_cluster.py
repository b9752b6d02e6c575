"""The processes that train one network together."""

import json

import pytest

from geodl_plugin.training.cluster import is_chief
from geodl_plugin.training.request import TrainRequest


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
def test_the_chief_of_several_processes_writes_the_outputs(monkeypatch, variables, chief):
    for name in ("TF_CONFIG", "SLURM_STEP_NUM_TASKS", "SLURM_PROCID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert is_chief() == chief
    assert TrainRequest("d", "m").writes() == chief
    assert TrainRequest("d", "m", device="cpu").writes()
