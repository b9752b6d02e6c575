"""Outputs that are whole or not there."""

import os

import pytest

from geodl_plugin import files
from geodl_plugin.errors import InputError


def names(folder):
    """All that lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_the_block_ends(tmp_path):
    with files.unfinished(tmp_path / "a.txt") as part:
        part.write_text("new")
        assert not (tmp_path / "a.txt").exists()
    assert names(tmp_path) == ["a.txt"]


def test_the_temporary_file_lies_beside_its_target_and_has_its_suffix(tmp_path):
    with files.unfinished(tmp_path / "map of 2020.tif") as part:
        part.touch()
        assert (part.parent, part.suffix) == (tmp_path, ".tif")


def test_nothing_is_left_of_a_block_that_fails(tmp_path):
    with pytest.raises(ZeroDivisionError), files.unfinished(tmp_path / "a.txt") as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert names(tmp_path) == []


def test_an_existing_file_stays_when_the_block_fails(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ZeroDivisionError), files.unfinished(tmp_path / "a.txt") as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert (tmp_path / "a.txt").read_text() == "old"


def test_an_existing_file_is_replaced(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with files.unfinished(tmp_path / "a.txt") as part:
        part.write_text("new")
    assert (tmp_path / "a.txt").read_text() == "new"


def test_a_sidecar_goes_with_its_file(tmp_path):
    with files.unfinished(tmp_path / "a.tif") as part:
        part.write_text("new")
        part.with_name(part.name + files.SIDECAR).write_text("sidecar")
    assert names(tmp_path) == ["a.tif", "a.tif.aux.xml"]


def test_the_sidecar_of_the_old_file_goes_with_it(tmp_path):
    (tmp_path / "a.tif.aux.xml").write_text("old")
    with files.unfinished(tmp_path / "a.tif") as part:
        part.write_text("new")
    assert names(tmp_path) == ["a.tif"]


def test_what_a_killed_process_left_is_overwritten(tmp_path):
    files.part_path(tmp_path / "a.tif").write_text("left")
    with files.unfinished(tmp_path / "a.tif") as part:
        assert not part.exists()
        part.write_text("new")
    assert names(tmp_path) == ["a.tif"]


def test_a_folder_appears_when_the_block_ends(tmp_path):
    with files.unfinished(tmp_path / "data set", marker="m.json") as part:
        part.mkdir()
        (part / "m.json").touch()
    assert names(tmp_path / "data set") == ["m.json"]


def test_a_folder_of_ours_is_replaced_as_a_whole(tmp_path):
    old = tmp_path / "out"
    old.mkdir()
    (old / "m.json").touch()
    (old / "9.records").touch()
    with files.unfinished(old, marker="m.json") as part:
        part.mkdir()
        (part / "m.json").write_text("new")
    assert names(old) == ["m.json"]
    assert names(tmp_path) == ["out"]


def test_a_folder_of_ours_stays_when_the_block_fails(tmp_path):
    old = tmp_path / "out"
    old.mkdir()
    (old / "m.json").write_text("old")
    with pytest.raises(ZeroDivisionError), files.unfinished(old, marker="m.json") as part:
        part.mkdir()
        raise ZeroDivisionError
    assert (old / "m.json").read_text() == "old"


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "out").mkdir()
    with files.unfinished(tmp_path / "out", marker="m.json") as part:
        part.mkdir()
        (part / "m.json").touch()
    assert names(tmp_path / "out") == ["m.json"]


def test_a_folder_with_other_files_is_never_replaced(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.odt").touch()
    with pytest.raises(InputError, match="other files"), files.unfinished(tmp_path / "out", marker="m.json"):
        pass
    assert names(tmp_path / "out") == ["thesis.odt"]


def test_a_file_is_never_replaced_by_a_folder(tmp_path):
    (tmp_path / "out").write_text("thesis")
    with pytest.raises(InputError), files.unfinished(tmp_path / "out", marker="m.json") as part:
        part.mkdir()
    assert (tmp_path / "out").read_text() == "thesis"


def test_a_folder_is_never_replaced_by_a_file(tmp_path):
    (tmp_path / "out.tif").mkdir()
    entered = []
    with pytest.raises(InputError), files.unfinished(tmp_path / "out.tif") as part:
        entered.append(part)
        part.touch()
    assert not entered, "the error came after the work"


def test_missing_folders_are_made(tmp_path):
    with files.unfinished(tmp_path / "new" / "er" / "a.txt") as part:
        part.touch()
    assert (tmp_path / "new" / "er" / "a.txt").exists()


def test_a_file_in_place_of_the_folder_is_an_input_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="Cannot write"), files.unfinished(tmp_path / "file" / "a.txt"):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_an_input_error(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="Permission denied"), files.unfinished(tmp_path / "a.txt"):
        pass


def test_a_folder_that_refuses_writing_is_an_input_error():
    with pytest.raises(InputError, match="Cannot write"), files.unfinished("/proc/a.txt"):
        pass


def test_an_empty_name_is_an_input_error(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(InputError), files.unfinished(""):
        pass


def test_a_name_that_is_too_long_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="Cannot write"), files.unfinished(tmp_path / ("a" * 300)):
        pass


def test_a_relative_name_survives_a_change_of_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "else").mkdir()
    with files.unfinished("a.txt") as part:
        part.touch()
        monkeypatch.chdir(tmp_path / "else")
    assert (tmp_path / "a.txt").exists()


def test_names_with_blanks_and_other_letters(tmp_path):
    with files.unfinished(tmp_path / "χάρτης 2020 地图.tif") as part:
        part.touch()
    assert names(tmp_path) == ["χάρτης 2020 地图.tif"]


def test_all_that_is_unfinished_can_be_discarded_at_once(tmp_path):
    with pytest.raises(FileNotFoundError), files.unfinished(tmp_path / "a.txt") as part:
        part.touch()
        files.discard_unfinished()
        assert names(tmp_path) == []


def test_what_is_finished_is_not_discarded(tmp_path):
    with files.unfinished(tmp_path / "a.txt") as part:
        part.touch()
    files.discard_unfinished()
    assert names(tmp_path) == ["a.txt"]


def test_discarding_a_link_leaves_what_it_points_to(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a").touch()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    files.discard(tmp_path / "link")
    assert names(tmp_path) == ["folder"]
    assert names(tmp_path / "folder") == ["a"]


def test_what_a_file_is_made_from_goes_with_it(tmp_path):
    target = tmp_path / "map.tif"
    for name in ("one", "other"):
        with files.unfinished(target) as part:
            part.write_text(name)
            files.scratch_path(part).write_text("scratch")
            files.scratch_path(part).with_name(files.scratch_path(part).name + ".aux.xml").write_text("more")
            part.with_name(part.name + ".ovr.tmp").write_text("overviews that GDAL is making")
    assert [one.name for one in tmp_path.iterdir()] == ["map.tif"]
    files.scratch_path(files.part_path(target)).write_text("left by a killed process")
    files.discard(files.part_path(target))
    assert [one.name for one in tmp_path.iterdir()] == ["map.tif"]
