"""Blocks that outlive a killed run."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.inference.checkpoint import Checkpoint, checkpoint_folder
from geodl_plugin.rasters.grid import Window

BLOCK = Window(32, 64, 5, 4)
RESULTS = [np.arange(20, dtype=np.uint8).reshape(4, 5), np.full((4, 5, 2), 0.1, np.float32)]


@pytest.fixture
def folder(tmp_path):
    """Where blocks of a map are kept."""
    return checkpoint_folder(tmp_path / "map of it.tif")


@pytest.fixture
def begun(folder):
    """An earlier run of something, whose blocks are 64 pixels large."""

    def begin(fingerprint):
        checkpoint = Checkpoint(folder, fingerprint)
        checkpoint.start({"efield": 64})
        return checkpoint

    return begin


def test_a_kept_block_is_found_by_the_next_run(folder, begun):
    begun({"scale": 1.0}).save(BLOCK, RESULTS)
    again = Checkpoint(folder, {"scale": 1.0})
    assert (again.count, again.tiling) == (1, {"efield": 64})
    again.start({"efield": 64})
    for found, expected in zip(again.load(BLOCK), RESULTS):
        np.testing.assert_array_equal(found, expected)
        assert found.dtype == expected.dtype
    assert again.load(Window(0, 64, 5, 4)) is None


def test_blocks_of_another_size_are_refused(folder, begun):
    begun({"scale": 1.0})
    with pytest.raises(InputError, match=r"changed: efield\. .*delete the folder"):
        Checkpoint(folder, {"scale": 1.0}).start({"efield": 32})


def test_nothing_is_made_before_the_run_begins(folder):
    assert Checkpoint(folder, {}).tiling == {} and not folder.exists()


def test_blocks_of_something_else_are_refused_by_name(folder, begun):
    begun({"model": "a", "images": [["a.tif", 3]], "crop": 0})
    with pytest.raises(InputError, match=r"changed: images, model\. .*delete the folder"):
        Checkpoint(folder, {"model": "b", "images": [["a.tif", 4]], "crop": 0})


@pytest.mark.parametrize("length", [0, 10, 200])
def test_a_damaged_block_counts_as_none(folder, length):
    checkpoint = Checkpoint(folder, {})
    checkpoint.save(BLOCK, RESULTS)
    path = next(folder.glob("*.npz"))
    path.write_bytes(path.read_bytes()[:length])
    assert checkpoint.load(BLOCK) is None


def test_a_damaged_fingerprint_is_refused(folder, begun):
    begun({})
    (folder / "run.json").write_text("{")
    with pytest.raises(InputError, match="Delete the folder"):
        Checkpoint(folder, {})


def test_what_cannot_be_kept_is_an_error(folder, monkeypatch):
    checkpoint = Checkpoint(folder, {})

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match=r"No space left.*RESUME"):
        checkpoint.save(BLOCK, RESULTS)
    assert checkpoint.load(BLOCK) is None
