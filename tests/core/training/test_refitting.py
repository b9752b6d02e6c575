"""Training again with the labels of the split valid."""

import dataclasses
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.datasets.tfrecords import TFRecords
from geodl_plugin.errors import Cancelled
from geodl_plugin.models.folder import KERAS_NAME, ModelDescription
from geodl_plugin.models.keras_files import load_keras_file
from geodl_plugin.training import refitting, verdicts
from geodl_plugin.training.refitting import is_refitted
from geodl_plugin.training.request import TrainRequest
from geodl_plugin.training.strategy import select_devices
from geodl_plugin.training.train import train

SMALL = {"architecture": "fcnn", "epochs": 1, "batch_size": 8, "crops": [16], "pixel_classifier": "none"}


@pytest.fixture(scope="module")
def few_labels(dataset_folder, tmp_path_factory):
    """A dataset whose features were split as a whole."""
    folder = tmp_path_factory.mktemp("few") / "data set"
    shutil.copytree(dataset_folder, folder)
    description = DatasetDescription.read(folder)
    dataclasses.replace(description, split={"way": "features", "meaning": "whole polygons"}).write(folder)
    return folder


@pytest.fixture(scope="module")
def trained(few_labels, tmp_path_factory):
    """The results of a training once, and of one with all labels, by the choice."""
    folder = tmp_path_factory.mktemp("refitted")
    return {
        refit: train(TrainRequest(str(few_labels), str(folder / refit), refit=refit, **SMALL))
        for refit in ("never", "automatic")
    }


def weights(result):
    return load_keras_file(Path(result.output) / KERAS_NAME).get_weights()


def test_another_network_is_saved(trained):
    once, again = (weights(result) for result in trained.values())
    assert any(not np.array_equal(one, other) for one, other in zip(once, again))


def test_the_figures_are_those_of_the_network_that_had_not_seen_the_labels(trained):
    assert trained["automatic"].figures == trained["never"].figures
    assert refitting._TOLD in trained["automatic"].verdict and refitting._TOLD not in trained["never"].verdict
    report = (Path(trained["automatic"].output) / "report.html").read_text(encoding="utf-8")
    assert "trained again, with the labels of the split valid" in report


def test_a_network_that_has_learned_from_single_pixels_does_so_again(few_labels, tmp_path):
    options = {**SMALL, "architecture": "unet", "width": 4, "depth": 1, "pixel_classifier": "compare"}
    found = train(TrainRequest(str(few_labels), str(tmp_path / "model"), **options))
    assert verdicts.TAUGHT in found.verdict and refitting._TOLD in found.verdict
    assert "test_accuracy" in found.figures


def test_temperature_and_reference_points_go_with_the_new_network(trained):
    models = [load_keras_file(Path(result.output) / KERAS_NAME) for result in trained.values()]
    temperatures = [model.get_layer("predictions").temperature for model in models]
    assert temperatures[0] == temperatures[1] != 1
    assert all("unfamiliarity" in model.output for model in models)


def test_the_model_tells_the_dataset_that_the_user_gave(trained, few_labels):
    description = ModelDescription.read(Path(trained["automatic"].output))
    assert description.training["parameters"]["dataset"] == str(few_labels)
    assert not list(Path(tempfile.gettempdir()).glob(f"geodl_*/{few_labels.name}"))


def test_all_patches_of_train_and_valid_are_joined(few_labels):
    description = DatasetDescription.read(few_labels)
    with refitting._joined(few_labels, description) as (folder, joined):
        assert "test" in description.splits and set(joined.splits) == {"train"}
        parts = [description.splits[split] for split in ("train", "valid")]
        assert joined.splits["train"].samples == sum(part.samples for part in parts)
        records = TFRecords(folder / "train").raw()
        found = sorted(record for record in records.as_numpy_iterator())
        expected = [TFRecords(few_labels / split).raw().as_numpy_iterator() for split in ("train", "valid")]
        assert found == sorted(record for part in expected for record in part)
        assert DatasetDescription.read(folder) == joined


@pytest.mark.parametrize(
    "refit, way, splits, expected",
    [
        ("automatic", "features", ("train", "valid"), True),
        ("automatic", "spatial blocks", ("train", "valid"), False),
        ("automatic", "", ("train", "valid"), False),
        ("always", "spatial blocks", ("train", "valid"), True),
        ("always", "features", ("train",), False),
        ("never", "features", ("train", "valid"), False),
    ],
)
def test_when_a_network_is_trained_again(few_labels, refit, way, splits, expected):
    description = DatasetDescription.read(few_labels)
    found = {name: info for name, info in description.splits.items() if name in splits}
    description = dataclasses.replace(description, split={"way": way}, splits=found)
    request = TrainRequest(str(few_labels), "model", refit=refit)
    assert is_refitted(request, description, select_devices("cpu")) is expected


@pytest.mark.parametrize("keep_best", [False, True])
def test_a_cancelled_second_training(few_labels, tmp_path, monkeypatch, keep_best):
    def cancel(*_):
        raise Cancelled

    monkeypatch.setattr(refitting, "add_unfamiliarity", cancel)
    output = tmp_path / "model"
    request = TrainRequest(str(few_labels), str(output), keep_best=keep_best, **SMALL)
    if not keep_best:
        with pytest.raises(Cancelled):
            train(request)
        assert not output.exists()
        return
    assert refitting._TOLD not in train(request).verdict
    assert tf.saved_model.contains_saved_model(str(output))


@pytest.mark.parametrize("pixel_classifier", ["none", pytest.param("compare", marks=pytest.mark.slow)])
def test_a_second_training_that_was_killed_is_resumed(few_labels, tmp_path, monkeypatch, pixel_classifier):
    output, request = tmp_path / "model", {**SMALL, "resume": True, "pixel_classifier": pixel_classifier}
    whole = train(TrainRequest(str(few_labels), str(tmp_path / "whole"), **request))
    joined = refitting.add_unfamiliarity
    monkeypatch.setattr(refitting, "add_unfamiliarity", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        train(TrainRequest(str(few_labels), str(output), **request))
    monkeypatch.setattr(refitting, "add_unfamiliarity", joined)
    found = train(TrainRequest(str(few_labels), str(output), **request))
    assert found.figures == whole.figures
    assert all(np.array_equal(one, other) for one, other in zip(weights(found), weights(whole)))
    checkpoints = json.loads((output / "model.json").read_text(encoding="utf-8"))
    assert checkpoints and not list(tmp_path.glob("*.state*"))
