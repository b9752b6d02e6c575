"""Several jobs at a time, each in a process of its own."""

import json
import shutil
from pathlib import Path

import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.jobs.apart import check_apart
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.job_file import read_job, write_job
from geodl_plugin.jobs.merge_datasets import MergeDatasets
from geodl_plugin.jobs.sample_vector import SampleVector
from tests.core.command.test_command import geodl

NAMES = ("east", "west")


@pytest.fixture
def scenes(scene, tmp_path):
    """A folder with an image and polygons of each scene, and job files that sample them and export their patches."""
    folder = tmp_path / "project"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        image, polygons, positions = (str(folder / f"{name}{end}") for end in (".tif", ".gpkg", "_positions.gpkg"))
        shutil.copy(scene["image"], image)
        shutil.copy(scene["polygons"], polygons)
        common = {"class_field": "class", "patch_size": 16, "seed": number}
        write_job(SampleVector([image], polygons, positions, count=20, **common), folder / f"sample_{name}.json")
        export = ExportTFRecords([image], positions, str(folder / name), labels_vector=polygons, **common)
        write_job(export, folder / f"export_{name}.json")
    return folder


def files_in(folder):
    """The content of all files in a folder, by name."""
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_number_of_processes_does_not_change_the_dataset(scenes, reporter):
    for name in NAMES:
        read_job(scenes / f"sample_{name}.json").run(reporter)
    merged = []
    for workers in (1, 2):
        done = geodl("run", "export_*.json", "--workers", workers, "--progress=none", folder=scenes)
        assert done.returncode == 0, done.stderr
        assert [each["file"] for each in json.loads(done.stdout)] == [f"export_{name}.json" for name in NAMES]
        output = scenes / f"merged by {workers}"
        MergeDatasets([str(scenes / name) for name in NAMES], str(output)).run(reporter)
        merged.append(files_in(output))
    assert len(merged[0]) > 3 and merged[0] == merged[1]


def test_a_job_that_fails_does_not_stop_the_others(scenes):
    (scenes / "east.gpkg").write_text("no polygons")
    done = geodl("run", "sample_east.json", "sample_west.json", "--progress=json", folder=scenes)
    assert done.returncode == 1
    failed, good = json.loads(done.stdout)
    assert failed["file"] == "sample_east.json" and "east.gpkg" in failed["error"]
    assert good["results"]["output"] == "west_positions.gpkg" and (scenes / "west_positions.gpkg").is_file()
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert lines[-1]["error"] == "1 of 2 jobs failed: sample_east.json."
    assert (1, "2 of 2 jobs have ended") in [(line.get("progress"), line.get("message")) for line in lines]


def test_jobs_that_depend_on_each_other_are_refused(scenes):
    before = files_in(scenes)
    done = geodl("run", "sample_east.json", "export_east.json", folder=scenes)
    assert done.returncode == 1
    assert "The job export_east.json reads what sample_east.json makes." in done.stderr
    assert files_in(scenes) == before


def test_jobs_that_make_the_same_are_refused():
    one = SampleVector(["a.tif"], "a.gpkg", "p.gpkg", class_field="class")
    other = SampleVector(["b.tif"], "b.gpkg", str(Path.cwd() / "p.gpkg"), class_field="class")
    with pytest.raises(InputError, match=r"same output.*by one and other"):
        check_apart({"one": one, "other": other})
    check_apart({"one": one, "other": SampleVector(["a.tif"], "a.gpkg", "q.gpkg", class_field="class")})
