"""What was written gets its name, or is kept under another one; what was there before is never lost."""

import errno
import os
from contextlib import suppress

import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.runtime import companions, files, publishing
from geodl_plugin.systems import sharing

SHAPEFILE = (".shp", ".dbf", ".prj")
_replace, _rename = os.replace, os.rename


def contents(folder):
    """The texts of all files below a folder, by name."""
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def write_old(kind, folder):
    """An old output of a kind: a file, one with what belongs to it, or a folder."""
    if kind == "folder":
        (folder / "out").mkdir()
        (folder / "out" / "m").write_text("old")
    else:
        for suffix in SHAPEFILE if kind == "files" else (".shp",):
            (folder / f"out{suffix}").write_text("old")


def write_new(kind, folder):
    """Replace it by a new one."""
    target = folder / ("out" if kind == "folder" else "out.shp")
    with files.unfinished(target, "m" if kind == "folder" else "") as part:
        if kind == "folder":
            part.mkdir()
            (part / "m").write_text("new")
        else:
            for suffix in (".shp", ".dbf", ".shx") if kind == "files" else (".shp",):
                part.with_suffix(suffix).write_text("new")


OLD = {
    "file": {"out.shp": "old"},
    "files": {"out.shp": "old", "out.dbf": "old", "out.prj": "old"},
    "folder": {"out/m": "old"},
}
NEW = {
    "file": {"out.shp": "new"},
    "files": {"out.shp": "new", "out.dbf": "new", "out.shx": "new"},
    "folder": {"out/m": "new"},
}
KEPT = {kind: {**OLD[kind], **{name.replace("out", "out-2"): "new" for name in names}} for kind, names in NEW.items()}


class Windows(PermissionError):
    """What Windows says of a file that a program has open."""

    winerror = 32


IN_USE = Windows(errno.EACCES, "in use")


@pytest.fixture
def refuse(monkeypatch):
    """Have renames fail: those of which a function says so, given how many there were and their two names."""

    def refuse(when, error=IN_USE, patience=0.0):
        calls = []

        def counted(real):
            def run(path, target):
                calls.append((str(path), str(target)))
                if when(len(calls), str(path), str(target)):
                    raise error
                real(path, target)

            return run

        monkeypatch.setattr(sharing, "_PATIENCE", patience)
        monkeypatch.setattr(sharing, "_STEP", 0.01)
        monkeypatch.setattr(companions, "_PAUSE", 0.01)
        monkeypatch.setattr(os, "replace", counted(_replace))
        return calls

    return refuse


@pytest.mark.parametrize("kind", OLD)
@pytest.mark.parametrize("call", range(1, 9))
def test_a_rename_that_fails_once_is_tried_again(tmp_path, refuse, kind, call):
    write_old(kind, tmp_path)
    refuse(lambda number, *_: number == call, patience=60)
    write_new(kind, tmp_path)
    assert contents(tmp_path) == NEW[kind]


@pytest.mark.parametrize("kind", OLD)
@pytest.mark.parametrize("call", range(1, 9))
@pytest.mark.parametrize("last", ["once", "always"])
def test_whatever_is_refused_nothing_is_lost(tmp_path, refuse, kind, call, last):
    write_old(kind, tmp_path)
    calls = refuse(lambda number, *_: number == call if last == "once" else number >= call)
    try:
        write_new(kind, tmp_path)
    except InputError as error:
        assert f"What was made is kept as {tmp_path / 'out-2'}" in str(error) and "in use" in str(error)
        assert contents(tmp_path) == KEPT[kind]
        assert len(calls) >= call
    else:
        assert contents(tmp_path) == NEW[kind]
        assert len(calls) < call


@pytest.mark.parametrize("kind", OLD)
def test_a_free_name_is_free(tmp_path, refuse, kind):
    write_old(kind, tmp_path)
    ending = "" if kind == "folder" else ".shp"
    (tmp_path / f"out-2{ending}").write_text("mine")
    (tmp_path / f"out-3{ending}.aux.xml").write_text("mine")
    refuse(lambda number, path, target: target.endswith(("/out", "/out.shp")))
    with pytest.raises(InputError, match="out-4"):
        write_new(kind, tmp_path)


def test_of_two_outputs_the_one_that_can_be_replaced_is(tmp_path, refuse):
    refuse(lambda number, path, target: target.endswith("/a.tif"))
    with (
        pytest.raises(InputError, match=r"output \S*/a\.tif cannot be written.* kept as \S*/a-2\.tif\.$"),
        files.all_unfinished([tmp_path / "a.tif", tmp_path / "b.tif"]) as parts,
    ):
        for name, part in zip("ab", parts):
            part.write_text(name)
    assert contents(tmp_path) == {"a-2.tif": "a", "b.tif": "b"}


def test_what_can_be_neither_renamed_nor_copied_is_told(tmp_path, refuse, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    (tmp_path / "a.tif").write_text("old")
    refuse(lambda *_: True)
    monkeypatch.setattr(publishing.shutil, "copy2", full)
    with (
        pytest.raises(InputError, match=r"Received: in use\. Close the programs that have it open, and run again\.$"),
        files.unfinished(tmp_path / "a.tif") as part,
    ):
        part.write_text("new")
    assert contents(tmp_path) == {"a.tif": "old"}


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_on_other_systems_nobody_waits(tmp_path, refuse, number):
    """A refusal lasts there: it comes of the rights of a folder, not of a program that has a file open."""
    (tmp_path / "a.tif").write_text("old")
    error = OSError(number, os.strerror(number))
    calls = refuse(lambda number, path, target: target.endswith("/a.tif"), error, patience=600)
    with pytest.raises(InputError, match=r"kept as \S*a-2\.tif"), files.unfinished(tmp_path / "a.tif") as part:
        part.write_text("new")
    assert len(calls) == 2


@pytest.mark.parametrize("kind", OLD)
@pytest.mark.parametrize("calls", range(1, 9))
def test_a_crash_between_the_renames_loses_nothing(tmp_path, monkeypatch, kind, calls):
    """The process ends at any of its renames: the next look finds all of the old files, or all of the new."""
    write_old(kind, tmp_path)
    count = [0]

    class Killed(BaseException):
        pass

    def counting(path, target):
        count[0] += 1
        if count[0] == calls:
            raise Killed
        _replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", counting)
        for module in (files, publishing):
            patch.setattr(module, "discard", lambda path: None)  # a process that is gone discards nothing
        with suppress(Killed):
            write_new(kind, tmp_path)
    name = "out" if kind == "folder" else "out.shp"
    (tmp_path / f".{name}.lock").touch()
    files.tidy(tmp_path / name)
    renames = {"file": 1, "files": 6, "folder": 2}[kind]
    assert contents(tmp_path) == (OLD if calls <= renames else NEW)[kind]


def held(monkeypatch, *paths):
    """Have a program hold files, as GDAL does on Windows; `os.rename` to the name that it has is refused."""

    def rename(path, target):
        if path in paths:
            raise Windows(errno.EACCES, "in use")
        _rename(path, target)

    monkeypatch.setattr(os, "rename", rename)


@pytest.mark.parametrize("name", ["out.shp", "out.shp.aux.xml", "out.dbf"])
def test_an_output_that_is_open_is_refused_before_the_work(tmp_path, monkeypatch, name):
    (tmp_path / "out.shp").write_text("old")
    (tmp_path / name).write_text("old")
    held(monkeypatch, tmp_path / name)
    with pytest.raises(
        InputError, match=rf"out\.shp is open in another program.*QGIS.*{name} cannot.*Remove the layer"
    ):
        write_new("file", tmp_path)
    assert set(contents(tmp_path).values()) == {"old"}


def test_a_folder_of_which_a_file_is_open_is_refused_before_the_work(tmp_path, monkeypatch):
    write_old("folder", tmp_path)
    (tmp_path / "out" / "deep").mkdir()
    (tmp_path / "out" / "deep" / "a.tif").write_text("old")
    held(monkeypatch, tmp_path / "out" / "deep" / "a.tif")
    with pytest.raises(InputError, match="open in another program"):
        write_new("folder", tmp_path)


def test_an_output_that_is_opened_meanwhile_is_kept(tmp_path, monkeypatch, refuse):
    """The second look, when the work is done, refuses nothing any more."""
    target = tmp_path / "out.shp"
    target.write_text("old")
    with pytest.raises(InputError, match=r"kept as \S*out-2\.shp"), files.claimed([(target, "")]):
        held(monkeypatch, target)
        refuse(lambda number, path, new: new == str(target))
        write_new("file", tmp_path)
    assert contents(tmp_path) == KEPT["file"]


def test_looking_whether_a_file_is_open_changes_nothing(tmp_path):
    (tmp_path / "a").write_text("text")
    before = (tmp_path / "a").stat()
    assert not sharing.is_held(tmp_path / "a")
    assert (tmp_path / "a").stat() == before
    assert not sharing.is_held(tmp_path / "not there")
