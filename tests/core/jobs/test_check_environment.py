"""Environments that are checked and set up: what is said, and where the diagnosis is."""

import json
import sys
import textwrap
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from geodl_plugin.environment import Probe
from geodl_plugin.environment.causes import AVX, ROSETTA, Cause
from geodl_plugin.errors import Cancelled, EnvironmentProblem, WorkerCrash
from geodl_plugin.jobs import check_environment, from_json, setup_environment
from geodl_plugin.jobs.check_environment import PAGE, CheckEnvironment
from geodl_plugin.jobs.setup_environment import SetupEnvironment

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts")


@pytest.fixture
def python_with(tmp_path):
    """An interpreter like this one, some of whose modules are others."""

    def make(**modules):
        for name, text in modules.items():
            (tmp_path / "modules" / name).mkdir(parents=True)
            (tmp_path / "modules" / name / "__init__.py").write_text(textwrap.dedent(text))
        script = tmp_path / "python"
        script.write_text(f'#!/bin/sh\nPYTHONPATH="{tmp_path}/modules" exec "{sys.executable}" "$@"\n')
        script.chmod(0o755)
        return str(script)

    return make


@pytest.fixture(autouse=True)
def data(monkeypatch, tmp_path):
    """The folder of GeoDL's data."""
    monkeypatch.setattr(check_environment, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data" / "geodl"


def test_a_good_environment_is_described(reporter, tmp_path, data):
    tf = pytest.importorskip("tensorflow")
    job = CheckEnvironment(sys.executable, report=str(tmp_path / "d.html"), qgis="3.40")
    found = from_json(job.to_json()).run(reporter)
    assert json.loads(json.dumps(found)) == found
    assert found["works"]
    assert found["python"] == sys.executable
    assert found["versions"]["tensorflow"] == tf.__version__
    (summary,) = reporter.messages
    assert summary.startswith("Everything works.") and f"tensorflow {tf.__version__}" in summary
    assert len(summary.splitlines()) < 8 < len(found["text"].splitlines())
    assert {step["state"] for step in found["steps"]} == {"done"}
    assert any("tensorflow" in path for path in found["libraries"]["tensorflow"])
    assert "Everything works." in (tmp_path / "d.html").read_text(encoding="utf-8")
    assert not data.exists()


@POSIX
def test_a_worker_that_dies_leaves_a_diagnosis(python_with, reporter, tmp_path):
    python = python_with(tensorflow="import os, signal; os.kill(os.getpid(), signal.SIGILL)")
    page = tmp_path / "d.html"
    with pytest.raises(EnvironmentProblem, match=rf"(?s)instructions.*{page}"):
        CheckEnvironment(python, report=str(page)).run(reporter)
    (text,) = reporter.messages
    assert "done        " in text
    assert "TensorFlow is loaded" in text
    assert "FAILED" in text
    assert "not reached" in text
    assert "instructions" in page.read_text(encoding="utf-8")


@POSIX
def test_a_failure_is_explained_and_told_without_a_report_too(python_with, reporter, data):
    python = python_with(
        h5py="raise ImportError('DLL load failed while importing _errors: The procedure could not be found.')",
        tensorflow="raise ModuleNotFoundError(\"No module named 'tensorflow'\")",
    )
    with pytest.raises(EnvironmentProblem, match=rf"HDF5.*Set up the environment.*{data / PAGE}"):
        CheckEnvironment(python).run(reporter)
    assert "HDF5" in (data / PAGE).read_text(encoding="utf-8")


def test_without_an_interpreter_there_is_a_diagnosis_too(reporter, data):
    with pytest.raises(EnvironmentProblem, match=r"^None was found\. .*Set up the environment.*once"):
        CheckEnvironment(problem="None was found.").run(reporter)
    assert (data / PAGE).is_file()


def test_a_check_that_need_not_work_ends_with_what_is_wrong(reporter, tmp_path):
    page = tmp_path / "d.html"
    found = CheckEnvironment(problem="None was found.", report=str(page), must_work=False).run(reporter)
    assert not found["works"] and found["problem"].startswith("None was found.") and "Set up" in found["remedy"]
    (said,) = reporter.messages
    assert said.startswith("None was found. ") and "0 of 12 steps done" in said
    assert page.is_file()


def test_what_is_no_interpreter_is_said(reporter, tmp_path):
    with pytest.raises(EnvironmentProblem, match="cannot be used: it does not exist"):
        CheckEnvironment(str(tmp_path / "nothing")).run(reporter)


def test_a_trial_that_hangs_is_ended(monkeypatch, reporter):
    clock = SimpleNamespace(monotonic=lambda: next(times), perf_counter=time.perf_counter)
    times = iter([0, 1, 2, 3602, 3603, 3604, 3605])
    monkeypatch.setattr(check_environment, "time", clock)
    monkeypatch.setattr(check_environment, "_PATIENCE", 3.5)
    impatient = check_environment._Impatient(reporter)
    impatient.show(0, "TensorFlow is loaded", None)
    impatient.check_cancelled()
    impatient.check_cancelled()
    impatient.check_cancelled()  # the computer slept for an hour: that is no step's
    with pytest.raises(WorkerCrash, match="does not get on") as crash:
        impatient.check_cancelled()
    assert crash.value.step == "TensorFlow is loaded"
    impatient.show(0.1, "Keras is loaded", None)
    impatient.check_cancelled()


def test_a_cancelled_check_leaves_nothing(monkeypatch, reporter, data):
    def cancel(*_):
        raise Cancelled

    monkeypatch.setattr(check_environment.client, "run", cancel)
    with pytest.raises(Cancelled):
        CheckEnvironment(sys.executable).run(reporter)
    assert not data.exists()


@pytest.fixture
def setup(monkeypatch, tmp_path):
    """A setup whose trials end as the test says; an environment is made when its trial passes."""
    causes, trials = [], []

    def tried(found, gdal_of_qgis, qgis, reporter):
        trials.append((found.interpreter, gdal_of_qgis, qgis))
        cause = causes.pop(0)
        return SimpleNamespace(cause=cause, works=cause is None)

    def build_environment(folder, base_python, build, reporter, *, wheels, proxy, trial):
        found = Probe("made", "", (3, 12, 0), packages={"tensorflow": "2.21", "keras": "3.15"})
        trial(found)
        return SimpleNamespace(folder=Path(folder), python="made", log="log", probe=found, reused=False)

    monkeypatch.setattr(setup_environment, "tried", tried)
    monkeypatch.setattr(setup_environment, "build_environment", build_environment)
    monkeypatch.setattr(setup_environment, "write_page", lambda page, diagnosis: page.touch())
    job = SetupEnvironment(str(tmp_path), sys.executable, "processor", gdal_of_qgis="/q/osgeo.py", qgis="3.40")
    return SimpleNamespace(job=job, causes=causes, trials=trials, page=tmp_path / PAGE)


def test_setup_says_ready_only_if_the_trial_passed(setup, reporter):
    setup.causes += [Cause("It is broken.", "Mend it."), None]
    with pytest.raises(EnvironmentProblem, match=rf"^It is broken\. Mend it\. .*{setup.page}"):
        setup.job.run(reporter)
    assert setup.page.exists()
    assert "is ready" in setup.job.run(reporter)["text"]
    assert not setup.page.exists()
    assert setup.trials == [("made", "/q/osgeo.py", "3.40")] * 2


@pytest.mark.parametrize("cause", [ROSETTA, AVX])
def test_a_processor_that_cannot_is_told_before_anything_is_installed(setup, monkeypatch, reporter, cause):
    monkeypatch.setattr(setup_environment, "lacks_avx", lambda *_, **__: cause)
    with pytest.raises(EnvironmentProblem, match=r"AVX"):
        setup.job.run(reporter)
    assert setup.trials == []
