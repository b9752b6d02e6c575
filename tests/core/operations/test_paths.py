"""Paths that go with a job to another computer."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.operations import FolderPath, InputPath, OutputPath, Request
from geodl_plugin.operations.paths import absolute, relative


@dataclass
class Moving(Request):
    """A request with paths of all kinds."""

    model: InputPath
    output: OutputPath
    folder: FolderPath = ""
    weights: InputPath = "none"
    images: list[InputPath] = field(default_factory=list)
    name: str = "model"


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        ("map.tif", "map.tif"),
        ("a b/ü/地图.tif", "a b/ü/地图.tif"),
        ("map.tif|option:OVERVIEW_LEVEL=1|crs:EPSG:32636", "map.tif|option:OVERVIEW_LEVEL=1|crs:EPSG:32636"),
        ("", "."),
    ],
)
def test_what_lies_in_the_root_moves_with_it(tmp_path, inside, written):
    given = str(tmp_path / inside)
    assert relative(given, tmp_path) == written
    assert absolute(written, tmp_path) == given
    assert absolute(written, tmp_path / "copy") == str(tmp_path / "copy" / inside)


def test_what_lies_elsewhere_keeps_its_place(tmp_path):
    elsewhere = str(tmp_path / "data" / "image.tif")
    assert relative(elsewhere, tmp_path / "jobs") == Path(elsewhere).as_posix()
    assert absolute(elsewhere, tmp_path / "jobs") == elsewhere


def test_a_path_from_the_working_folder_is_one_from_the_root(tmp_path, monkeypatch):
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    assert relative("map.tif", tmp_path) == "work/map.tif"
    assert relative("map.tif", tmp_path / "other") == (tmp_path / "work" / "map.tif").as_posix()


@pytest.mark.parametrize(
    "name",
    [
        "/vsizip//data/scene.zip/red.tif",
        "/vsicurl/http://127.0.0.1/image.tif|crs:EPSG:4326",
        "https://example.com/image.tif",
        "GPKG:/data/maps.gpkg:height",
        'NETCDF:"/data/a.nc":t',
        "<VRTDataset/>",
    ],
)
def test_what_is_no_file_stays_as_it_is(tmp_path, name):
    assert relative(name, Path("/")) == name
    assert absolute(name, tmp_path) == name


@pytest.mark.parametrize("name", ["GPKG:maps.tif", "https:image.tif"])
@pytest.mark.skipif(sys.platform == "win32", reason="no file there can have such a name")
def test_files_that_look_like_something_else_keep_their_whole_path(tmp_path, name):
    given = str(tmp_path / name)
    assert relative(given, tmp_path) == given
    assert absolute(relative(given, tmp_path), tmp_path / "other") == given


def test_separators_of_windows_are_read_anywhere(tmp_path):
    assert absolute("data\\image.tif", tmp_path) == str(tmp_path / "data" / "image.tif")


@pytest.mark.parametrize("path", ["C:\\data\\image.tif", "D:/image.tif", "\\\\server\\share\\image.tif"])
@pytest.mark.skipif(sys.platform == "win32", reason="they are there")
def test_a_place_on_windows_is_told_elsewhere(tmp_path, path):
    with pytest.raises(InputError, match="computer with Windows"):
        absolute(path, tmp_path)


def test_only_paths_are_changed():
    request = Moving("m", "o", "f", images=["a", "b"])
    assert request.with_paths(str.upper) == Moving("M", "O", "F", images=["A", "B"])
    assert request == Moving("m", "o", "f", images=["a", "b"])
