"""The steps of the trial, each of which must notice what is wrong."""

import json

import numpy as np
import pytest
from osgeo import gdal, osr

from geodl_plugin.errors import Cancelled, EnvironmentProblem
from geodl_plugin.jobs import try_environment
from geodl_plugin.jobs.try_environment import TryEnvironment
from geodl_plugin.trial import devices, network, steps
from geodl_plugin.trial.checking import check
from geodl_plugin.trial.journal import Journal, read
from geodl_plugin.trial.steps import Step


@pytest.fixture(scope="module")
def tf():
    """TensorFlow, where it is installed."""
    return pytest.importorskip("tensorflow")


@pytest.fixture(scope="module")
def passed(tf, tmp_path_factory):
    """What a whole trial in this process found, by step, and its facts."""
    from geodl_plugin.runtime.reporter import SilentReporter

    path = tmp_path_factory.mktemp("trial") / "journal"
    found = TryEnvironment(str(path)).run(SilentReporter())
    assert read(path) == json.loads(json.dumps(found))
    return {step["name"]: step for step in found["steps"]}, found["facts"]


def test_everything_works_here(passed, tf):
    by_name, facts = passed
    assert {name: step["error"] for name, step in by_name.items()} == {step.name: "" for step in steps.STEPS}
    assert all(step["text"] for step in by_name.values())
    assert facts["versions"]["tensorflow"] == tf.__version__
    assert {"python", "numpy", "gdal", "proj", "h5py", "hdf5", "sqlite", "keras", "pystac"} < set(facts["versions"])
    assert facts["devices"][0]["device"] == "CPU"
    assert facts["devices"][0]["seconds"] > 0


def test_steps_come_after_those_that_they_need():
    names = [step.name for step in steps.STEPS]
    assert all(names.index(need) < number for number, step in enumerate(steps.STEPS) for need in step.needs)


def test_a_failure_leaves_out_only_what_needs_it(monkeypatch, reporter, tmp_path):
    def fail(folder, facts):
        raise ValueError("broken")

    def work(folder, facts):
        facts["seen"] = folder.is_dir()
        return "fine"

    monkeypatch.setattr(
        try_environment,
        "STEPS",
        (Step("a", "A", fail), Step("b", "B", work), Step("c", "C", work, ("a",)), Step("d", "D", work, ("b",))),
    )
    found = TryEnvironment(str(tmp_path / "journal")).run(reporter)
    assert [(step["name"], step["state"]) for step in found["steps"]] == [("a", "failed"), ("b", "done"), ("d", "done")]
    assert found["steps"][0]["error"].endswith("ValueError: broken")
    assert found["facts"]["seen"] is True


def test_the_journal_tells_which_step_was_begun(tmp_path):
    journal = Journal(str(tmp_path / "journal"))
    with journal.step("gdal") as entry:
        entry["text"] = "fine"
    with journal.step("tensorflow"):
        assert read(tmp_path / "journal")["begun"] == "tensorflow"
    with (tmp_path / "journal").open("a") as file:
        file.write('{"half a li')
    found = read(tmp_path / "journal")
    assert found["begun"] == ""
    assert [step["name"] for step in found["steps"]] == ["gdal", "tensorflow"]


def test_cancelling_is_no_failure():
    journal = Journal()
    with pytest.raises(Cancelled), journal.step("gdal"):
        raise Cancelled
    assert journal.steps == []


def test_results_are_compared():
    check("The sum", 4.0004, 4, tolerance=0.001)
    for received in (4.1, [4, 4], np.nan):
        with pytest.raises(EnvironmentProblem, match="The sum: a wrong result"):
            check("The sum", received, 4, tolerance=0.001)


def facts():
    """What is to be filled in by steps."""
    return {"versions": {}, "devices": [{}], "gpu_note": ""}


def test_wrong_pixels_are_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(gdal.Dataset, "ReadAsArray", lambda self: np.zeros((64, 64), np.uint16))
    with pytest.raises(EnvironmentProblem, match="GDAL's driver MEM"):
        steps.run_gdal(tmp_path, facts())


def test_a_wrong_place_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(osr.CoordinateTransformation, "TransformPoint", lambda self, x, y: (x, y, 0.0))
    with pytest.raises(EnvironmentProblem, match="transformation"):
        steps.run_proj(tmp_path, facts())


def test_a_device_that_computes_nonsense_is_noticed(tf, monkeypatch):
    monkeypatch.setattr(tf.nn, "conv2d", lambda image, kernel, **_: image[:, 2:, 2:] * 0 + kernel[0, 0, 0, 0])
    with pytest.raises(EnvironmentProblem, match=r"CPU:0 computes wrong results.*Expected: \(36\.0, 64516\.0\)"):
        devices.compute("CPU:0")


def test_another_backend_of_keras_is_noticed(tf, monkeypatch, tmp_path):
    import keras

    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(EnvironmentProblem, match=r"Remove the variable KERAS_BACKEND.*Received: jax\."):
        steps.run_keras(tmp_path, facts())


def test_a_map_that_is_not_what_keras_predicts_is_noticed(tf, monkeypatch, tmp_path):
    network.run_dataset(tmp_path, facts())
    network.run_training(tmp_path, facts())
    real = network.read
    monkeypatch.setattr(network, "read", lambda path: real(path) + (0.01 if path.name == network.MAP else 0))
    with pytest.raises(EnvironmentProblem, match="The map: a wrong result"):
        network.run_map(tmp_path, facts())


@pytest.mark.parametrize(
    ("gpus", "visible", "system", "cuda", "note"),
    [
        ([], "0", "Linux", False, "no NVIDIA driver"),
        (["A GPU, 8 GB"], "", "Linux", True, "CUDA_VISIBLE_DEVICES"),
        (["A GPU, 8 GB"], "0", "Linux", False, "build 'gpu'"),
        (["A GPU, 8 GB"], "0", "Linux", True, "does not find a CUDA library"),
        (["A GPU, 8 GB"], "0", "Windows", False, "Windows Subsystem for Linux"),
    ],
)
def test_why_no_gpu_is_used(tf, monkeypatch, gpus, visible, system, cuda, note):
    monkeypatch.setattr(devices, "nvidia_gpus", lambda: gpus)
    monkeypatch.setattr(devices.platform, "system", lambda: system)
    monkeypatch.setattr(devices.platform, "machine", lambda: "x86_64" if system == "Linux" else "AMD64")
    monkeypatch.setattr(tf.test, "is_built_with_cuda", lambda: cuda)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    said = devices.gpu_note([{"device": "CPU"}])
    assert note in said
    assert ("build 'gpu'" in said) <= (system == "Linux")  # setup refuses it elsewhere
    assert devices.gpu_note([{"device": "CPU"}, {"device": "GPU:0"}]) == ""
