"""The training loop: tiny, but real."""

import dataclasses
import json

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.models import arithmetic
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.models.layers import FillNodata
from geodl_plugin.runtime.numbers import ceil_div
from geodl_plugin.training import fitting, strategy
from geodl_plugin.training.checkpoints import Checkpoints
from geodl_plugin.training.input_pipeline import InputPipeline
from geodl_plugin.training.request import TrainRequest
from geodl_plugin.training.strategy import select_devices

from ..conftest import Silent

pytestmark = pytest.mark.rounding


@pytest.fixture(autouse=True)
def _short_epochs(monkeypatch):
    monkeypatch.setattr(fitting, "MIN_STEPS", 1)


@pytest.fixture
def dataset(dataset_folder):
    """The description of the dataset."""
    return DatasetDescription.read(dataset_folder)


class Fit:
    """Trains a small network for a short time, in folders of its own."""

    def __init__(self, folder, place, reporter):
        self.folder, self.place, self.reporter = folder, place, reporter
        self.dataset = DatasetDescription.read(folder)

    def __call__(self, state="state", folder=None, dataset=None, **changes):
        small = {"architecture": "fcnn", "epochs": 2, "batch_size": 8, "augment": [], "crops": [16]}
        request = TrainRequest(str(folder or self.folder), "model", **{**small, **changes})
        devices, checkpoints = select_devices("cpu"), Checkpoints(self.place / state)
        fitted = fitting.fit(request, dataset or self.dataset, devices, checkpoints, self.reporter)
        return fitting.restore_best_epoch(fitted, request, devices, checkpoints)


@pytest.fixture
def fit(dataset_folder, tmp_path, reporter):
    """Train a small network for a short time."""
    return Fit(dataset_folder, tmp_path, reporter)


def weights_of(trained):
    """All weights in one row."""
    return np.concatenate([weight.ravel() for weight in trained.network.model.get_weights()])


def test_a_network_learns_what_the_bands_tell(fit, dataset_folder, dataset):
    trained = fit(epochs=12, learning_rate=0.01, class_weights="balanced")
    assert trained.history["loss"][-1] < trained.history["loss"][0] / 2
    assert max(trained.history["val_accuracy"]) > 0.8 and max(trained.history["val_f1"]) > 0.8


def valid_loss(trained, dataset_folder, dataset):
    """The loss of the network that came out, on the valid split."""
    pipeline = InputPipeline(dataset_folder, dataset, {"source1": dataset.sources[0].statistics["mean"]})
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.05, reduction="mean_with_sample_weight")
    trained.network.compile(loss={PREDICTIONS: loss})
    return trained.network.evaluate(pipeline.validation(8), verbose=0)


def test_the_best_epoch_is_kept(fit, dataset_folder, dataset):
    # So high a rate makes the loss jump about.
    trained = fit(epochs=4, learning_rate=0.3)
    best = int(np.argmin(trained.history["val_calibrated_loss"]))
    assert trained.best_epoch == best + 1
    assert valid_loss(trained, dataset_folder, dataset) == pytest.approx(trained.history["val_loss"][best], rel=1e-4)


def test_the_same_seed_gives_the_same_network(fit, one_epoch):
    same, other = (weights_of(fit(name, epochs=1, seed=seed)) for name, seed in (("a", 0), ("b", 1)))
    np.testing.assert_array_equal(one_epoch, same)
    assert (one_epoch != other).any()


def test_training_stops_when_patience_ends(fit):
    # So high a rate soon makes the loss worse.
    trained = fit(epochs=30, learning_rate=0.3, patience=1)
    assert len(trained.history["loss"]) == trained.best_epoch + 1 < 30


def test_training_without_valid_split_keeps_the_last_epoch_and_tells(fit, dataset, reporter):
    trained = fit(dataset=dataclasses.replace(dataset, splits={"train": dataset.splits["train"]}))
    assert trained.best_epoch == 2
    assert any("no split valid" in warning for warning in reporter.warnings)


@pytest.fixture(scope="module")
def one_epoch(dataset_folder, tmp_path_factory):
    """The weights after an epoch with default options."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "MIN_STEPS", 1)
        return weights_of(Fit(dataset_folder, tmp_path_factory.mktemp("one"), Silent())(epochs=1))


def test_small_datasets_are_passed_several_times_an_epoch(fit, monkeypatch, tmp_path):
    monkeypatch.setattr(fitting, "MIN_STEPS", 12)
    fit(epochs=1)
    with h5py.File(tmp_path / "state" / "1.weights.h5") as file:
        assert int(file["optimizer/vars/0"][()]) == 12  # the optimizer's steps


@pytest.mark.parametrize(
    "change",
    [
        {"learning_rate": 0.004},
        {"weight_decay": 0.5},
        {"loss": "focal"},
        {"class_weights": "balanced"},
        {"class_weights": "given", "class_weight_values": "water=20"},
        {"augment": ["noise"]},
        {"augment": ["rotations", "mixup"]},
        {"batch_size": 4},
        {"width": 8},
    ],
    ids=str,
)
def test_each_option_changes_the_network(fit, one_epoch, change):
    other = weights_of(fit(**{"epochs": 1, **change}))
    assert len(one_epoch) != len(other) or np.abs(one_epoch - other).max() > 0


def test_given_weights_reach_dice(fit):
    one, other = (
        fit(way, epochs=1, loss="dice", class_weights="given", class_weight_values=way).history["loss"]
        for way in ("water=1", "water=9")
    )
    assert one != other


@pytest.mark.parametrize("precision", ["mixed bfloat16", "mixed float16"])
def test_mixed_precision_gives_a_network_of_float32(fit, dataset_folder, dataset, precision):
    few = dataclasses.replace(dataset.splits["train"], samples=16)  # processors are slow at it
    small = dataclasses.replace(dataset, splits={**dataset.splits, "train": few})
    trained, exact = (fit(name, dataset=small, precision=name, epochs=1) for name in (precision, "float32"))
    assert {weight.dtype for weight in trained.network.model.weights} == {"float32"}
    assert {layer.compute_dtype for layer in trained.network.model.layers} == {"float32"}
    assert keras.config.dtype_policy().name == "float32"
    assert (weights_of(trained) != weights_of(exact)).any()
    kept = valid_loss(trained, dataset_folder, dataset)
    assert kept == pytest.approx(trained.history["val_loss"][0], rel=0.01)


def test_a_training_that_diverges_says_so(fit, dataset):
    wild = {**dataset.sources[0].statistics, "mean": [float("nan")] * 4}
    with pytest.raises(InputError, match=r"diverged.*lower learning rate"):
        fit(dataset=dataclasses.replace(dataset, sources=[dataclasses.replace(dataset.sources[0], statistics=wild)]))


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 1e36},
        {"learning_rate": 1e36, "architecture": "unet", "width": 4},
        {"learning_rate": 1e36, "precision": "mixed float16"},
        {"learning_rate": 1e36, "precision": "mixed bfloat16"},
        {"class_weights": "given", "class_weight_values": "water=1e38"},
    ],
    ids=str,
)
def test_a_training_that_diverges_for_any_cause_says_so(fit, changes):
    with pytest.raises(InputError, match="diverged"):
        fit(epochs=3, **changes)


@pytest.mark.parametrize("precision", ["float32", "mixed float16"])
def test_missing_values_that_a_network_lets_through_are_noticed(fit, monkeypatch, precision):
    monkeypatch.setattr(FillNodata, "call", lambda self, inputs: tf.cast(inputs, tf.float32) * np.nan)
    with pytest.raises(InputError, match="diverged"):
        fit(epochs=2, precision=precision, width=4)


def test_logs_for_tensorboard_are_written_if_asked_for(fit, tmp_path):
    pytest.importorskip("tensorboard")
    fit(epochs=1)
    assert not (tmp_path / "state" / "logs").exists()
    fit("logged", epochs=1, tensorboard=True)
    assert list((tmp_path / "logged" / "logs").rglob("events.out.tfevents.*"))


def test_a_cancelled_training_gives_nothing(fit, reporter):
    reporter.cancel_at = 12
    with pytest.raises(Cancelled):
        fit(epochs=5)


def test_a_cancelled_training_gives_the_best_epoch_if_asked_for(fit, reporter, dataset):
    steps = ceil_div(dataset.splits["train"].samples, 8)
    reporter.cancel_at = 2 * steps + 1
    trained = fit(epochs=5, keep_best=True)
    assert trained.cancelled and len(trained.history["loss"]) == 2
    assert trained.best_epoch in (1, 2)


def test_a_training_cancelled_in_its_first_epoch_has_nothing_to_give(fit, reporter):
    reporter.cancel_at = 2
    with pytest.raises(Cancelled):
        fit(epochs=5, keep_best=True)


def test_a_resumed_training_ends_as_an_uninterrupted_one(fit, reporter, dataset, tmp_path):
    options = {
        "architecture": "unet",
        "width": 4,
        "depth": 1,
        "epochs": 3,
        "augment": ["noise", "mixup"],
        "learning_rate": 0.01,
    }
    whole = fit("whole", **options)
    steps = ceil_div(dataset.splits["train"].samples, 8)
    reporter.cancel_at = len(reporter.fractions) + steps + 3  # in the second epoch
    with pytest.raises(Cancelled):
        fit("state", **options)
    reporter.cancel_at = None
    assert Checkpoints(tmp_path / "state").epochs == 1
    resumed = fit("state", **options)
    assert "Resuming after epoch 1." in reporter.messages
    np.testing.assert_array_equal(weights_of(resumed), weights_of(whole))
    assert resumed.history == whole.history


def test_a_resumed_training_counts_all_epochs_without_improvement(fit, tmp_path, reporter):
    options = {"epochs": 30, "learning_rate": 0.3, "patience": 2}
    whole = fit("whole", **options)
    history = json.loads((tmp_path / "whole" / "history.json").read_text())
    assert len(history["loss"]) == whole.best_epoch + 2
    # It was killed after the last epoch: there is nothing more to train.
    again = fit("whole", **options)
    assert again.history == whole.history
    np.testing.assert_array_equal(weights_of(again), weights_of(whole))


@pytest.fixture
def processor(monkeypatch):
    """Pretend that the processor has units for bfloat16 that pay for any network, or that it has none."""

    def pretend(*, units):
        for module in (arithmetic, strategy):
            monkeypatch.setattr(module, "why_not_bfloat16", lambda: "" if units else "there are no units")
        monkeypatch.setattr(arithmetic, "MANY_MULTIPLY_ADDS", 1)

    return pretend


@pytest.mark.parametrize(("units", "used"), [(True, "bfloat16"), (False, "float32")])
def test_automatic_is_the_precision_that_it_stands_for(fit, processor, reporter, units, used):
    processor(units=units)
    found, expected = (fit(name, precision=name, epochs=1, width=4) for name in ("automatic", used))
    assert found.precision == expected.precision == used
    assert any(f"in {used}, since " in message for message in reporter.messages)
    np.testing.assert_array_equal(weights_of(found), weights_of(expected))


@pytest.mark.parametrize("precision", ["mixed bfloat16", "bfloat16"])
def test_the_same_seed_gives_the_same_network_in_bfloat16(fit, processor, precision):
    processor(units=True)
    one, same = (weights_of(fit(name, precision=precision, epochs=1, width=4)) for name in ("a", "b"))
    np.testing.assert_array_equal(one, same)


@pytest.fixture
def interrupted(fit, reporter, dataset, processor):
    """Train in the automatic precision, whole and cancelled in the second epoch; gives the weights of the whole."""

    def run(*, units):
        processor(units=units)
        whole = weights_of(fit("whole", precision="automatic"))
        reporter.cancel_at = len(reporter.fractions) + ceil_div(dataset.splits["train"].samples, 8) + 3
        with pytest.raises(Cancelled):
            fit(precision="automatic")
        reporter.cancel_at = None
        return whole

    return run


def test_a_training_that_began_in_float32_goes_on_in_it(fit, processor, interrupted):
    whole = interrupted(units=False)
    processor(units=True)
    resumed = fit(precision="automatic")
    assert resumed.precision == "float32"
    np.testing.assert_array_equal(weights_of(resumed), whole)


def test_a_training_that_began_in_bfloat16_goes_on_only_where_there_are_units(fit, processor, interrupted):
    whole = interrupted(units=True)
    processor(units=False)
    with pytest.raises(InputError, match=r"Expected: precision = bfloat16\. Received: precision = float32\."):
        fit(precision="automatic")
    processor(units=True)
    np.testing.assert_array_equal(weights_of(fit(precision="automatic")), whole)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"epochs": 9}, "epochs = 9"), ({"seed": 3}, "seed = 3"), ({"loss": "dice"}, "loss = dice")],
)
def test_other_parameters_cannot_be_resumed(fit, change, named):
    fit(epochs=1)
    with pytest.raises(InputError, match=f"other parameters.*Received: {named}"):
        fit(**{"epochs": 1, **change})


def test_another_dataset_cannot_be_resumed(fit, dataset_folder, dataset, tmp_path):
    fit(epochs=1)
    other = tmp_path / "other"
    other.mkdir()
    dataclasses.replace(dataset, provenance={}).write(other)
    with pytest.raises(InputError, match=r"another dataset.*Received: dataset = "):
        fit(epochs=1, folder=other)


def test_what_changes_no_result_may_change(fit):
    fit(epochs=1)
    assert fit(epochs=1, keep_best=True).best_epoch == 1


def test_trainings_that_earlier_versions_began_can_be_resumed(fit, tmp_path):
    """Their setup has these names and values; further parameters came later."""
    fit(epochs=1, keep_best=True)
    file = tmp_path / "state" / "setup.json"
    setup = json.loads(file.read_text())
    earlier = [
        *("architecture", "model_file", "init_model", "width", "depth", "backbone", "backbone_weights", "epochs"),
        *("batch_size", "learning_rate", "weight_decay", "loss", "class_weights", "class_weight_values", "augment"),
        *("patience", "precision", "device", "crops", "seed", "keep_best", "dataset"),
    ]
    assert [name for name in setup if name in earlier] == earlier
    assert (setup["device"], setup["keep_best"], setup["crops"]) == (None, None, [16])
    file.write_text(json.dumps({name: setup[name] for name in earlier}))
    assert fit(epochs=1).best_epoch == 1
