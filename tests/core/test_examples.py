"""The examples, run as a user runs them."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "resources" / "examples"
TENSORFLOW_ALONE = """
import json, sys
import tensorflow as tf
signature = tf.saved_model.load(sys.argv[1]).signatures["serving_default"]
results = signature(input_xs=tf.fill([1, 64, 96, 4], 500.0))
assert "geodl_plugin" not in sys.modules
print(json.dumps({name: tensor.shape.as_list() for name, tensor in results.items()}))
"""


@pytest.fixture(scope="module")
def patches(tmp_path_factory, write_raster):
    """Patches images of 64 pixels whose class is told by the first band."""
    folder, rng = tmp_path_factory.mktemp("patches"), np.random.default_rng(0)
    for name, count in (("1", 5), ("2", 4), ("3", 3)):
        labels = np.repeat(rng.integers(0, 2, (count * 8, 8)), 8, axis=0).repeat(8, axis=1).astype(np.uint8)
        image = rng.integers(0, 500, (*labels.shape, 4)).astype(np.uint16)
        image[..., 0] += np.uint16(3000) * labels
        write_raster(folder, image, name=f"xs_{name}.tif", transform=None, epsg=None)
        write_raster(folder, labels, name=f"labels_{name}.tif", transform=None, epsg=None)
    return folder


@pytest.fixture
def run_example(monkeypatch, capsys):
    """Run an example with arguments and give what it printed."""

    def run(name, *arguments):
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        monkeypatch.syspath_prepend(str(EXAMPLES))
        runpy.run_path(str(EXAMPLES / name), run_name="__main__")
        return capsys.readouterr().out

    return run


def outputs(folder):
    """Names and shapes of the outputs of a SavedModel, for an image of 64 × 96 pixels, from TensorFlow alone."""
    program = [sys.executable, "-W", "ignore", "-c", TENSORFLOW_ALONE, str(folder)]
    return json.loads(subprocess.run(program, capture_output=True, check=True, text=True).stdout)


EXPECTED = {
    "predictions": [1, 64, 96, 2],
    "predictions_crop16": [1, 32, 64, 2],
    "predictions_crop32": [1, 0, 32, 2],
    "predictions_crop64": [1, 0, 0, 2],
    "predictions_crop96": [1, 0, 0, 2],
    "predictions_crop128": [1, 0, 0, 2],
}


def test_the_tutorial_from_patches_images(patches, run_example, tmp_path):
    files = {
        name: [patches / f"{kind}_{number}.tif" for number in numbers]
        for kind in ("xs", "labels")
        for name, numbers in ((f"--train_{kind}", "12"), (f"--valid_{kind}", "3"), (f"--test_{kind}", "3"))
    }
    arguments = [one for name, paths in files.items() for one in (name, *paths)]
    printed = run_example(
        "train_from_patches_images.py", *arguments, "--nb_epochs", 2, "--batch_size", 4, "--model_dir", tmp_path / "m"
    )
    assert "val_precision" in printed
    assert outputs(tmp_path / "m") == EXPECTED


@pytest.mark.filterwarnings("ignore:Your input ran out of data")  # Keras counts the steps of the first epoch so
def test_the_tutorial_from_tfrecords(patches, run_example, tmp_path):
    for number, split in (("1", "train"), ("2", "valid"), ("3", "test")):
        xs, labels = (patches / f"{kind}_{number}.tif" for kind in ("xs", "labels"))
        run_example("convert_patches_to_tfrecords.py", "--xs", xs, "--labels", labels, "--outdir", tmp_path / split)
    printed = run_example(
        "train_from_tfrecords.py", "--tfrecords_dir", tmp_path, "--nb_epochs", 1, "--model_dir", tmp_path / "m"
    )
    assert "val_recall" in printed
    assert outputs(tmp_path / "m") == EXPECTED
