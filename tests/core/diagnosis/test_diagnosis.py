"""Diagnoses of trials that ended in each way."""

import builtins
import json
import signal

import pytest

from geodl_plugin.diagnosis import content, diagnose, why
from geodl_plugin.diagnosis.text import device_text, libraries_that_matter
from geodl_plugin.environment import Probe
from geodl_plugin.environment.causes import AVX, ROSETTA
from geodl_plugin.errors import EnvironmentProblem, WorkerCrash
from geodl_plugin.reports.diagnosis import diagnosis_page
from geodl_plugin.systems.exits import explained
from geodl_plugin.trial.journal import Journal, read

TITLES = {"gdal": "GDAL reads", "tensorflow": "TensorFlow is loaded", "map": "A raster is mapped"}
DEVICE = {"device": "CPU", "name": "Xeon", "threads": 2, "instructions": ["AVX"], "seconds": 0.0123}
FOUND = Probe(
    "/opt/geodl/bin/python", "", (3, 12, 1), packages={"osgeo": "3.10", "keras": "3.9", "pip": "unknown"}, osgeo="/o.py"
)
COMPUTER = {
    **{"system": "Linux", "machine": "x86_64", "processor": "Xeon", "threads": 2, "instructions": ["AVX"]},
    **{"rosetta": False, "memory_gb": 16.0, "free_disk_gb": 3.5, "gpus": []},
}


@pytest.fixture(autouse=True)
def machine(monkeypatch):
    """The computer that is told of; tests may change it."""
    machine = dict(COMPUTER)
    monkeypatch.setattr(content, "computer", lambda folder: machine)
    return machine


def told(*steps, begun="", libraries=()):
    """What a journal holds after these steps: names, or names with an error."""
    entries = []
    for step in steps:
        name, error = step if isinstance(step, tuple) else (step, "")
        state = "failed" if error else "done"
        entries.append({"name": name, "state": state, "seconds": 1.5, "text": "fine", "error": error, "libraries": []})
    facts = {"versions": {"gdal": "3.10.1"}, "devices": [DEVICE], "gpu_note": "No GPU is used."}
    return {"libraries": list(libraries), "begun": begun, "steps": entries, "facts": facts}


def made(journal, failure=None, **variables):
    """The diagnosis of a trial that took ten seconds."""
    return diagnose(journal, TITLES, FOUND, variables, 10.0, failure=failure, qgis="3.40")


def states(diagnosis):
    """The state of each step."""
    return [(step["name"], step["state"], step["seconds"]) for step in diagnosis.content["steps"]]


def test_a_trial_that_passed():
    diagnosis = made(told(*TITLES), PROJ_DATA="/p", HOME="/h")
    assert diagnosis.works
    assert states(diagnosis) == [("start", "done", 5.5), *((name, "done", 1.5) for name in TITLES)]
    assert json.loads(diagnosis.json) == diagnosis.content
    # What the loaded modules say counts, not what is installed.
    assert diagnosis.content["versions"] == {"python": "3.12.1", "gdal": "3.10.1", "keras": "3.9"}
    for part in ("everything works", "QGIS 3.40", "gdal 3.10.1", "Xeon", "PROJ_DATA=/p", "16.0 GB", "1.50 s"):
        assert part in diagnosis.text
    assert "HOME" not in diagnosis.text


def test_a_step_that_failed():
    error = "Traceback\nRuntimeError: PROJ: proj_create_from_database: Cannot find proj.db"
    diagnosis = made(told("gdal", ("tensorflow", error)))
    assert [state for _, state, _ in states(diagnosis)] == ["done", "done", "failed", "not reached"]
    assert "proj.db" in diagnosis.cause.problem
    assert "      RuntimeError: PROJ" in diagnosis.text
    assert diagnosis.content["problem"] == diagnosis.cause.problem


def test_a_worker_that_died_in_a_step():
    crash = WorkerCrash("It died.", status=-signal.SIGSEGV, step="TensorFlow is loaded", last_words="oneDNN\nbang\n")
    diagnosis = made(told("gdal", begun="tensorflow"), crash)
    assert states(diagnosis)[1:] == [("gdal", "done", 1.5), ("tensorflow", "failed", 8.5), ("map", "not reached", None)]
    assert diagnosis.cause.problem.startswith(explained(-signal.SIGSEGV).problem)
    assert "“TensorFlow is loaded”" in diagnosis.cause.problem
    assert "Check the environment" not in diagnosis.cause.remedy  # that is what is being done
    assert diagnosis.content["exit"] == {"status": -signal.SIGSEGV, "step": "TensorFlow is loaded"}
    assert diagnosis.content["last_words"] == ["oneDNN", "bang"]
    assert "bang" in diagnosis.text


def test_last_words_tell_more_than_a_status():
    words = "F cpu_feature_guard.cc:37] The TensorFlow library was compiled to use AVX instructions, but these aren't"
    crash = WorkerCrash("It died.", status=-signal.SIGABRT, last_words=words)
    assert made(told("gdal", begun="tensorflow"), crash).cause == AVX


def test_a_worker_that_never_began():
    crash = WorkerCrash("It died.", status=1, last_words="ImportError: DLL load failed while importing _gdal: …")
    diagnosis = made(read(content.Path("/no such journal")), crash)
    assert [state for _, state, _ in states(diagnosis)] == ["failed", *["not reached"] * 3]
    assert "GDAL" in diagnosis.cause.problem


def test_a_worker_that_does_not_answer():
    crash = WorkerCrash("It has not answered for 10 min.", remedy="Do this.", step="TensorFlow is loaded")
    diagnosis = made(told("gdal", begun="tensorflow"), crash)
    assert "not answered for 10 min" in diagnosis.cause.problem
    assert diagnosis.cause.remedy == "Do this."


def test_an_error_of_ours_keeps_its_remedy(tmp_path):
    journal = Journal()
    with journal.step("gdal"):
        raise EnvironmentProblem("Keras computes elsewhere.", remedy="Remove the variable.")
    cause = made(journal.content()).cause
    assert cause.problem.startswith("Keras computes elsewhere.")
    assert cause.remedy == "Remove the variable."


def test_an_unknown_error_is_told_with_its_step():
    cause = made(told(("gdal", "Traceback\nValueError: something new"))).cause
    assert cause.problem == "ValueError: something new This was at the step “GDAL reads”."
    assert "issue tracker" in cause.remedy


@pytest.mark.parametrize(
    ("machine_name", "instructions", "rosetta", "cause"),
    [
        ("AMD64", ["AVX", "AVX2"], False, None),
        ("AMD64", ["NEON"], False, AVX),
        ("AMD64", [], False, None),  # not known
        ("x86_64", [], True, ROSETTA),
        ("x86_64", ["AVX", "AVX2"], True, None),  # from macOS 15 on
        ("arm64", ["NEON"], False, None),
    ],
)
def test_processors_that_cannot_run_tensorflow_are_known(machine, machine_name, instructions, rosetta, cause):
    assert why.lacks_avx(machine_name, instructions, rosetta=rosetta) == cause
    machine.update(machine=machine_name, instructions=instructions, rosetta=rosetta)
    crash = WorkerCrash("It died.", status=-signal.SIGILL)
    found = made(told("gdal", begun="tensorflow"), crash).cause
    assert (found == cause) is (cause is not None)
    assert made(told(begun="gdal"), crash).cause not in (AVX, ROSETTA)  # GDAL needs none


def test_names_are_in_no_part_of_it(monkeypatch):
    monkeypatch.setenv("HOME", "/home/zoe")
    crash = WorkerCrash("It died.", status=1, last_words="/home/zoe/x.so of zoe")
    diagnosis = made(told("gdal", begun="tensorflow", libraries=["/home/zoe/libgdal.so"]), crash, TF_X="/home/zoe/y")
    assert "zoe" not in diagnosis.text + diagnosis.json + diagnosis_page(diagnosis)
    assert "start: ~/libgdal.so" in diagnosis.text


def test_libraries_that_several_bring_are_told():
    names = (
        *("C:/h5py/hdf5.dll", "/l/libgdal.so.32", "/l/libproj.so.25", "C:/Scripts/msvcp140.dll", "/l/libgomp.so.1"),
        *("/l/libtensorflow_cc.so.2", "/l/libstdc++.so.6", "/l/libsqlite3.so.0", r"C:\x\VCRUNTIME140_1.dll"),
    )
    others = ("/l/_decomp_update.so", "/l/_proto_comparators.so", "/l/libm.so.6", "/l/libprojectile.so")
    found = libraries_that_matter({"libraries": {"start": [*names, *others]}})
    assert [path for _, path in found] == list(names)


def test_devices_are_one_line_each():
    gpu = {"device": "GPU:0", "name": "L4", "memory": "23034 MiB", "seconds": 0.5}
    assert device_text({**DEVICE, "instructions": ["AVX", "AVX2"]}) == "CPU: Xeon (2 threads, AVX, AVX2); trial 12 ms"
    assert device_text(gpu) == "GPU:0: L4 (23034 MiB); trial 500 ms"


def test_the_page_tells_the_cause_first_and_holds_what_is_copied():
    diagnosis = made(told("gdal", ("tensorflow", "ImportError: <b> & [WinError 1455]")))
    page = diagnosis_page(diagnosis)
    assert page.index("paging file is too small") < page.index("Copy for an issue") < page.index("A raster is mapped")
    assert "&lt;b&gt; &amp;" in page
    assert "<b> &" not in page
    assert 'id="text"' in page
    assert "navigator.clipboard" in page
    assert "execCommand" in page
    for state in ("done", "failed", "not reached"):
        assert f">{state}</span>" in page
    assert "Everything works." in diagnosis_page(made(told(*TITLES)))


def test_there_is_a_page_without_jinja2_too(monkeypatch):
    real = builtins.__import__

    def without(name, *arguments, **named):
        if name == "jinja2":
            raise ImportError("No module named 'jinja2'")
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "GDAL reads" in diagnosis_page(made(told(*TITLES)))
