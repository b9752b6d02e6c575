"""A real worker, cancelled as QGIS does it, and workers that do what they should not."""

import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from geodl.algorithms import worker
from geodl.algorithms.worker import run_in_worker
from geodl.geodl_plugin import files, remote
from geodl.geodl_plugin.datasets.manifest import Dataset
from geodl.geodl_plugin.errors import Cancelled, WorkerCrash
from geodl.geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl.geodl_plugin.jobs.inspect_model import InspectModel
from geodl.geodl_plugin.jobs.sample_vector import SampleVector
from geodl.geodl_plugin.jobs.train_model import TrainModel
from geodl.geodl_plugin.reporter import ConsoleReporter
from qgis.core import QgsProcessingFeedback


@pytest.fixture(scope="module")
def dataset(session_scene, tmp_path_factory):
    """A dataset of the scene."""
    folder = tmp_path_factory.mktemp("dataset")
    positions, output = str(folder / "positions.gpkg"), folder / "dataset"
    image, polygons = [session_scene["image"]], session_scene["polygons"]
    reporter = ConsoleReporter()
    SampleVector(image, polygons, positions, class_field="class", patch_size=32, count=30).run(reporter)
    export = ExportTFRecords(image, positions, str(output), patch_size=32, labels_vector=polygons, class_field="class")
    run_in_worker(export, QgsProcessingFeedback())
    assert Dataset.read(output).splits["train"].samples
    return str(output)


class CancelAfter(QgsProcessingFeedback):
    """Cancels when a message comes."""

    def __init__(self, begin):
        super().__init__()
        self.begin, self.when = begin, None

    def pushInfo(self, text):
        if text.startswith(self.begin) and not self.when:
            self.when = time.monotonic()
            self.cancel()


@pytest.mark.slow
@pytest.mark.parametrize("keep_best", [False, True])
def test_a_cancelled_training_keeps_its_best_model_only_if_asked_for(dataset, tmp_path, keep_best):
    job = TrainModel(
        dataset, str(tmp_path / "model"), architecture="unet", width=4, epochs=50, batch_size=8, keep_best=keep_best
    )
    feedback = CancelAfter("Epoch 1")
    with pytest.raises(Cancelled, match="is kept" if keep_best else "no output was written"):
        run_in_worker(job, feedback)
    assert feedback.when
    assert [path.name for path in tmp_path.iterdir()] == (["model"] if keep_best else [])
    if keep_best:
        assert (tmp_path / "model" / "saved_model.pb").is_file()
        assert (tmp_path / "model" / "report.html").is_file()


BEGIN = """
import json, os, signal, subprocess, sys, tempfile, time
from pathlib import Path
job = json.loads(sys.stdin.readline())["parameters"]
def say(text):
    sys.stdout.write(text)
    sys.stdout.flush()
"""
RESULT = "say(json.dumps({'result': {'output': 1}}) + '\\n')\n"


@pytest.fixture
def run_program(tmp_path, monkeypatch):
    """Run a program of Python in the place of the worker; temporary folders are made in ``temporary``."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(worker, "find_interpreter", lambda feedback: sys.executable)
    monkeypatch.setattr(worker, "clean_environment", lambda interpreter: dict(os.environ))
    monkeypatch.setattr(remote, "_LAST_GRACE", 1.0)
    monkeypatch.setattr(remote, "_LIBRARY", tmp_path / "program.py")

    def run(program):
        (tmp_path / "program.py").write_text(BEGIN + program)
        return run_in_worker(InspectModel("m", str(tmp_path / "r.html")), QgsProcessingFeedback())

    return run


def test_the_result_of_a_worker_is_given(run_program):
    assert run_program('say(\'{"info": "told"}\\n\')\n' + RESULT) == {"output": 1}


@pytest.mark.parametrize(
    "line",
    ["a stray line", "[1, 2]", '{"a": 1}', "5", "null", "{}", '{"progress": 0.5, "mess', "\xff", ""],
)
def test_lines_that_are_no_messages_are_passed_over(run_program, line):
    assert run_program(f"say({line!r} + '\\n')\n" + RESULT) == {"output": 1}


@pytest.mark.parametrize("cut", ['\'{"progress": 0.5, "mess\'', "'no message\\n'"])
def test_a_worker_that_dies_in_the_middle_of_a_line_is_explained(run_program, cut):
    with pytest.raises(WorkerCrash, match=r"signal SIGKILL(.|\n)*(progress|no message)"):
        run_program(f"say({cut}); os.kill(os.getpid(), signal.SIGKILL)")


def test_a_worker_that_ends_without_a_result_is_explained(run_program):
    with pytest.raises(WorkerCrash, match=r"status 7 (.|\n)*last words"):
        run_program("sys.stderr.write('last words'); sys.exit(7)")


HOLDER = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
AWAY = HOLDER.replace("])", "], start_new_session=True)")


@pytest.mark.parametrize("holder", [HOLDER, AWAY], ids=["a child", "a child that went away"])
@pytest.mark.parametrize("end", ["", RESULT], ids=["nothing", "a result"])
def test_the_end_is_noticed_though_another_process_holds_the_pipe(run_program, tmp_path, holder, end):
    started = time.monotonic()
    keep = f"child = {holder}Path({str(tmp_path / 'child')!r}).write_text(str(child.pid))\n"
    try:
        if end:
            assert run_program(keep + end) == {"output": 1}
        else:
            with pytest.raises(WorkerCrash, match="status 0"):
                run_program(keep)
        assert time.monotonic() - started < 30
    finally:
        with suppress(ProcessLookupError):
            os.kill(int((tmp_path / "child").read_text()), 9)


def test_a_worker_that_hangs_after_its_result_is_ended(run_program, tmp_path):
    pid = f"Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\n"
    started = time.monotonic()
    assert run_program(pid + RESULT + "time.sleep(600)") == {"output": 1}
    assert time.monotonic() - started < 30
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_worker_that_closes_its_output_and_hangs_is_ended(run_program):
    with pytest.raises(WorkerCrash):
        run_program("os.close(1); time.sleep(600)")


def test_a_signal_without_a_name_is_explained(run_program):
    with pytest.raises(WorkerCrash, match=r"ended by the signal 4[0-9]"):
        run_program("os.kill(os.getpid(), signal.SIGRTMIN + 8)")


@pytest.mark.parametrize("end", ["", RESULT, "os.kill(os.getpid(), signal.SIGKILL)"])
def test_temporary_files_of_a_worker_go_with_it(run_program, tmp_path, end):
    program = f"Path(os.environ['GEODL_SCRATCH'], 'left.py').touch()\n{end}"
    if end == RESULT:
        run_program(program)
    else:
        with pytest.raises(WorkerCrash):
            run_program(program)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_what_a_killed_worker_had_begun_goes_with_it(run_program, tmp_path):
    library = str(Path(files.__file__).resolve().parents[1])
    begin = f"sys.path.insert(0, {library!r})\nfrom geodl_plugin import files\n"
    (tmp_path / "r.html").write_text("old")
    with pytest.raises(WorkerCrash, match="SIGKILL"):
        run_program(
            begin + "with files.unfinished(job['report']) as part:\n"
            "    part.touch()\n    os.kill(os.getpid(), signal.SIGKILL)"
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["program.py", "r.html", "temporary"]
    assert (tmp_path / "r.html").read_text() == "old"


def test_what_another_run_has_begun_stays(run_program, tmp_path):
    with files.unfinished(tmp_path / "r.html") as part:
        part.write_text("of another run")
        with pytest.raises(WorkerCrash, match="SIGKILL"):
            run_program("os.kill(os.getpid(), signal.SIGKILL)")
        assert part.read_text() == "of another run"
