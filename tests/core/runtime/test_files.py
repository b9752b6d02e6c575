"""Outputs that are whole or not there."""

import errno
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.runtime import companions, files, locks
from geodl_plugin.systems import locking, storage


def names(folder):
    """All that lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_the_block_ends(tmp_path):
    with files.unfinished(tmp_path / "a.txt") as part:
        part.write_text("new")
        assert not (tmp_path / "a.txt").exists()
    assert names(tmp_path) == ["a.txt"]


def test_a_text_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    files.write_text(tmp_path / "a.html", "pixels of 10 × 10 m\n")
    assert (tmp_path / "a.html").read_bytes() == "pixels of 10 × 10 m\n".encode()

    def half(path, content):
        with path.open("wb") as file:
            file.write(content[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(InputError, match=r"a\.html cannot be written\. Received: No space left"):
        files.write_text(str(tmp_path / "a.html"), "new text")
    assert (names(tmp_path), (tmp_path / "a.html").read_bytes()[:6]) == (["a.html"], b"pixels")


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
        part.with_name(part.name + companions.SIDECAR).write_text("sidecar")
    assert names(tmp_path) == ["a.tif", "a.tif.aux.xml"]


def test_the_sidecar_of_the_old_file_goes_with_it(tmp_path):
    (tmp_path / "a.tif.aux.xml").write_text("old")
    with files.unfinished(tmp_path / "a.tif") as part:
        part.write_text("new")
    assert names(tmp_path) == ["a.tif"]


def test_what_a_killed_process_left_is_overwritten(tmp_path):
    companions.part_path(tmp_path / "a.tif").write_text("left")
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


@pytest.fixture
def short_paths(monkeypatch):
    """A Windows that does not allow long paths."""

    def touch(self, *arguments, **options):
        if len(str(self)) > storage.LONGEST:
            raise FileNotFoundError(errno.ENOENT, "The system cannot find the path specified")
        real(self, *arguments, **options)

    real = Path.touch
    monkeypatch.setattr(storage.sys, "platform", "win32")
    monkeypatch.setattr(Path, "touch", touch)


@pytest.mark.usefixtures("short_paths")
@pytest.mark.parametrize("marker", ["", "m.json"])
def test_a_path_that_leaves_no_room_for_the_names_of_a_run_is_refused(tmp_path, marker):
    def make(length):
        target = tmp_path / ("x" * (length - len(str(tmp_path)) - len("//map.tif"))) / "map.tif"
        assert len(str(target)) == length
        with files.unfinished(target, marker) as part:
            part.mkdir() if marker else part.touch()

    with pytest.raises(InputError, match="is too long for Windows") as refused:
        make(250)
    (longest,) = re.findall(r"Expected: at most (\d+) characters\. Received: 250\.", str(refused.value))
    make(int(longest))
    with pytest.raises(InputError, match="is too long for Windows"):
        make(int(longest) + 1)
    assert 140 < int(longest) < 235


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
            companions.scratch_path(part).write_text("scratch")
            companions.scratch_path(part).with_name(companions.scratch_path(part).name + ".aux.xml").write_text("more")
            part.with_name(part.name + ".ovr.tmp").write_text("overviews that GDAL is making")
    assert [path.name for path in tmp_path.iterdir()] == ["map.tif"]
    part = companions.part_path(target)
    companions.scratch_path(part).write_text("left by a killed process")
    files.discard(part)
    assert [path.name for path in tmp_path.iterdir()] == ["map.tif"]


def test_all_files_that_were_made_with_a_file_get_its_name(tmp_path):
    with files.unfinished(tmp_path / "a.tif") as part:
        for suffix in (".tif", ".tfw", ".tif.msk"):
            part.with_name(part.stem + suffix).write_text(suffix)
    assert names(tmp_path) == ["a.tfw", "a.tif", "a.tif.msk"]
    assert (tmp_path / "a.tif.msk").read_text() == ".tif.msk"


def test_what_belonged_to_the_old_file_goes_with_it(tmp_path):
    for name in ("a.tif", "a.tif.ovr", "a.tif.msk", "a.tif.aux.xml", "a.gpkg", "a.gpkg-wal", "b.tif.ovr", "a.csv"):
        (tmp_path / name).write_text("old")
    for name in ("a.tif", "a.gpkg"):
        with files.unfinished(tmp_path / name) as part:
            part.write_text("new")
    assert names(tmp_path) == ["a.csv", "a.gpkg", "a.tif", "b.tif.ovr"]


def test_beside_a_folder_nothing_belongs_to_it(tmp_path):
    (tmp_path / "out.ovr").touch()
    with files.unfinished(tmp_path / "out", marker="m") as part:
        part.mkdir()
    assert names(tmp_path) == ["out", "out.ovr"]


HOLD = """
import sys
from pathlib import Path
from geodl_plugin.runtime import files
with files.unfinished(sys.argv[1], marker=sys.argv[2]) as part:
    (part.mkdir if sys.argv[2] else part.touch)()
    print("begun", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def another_run():
    """Start a process that makes a target until it is told to end."""
    running = []

    def start(target, marker=""):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(target), marker],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[3],
        )
        running.append(process)
        assert process.stdout.readline() == "begun\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("marker", ["", "m.json"])
def test_a_target_that_another_run_makes_is_refused_and_left_alone(tmp_path, another_run, marker):
    other = another_run(tmp_path / "out", marker)
    before = names(tmp_path)
    with (
        pytest.raises(InputError, match=r"Another run is writing .*out.*Wait"),
        files.unfinished(tmp_path / "out", marker),
    ):
        pass
    files.tidy(tmp_path / "out")
    assert names(tmp_path) == before
    other.communicate("")
    assert names(tmp_path) == ["out"]


def test_another_target_in_the_same_folder_is_free(tmp_path, another_run):
    other = another_run(tmp_path / "map.tif")
    for name in ("map.csv", "map", "map.tif.tif"):
        with files.unfinished(tmp_path / name) as part:
            part.touch()
    other.communicate("")
    assert names(tmp_path) == ["map", "map.csv", "map.tif", "map.tif.tif"]


@pytest.mark.parametrize("marker", ["", "m.json"])
def test_the_claim_of_a_killed_process_is_free(tmp_path, another_run, marker):
    other = another_run(tmp_path / "out.v1", marker)
    other.kill()
    other.wait()
    assert len(names(tmp_path)) == 2
    with files.unfinished(tmp_path / "out.v1", marker) as part:
        assert names(tmp_path) == [".out.v1.lock"]
        (part.mkdir if marker else part.touch)()
    assert names(tmp_path) == ["out.v1"]


def test_who_started_a_killed_process_can_tidy_up(tmp_path, another_run):
    (tmp_path / "map.tif").write_text("old")
    other = another_run(tmp_path / "map.tif")
    other.kill()
    other.wait()
    files.tidy(tmp_path / "map.tif")
    assert names(tmp_path) == ["map.tif"]
    files.tidy(tmp_path / "nothing" / "map.tif")
    assert names(tmp_path) == ["map.tif"]


def test_what_a_thread_wrote_after_its_process_let_go_is_tidied_up(tmp_path):
    companions.part_path(tmp_path / "model").mkdir()
    files.tidy(tmp_path / "model")
    assert names(tmp_path) == []


def test_two_threads_do_not_make_one_target(tmp_path):
    caught = []

    def another():
        try:
            with files.unfinished(tmp_path / "a.txt"):
                pass
        except InputError as error:
            caught.append(str(error))

    with files.unfinished(tmp_path / "a.txt") as part:
        part.touch()
        thread = threading.Thread(target=another)
        thread.start()
        thread.join()
    assert len(caught) == 1 and "Another run is writing" in caught[0]
    assert names(tmp_path) == ["a.txt"]


def test_who_has_claimed_a_target_may_make_it(tmp_path):
    with files.claimed([(tmp_path / "a.txt", ""), (tmp_path / "b", "m")]):
        assert names(tmp_path) == [".a.txt.lock", ".b.lock"]
        with files.unfinished(tmp_path / "a.txt") as part:
            part.touch()
        assert names(tmp_path) == [".a.txt.lock", ".b.lock", "a.txt"]
    assert names(tmp_path) == ["a.txt"]


def test_what_lies_in_a_claimed_folder_is_claimed_with_it(tmp_path):
    folder = tmp_path / "model"
    with files.claimed([(folder, "m"), (folder / "report.html", "")]):
        with files.unfinished(folder, "m") as part:
            part.mkdir()
        with files.unfinished(folder / "report.html") as part:
            part.touch()
    assert (names(tmp_path), names(folder)) == (["model"], ["report.html"])


def test_two_names_of_one_target_are_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    targets = [(tmp_path / "real" / "a.txt", ""), (tmp_path / "link" / "a.txt", "")]
    with pytest.raises(InputError, match="Two outputs have the same name"), files.claimed(targets):
        pass
    assert names(tmp_path / "real") == []


def test_texts_are_written_together(tmp_path):
    files.write_texts({str(tmp_path / "ä.html"): "größer\n", "": "not asked for", str(tmp_path / "b.csv"): "1,2\r\n"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "ä.html": "größer\n".encode(),
        "b.csv": b"1,2\r\n",
    }


def test_no_text_is_written_where_one_cannot_be(tmp_path):
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(InputError, match="cannot be replaced by a file"):
        files.write_texts({str(tmp_path / "a.html"): "a", str(tmp_path / "b.csv"): "b"})
    assert [path.name for path in tmp_path.iterdir()] == ["b.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="another way of locking")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS])
def test_a_file_system_without_locks_keeps_nobody_from_work(tmp_path, monkeypatch, number):
    def flock(file, operation):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(locking.fcntl, "flock", flock)
    with files.unfinished(tmp_path / "a.txt") as part:
        part.touch()
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.usefixtures("open_files_go")
def test_a_lock_file_that_was_removed_before_it_was_locked_is_made_again(tmp_path, monkeypatch):
    take, removed = locks.take, []

    def late(file):
        if not removed:
            removed.append(True)
            (tmp_path / "lock").unlink()  # as another process does when it ends
        return take(file)

    monkeypatch.setattr(locks, "take", late)
    with locks.held(tmp_path / "lock"):
        assert names(tmp_path) == ["lock"]
    assert names(tmp_path) == []


@pytest.mark.usefixtures("open_files_go")
def test_the_lock_file_of_another_is_not_removed(tmp_path):
    with locks.held(tmp_path / "lock"):
        (tmp_path / "lock").unlink()
        (tmp_path / "lock").write_text("of another")
    assert names(tmp_path) == ["lock"]


def test_a_folder_that_a_crash_set_aside_comes_back(tmp_path):
    aside = tmp_path / ".out.old" / "out"
    aside.mkdir(parents=True)
    (aside / "m").write_text("old")
    with pytest.raises(ZeroDivisionError), files.unfinished(tmp_path / "out", marker="m"):
        raise ZeroDivisionError
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out" / "m").read_text() == "old"


def test_a_full_disk_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match=r"No space left.*Make room"), files.unfinished(tmp_path / "a.txt"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(ConnectionError), files.unfinished(tmp_path / "a.txt"):
        raise ConnectionError("something else")


def test_discarding_never_hides_another_error(tmp_path, monkeypatch):
    (tmp_path / "a.txt").touch()

    def refuse(self, missing_ok=False):
        raise PermissionError("somebody looks at it")

    monkeypatch.setattr(companions, "_PAUSE", 0)
    monkeypatch.setattr(Path, "unlink", refuse)
    files.discard(tmp_path / "a.txt")


def test_discarding_tries_again(tmp_path, monkeypatch):
    (tmp_path / "a.txt").touch()
    unlink, tries = Path.unlink, []

    def refuse_once(self, missing_ok=False):
        tries.append(self)
        if len(tries) == 1:
            raise PermissionError("somebody looks at it")
        unlink(self)

    monkeypatch.setattr(Path, "unlink", refuse_once)
    files.discard(tmp_path / "a.txt")
    assert names(tmp_path) == []
