"""Job files: written in one place, run in another."""

import json
import shutil

import pytest

from geodl_plugin import __version__
from geodl_plugin.errors import InputError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.class_statistics import ClassStatistics
from geodl_plugin.jobs.job_file import read_job, write_job
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.runtime.reporter import SilentReporter


@pytest.fixture
def project(scene, tmp_path):
    """A folder with data, and a job in it whose polygons are a copy in a scratch folder."""
    folder, scratch = tmp_path / "pro ject", tmp_path / "scratch"
    for each in (folder, scratch):
        each.mkdir()
    image = str(shutil.copy(scene["image"], folder / "image.tif"))
    polygons = str(shutil.copy(scene["polygons"], scratch / "INPUT.gpkg"))
    positions = str(folder / "out" / "positions.gpkg")
    job = SampleVector([image], polygons, positions, class_field="class", patch_size=16, count=20)
    assert write_job(job, folder / "job.json", scratch) == []
    shutil.rmtree(scratch)
    return folder


def test_a_folder_with_a_job_runs_where_it_is_copied(project, tmp_path):
    copy = tmp_path / "another place"
    shutil.move(project, copy)
    results = read_job(copy / "job.json").run(SilentReporter())
    assert results["output"] == str(copy / "out" / "positions.gpkg")
    assert (copy / "out" / "positions.gpkg").is_file() and not project.exists()


def test_the_file_says_what_it_is(project):
    content = json.loads((project / "job.json").read_text(encoding="utf-8"))
    assert (content["job"], content["geodl"]) == ("samplevector", __version__)
    assert content["parameters"]["source1"] == ["image.tif"]
    assert content["parameters"]["input"] == "job_files/INPUT.gpkg"


def test_another_root_may_be_named(project, tmp_path):
    shutil.move(project / "job.json", tmp_path / "job.json")
    assert read_job(tmp_path / "job.json", project).source1 == [str(project / "image.tif")]


def test_what_lies_elsewhere_is_told(project, tmp_path):
    job = ApplyModel(str(tmp_path / "model"), ["/vsicurl/http://127.0.0.1/a.tif"], str(project / "map.tif"))
    assert write_job(job, project / "map.json") == [(tmp_path / "model").as_posix()]
    assert read_job(project / "map.json") == job


def test_a_word_is_no_path(project):
    job = TrainModel(str(project / "dataset"), str(project / "model"))
    write_job(job, project / "train.json")
    assert read_job(project / "train.json") == job


def test_a_name_of_bytes_is_kept(tmp_path):
    job = ClassStatistics(str(tmp_path / "\udcffbild ü.tif"))
    write_job(job, tmp_path / "job.json")
    assert read_job(tmp_path / "job.json") == job
    assert "bild ü" in (tmp_path / "job.json").read_text(encoding="utf-8")


def test_the_job_file_replaces_no_input_or_output(project):
    job = read_job(project / "job.json")
    for lost in (project / "image.tif", project / "out" / "positions.gpkg"):
        with pytest.raises(InputError, match=r"is an input as well|is an output of the job"):
            write_job(job, lost)


def test_a_folder_of_somebody_else_is_not_replaced(project, tmp_path):
    (project / "two_files").mkdir()
    (project / "two_files" / "mine.txt").touch()
    job = read_job(project / "job.json")
    with pytest.raises(InputError, match="cannot be replaced"):
        write_job(job, project / "two.json", project / "job_files")
    assert not (project / "two.json").exists()


def test_a_file_of_an_editor_on_windows_is_read(project):
    text = (project / "job.json").read_text(encoding="utf-8").replace("job_files/", "job_files\\\\")
    (project / "job.json").write_text(text, encoding="utf-8-sig")
    assert read_job(project / "job.json").input == str(project / "job_files" / "INPUT.gpkg")


def test_a_job_of_another_version_is_told(project):
    content = json.loads((project / "job.json").read_text(encoding="utf-8"))
    content["parameters"]["new"], content["geodl"], content["note"] = 1, "99.0", "further keys are ignored"
    (project / "job.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=r"unknown: new.*written by GeoDL 99\.0"):
        read_job(project / "job.json")
    del content["parameters"]["new"]
    (project / "job.json").write_text(json.dumps(content), encoding="utf-8")
    assert read_job(project / "job.json").count == 20
