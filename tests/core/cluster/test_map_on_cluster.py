"""Maps on a cluster, with real workers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest
from osgeo import gdal

from geodl_plugin.cluster import connection
from geodl_plugin.errors import Cancelled, ClusterError, InputError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.inspect_model import InspectModel

from .conftest import EFIELD, LIBRARY

COUNT = 12  # sheets of the image


def described(path):
    """All that a raster says of itself, but its values."""
    dataset = gdal.Open(str(path))
    told = [dataset.GetGeoTransform(), dataset.GetProjection(), dataset.RasterCount]
    for number in range(1, dataset.RasterCount + 1):
        band, table = dataset.GetRasterBand(number), dataset.GetRasterBand(number).GetColorTable()
        told += [band.DataType, band.GetDescription(), repr(band.GetNoDataValue()), band.GetCategoryNames()]
        told.append([table.GetColorEntry(index) for index in range(4)] if table else None)
        rows = band.GetDefaultRAT()
        told.append([rows.GetValueAsString(row, 1) for row in range(rows.GetRowCount())] if rows else None)
    return told


def test_a_map_is_that_of_one_process_byte_for_byte(on_cluster, in_one_process, tmp_path, reporter):
    options = {"overviews": True, "creation_options": "COMPRESS=LZW"}
    result = on_cluster(confidence="confidence.tif", **options)
    assert f"{COUNT} sheets of up to 64 × 64 pixels." in reporter.messages
    assert (result.efield, Path(result.output).name) == (32, "map.tif")
    assert set(result.classes.values()) == {"field", "forest", "water"}
    for name, path in in_one_process("confidence", **options).items():
        found = Path(getattr(result, name))
        assert found.read_bytes() == path.read_bytes()
        assert described(found) == described(path)
    assert not (tmp_path / "map_sheets").exists()


def test_an_extent_and_a_minimum_area_are_those_of_one_process(on_cluster, in_one_process):
    x, y = 500000.0, 4000000.0
    options = {"extent": [x + 400, x + 1700, y - 900, y + 100], "minimum_area": 6}
    found = Path(on_cluster(**options).output).read_bytes()
    assert found == in_one_process(**options)["output"].read_bytes()


def test_a_virtual_raster_is_the_same_map(on_cluster, in_one_process, tmp_path):
    options = {"output_type": "probabilities (uint8)"}
    on_cluster("made/map.vrt", confidence="made/confidence.vrt", **options)
    (tmp_path / "made").rename(tmp_path / "moved")  # names are relative
    for name, path in in_one_process("confidence", **options).items():
        found = tmp_path / "moved" / f"{'map' if name == 'output' else name}.vrt"
        assert np.array_equal(gdal.Open(str(found)).ReadAsArray(), gdal.Open(str(path)).ReadAsArray())
        assert described(found) == described(path)
    assert len(list((tmp_path / "moved" / "map_sheets").glob("*.tif"))) == 2 * COUNT


def test_a_killed_worker_loses_only_its_sheet(on_cluster, in_one_process, reporter, monkeypatch):
    killed = []

    def show(fraction, message, remaining):
        if message.startswith("Mapping: 2 of") and not killed:
            ours = psutil.Process().children(recursive=True)
            workers = [one for one in ours if one.parent().pid == os.getpid() and one.children()]
            killed.append(workers[0])
            workers[0].kill()

    monkeypatch.setattr(reporter, "show", show)
    result = on_cluster()
    assert killed
    assert Path(result.output).read_bytes() == in_one_process()["output"].read_bytes()


def test_sheets_that_always_fail_are_named_and_the_others_are_kept(on_cluster, in_one_process, image, reporter):
    bad = ["0_0", "0_1", "1_0", "1_1"]
    good, state, spoiled = Path(image).read_bytes(), os.stat(image), bytearray(Path(image).read_bytes())
    dataset = gdal.Open(image)
    for row, col in (map(int, name.split("_")) for name in bad):
        tile = f"BLOCK_OFFSET_{4 * col + 2}_{4 * row + 2}"  # which no other sheet reads
        offset = int(dataset.GetRasterBand(1).GetMetadataItem(tile, "TIFF"))
        spoiled[offset : offset + 8] = b"nonsense"
    dataset = None
    write(image, spoiled, state)
    with pytest.raises(
        ClusterError, match=rf"4 of {COUNT} sheets could not be mapped.* sheet 0_0: .*image.tif"
    ) as told:
        on_cluster()
    assert all(f"sheet {name}: " in str(told.value) for name in bad)
    sheets = Path(image).with_name("map_sheets")
    assert len(list(sheets.glob("sheet_*.tif"))) == COUNT - len(bad)
    assert not Path(image).with_name("map.tif").exists()
    for name in bad:
        assert sum(f"Sheet {name} is tried again" in message for message in reporter.messages) == 2
    write(image, good, state)
    result = on_cluster()
    assert f"Going on after {COUNT - len(bad)} finished sheets of an earlier run." in reporter.messages
    assert Path(result.output).read_bytes() == in_one_process()["output"].read_bytes()


def write(path, content, state):
    """Change a file such that it seems the same."""
    Path(path).write_bytes(content)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def test_a_cancelled_run_keeps_its_sheets_for_the_same_map_only(
    on_cluster, in_one_process, tmp_path, reporter, monkeypatch
):
    def show(fraction, message, remaining):
        reporter.cancel_at = 0 if message.startswith("Mapping: 3 of") else None

    with monkeypatch.context() as cancelling, pytest.raises(Cancelled):
        cancelling.setattr(reporter, "show", show)
        on_cluster()
    reporter.cancel_at = None
    assert not (tmp_path / "map.tif").exists()
    kept = list((tmp_path / "map_sheets").glob("sheet_*.json"))
    assert len(kept) >= 3
    with pytest.raises(InputError, match=r"changed: output_type\."):
        on_cluster(output_type="probabilities")
    with pytest.raises(InputError, match=r"changed: sheet\."):
        on_cluster(sheet=96)
    result = on_cluster(memory=1500)
    assert any(message.startswith("Going on after ") for message in reporter.messages)
    assert Path(result.output).read_bytes() == in_one_process()["output"].read_bytes()
    assert not (tmp_path / "map_sheets").exists()


def test_sheets_are_kept_if_wanted(on_cluster, tmp_path, reporter):
    on_cluster(keep_sheets=True)
    values = [gdal.Open(str(tmp_path / name)).ReadAsArray() for name in ("map.tif", "map.vrt")]
    assert np.array_equal(*values)
    before = os.stat(tmp_path / "map_sheets" / "sheet_0_0.tif")
    on_cluster(keep_sheets=True)
    assert f"Going on after {COUNT} finished sheets of an earlier run." in reporter.messages
    assert os.stat(tmp_path / "map_sheets" / "sheet_0_0.tif") == before


def test_what_is_wrong_is_told_before_any_worker_begins(on_cluster, tmp_path, reporter):
    for wrong, match in (
        ({"output": "map.vrt", "minimum_area": 5}, "Small areas cannot be removed from a virtual raster"),
        ({"output": "map.png"}, "Invalid file name"),
        ({"scheduler": "nowhere"}, "Invalid scheduler"),
        ({"scheduler": "local:0"}, "Invalid scheduler"),
        ({"sheet": 0}, "Invalid sheet"),
        ({"patience": 0.0}, "Invalid patience"),
        ({"source2": [str(tmp_path / "image.tif")]}, "source"),
        ({"efield": 33}, "would leave seams"),
    ):
        with pytest.raises(InputError, match=match):
            on_cluster(**wrong)
    (tmp_path / "map_sheets").mkdir()
    (tmp_path / "map_sheets" / "mine.txt").touch()
    with pytest.raises(InputError, match="cannot be used for the sheets"):
        on_cluster()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["image.tif", "map_sheets"]


def test_a_scheduler_that_does_not_answer_is_told(on_cluster, monkeypatch):
    monkeypatch.setattr(connection, "_PATIENCE", 1)
    with pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:9 does not answer"):
        on_cluster(scheduler="tcp://127.0.0.1:9")


def test_the_command_starts_workers_of_its_own(untrained, image, in_one_process, tmp_path):
    job = ApplyModel(str(untrained("fcnn")[0]), [image], "map.tif", efield=EFIELD)
    (tmp_path / "job.json").write_text(job.to_json())
    options = ["--scheduler", "local:1", "--sheet", "100", "--progress", "none"]
    done = run_command("run", str(tmp_path / "job.json"), *options)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["output"] == str(tmp_path / "map.tif")
    values = [gdal.Open(str(path)).ReadAsArray() for path in (tmp_path / "map.tif", in_one_process()["output"])]
    assert np.array_equal(*values)


def test_a_single_job_of_another_kind_runs_as_a_whole(tmp_path):
    (tmp_path / "job.json").write_text(InspectModel("model", "report.html").to_json())
    done = run_command("run", str(tmp_path / "job.json"), "--scheduler", "local:1")
    assert done.returncode == 1
    assert "Job job.json is given up" in done.stderr.replace(f"{tmp_path}/", "")
    assert done.stderr.splitlines()[-1].startswith("Error: ") and str(tmp_path / "model") in done.stderr


def run_command(*arguments):
    """Run the command ``geodl``."""
    command = [sys.executable, "-W", "ignore", str(LIBRARY), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
