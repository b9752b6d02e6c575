"""The job that trains a network."""

import csv
import dataclasses
import json
import shutil

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.manifest import Dataset, SplitInfo
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.training import trainer
from geodl_plugin.training.data import batches
from geodl_plugin.training.trainer import Options, train


@pytest.fixture
def fit(dataset_folder, tmp_path, reporter):
    """Run the job on the dataset, for one epoch."""

    def run(**options):
        parameters = {
            "dataset": str(dataset_folder),
            "output": str(tmp_path / "model"),
            "architecture": "fcnn",
            "epochs": 1,
        }
        return TrainModel(**{**parameters, "batch_size": 16, "crops": [16], **options}).run(reporter)

    return run


def test_the_folder_holds_what_is_promised(trained_folder):
    names = {path.name for path in trained_folder.iterdir()}
    assert {"saved_model.pb", "variables", "model.keras", "model.json", "history.csv", "report.html"} <= names


def test_the_description_says_what_was_trained(trained_folder, dataset_folder):
    description = ModelDescription.read(trained_folder)
    dataset = Dataset.read(dataset_folder)
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


def test_both_reports_are_the_same_page(trained_folder):
    inside = (trained_folder / "report.html").read_text(encoding="utf-8")
    assert inside == trained_folder.with_name("report.html").read_text(encoding="utf-8")
    assert "<svg" in inside and "forest" in inside


def test_the_saved_model_and_the_keras_file_agree(trained_folder, dataset_folder):
    signature = tf.saved_model.load(str(trained_folder)).signatures["serving_default"]
    again = keras.models.load_model(trained_folder / "model.keras", safe_mode=True)
    images, _, _ = next(iter(batches(dataset_folder, Dataset.read(dataset_folder), "valid", 2, np.ones(3))))
    np.testing.assert_allclose(signature(**images)[PREDICTIONS], again(images)[PREDICTIONS], atol=1e-6)
    assert f"{PREDICTIONS}_crop32" in signature.structured_outputs


def test_the_result_has_figures_of_the_valid_and_test_splits(trained_folder):
    result = json.loads(trained_folder.with_name("result.json").read_text())
    assert result["best_epoch"] in (1, 2)
    for split in ("valid", "test"):
        assert all(0 <= result[f"{split}_{figure}"] <= 1 for figure in ("accuracy", "f1", "iou"))


def options(**changes):
    """Short training."""
    defaults = Options("fcnn", 3, 8, 0.001, "balanced", (), 0, (16,), 0)
    return dataclasses.replace(defaults, **changes)


def test_a_network_learns_what_the_bands_tell(dataset_folder, reporter):
    trained = train(dataset_folder, Dataset.read(dataset_folder), options(epochs=12, learning_rate=0.01), reporter)
    assert trained.history["loss"][-1] < trained.history["loss"][0] / 2
    assert trained.confusions["valid"].overall_accuracy > 0.8


def test_the_best_epoch_is_kept(dataset_folder, reporter):
    # So high a rate makes the loss jump about.
    trained = train(dataset_folder, Dataset.read(dataset_folder), options(epochs=4, learning_rate=0.3), reporter)
    losses = trained.history["val_loss"]
    data = batches(dataset_folder, Dataset.read(dataset_folder), "valid", 8, np.ones(3))
    kept = trained.network.evaluate(data, verbose=0, return_dict=True)["loss"]
    assert trained.best_epoch == int(np.argmin(losses)) + 1
    assert kept == pytest.approx(min(losses), rel=1e-4)


def test_the_same_seed_gives_the_same_start(dataset_folder, reporter):
    one, other = (train(dataset_folder, Dataset.read(dataset_folder), options(epochs=1), reporter) for _ in range(2))
    assert one.history["loss"] == pytest.approx(other.history["loss"], rel=1e-4)


class Asked(Exception):
    """Ends a training when its batches have been asked for."""


@pytest.fixture
def asked_batches(dataset_folder, reporter, monkeypatch):
    """What a training with these options asks of its batches: size, class weights, seed and augmentations."""

    def ask(**changes):
        found = {}

        def record(folder, dataset, split, batch_size, class_weights, *, seed, changes):
            found.update(batch_size=batch_size, weights=class_weights.tolist(), seed=seed, changes=changes)
            raise Asked

        monkeypatch.setattr(trainer, "batches", record)
        with pytest.raises(Asked):
            train(dataset_folder, Dataset.read(dataset_folder), options(**changes), reporter)
        return found

    return ask


def test_batch_size_and_seed_reach_the_data(asked_batches):
    found = asked_batches(batch_size=5, seed=7)
    assert (found["batch_size"], found["seed"]) == (5, 7)


def test_class_weights_are_balanced_only_if_asked(asked_batches, dataset_folder):
    pixels = np.array(Dataset.read(dataset_folder).splits["train"].pixels)
    assert asked_batches(class_weights="none")["weights"] == [1, 1, 1]
    np.testing.assert_allclose(asked_batches(class_weights="balanced")["weights"] * pixels, pixels.mean())


def test_the_chosen_augmentations_are_applied(asked_batches):
    assert asked_batches(augment=())["changes"] == []
    names = [change.__qualname__ for change in asked_batches(augment=("noise", "flips and turns"))["changes"]]
    assert names == ["noise.<locals>.change", "flips_and_turns"]
    (brightness,) = asked_batches(augment=("brightness and contrast",))["changes"]
    assert brightness.__qualname__ == "brightness_and_contrast.<locals>.change"


def test_training_stops_when_patience_ends(dataset_folder, reporter):
    dataset = Dataset.read(dataset_folder)
    # So high a rate soon makes the loss worse.
    trained = train(dataset_folder, dataset, options(epochs=30, learning_rate=0.3, patience=1), reporter)
    assert len(trained.history["loss"]) == trained.best_epoch + 1 < 30


def test_training_without_valid_split_keeps_the_last_epoch_and_tells(dataset_folder, reporter):
    dataset = Dataset.read(dataset_folder)
    alone = dataclasses.replace(dataset, splits={"train": dataset.splits["train"]})
    trained = train(dataset_folder, alone, options(epochs=2), reporter)
    assert (trained.best_epoch, trained.confusions) == (2, {})
    assert any("no split valid" in warning for warning in reporter.warnings)


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
    """A dataset folder with another manifest."""

    def make(**changes):
        folder = tmp_path / "altered"
        folder.mkdir()
        dataclasses.replace(Dataset.read(dataset_folder), **changes).write(folder)
        return str(folder)

    return make


def test_one_label_a_patch_is_refused(fit, altered):
    with pytest.raises(InputError, match="one label for each patch"):
        fit(dataset=altered(label_size=1, label_mode="position"))


def test_patches_that_the_network_cannot_halve_are_refused(fit, altered, dataset_folder):
    source = dataclasses.replace(Dataset.read(dataset_folder).sources[0], patch_size=40)
    with pytest.raises(InputError, match="40"):
        fit(dataset=altered(sources=[source]))


def test_sources_of_several_resolutions_need_another_network(fit, altered, dataset_folder):
    source = Dataset.read(dataset_folder).sources[0]
    coarse = dataclasses.replace(source, name="wide", patch_size=16)
    with pytest.raises(InputError, match=r"different resolutions.*source1: 32 pixels, wide: 16 pixels.*of your own"):
        fit(dataset=altered(sources=[source, coarse]))


def test_a_class_without_training_pixels_is_refused_by_name(fit, altered):
    with pytest.raises(InputError, match="no pixel of forest"):
        fit(dataset=altered(splits={"train": SplitInfo(5, 1, [10, 0, 10])}))


def test_a_dataset_without_train_split_is_refused(fit, altered):
    with pytest.raises(InputError, match="train"):
        fit(dataset=altered(splits={"valid": SplitInfo(5, 1, [10, 10, 10])}))


def test_a_folder_that_is_no_dataset_is_refused(fit, tmp_path):
    with pytest.raises(InputError, match="no dataset folder"):
        fit(dataset=str(tmp_path))


def test_damaged_records_are_refused(fit, dataset_folder, tmp_path):
    folder = tmp_path / "damaged"
    shutil.copytree(dataset_folder, folder)
    (folder / "train" / "0.records").write_bytes(b"damaged" * 50)
    with pytest.raises(InputError, match="is damaged"):
        fit(dataset=str(folder))
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"epochs": 0},
        {"batch_size": 0},
        {"learning_rate": 0.0},
        {"learning_rate": -1.0},
        {"patience": -1},
        {"crops": [-16]},
    ],
)
def test_values_out_of_range_are_refused(fit, wrong):
    with pytest.raises(InputError):
        fit(**wrong)
