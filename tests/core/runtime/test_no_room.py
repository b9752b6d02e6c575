"""What libraries raise when the disk is full becomes one error; a limit on the size of files stands for that."""

import gc
import sys

import keras
import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.inference.checkpoint import Checkpoint
from geodl_plugin.rasters.grid import Window
from geodl_plugin.runtime import files
from geodl_plugin.training.checkpoints import Checkpoints

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
NO_ROOM = r"cannot be .*Received: File too large\. Make room on the disk"


@pytest.fixture
def limit():
    """Limits the size of files that this process writes, until the test ends."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_whatever_a_library_raises_without_room_is_told_as_that(tmp_path, limit):
    limit(1000)
    with pytest.raises(InputError, match=NO_ROOM), files.unfinished(tmp_path / "map.tif") as part:
        part.write_bytes(b"begun")
        raise RuntimeError("a library's own words")
    assert list(tmp_path.iterdir()) == []


def test_what_has_another_cause_stays_what_it_is(tmp_path, limit):
    with pytest.raises(RuntimeError, match="own words"), files.unfinished(tmp_path / "map.tif"):
        raise RuntimeError("a library's own words")
    limit(1000)
    with pytest.raises(InputError, match="The map is odd"), files.unfinished(tmp_path / "map.tif"):
        raise InputError("The map is odd.")
    assert list(tmp_path.iterdir()) == []


def test_room_is_asked_for(tmp_path, limit):
    path = tmp_path / "weights"
    files.reserve(path, 5000)
    limit(4999)
    with pytest.raises(OSError, match="File too large"):
        files.reserve(path, 5000)
    assert list(tmp_path.iterdir()) == []


def test_a_finished_block_finds_no_room(tmp_path, limit):
    checkpoint = Checkpoint(tmp_path / "blocks", {})
    checkpoint.start({})
    limit(10000)
    with pytest.raises(InputError, match=NO_ROOM):
        checkpoint.save(Window(0, 0, 64, 64), [np.ones((64, 64), np.float32)] * 2)
    gc.collect()  # an archive that nobody closed would complain now


def test_the_state_of_a_training_finds_no_room(tmp_path, limit):
    model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1000)])
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)
    checkpoints = Checkpoints(tmp_path / "state")
    checkpoints.check_setup({})
    limit(4 * 2000 * 3)
    with pytest.raises(InputError, match=NO_ROOM):
        checkpoints.save(model, {"loss": 1.0})
    assert sorted(path.name for path in (tmp_path / "state").iterdir()) == ["setup.json"]
