"""The checkpoints of a training."""

import json

import keras
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.training.checkpoints import Checkpoints


@pytest.fixture
def model():
    """A network of two weights."""
    return keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)])


@pytest.fixture
def kept(tmp_path, model):
    """The folder with the checkpoints of two epochs."""
    checkpoints = Checkpoints(tmp_path / "state")
    checkpoints.check_setup({"seed": 1})
    for loss in (2.0, 1.0):
        checkpoints.save(model, {"loss": loss, "val_loss": loss})
    return tmp_path / "state"


def test_a_checkpoint_is_loaded(kept, model):
    checkpoints = Checkpoints(kept)
    checkpoints.check_setup({"seed": 1})
    checkpoints.load(model, checkpoints.best_epoch)
    assert (checkpoints.epochs, checkpoints.best_epoch) == (2, 2)
    assert sorted(path.name for path in kept.iterdir()) == ["2.weights.h5", "history.json", "setup.json"]


def test_the_best_epoch_is_that_of_the_calibrated_loss_where_it_is_known(kept, model):
    checkpoints = Checkpoints(kept)  # begun by a version without it
    for calibrated in (0.5, 0.4, 0.6):
        checkpoints.save(model, {"loss": 0.5, "val_loss": 9 - calibrated, "val_calibrated_loss": calibrated})
    assert Checkpoints(kept).best_epoch == checkpoints.best_epoch == 4
    assert not checkpoints.is_over(2) and checkpoints.is_over(1)


def test_what_is_not_known_yet_is_compared_later(kept):
    (kept / "setup.json").write_text(json.dumps({"seed": 1, "precision": "bfloat16"}))
    checkpoints = Checkpoints(kept)
    checkpoints.check_setup({"seed": 1, "precision": "automatic"}, later=["precision"])
    for precision, seed in (("float32", 1), ("automatic", 2)):
        later = [] if precision == "float32" else ["precision"]
        with pytest.raises(InputError, match="other parameters"):
            checkpoints.check_setup({"seed": seed, "precision": precision}, later=later)


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe"])
@pytest.mark.parametrize("name", ["history.json", "setup.json"])
def test_damaged_checkpoints_are_refused(kept, name, content):
    (kept / name).write_bytes(content)
    with pytest.raises(InputError, match=r"its checkpoints are damaged.*Delete the folder .*state"):
        Checkpoints(kept).check_setup({"seed": 1})


@pytest.mark.parametrize("content", [b"", b"no weights", None])
def test_damaged_weights_are_refused(kept, model, content):
    weights = kept / "2.weights.h5"
    whole = weights.read_bytes()
    weights.write_bytes(whole[: len(whole) // 2] if content is None else content)
    with pytest.raises(InputError, match=r"its checkpoints are damaged.*Delete the folder .*state"):
        Checkpoints(kept).load(model, 2)


def test_missing_weights_are_refused(kept, model):
    (kept / "2.weights.h5").unlink()
    with pytest.raises(InputError, match="its checkpoints are damaged"):
        Checkpoints(kept).load(model, 2)


def test_a_checkpoint_that_cannot_be_saved_is_an_error(kept, model, monkeypatch):
    def full(path):
        raise OSError(28, "No space left on device")

    checkpoints = Checkpoints(kept)
    monkeypatch.setattr(model, "save_weights", full)
    with pytest.raises(InputError, match="No space left on device"):
        checkpoints.save(model, {"loss": 0.5})
    assert len(json.loads((kept / "history.json").read_text())["loss"]) == 2
