"""What the environment is said to have."""

import json

import pytest

from geodl_plugin.errors import EnvironmentProblem
from geodl_plugin.jobs import check_environment, from_json
from geodl_plugin.jobs.check_environment import CheckEnvironment, device_text


@pytest.fixture(scope="module")
def tf():
    """TensorFlow, where it is installed."""
    return pytest.importorskip("tensorflow")


def test_the_environment_is_described(tf, reporter):
    found = from_json(CheckEnvironment().to_json()).run(reporter)
    assert json.loads(json.dumps(found)) == found
    assert found["versions"]["tensorflow"] == tf.__version__
    assert {"python", "keras", "numpy", "gdal", "pystac", "matplotlib", "jinja2"} < set(found["versions"])
    assert found["devices"][0]["device"] == "CPU"
    assert found["devices"][0]["seconds"] > 0
    assert tf.__version__ in found["text"]
    assert found["interpreter"] in found["text"]


def test_a_device_that_computes_nonsense_is_a_problem(tf, monkeypatch):
    monkeypatch.setattr(tf.nn, "conv2d", lambda image, kernel, **_: image[:, 2:, 2:] * 0 + kernel[0, 0, 0, 0])
    with pytest.raises(EnvironmentProblem, match=r"CPU:0 computes wrong results.*Expected: \(36\.0, 64516\.0\)"):
        check_environment._compute("CPU:0")


@pytest.mark.parametrize(
    ("gpus", "visible", "cuda", "note"),
    [
        ([], "0", False, "no NVIDIA driver"),
        (["A GPU, 8 GB"], "", True, "CUDA_VISIBLE_DEVICES"),
        (["A GPU, 8 GB"], "0", False, "built for the processor only"),
        (["A GPU, 8 GB"], "0", True, "does not find a CUDA library"),
    ],
)
def test_why_no_gpu_is_used(tf, monkeypatch, gpus, visible, cuda, note):
    monkeypatch.setattr(check_environment, "nvidia_gpus", lambda: gpus)
    monkeypatch.setattr(tf.test, "is_built_with_cuda", lambda: cuda)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert note in check_environment._gpu_note([{"device": "CPU"}])
    assert check_environment._gpu_note([{"device": "CPU"}, {"device": "GPU:0"}]) == ""


def test_devices_are_one_line_each():
    cpu = {"device": "CPU", "name": "Xeon", "threads": 2, "instructions": ["AVX", "AVX2"], "seconds": 0.0123}
    gpu = {"device": "GPU:0", "name": "L4", "memory": "23034 MiB", "seconds": 0.5}
    assert device_text(cpu) == "CPU: Xeon (2 threads, AVX, AVX2); trial 12 ms"
    assert device_text(gpu) == "GPU:0: L4 (23034 MiB); trial 500 ms"
