"""The folder of finished sheets."""

import json
import os
import shutil

import pytest

from geodl_plugin.cluster.sheet_folder import NOTE, SheetFolder
from geodl_plugin.errors import InputError


@pytest.fixture
def folder(tmp_path):
    """A folder that a run has begun."""
    path = tmp_path / "map_sheets"
    path.mkdir()
    (path / NOTE).write_text("{}")
    return SheetFolder(path, "mark")


def make(folder, name="0_0", content=b"values"):
    """Finish a sheet."""
    with folder.attempt(name) as part:
        (part / f"sheet_{name}.tif").write_bytes(content)
        (part / f"sheet_{name}.tif.aux.xml").write_bytes(b"names")


def test_a_sheet_is_finished_when_all_its_files_are_there(folder):
    assert not folder.is_finished("0_0")
    make(folder)
    assert folder.is_finished("0_0")
    assert not folder.is_finished("0_1")
    assert folder.file(0, "0_0").read_bytes() == b"values"
    assert sorted(path.name for path in folder.path.iterdir()) == [
        NOTE, "sheet_0_0.json", "sheet_0_0.tif", "sheet_0_0.tif.aux.xml",
    ]  # fmt: skip


@pytest.mark.parametrize("damage", ["cut", "gone", "younger", "no record", "record of nothing"])
def test_a_sheet_that_is_not_as_it_was_is_not_finished(folder, damage):
    make(folder)
    file, record = folder.file(0, "0_0"), folder.path / "sheet_0_0.json"
    if damage == "cut":
        file.write_bytes(b"v")
    elif damage == "gone":
        file.unlink()
    elif damage == "younger":
        os.utime(file, (2e9, 2e9))
    elif damage == "no record":
        record.write_bytes(b"\x00")
    else:
        record.write_text(json.dumps({"mark": "mark"}))
    assert not folder.is_finished("0_0")


def test_a_sheet_of_another_map_is_not_finished(folder):
    make(SheetFolder(folder.path, "other"))
    assert not folder.is_finished("0_0")


def test_two_attempts_do_not_meet(folder):
    with folder.attempt("0_0") as first, folder.attempt("0_0") as second:
        for part in (first, second):
            (part / "sheet_0_0.tif").write_bytes(b"values")
        shutil.rmtree(second)
        second.mkdir()
        (second / "sheet_0_0.tif").write_bytes(b"values")
    assert folder.is_finished("0_0")
    assert not list(folder.path.glob(".*"))


def test_an_attempt_that_failed_leaves_nothing(folder):
    make(folder)
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    with pytest.raises(InputError), folder.attempt("0_0") as part:
        (part / "sheet_0_0.tif").write_bytes(b"half")
        raise InputError("wrong")
    assert {path.name: path.read_bytes() for path in folder.path.iterdir()} == before


def test_what_a_killed_attempt_left_is_removed(folder):
    make(folder)
    attempt = folder.attempt("0_1")
    (attempt.__enter__() / "half").touch()  # nobody leaves it
    folder.tidy()
    assert not list(folder.path.glob(".*"))
    assert folder.is_finished("0_0")


def test_a_folder_of_the_users_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").touch()
    with pytest.raises(InputError, match="a folder with other files in it"):
        SheetFolder(tmp_path, "").check_own()
    SheetFolder(tmp_path / "none", "").check_own()


def test_a_computer_that_does_not_reach_the_folder_is_told(tmp_path, folder):
    folder.check_reached()
    with pytest.raises(InputError, match="does not reach the folder"):
        SheetFolder(tmp_path, "mark").check_reached()
