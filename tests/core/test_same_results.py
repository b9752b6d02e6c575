"""What ``python -m scripts.same_results`` sees, in two small folders of results made up here."""

import io
import json
import shutil
import struct
import zipfile

import h5py
import numpy as np
import pytest
from osgeo import gdal, ogr

from scripts.same_results.__main__ import main
from scripts.same_results.comparing import compare
from scripts.same_results.job_list import JOBS, OF_OLD_FILES, chosen
from scripts.same_results.running import ROOT, checkout
from scripts.same_results.table import compared, is_same, printed


def write_network(path, weight=1.0, module="geodl_plugin.old", date="2026-01-01", kernel=3):
    """A Keras file of one layer."""
    weights = io.BytesIO()
    with h5py.File(weights, "w") as file:
        file["layers/conv2d/vars/0"] = np.array([0.25, weight], np.float32)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.1.0", "date_saved": date}))
        archive.writestr("config.json", json.dumps({"layers": [{"module": module, "config": {"kernel": kernel}}]}))
        archive.writestr("model.weights.h5", weights.getvalue())


def write_records(path, records):
    path.write_bytes(b"".join(struct.pack("<QI", len(data), 7) + data + struct.pack("<I", 7) for data in records))


def write_points(path, values, field="class"):
    dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("points", None, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn(field, ogr.OFTReal))
    for value in values:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature[field] = value
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({value} 0)"))
        layer.CreateFeature(feature)


@pytest.fixture
def folders(tmp_path, write_raster):
    """Two folders of equal results of a job."""
    before, after = tmp_path / "before", tmp_path / "after"
    job = before / "results" / "job"
    job.mkdir(parents=True)
    write_raster(job, np.arange(12, dtype=np.uint8).reshape(3, 4), name="map.tif", nodata=0)
    write_records(job / "0.records", [b"one", b"two", b"three"])
    write_network(job / "model.keras")
    write_points(job / "points.gpkg", [0.1, 0.2])
    (job / "status.json").write_text('{"exit status": 0}')
    (job / "printed.json").write_text('{"count": 3, "share": 0.1, "text": "Three patches."}')
    (job / "model.json").write_text('{"properties": {"datetime": "2026-01-01", "bands": ["red", "green"]}}')
    (job / "r.html").write_text("<h1>Report</h1><p>12 pixels of 3 classes</p><p>2026-01-01, 3 s</p>")
    (job / "history.csv").write_text("epoch,loss\n1,0.25\n")
    (job / "log.txt").write_text("Done in 3 s")
    shutil.copytree(before, after)
    return before, after


def differences(folders):
    return compared("job", *folders)


def test_copies_are_the_same(folders):
    assert differences(folders) == []
    assert printed({"job": []}, strict=True).splitlines() == ["job  same", "1 of 1 results are the same."]


def test_dates_durations_and_places_of_code_are_ignored(folders):
    job = folders[1] / "results" / "job"
    write_network(job / "model.keras", module="geodl_plugin.models.new", date="2026-02-02")
    (job / "model.json").write_text('{"properties": {"datetime": "2026-02-02", "bands": ["red", "green"]}}')
    (job / "r.html").write_text("<h1>Report</h1><p>12 pixels of 3 classes</p><p>2026-02-02, 1 min 05 s</p>")
    (job / "log.txt").write_text("Done in 4 s")
    write_points(job / "points.gpkg", [0.1, 0.2])  # another date in the file
    assert differences(folders) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("history.csv", "epoch,loss\n1,0.25000000000000006\n", "2 lines"),
        (
            "printed.json",
            '{"count": 3, "share": 0.10000000000000002, "text": "Three patches."}',
            "share: 0.1 → 0.1000000",
        ),
        ("printed.json", '{"count": 3.0, "share": 0.1, "text": "Three patches."}', "count: 3 → 3.0"),
        ("printed.json", '{"share": 0.1, "count": 3, "text": "Three patches."}', "the order of the keys"),
        ("printed.json", "", "no JSON"),
        ("model.json", '{"properties": {"datetime": "2026-01-01", "bands": ["red"]}}', 'bands/1: "green" → (nothing)'),
        ("status.json", '{"exit status": 1}', "failed in AFTER: Done in 3 s"),
        ("added.txt", "new", "missing in BEFORE"),
    ],
)
def test_other_files_count(folders, name, content, said):
    (folders[1] / "results" / "job" / name).write_text(content)
    (found,) = differences(folders)
    assert (found.file, found.is_text) == (name, False)
    assert said in found.what
    assert "DIFFERENT" in printed({"job": [found]}, strict=False)


def test_a_file_that_is_missing(folders):
    (folders[1] / "results" / "job" / "map.tif").unlink()
    assert [found.what for found in differences(folders)] == ["missing in AFTER"]


def test_the_table_has_one_line_for_a_file(folders):
    (folders[1] / "results" / "job" / "printed.json").write_text('{"count": 4, "share": 0.2, "text": "Three patches."}')
    (folders[1] / "results" / "job" / "map.tif").unlink()
    assert [line.split() for line in printed({"job": differences(folders)}, strict=False).splitlines()] == [
        ["job", "DIFFERENT"],
        ["file", "map.tif:", "missing", "in", "AFTER"],
        ["file", "printed.json:", "count:", "3", "→", "4", "(and", "1", "more)"],
        ["0", "of", "1", "results", "are", "the", "same."],
    ]


def test_one_weight(folders):
    write_network(folders[1] / "results" / "job" / "model.keras", weight=np.nextafter(np.float32(1), np.float32(2)))
    (found,) = differences(folders)
    assert found.what == "1 of 1 weights differ by up to 1.19209e-07, the first is layers/conv2d/vars/0"


def test_one_field_of_a_layer(folders):
    write_network(folders[1] / "results" / "job" / "model.keras", kernel=5)
    assert [found.what for found in differences(folders)] == ["layers/0/config/kernel: 3 → 5"]


def test_one_pixel_and_what_a_raster_says(folders):
    path = str(folders[1] / "results" / "job" / "map.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).WriteArray(np.array([[9]], np.uint8), 1, 0)
    dataset = None  # closes the file
    assert [found.what for found in differences(folders)] == ["pixels: 1 of 12 values differ, by up to 8"]
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetNoDataValue(7)
    dataset = None  # closes the file
    (found,) = differences(folders)
    assert found.what.startswith("band 1 no-data: 0.0 → 7.0; pixels: 1 of 12")


def test_only_the_container_of_a_raster(folders):
    before, after = (folder / "results" / "job" / "map.tif" for folder in folders)
    after.write_bytes(before.read_bytes() + b"\0")
    assert [found.what for found in differences(folders)] == ["only the container: pixels and metadata are equal"]


def test_one_record(folders):
    write_records(folders[1] / "results" / "job" / "0.records", [b"one", b"too", b"three"])
    assert [found.what for found in differences(folders)] == ["1 of 3 differ, the first is number 1"]


def test_one_feature_and_one_field(folders):
    path = folders[1] / "results" / "job" / "points.gpkg"
    write_points(path, [0.1, np.nextafter(0.2, 1)])
    (found,) = differences(folders)
    assert found.what.startswith("1 features, as 2 {'class': 0.2}")
    write_points(path, [0.1, 0.2], field="kind")
    assert differences(folders)[0].what.startswith("layer points:")


def test_words_for_people_count_if_asked_for(folders):
    job = folders[1] / "results" / "job"
    (job / "r.html").write_text("<h1>A report</h1><p>12 pixels of 3 classes</p><p>2026-01-01, 3 s</p>")
    (job / "printed.json").write_text('{"count": 3, "share": 0.1, "text": "3 patches."}')
    found = differences(folders)
    assert [difference.is_text for difference in found] == [True, True]
    assert found[1].what == "2 lines of text, as '- Report'"
    assert (is_same(found, strict=False), is_same(found, strict=True)) == (True, False)
    (job / "r.html").write_text("<h1>Report</h1><p>13 pixels of 3 classes</p><p>2026-01-01, 3 s</p>")
    assert compare(folders[0], folders[1])[-1].what == "2 lines of text, as '- 12 pixels of 3 classes', numbers"


def test_jobs_follow_those_that_they_need():
    names = [job.name for job in JOBS]
    assert len(set(names)) == len(names)
    assert all(names.index(need) < names.index(job.name) for job in JOBS for need in job.needs())
    assert set(OF_OLD_FILES) < set(names)
    assert [job.name for job in chosen(["classstatistics", "inspect_values"])] == [
        "sample_balanced",
        "classes_polygons",
        "classes_raster",
        "export_values",
        "inspect_values",
    ]
    with pytest.raises(ValueError, match="No such job: nothing"):
        chosen(["nothing"])


def test_the_command_runs_jobs_keeps_them_and_finds_what_changed(tmp_path, capsys):
    kept, only = tmp_path / "kept", ["--only", "classes_raster", "sample_raster"]
    assert main([str(ROOT), str(ROOT), "--keep", str(kept), *only]) == 0
    assert "2 of 2 results are the same." in capsys.readouterr().out
    printed_file = kept / "results" / "sample_raster" / "printed.json"
    printed_file.write_text(printed_file.read_text().replace('"count_rejected": ', '"count_rejected": 9'))
    assert main(["--before-folder", str(kept), *only]) == 1
    said = capsys.readouterr().out
    assert "count_rejected: 9" in said
    assert "1 of 2 results are the same." in said


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no repository")
def test_a_revision_is_checked_out(tmp_path):
    code = checkout("HEAD", tmp_path / "code")
    assert code == tmp_path / "code"
    assert (code / "geodl_plugin" / "__main__.py").is_file()
    assert checkout(str(code), tmp_path / "unused") == code.resolve()
