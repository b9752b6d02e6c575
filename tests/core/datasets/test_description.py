"""The manifest of a dataset folder."""

import dataclasses
import json

import pytest

from geodl_plugin.datasets.description import FILE_NAME, DatasetDescription, RegressionTarget, SourceInfo, SplitInfo
from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import ClassList

STATISTICS = {"minimum": [0.0], "maximum": [9.0], "mean": [3.5], "stddev": [1.25]}


@pytest.fixture
def dataset():
    """A manifest with all that one may hold."""
    return DatasetDescription(
        sources=[SourceInfo("source1", ["näheres Infrarot"], "uint16", 64, [None], STATISTICS, ["/data/影像.tif"])],
        classes=ClassList.from_values(["вода", "field"]),
        label_mode="polygons",
        label_size=64,
        splits={"train": SplitInfo(10, 1, [5, 6]), "valid": SplitInfo(2, 1, [0, 6])},
        crs="",
        pixel_size=(10.0, 10.0),
        provenance={"seed": 3},
    )


def strict(text):
    """JSON as every program reads it: without NaN and Infinity."""

    def refuse(constant):
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def test_a_manifest_comes_back(dataset, tmp_path):
    dataset.write(tmp_path)
    assert DatasetDescription.read(tmp_path) == dataset


def test_a_manifest_of_values_comes_back(dataset, tmp_path):
    values = RegressionTarget("δένδρα (%)", 40.5, 21.25, 0.0, 97.0)
    splits = {"train": SplitInfo(10, 1, [11]), "valid": SplitInfo(2, 1, [6])}
    regression = dataclasses.replace(dataset, classes=ClassList(()), values=values, splits=splits)
    regression.write(tmp_path)
    assert DatasetDescription.read(tmp_path) == regression
    assert (regression.task, dataset.task) == ("regression", "classification")


def test_the_common_range_of_values_ends_at_the_extremes():
    assert RegressionTarget("cover", 50.0, 20.0, 0.0, 70.0).common_range() == (10, 70)
    assert RegressionTarget("cover", 10.0, 20.0, 0.0, 70.0).common_range() == (0, 50)


def test_a_manifest_from_before_there_were_values_is_one_of_classes(dataset, tmp_path):
    dataset.write(tmp_path)
    content = json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
    del content["values"]
    (tmp_path / FILE_NAME).write_text(json.dumps(content), encoding="utf-8")
    assert DatasetDescription.read(tmp_path) == dataset


@pytest.mark.parametrize("nodata", [-3.4028234663852886e38, -9999.0])
def test_any_no_data_value_is_written_as_json(dataset, tmp_path, nodata):
    source = dataclasses.replace(dataset.sources[0], nodata=[nodata])
    dataclasses.replace(dataset, sources=[source]).write(tmp_path)
    strict((tmp_path / FILE_NAME).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "7", '{"geodl_dataset": 99}', '{"geodl_dataset": 1, "sources": []}', "\x00"]
)
def test_a_damaged_manifest_is_refused(tmp_path, text):
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(InputError, match="not a dataset folder"):
        DatasetDescription.read(tmp_path)


def test_a_manifest_that_is_no_text_is_refused(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not a dataset folder"):
        DatasetDescription.read(tmp_path)


def test_a_folder_without_manifest_is_refused(tmp_path):
    with pytest.raises(InputError, match="not a dataset folder"):
        DatasetDescription.read(tmp_path / "nothing here")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["sources"], []),
        (["sources"], {"a": 1}),
        (["sources", 0], "source1"),
        (["sources", 0, "bands"], []),
        (["sources", 0, "bands"], ["a", "b"]),
        (["sources", 0, "bands"], "red"),
        (["sources", 0, "dtype"], "colour"),
        (["sources", 0, "dtype"], "U8"),
        (["sources", 0, "patch_size"], 64.0),
        (["sources", 0, "patch_size"], "64"),
        (["sources", 0, "patch_size"], 0),
        (["sources", 0, "nodata"], [None, 0]),
        (["sources", 0, "nodata"], ["0"]),
        (["sources", 0, "statistics"], {"mean": [1.0, 2.0]}),
        (["sources", 0, "statistics"], {"mean": [None]}),
        (["classes"], ["field"]),
        (["classes"], {}),
        (["classes", 0, "value"], "1"),
        (["classes", 0, "color"], "red"),
        (["classes", 0, "name"], None),
        (["label_size"], -1),
        (["label_mode"], None),
        (["splits"], []),
        (["splits", "train"], None),
        (["splits", "train", "samples"], "ten"),
        (["splits", "train", "samples"], -1),
        (["splits", "train", "samples"], 0),
        (["splits", "train", "shards"], 0),
        (["splits", "train", "pixels"], [1]),
        (["splits", "train", "pixels"], 11),
        (["crs"], None),
        (["pixel_size"], 10),
        (["pixel_size"], ["a", "b"]),
        (["provenance"], []),
        (["compression"], 1),
        (["values"], "cover"),
        (["values"], {"name": "cover", "mean": "high", "stddev": 1, "minimum": 0, "maximum": 2}),
    ],
)
def test_a_manifest_of_other_types_is_refused(dataset, tmp_path, path, value):
    dataset.write(tmp_path)
    content = json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    (tmp_path / FILE_NAME).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="not a dataset folder"):
        DatasetDescription.read(tmp_path)


def test_two_classes_of_one_value_are_refused(dataset, tmp_path):
    dataset.write(tmp_path)
    content = json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
    content["classes"][1]["value"] = content["classes"][0]["value"]
    (tmp_path / FILE_NAME).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="Two classes have the same value"):
        DatasetDescription.read(tmp_path)


def test_figures_that_are_no_numbers_are_no_nan_in_json(dataset, tmp_path):
    provenance = {"figures": [float("nan"), float("inf")]}
    dataclasses.replace(dataset, provenance=provenance).write(tmp_path)
    strict((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
    assert DatasetDescription.read(tmp_path).provenance == {"figures": [None, None]}
