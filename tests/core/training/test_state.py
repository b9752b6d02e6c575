"""The state of a training."""

import json

import keras
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.training.state import State


@pytest.fixture
def model():
    """A network of two weights."""
    return keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)])


@pytest.fixture
def kept(tmp_path, model):
    """The folder with the state after two epochs."""
    state = State(tmp_path / "state")
    state.check({"seed": 1})
    for loss in (2.0, 1.0):
        state.save(model, {"loss": loss, "val_loss": loss})
    return tmp_path / "state"


def test_a_state_comes_back(kept, model):
    state = State(kept)
    state.check({"seed": 1})
    state.load(model, state.best_epoch)
    assert (state.epochs, state.best_epoch) == (2, 2)
    assert sorted(path.name for path in kept.iterdir()) == ["2.weights.h5", "history.json", "setup.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe"])
@pytest.mark.parametrize("name", ["history.json", "setup.json"])
def test_a_damaged_state_is_told(kept, name, content):
    (kept / name).write_bytes(content)
    with pytest.raises(InputError, match=r"its state is damaged.*Delete the folder .*state"):
        State(kept).check({"seed": 1})


@pytest.mark.parametrize("content", [b"", b"no weights", None])
def test_damaged_weights_are_told(kept, model, content):
    weights = kept / "2.weights.h5"
    whole = weights.read_bytes()
    weights.write_bytes(whole[: len(whole) // 2] if content is None else content)
    with pytest.raises(InputError, match=r"its state is damaged.*Delete the folder .*state"):
        State(kept).load(model, 2)


def test_weights_that_are_gone_are_told(kept, model):
    (kept / "2.weights.h5").unlink()
    with pytest.raises(InputError, match="its state is damaged"):
        State(kept).load(model, 2)


def test_a_state_that_cannot_be_kept_is_told(kept, model, monkeypatch):
    def full(path):
        raise OSError(28, "No space left on device")

    state = State(kept)
    monkeypatch.setattr(model, "save_weights", full)
    with pytest.raises(InputError, match="No space left on device"):
        state.save(model, {"loss": 0.5})
    assert len(json.loads((kept / "history.json").read_text())["loss"]) == 2
