"""Bad input, cancel and crashes: one clear message, exit status 1, nothing left behind."""

import os
import signal

import pytest
from real_qgis import Qgis, wait_for, workers

from geodl_plugin.options import STRATEGIES


def leftovers(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def sample(session_scene, tmp_path):
    """Parameters of a good sampling run."""
    return {
        "SOURCE1": session_scene["image"],
        "INPUT": session_scene["polygons"],
        "CLASS_FIELD": "class",
        "PATCH_SIZE": 16,
        "OUTPUT": tmp_path / "positions.gpkg",
    }


def test_polygons_that_miss_the_raster(qgis, sample, make_vector, box, tmp_path):
    far = make_vector([(box(5000, 5000, 9, 9), "field"), (box(5020, 5000, 9, 9), "forest")], name="far.gpkg")
    said = qgis.fail("geodl:samplevector", **{**sample, "INPUT": far})
    assert "The layer far and the raster do not overlap. Expected: features within" in said
    assert leftovers(tmp_path) == ["far.gpkg"]


def test_class_field_with_one_value(qgis, sample, make_vector, box, tmp_path):
    single = make_vector([(box(9, 9, 60, 60), "field")], name="single.gpkg")
    said = qgis.fail("geodl:samplevector", **{**sample, "INPUT": single})
    assert "has one class only. Expected: two classes or more" in said
    assert leftovers(tmp_path) == ["single.gpkg"]


def test_raster_that_is_not_there(qgis, sample, tmp_path):
    said = qgis.fail("geodl:samplevector", **{**sample, "SOURCE1": tmp_path / "nothing.tif"})
    assert "Invalid Image (SOURCE1). Expected: raster layers, or files that exist. Received:" in said
    assert "nothing.tif" in said
    assert leftovers(tmp_path) == []


def test_layer_that_is_not_there(qgis, sample, tmp_path):
    said = qgis.fail("geodl:samplevector", **{**sample, "INPUT": tmp_path / "nothing.gpkg"})
    assert "INPUT" in said
    assert "nothing.gpkg" in said


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PATCH_SIZE", 0, "Expected: 1 or more. Received: 0."),
        ("VALID_FRACTION", 1.5, "Expected: 0 to 1. Received: 1.5."),
        ("STRATEGY", "random", f"one of {', '.join(STRATEGIES)}. Received: random."),
        ("CLASS_FIELD", "kind", "has no field kind. Expected: one of"),
    ],
)
def test_value_that_does_not_fit(qgis, sample, name, value, expected):
    assert expected in qgis.fail("geodl:samplevector", **{**sample, name: value})


def test_folder_that_is_no_model(qgis, session_scene, dataset, tmp_path):
    said = qgis.fail("geodl:applymodel", MODEL=dataset, SOURCE1=session_scene["image"], OUTPUT=tmp_path / "map.tif")
    assert "is not a model. Expected: a model folder made by Train a network" in said
    assert leftovers(tmp_path) == []


def test_folder_of_somebody_else_is_not_replaced(qgis, dataset, tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    said = qgis.fail("geodl:trainmodel", DATASET=dataset, EPOCHS=1, OUTPUT=tmp_path)
    assert "cannot be replaced" in said
    assert leftovers(tmp_path) == ["letter.txt"]


def test_no_interpreter_with_tensorflow(profile, dataset, tmp_path):
    without = Qgis(profile, GEODL_PYTHON="/usr/bin/python3", XDG_DATA_HOME=str(tmp_path))
    said = without.fail("geodl:trainmodel", DATASET=dataset, EPOCHS=1, OUTPUT=tmp_path / "model")
    assert "No Python with TensorFlow was found." in said
    assert "/usr/bin/python3" in said
    assert "geodl:setupenvironment" in said
    assert not (tmp_path / "model").exists()


@pytest.fixture
def training(qgis, dataset, tmp_path):
    """A long training that has begun to write, and the folder that it writes in."""
    process = qgis.start("geodl:trainmodel", DATASET=dataset, EPOCHS=5000, PATIENCE=0, OUTPUT=tmp_path / "model")
    begun = "part-"  # the lock is there before
    wait_for(lambda: begun in str(leftovers(tmp_path)) or process.poll() is not None, "the training to begin")
    yield process, tmp_path
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.stdout.close()
    process.wait()


def test_interrupt_leaves_nothing(training):
    process, folder = training
    worker = workers(process.pid)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Cancelled: no output was written." in said
    assert leftovers(folder) == []
    assert not set(worker) & set(workers())


def test_killed_worker_is_explained(training):
    process, folder = training
    (worker,) = workers(process.pid)
    os.kill(worker, signal.SIGKILL)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "The worker process was ended by the signal SIGKILL. Most likely the machine ran out of memory." in said
    assert leftovers(folder) == []


def test_worker_ends_when_qgis_is_killed(training):
    process, folder = training
    (worker,) = workers(process.pid)
    process.kill()
    process.wait()
    wait_for(lambda: worker not in workers(), "the worker to end")
    assert leftovers(folder) == []
