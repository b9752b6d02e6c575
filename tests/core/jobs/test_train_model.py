"""The job that trains a network."""

import csv
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.runtime.numbers import ceil_div
from geodl_plugin.training import fitting
from geodl_plugin.training.checks import check_request
from geodl_plugin.training.input_pipeline import InputPipeline
from geodl_plugin.training.request import TrainRequest
from geodl_plugin.training.train import train

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _short_epochs(monkeypatch):
    monkeypatch.setattr(fitting, "MIN_STEPS", 1)


@pytest.fixture
def fit(dataset_folder, tmp_path, reporter):
    """Run the job on the dataset, for one epoch."""

    def run(**options):
        parameters = {
            "dataset": str(dataset_folder),
            "output": str(tmp_path / "model"),
            "architecture": "fcnn",
            "epochs": 1,
            "pixel_classifier": "none",
        }
        return TrainModel(**{**parameters, "batch_size": 16, "crops": [16], **options}).run(reporter)

    return run


def test_the_folder_holds_what_is_promised(trained_folder):
    names = {path.name for path in trained_folder.iterdir()}
    assert {"saved_model.pb", "variables", "model.keras", "model.json", "history.csv", "report.html"} <= names


def test_the_description_says_what_was_trained(trained_folder, dataset_folder):
    description = ModelDescription.read(trained_folder)
    dataset = DatasetDescription.read(dataset_folder)
    assert (description.architecture, description.crops) == ("fcnn", [16, 32])
    assert (description.fields.total_stride, description.fields.valid_margin) == (16, 16)
    assert description.classes == dataset.classes
    assert description.inputs[0].bands == ["blue", "green", "red", "nir"]
    assert description.inputs[0].statistics == dataset.sources[0].statistics


def test_the_description_is_a_stac_item(trained_folder):
    import pystac

    item = pystac.Item.from_dict(json.loads((trained_folder / "model.json").read_text(encoding="utf-8")))
    assert item.id == "geodl-fcnn" and "model" in item.assets


def test_the_history_has_a_line_an_epoch(trained_folder):
    with (trained_folder / "history.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert all(np.isfinite(float(rows[0][key])) for key in ("loss", "val_loss", "f1", "val_f1"))
    assert float(rows[0]["learning_rate"]) > float(rows[1]["learning_rate"]) > 0


def test_the_comparison_with_single_pixels_is_told(trained_folder):
    selection = ModelDescription.read(trained_folder).training["selection"]
    network, pixels = selection["candidates"]
    assert (network["architecture"], network["chosen"]) == ("fcnn", True)
    assert (pixels["architecture"], pixels["chosen"]) == ("pixel", False)
    assert pixels["valid_accuracy"] > 0.8 and pixels["test_accuracy"] > 0.8
    told = json.loads(trained_folder.with_name("result.json").read_text())["verdict"]
    assert told == " ".join(selection["verdict"]) and "single pixels" in told
    report = (trained_folder / "report.html").read_text(encoding="utf-8")
    assert "Compared with single pixels" in report and "<b>the network</b> (saved)" in report


def test_both_reports_are_the_same_page(trained_folder):
    inside = (trained_folder / "report.html").read_text(encoding="utf-8")
    assert inside == trained_folder.with_name("report.html").read_text(encoding="utf-8")
    assert "<svg" in inside and "forest" in inside


def test_the_saved_model_and_the_keras_file_agree(trained_folder, dataset_folder):
    signature = tf.saved_model.load(str(trained_folder)).signatures["serving_default"]
    again = keras.models.load_model(trained_folder / "model.keras", safe_mode=True)
    pipeline = InputPipeline(dataset_folder, DatasetDescription.read(dataset_folder), {"source1": [0.0] * 4})
    images, _, _ = next(iter(pipeline.validation(2)))
    np.testing.assert_allclose(signature(**images)[PREDICTIONS], again(images)[PREDICTIONS], atol=1e-6)
    assert f"{PREDICTIONS}_crop32" in signature.structured_outputs


def test_the_result_has_figures_of_the_valid_and_test_splits(trained_folder):
    result = json.loads(trained_folder.with_name("result.json").read_text())
    assert result["best_epoch"] in (1, 2)
    for split in ("valid", "test"):
        assert all(0 <= result[f"{split}_{figure}"] <= 1 for figure in ("accuracy", "f1", "iou"))


@pytest.mark.parametrize("when", [1, 2])
def test_a_cancelled_training_leaves_nothing(fit, tmp_path, reporter, when):
    reporter.cancel_at = when
    with pytest.raises(Cancelled):
        fit()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_not_replaced(fit, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "thesis.odt").touch()
    with pytest.raises(InputError, match="other files"):
        fit()


@pytest.fixture
def altered(dataset_folder, tmp_path):
    """A dataset folder with another description."""

    def make(**changes):
        folder = tmp_path / "altered"
        folder.mkdir()
        dataclasses.replace(DatasetDescription.read(dataset_folder), **changes).write(folder)
        return str(folder)

    return make


def test_a_folder_that_is_no_dataset_is_refused(fit, tmp_path):
    with pytest.raises(InputError, match="not a dataset folder"):
        fit(dataset=str(tmp_path))


def test_a_dataset_that_cannot_be_trained_on_is_refused_before_tensorflow_starts(fit, altered, reporter):
    with pytest.raises(InputError, match="no split train"):
        fit(dataset=altered(splits={}))
    assert reporter.fractions == []


def test_the_fields_of_the_job_are_those_of_the_operation(fit, tmp_path):
    """They are written once; job files and descriptions of models hold them in this order."""
    names = [field.name for field in dataclasses.fields(TrainModel)]
    assert names == [field.name for field in dataclasses.fields(TrainRequest)]
    assert names[:6] == ["dataset", "output", "report", "architecture", "model_file", "init_model"]
    assert names[-11:-7] == ["seed", "resume", "keep_best", "tensorboard"]
    later = ["further_datasets", "split", "valid_scenes", "test_scenes", "weighting", "refit", "unlabelled"]
    assert names[-7:] == later
    fit(augment=["noise"], seed=7)
    parameters = ModelDescription.read(tmp_path / "model").training["parameters"]
    assert (list(parameters), parameters["augment"], parameters["seed"]) == (names, ["noise"], 7)


def test_the_operation_gives_the_same_as_the_job(trained_folder, dataset_folder, tmp_path, monkeypatch):
    monkeypatch.setattr(fitting, "MIN_STEPS", 40)
    small = {"architecture": "fcnn", "epochs": 2, "batch_size": 8, "crops": [16, 32], "pixel_classifier": "compare"}
    result = train(TrainRequest(str(dataset_folder), str(tmp_path / "model"), **small))
    np.testing.assert_array_equal(weights_of(tmp_path / "model"), weights_of(trained_folder))
    of_job = json.loads(trained_folder.with_name("result.json").read_text())
    assert {"best_epoch": result.best_epoch, "verdict": result.verdict, **result.figures} == {
        name: value for name, value in of_job.items() if name not in ("output", "report")
    }


def test_damaged_records_are_refused(fit, dataset_folder, tmp_path):
    folder = tmp_path / "damaged"
    shutil.copytree(dataset_folder, folder)
    (folder / "train" / "0.records").write_bytes(b"damaged" * 50)
    with pytest.raises(InputError, match="is damaged"):
        fit(dataset=str(folder))
    assert not (tmp_path / "model").exists()


def test_a_record_that_is_damaged_within_is_told_in_one_line(fit, dataset_folder, tmp_path):
    folder = tmp_path / "damaged"
    shutil.copytree(dataset_folder, folder)
    with (folder / "train" / "0.records").open("r+b") as file:
        file.seek(200)
        file.write(b"damage")
    with pytest.raises(
        InputError, match=r"is damaged\. Expected: records as .* Received: corrupted record at \d+"
    ) as caught:
        fit(dataset=str(folder))
    assert len(str(caught.value)) < 400 and "\n" not in str(caught.value)


def test_a_batch_of_more_patches_than_there_are_is_refused_before_tensorflow_starts(fit, reporter, dataset_folder):
    patches = DatasetDescription.read(dataset_folder).splits["train"].samples
    with pytest.raises(InputError, match=rf"batch size.*at most {patches}, the patches.*Received: 1000000"):
        fit(batch_size=10**6)
    assert reporter.fractions == []


def test_a_small_dataset_may_be_trained_on_with_the_usual_batch_size(altered, dataset_folder):
    splits = DatasetDescription.read(dataset_folder).splits
    few = altered(splits={**splits, "train": dataclasses.replace(splits["train"], samples=2)})
    assert check_request(TrainRequest(few, "output")).splits["train"].samples == 2


@pytest.mark.parametrize("error", [tf.errors.ResourceExhaustedError(None, None, "OOM when allocating"), MemoryError()])
@pytest.mark.parametrize("where", ["geodl_plugin.training.fitting.fit", "geodl_plugin.accuracy.evaluation.evaluate"])
def test_too_little_memory_is_explained(fit, monkeypatch, tmp_path, error, where):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(where, fail)
    with pytest.raises(InputError, match=r"not enough memory to train on batches of 16 patches.*smaller batch size"):
        fit()
    assert list(tmp_path.iterdir()) == []


def weights_of(folder):
    """All weights of a model folder in one row."""
    model = keras.models.load_model(folder / "model.keras", compile=False)
    return np.concatenate([weight.ravel() for weight in model.get_weights()])


def test_the_keras_file_holds_no_optimizer(trained_folder):
    model = keras.models.load_model(trained_folder / "model.keras")
    assert getattr(model, "optimizer", None) is None


@pytest.fixture
def start(dataset_folder, tmp_path):
    """Train in a process of its own; gives the process."""
    running = []

    def run(**options):
        job = TrainModel(
            str(dataset_folder), str(tmp_path / "model"), architecture="unet", width=4, batch_size=8, **options
        )
        (tmp_path / "job.json").write_text(job.to_json())
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "geodl_plugin", "run", str(tmp_path / "job.json")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def until(process, begin):
    """Wait for a line on standard error."""
    for line in process.stderr:
        if line.strip().startswith(begin):
            return
    raise AssertionError(f"no line begins with {begin}")


@pytest.mark.slow
def test_a_killed_training_ends_as_an_uninterrupted_one(start, tmp_path):
    options = {"epochs": 4, "crops": [16], "augment": ["noise", "flips and turns"]}
    out, _ = start(**options).communicate()
    whole = json.loads(out)
    (tmp_path / "model").rename(tmp_path / "whole")
    process = start(**options, resume=True)
    until(process, "Epoch 2")
    until(process, "56 %")  # in the midst of the third epoch
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "model").exists() and (tmp_path / ".model.training").is_dir()
    process = start(**options, resume=True)
    until(process, "Resuming after epoch 2")
    out, _ = process.communicate()
    assert json.loads(out) == whole
    np.testing.assert_array_equal(weights_of(tmp_path / "model"), weights_of(tmp_path / "whole"))
    assert (tmp_path / "model" / "history.csv").read_text() == (tmp_path / "whole" / "history.csv").read_text()
    assert not (tmp_path / ".model.training").exists()


def test_a_stopped_training_keeps_its_state_only_if_it_shall_be_resumed(fit, tmp_path, reporter, dataset_folder):
    steps = ceil_div(DatasetDescription.read(dataset_folder).splits["train"].samples, 16)
    reporter.cancel_at = steps + 3
    with pytest.raises(Cancelled):
        fit(epochs=3)
    assert list(tmp_path.iterdir()) == []
    reporter.cancel_at += steps + 3
    with pytest.raises(Cancelled):
        fit(epochs=3, resume=True)
    assert [path.name for path in tmp_path.iterdir()] == [".model.training"]


def test_a_cancelled_training_leaves_its_best_model_if_asked_for(fit, tmp_path, reporter, dataset_folder):
    steps = ceil_div(DatasetDescription.read(dataset_folder).splits["train"].samples, 16)
    reporter.cancel_at = steps + 3
    found = fit(epochs=5, keep_best=True)
    assert found["best_epoch"] == 1 and 0 < found["valid_accuracy"] <= 1
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert ModelDescription.read(tmp_path / "model").training["best_epoch"] == 1


def test_a_job_that_must_save_has_more_time_to_end():
    assert TrainModel("d", "o").grace() < 2
    assert TrainModel("d", "o", keep_best=True).grace() >= 30


def test_logs_lie_in_the_model_folder(fit, tmp_path):
    pytest.importorskip("tensorboard")
    fit(tensorboard=True)
    assert list((tmp_path / "model" / "logs").rglob("events.out.tfevents.*"))
    assert not (tmp_path / "model" / "state").exists()


def test_logs_without_tensorboard_are_refused(fit, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match="package tensorboard is missing"):
        fit(tensorboard=True)
