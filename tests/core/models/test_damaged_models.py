"""Model folders and states of trainings whose files were cut, or have wrong bytes: one error, never a traceback."""

import random
import shutil

import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.errors import InputError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.evaluate_model import EvaluateModel
from geodl_plugin.jobs.inspect_model import InspectModel
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.models.loading import open_model
from geodl_plugin.training import fitting
from geodl_plugin.training.network_builder import NetworkBuilder
from geodl_plugin.training.request import TrainRequest

from ..conftest import Silent

VARIABLES = "variables/variables.data-00000-of-00001"
FILES = ("saved_model.pb", VARIABLES, "variables/variables.index", "model.keras", "model.json")
DAMAGES = ("emptied", "cut", "cut", "flipped", "flipped", "flipped", "overwritten", "longer")
PATCH = {"source1": np.ones((1, 32, 32, 4), np.float32)}


@pytest.fixture(autouse=True)
def _short_epochs(monkeypatch):
    monkeypatch.setattr(fitting, "MIN_STEPS", 1)


def damage(path, kind, seed=0):
    """Damage a file at a random place."""
    rng, content = random.Random(seed), bytearray(path.read_bytes())
    place = rng.randrange(len(content))
    if kind == "emptied":
        content = b""
    elif kind == "cut":
        content = content[:place]
    elif kind == "flipped":
        content[place] ^= 1 << rng.randrange(8)
    elif kind == "overwritten":
        content[place : place + 64] = rng.randbytes(min(64, len(content) - place))
    else:
        content += rng.randbytes(64)
    path.write_bytes(content)


@pytest.fixture
def folder(trained_folder, tmp_path):
    """A model folder to be damaged."""
    return shutil.copytree(trained_folder, tmp_path / "damaged model")


def result_or_error(call):
    """What a call gives; None if it ends in an error of ours.  Any other error fails the test."""
    try:
        return call()
    except InputError as error:
        assert str(error)
        return None


@pytest.mark.parametrize("number", range(len(DAMAGES)))
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_model_gives_an_error_or_what_it_gave(name, number, folder, trained_folder, dataset_folder):
    damage(folder / name, DAMAGES[number], seed=number)
    given = result_or_error(lambda: open_model(folder)(PATCH)["predictions"])
    if given is not None:
        np.testing.assert_array_equal(given, open_model(trained_folder)(PATCH)["predictions"])
    spec = ({"source1": tf.TensorSpec([None, 32, 32, 4], tf.float32)},)
    request, dataset = TrainRequest("dataset", "model", init_model=str(folder)), DatasetDescription.read(dataset_folder)
    result_or_error(lambda: NetworkBuilder(request, dataset).build(spec, (16,)))


@pytest.mark.parametrize("name", ["saved_model.pb", VARIABLES])
@pytest.mark.parametrize("seed", range(12))
def test_no_changed_byte_of_what_maps_are_made_with_is_overlooked(name, seed, folder):
    damage(folder / name, "flipped", seed)
    with pytest.raises(InputError, match=r"damaged|cannot be loaded"):
        open_model(folder)


@pytest.mark.parametrize("name", FILES)
def test_each_job_tells_of_a_model_that_is_cut(name, folder, dataset_folder, session_scene, tmp_path, reporter):
    damage(folder / name, "cut", 3)
    new = str(tmp_path / "new")
    jobs = [
        ApplyModel(str(folder), [session_scene["image"]], f"{new}.tif"),
        EvaluateModel(str(folder), str(dataset_folder), "valid"),
        InspectModel(str(folder), f"{new}.html"),
        TrainModel(str(dataset_folder), new, init_model=str(folder), epochs=1, crops=[16], pixel_classifier="none"),
    ]
    needed = {"model.keras": jobs[3:], "model.json": jobs}.get(name, jobs[:3])  # a training starts from the Keras file
    for job in needed:
        with pytest.raises(InputError):
            job.run(reporter)
    assert [path.name for path in tmp_path.iterdir()] == ["damaged model"]


@pytest.fixture(scope="module")
def stopped(dataset_folder, tmp_path_factory):
    """The state of a training that was stopped."""
    folder = tmp_path_factory.mktemp("stopped")
    reporter = Silent()
    reporter.is_cancelled = (folder / ".model.training" / "history.json").exists
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Exception, match="Cancelled"):
        patch.setattr(fitting, "MIN_STEPS", 1)
        resumed(dataset_folder, folder, reporter)
    return folder


def resumed(dataset_folder, folder, reporter):
    """Go on with a training in a folder."""
    job = TrainModel(
        str(dataset_folder),
        str(folder / "model"),
        architecture="fcnn",
        epochs=2,
        crops=[16],
        resume=True,
        width=4,
        pixel_classifier="none",
    )
    return job.run(reporter)


@pytest.mark.parametrize("number", [0, 2, 4])
@pytest.mark.parametrize("name", ["1.weights.h5", "history.json", "setup.json"])
def test_a_damaged_state_cannot_be_resumed_or_can(name, number, stopped, dataset_folder, tmp_path, reporter):
    place = shutil.copytree(stopped, tmp_path / "place")
    damage(place / ".model.training" / name, DAMAGES[number], seed=number)
    if result_or_error(lambda: resumed(dataset_folder, place, reporter)) is None:
        assert not (place / "model").exists()
        assert (place / ".model.training").is_dir()


@pytest.mark.parametrize("name", ["1.weights.h5", "history.json", "setup.json"])
def test_what_to_do_about_a_damaged_state_is_told(name, stopped, dataset_folder, tmp_path, reporter):
    place = shutil.copytree(stopped, tmp_path / "place")
    damage(place / ".model.training" / name, "cut", 5)
    with pytest.raises(InputError, match=r"its checkpoints are damaged.*Delete the folder .* to start again"):
        resumed(dataset_folder, place, reporter)
