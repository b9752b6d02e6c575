"""The library as ``pip install .`` installs it: without QGIS, from any folder."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("geodl_plugin", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder that the library and its command are installed to, from a copy: building leaves files behind."""
    folder = tmp_path_factory.mktemp("library")
    source, target = folder / "source", folder / "installed"
    source.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, source / part)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*pip, "--target", target, source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def run(installed, tmp_path):
    """Run the installed command in a folder that has nothing to do with it."""

    def run(*arguments):
        command = next(installed.glob("[bB]in/geodl*"), None) or next(installed.glob("Scripts/geodl*"))
        return subprocess.run(
            [sys.executable, str(command), *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_command_runs_a_job_and_prints_its_results(run, scene, tmp_path):
    parameters = {"source": scene["image"], "input": scene["polygons"], "class_field": "class"}
    job = {"job": "classstatistics", "parameters": {**parameters, "report": str(tmp_path / "report.html")}}
    (tmp_path / "job.json").write_text(json.dumps(job), encoding="utf-8")
    done = run("run", "job.json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["classes"] == 3
    assert "<svg" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_wrong_job_is_an_error(run, tmp_path):
    (tmp_path / "job.json").write_text('{"job": "nothing", "parameters": {}}', encoding="utf-8")
    done = run("run", "job.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: This is not a GeoDL job.")


def test_the_command_says_what_it_can_do(run):
    done = run()
    assert done.returncode == 2
    assert "geodl" in done.stderr
    assert "applymodel" in run("run", "--help").stdout


def test_all_files_are_there(installed):
    library = installed / "geodl_plugin"
    wanted = {path.relative_to(ROOT / "geodl_plugin") for path in (ROOT / "geodl_plugin").rglob("*") if path.is_file()}
    found = {path.relative_to(library) for path in library.rglob("*") if path.is_file()}
    assert {path for path in wanted if path.suffix != ".pyc"} <= found


def test_the_logo_is_that_of_the_plugin():
    logo = ROOT / "geodl_plugin" / "reports" / "templates" / "logo.svg"
    assert logo.read_bytes() == (ROOT / "resources" / "icons" / "geodl.svg").read_bytes()
