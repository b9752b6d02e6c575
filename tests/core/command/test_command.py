"""The command line: what it takes, what it tells, and its exit status."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geodl_plugin.command.arguments import parsed
from geodl_plugin.command.reporters import CommandReporter
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.job_file import write_job
from geodl_plugin.jobs.sample_vector import SampleVector

ROOT = Path(__file__).resolve().parents[3]


def geodl(*words, folder):
    """Run the command in a folder."""
    command = [sys.executable, "-W", "ignore", "-m", "geodl_plugin", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def project(scene, tmp_path):
    """A folder with a job that samples."""
    folder = tmp_path / "project"
    folder.mkdir()
    places = [str(shutil.copy(scene[name], folder)) for name in ("image", "polygons")]
    job = SampleVector([places[0]], places[1], str(folder / "p.gpkg"), class_field="class", patch_size=16, count=20)
    write_job(job, folder / "job.json")
    return folder


def test_paths_start_from_the_job_file_or_a_root(project, tmp_path):
    done = geodl("run", "project/job.json", "--progress=none", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["output"] == str(project / "p.gpkg")
    (tmp_path / "jobs").mkdir()
    moved = shutil.move(project / "job.json", tmp_path / "jobs" / "moved.json")
    assert geodl("run", moved, folder=tmp_path).returncode == 1
    assert geodl("run", moved, "--root", "project", folder=tmp_path).returncode == 0


def test_progress_as_json_and_a_log(project, tmp_path):
    log = tmp_path / "geodl.log"
    log.write_text("before\n", encoding="utf-8")
    done = geodl("run", "job.json", "--progress=json", "--log", log, folder=project)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {"progress", "remaining", "message"} in [set(line) for line in lines]
    assert lines[-1]["progress"] == 1 or "info" in lines[-1]

    failed = geodl("run", "job.json", "--root", tmp_path / "nowhere", "--log", log, folder=project)
    assert failed.returncode == 1
    first, *others = log.read_text(encoding="utf-8").splitlines()
    assert first == "before"
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ ERROR .*nowhere", others[-1])
    assert f"Error: {others[-1].split(' ERROR ')[1]}" in failed.stderr


def test_a_log_that_cannot_be_written_is_told(project, tmp_path):
    done = geodl("run", "job.json", "--log", tmp_path, folder=project)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: the log cannot be written")
    assert not (project / "p.gpkg").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "required"),
        (["run"], "required: job"),
        (["run", "job.json", "--progress=much"], "invalid choice"),
        (["run", "job.json", "--mosaic=m.tif"], "--mosaic: only with --images"),
        (["run", "job.json", "--images", "a.tif"], "folder of the maps is missing"),
        (["run", "a.json", "b.json", "--images", "a.tif", "--folder=maps"], "only with a single job file"),
        (["run", "a.json", "b.json", "--scheduler=local:2", "--workers=2"], "the scheduler has workers"),
        (["run", "a.json", "--images", "a.tif", "--folder=maps", "--scheduler=local:2"], "one image at a time"),
        (["run", "a.json", "b.json", "--workers=0"], "1 or more"),
    ],
)
def test_a_wrong_command_line_has_a_status_of_its_own(capsys, words, told):
    with pytest.raises(SystemExit) as ended:
        parsed(["applymodel"], words)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_many_images(untrained, scene, tmp_path):
    folder, _ = untrained("fcnn")
    write_job(ApplyModel(str(folder), [scene["image"]], str(tmp_path / "map.tif")), tmp_path / "job.json")
    (tmp_path / "bad.tif").write_text("no raster")
    words = ["run", "job.json", "--folder=maps", "--table=maps.csv", "--progress=none", "--images"]
    failed = geodl(*words, scene["image"], "bad.tif", folder=tmp_path)
    assert failed.returncode == 1 and "1 of 2 images failed" in failed.stderr
    done = geodl(*words, scene["image"], folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["done_before"] == 1
    name = Path(scene["image"]).stem
    assert (tmp_path / "maps.csv").read_text().splitlines()[1].split(",")[1:3] == [f"maps/{name}.tif", "done before"]
    wrong = geodl("run", "job.json", "--images", "a.tif", "--folder", tmp_path / "job.json", folder=tmp_path)
    assert wrong.returncode == 1 and "Traceback" not in wrong.stderr


def test_progress_is_a_line_a_second_for_each_step(capsys):
    reporter = CommandReporter()
    for number in range(100):
        reporter.progress(number / 200, f"Mapping: block {number} of 100")
    reporter.progress(0.6, "Writing the file")
    reporter.progress(1, "Writing the file")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) < 10
    assert lines[0].endswith("Mapping: block 0 of 100") and lines[-2:] == [
        " 60 % Writing the file",
        "100 % Writing the file",
    ]
