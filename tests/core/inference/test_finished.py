"""Blocks that outlive a killed run."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.inference.finished import Finished, content_hash, file_states, folder_of
from geodl_plugin.rasters.grid import Window

BLOCK = Window(32, 64, 5, 4)
RESULTS = [np.arange(20, dtype=np.uint8).reshape(4, 5), np.full((4, 5, 2), 0.1, np.float32)]


@pytest.fixture
def folder(tmp_path):
    """Where blocks of a map are kept."""
    return folder_of(tmp_path / "map of it.tif")


@pytest.fixture
def begun(folder):
    """An earlier run of something, whose blocks are 64 pixels large."""

    def begin(fingerprint):
        finished = Finished(folder, fingerprint)
        finished.begin({"efield": 64})
        return finished

    return begin


def test_a_kept_block_is_found_by_the_next_run(folder, begun):
    begun({"scale": 1.0}).save(BLOCK, RESULTS)
    again = Finished(folder, {"scale": 1.0})
    assert (again.count, again.cut) == (1, {"efield": 64})
    again.begin({"efield": 64})
    for found, expected in zip(again.load(BLOCK), RESULTS):
        np.testing.assert_array_equal(found, expected)
        assert found.dtype == expected.dtype
    assert again.load(Window(0, 64, 5, 4)) is None


def test_blocks_of_another_size_are_refused(folder, begun):
    begun({"scale": 1.0})
    with pytest.raises(InputError, match=r"changed: efield\. .*delete the folder"):
        Finished(folder, {"scale": 1.0}).begin({"efield": 32})


def test_nothing_is_made_before_the_run_begins(folder):
    assert Finished(folder, {}).cut == {} and not folder.exists()


def test_blocks_of_something_else_are_refused_by_name(folder, begun):
    begun({"model": "a", "images": [["a.tif", 3]], "crop": 0})
    with pytest.raises(InputError, match=r"changed: images, model\. .*delete the folder"):
        Finished(folder, {"model": "b", "images": [["a.tif", 4]], "crop": 0})


@pytest.mark.parametrize("length", [0, 10, 200])
def test_a_damaged_block_counts_as_none(folder, length):
    finished = Finished(folder, {})
    finished.save(BLOCK, RESULTS)
    path = next(folder.glob("*.npz"))
    path.write_bytes(path.read_bytes()[:length])
    assert finished.load(BLOCK) is None


def test_a_damaged_fingerprint_is_refused(folder, begun):
    begun({})
    (folder / "run.json").write_text("{")
    with pytest.raises(InputError, match="Delete the folder"):
        Finished(folder, {})


def test_what_cannot_be_kept_is_an_error(folder, monkeypatch):
    finished = Finished(folder, {})

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match=r"No space left.*RESUME"):
        finished.save(BLOCK, RESULTS)
    assert finished.load(BLOCK) is None


def test_the_content_of_a_model_counts_and_not_its_place(tmp_path):
    one, other = tmp_path / "model", tmp_path / "the same model"
    for folder in (one, other):
        folder.mkdir()
        (folder / "weights").write_text("1")
    assert content_hash([one]) == content_hash([other])
    (other / "weights").write_text("2")
    assert content_hash([one]) != content_hash([other])


def test_a_changed_archive_is_seen(tmp_path):
    archive = tmp_path / "images.zip"
    archive.write_text("1")
    name = f"/vsizip/{archive}/image.tif"
    before = file_states([name])
    assert before == file_states([name])
    archive.write_text("12")
    assert file_states([name]) != before


def test_names_that_no_disk_has_are_kept_as_they_are():
    names = ["WMS:x", "<VRTDataset>" + "x" * 5000, "/vsicurl/https://host/a.tif"]
    assert file_states(names) == [[name] for name in names]


def test_a_changed_image_is_seen(tmp_path):
    path = tmp_path / "image.tif"
    path.write_text("1")
    before = file_states([str(path), "WMS:x"])
    path.write_text("12")
    assert file_states([str(path), "WMS:x"]) != before
    assert before[1] == ["WMS:x"]
    assert file_states(["/vsimem/of this process.vrt"]) == []
