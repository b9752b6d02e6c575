"""Several jobs by the workers of a cluster, with real workers."""

import json
import os

import psutil
import pytest

from geodl_plugin.cluster.jobs_on_cluster import run_jobs_on_cluster
from geodl_plugin.cluster.request import PATIENCE
from geodl_plugin.errors import Cancelled
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.job_file import read_job, write_job
from geodl_plugin.jobs.merge_datasets import MergeDatasets
from geodl_plugin.jobs.sample_vector import SampleVector
from tests.core.command.test_command import geodl

NAMES = ("a", "b", "c")


@pytest.fixture
def project(scene, tmp_path, monkeypatch):
    """The working folder, with job files that sample three scenes, and export their patches."""
    folder = tmp_path / "project"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        positions = str(folder / f"{name}.gpkg")
        image, polygons = str(scene["image"]), str(scene["polygons"])
        common = {"class_field": "class", "patch_size": 16, "seed": number}
        write_job(SampleVector([image], polygons, positions, count=20, **common), folder / f"sample_{name}.json")
        export = ExportTFRecords([image], positions, str(folder / name), labels_vector=polygons, **common)
        write_job(export, folder / f"export_{name}.json")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def by_workers(cluster, reporter):
    """Run the jobs of some files on the cluster."""

    def run(*files):
        jobs = {file: read_job(file) for file in files}
        return run_jobs_on_cluster(jobs, cluster.scheduler_address, PATIENCE, reporter)

    return run


def files_in(folder):
    """The content of all files in a folder, by name."""
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def jobs_that(does):
    """The names of the job files."""
    return [f"{does}_{name}.json" for name in NAMES]


def test_a_dataset_by_workers_is_that_of_one_process(project, by_workers, reporter):
    merge = MergeDatasets([*NAMES], "all")
    for file in (*jobs_that("sample"), *jobs_that("export")):
        read_job(file).run(reporter)
    merge.run(reporter)
    expected = {name: files_in(project / name) for name in (*NAMES, "all")}
    rows = {name: (project / f"{name}.gpkg").stat().st_size for name in NAMES}

    sampled, exported = by_workers(*jobs_that("sample")), by_workers(*jobs_that("export"))
    merge.run(reporter)
    assert {name: files_in(project / name) for name in (*NAMES, "all")} == expected
    assert len(expected["all"]) > 3
    assert {name: (project / f"{name}.gpkg").stat().st_size for name in NAMES} == rows
    assert [each["file"] for each in exported] == jobs_that("export")
    assert sampled[0]["results"]["output"] == "a.gpkg" and exported[2]["results"]["output"] == "c"


def test_what_is_done_is_not_done_again(project, by_workers, reporter):
    first = by_workers(*jobs_that("sample"))
    states = {name: os.stat(project / f"{name}.gpkg") for name in NAMES}
    (project / "b.gpkg").unlink()
    job = read_job("sample_c.json")
    job.seed = 7
    write_job(job, "sample_c.json")
    again = by_workers(*jobs_that("sample"))
    assert "Going on after 1 jobs that an earlier run has done." in reporter.messages
    now = {name: os.stat(project / f"{name}.gpkg") for name in NAMES}
    assert [states[name] == now[name] for name in NAMES] == [True, False, False]
    assert [each["file"] for each in again] == jobs_that("sample")
    assert again[:2] == first[:2]


def test_a_job_that_fails_three_times_is_named_and_the_others_are_done(project):
    (project / "broken.gpkg").write_text("no polygons")
    job = read_job("sample_b.json")
    job.input = "broken.gpkg"
    write_job(job, "sample_b.json")
    done = geodl("run", "sample_*.json", "--scheduler", "local:2", "--progress=json", folder=project)
    assert done.returncode == 1
    good, failed, other = json.loads(done.stdout)
    assert "broken.gpkg" in failed["error"] and failed["file"] == "sample_b.json"
    assert good["results"]["output"] == "a.gpkg" and other["results"]["output"] == "c.gpkg"
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    told = [line.get("info", "") for line in lines]
    assert sum("Job sample_b.json is tried again" in message for message in told) == 2
    assert any("Job sample_b.json is given up" in line.get("warning", "") for line in lines)
    assert lines[-1]["error"] == "1 of 3 jobs failed: sample_b.json."


def test_a_killed_worker_loses_only_its_job(project, by_workers, reporter, monkeypatch):
    by_workers(*jobs_that("sample"))
    expected = files_in(project / "b") if read_job("export_b.json").run(reporter) else {}
    killed = []

    def show(fraction, message, remaining):
        ours = psutil.Process().children(recursive=True)
        workers = [one for one in ours if one.parent().pid == os.getpid() and one.children()]
        if "2 workers" in message and not killed:
            killed.append(workers[0])
            workers[0].kill()

    monkeypatch.setattr(reporter, "show", show)
    outcomes = by_workers(*jobs_that("export"))
    assert killed and all("results" in each for each in outcomes)
    assert files_in(project / "b") == expected
    assert not list(project.rglob(".*"))


def test_a_cancelled_run_keeps_what_had_ended(project, by_workers, reporter, monkeypatch):
    def show(fraction, message, remaining):
        reporter.cancel_at = 0 if message.startswith("Running: 1 of") else None

    with monkeypatch.context() as cancelling, pytest.raises(Cancelled, match=r"[12] of 3 jobs had ended, and keep"):
        cancelling.setattr(reporter, "show", show)
        by_workers(*jobs_that("sample"))
    reporter.cancel_at = None
    outcomes = by_workers(*jobs_that("sample"))  # waits for what still ends
    assert any(message.startswith("Going on after ") for message in reporter.messages)
    assert [each["results"]["output"] for each in outcomes] == [f"{name}.gpkg" for name in NAMES]
    assert not list(project.glob(".*"))
