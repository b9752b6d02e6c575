"""How large a network is trained and for how long: what was left open, and what was not."""

import types

import pytest

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.training import fitting, sizing
from geodl_plugin.training.checkpoints import Checkpoints
from geodl_plugin.training.effort import networks_of
from geodl_plugin.training.request import TrainRequest
from geodl_plugin.training.sizing import scalable_options, sized, step_seconds
from geodl_plugin.training.strategy import select_devices


@pytest.fixture
def choose(dataset_folder, tmp_path, reporter, monkeypatch):
    """Epochs, width and depth that are chosen where a step takes so many seconds."""
    description = DatasetDescription.read(dataset_folder)

    def run(seconds=0.01, checkpoints=None, devices=None, **options):
        def measure(*_):
            if seconds is None:
                raise AssertionError("measured")
            return seconds

        monkeypatch.setattr(sizing, "step_seconds", measure)
        request = TrainRequest(str(dataset_folder), "model", **options)
        (effort, *_) = networks_of(request.effort)
        found = sized(
            request,
            effort,
            description,
            devices or select_devices("cpu"),
            checkpoints or Checkpoints(tmp_path / "none"),
            reporter,
        )
        return found.epochs, found.width, found.depth

    return run


def test_what_is_left_open_is_chosen_by_the_effort(choose):
    assert choose() == (8, 0, 0)
    assert choose(effort="quick") == (4, 8, 2)
    assert choose(effort="quick", architecture="fcnn") == (4, 8, 0)


def test_what_a_user_chose_is_kept(choose):
    assert choose(None, epochs=3, effort="quick") == (3, 8, 2)
    assert choose(effort="quick", width=20, depth=4) == (4, 20, 4)
    assert choose(effort="quick", width=20) == (4, 20, 2)


def test_a_slow_computer_trains_fewer_epochs_of_a_large_dataset_and_tells(choose, reporter, monkeypatch):
    assert choose(1.0) == (8, 0, 0)  # a small one needs them all
    monkeypatch.setattr(fitting, "MIN_STEPS", 100)
    assert choose(0.3) == (7, 0, 0)  # counts as a quarter of a second
    assert choose(1.1) == (4, 0, 0)
    assert "4 epochs of 100 steps, which take about 6 min 40 s" in reporter.messages[-1]


@pytest.mark.parametrize("architecture", ["custom", "backbone", "pixel"])
def test_some_networks_have_a_fixed_size(choose, architecture):
    assert scalable_options(TrainRequest("d", "m", architecture=architecture)) == {}
    assert choose(effort="quick", architecture=architecture, model_file="n.py") == (4, 0, 0)


def test_a_network_that_is_trained_further_keeps_its_size():
    assert scalable_options(TrainRequest("d", "m", init_model="model")) == {}


def test_several_processes_choose_the_same_whatever_their_speed(choose):
    devices = types.SimpleNamespace(workers=2, global_batch_size=lambda size: size)
    assert choose(None, devices=devices) == (8, 0, 0)


def test_a_resumed_training_goes_on_as_it_began(choose):
    setup = {"epochs": 5, "width": 12, "depth": 2}
    checkpoints = types.SimpleNamespace(epochs=1, started_with=setup.get)
    assert choose(None, checkpoints=checkpoints) == (5, 12, 2)
    assert choose(None, checkpoints=checkpoints, epochs=9) == (9, 12, 2)


def test_the_time_of_a_step_is_measured(dataset_folder):
    request = TrainRequest(str(dataset_folder), "m", architecture="unet", width=2, batch_size=4)
    assert step_seconds(request, DatasetDescription.read(dataset_folder), select_devices("cpu")) > 0
