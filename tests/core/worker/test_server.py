"""The worker process, and the command line."""

import contextlib
import errno
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from geodl_plugin.errors import Cancelled
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.worker.server import LineReporter

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60  # seconds, for a busy machine: what is awaited takes far less

# A job that does what a test wants of it, in the place of a real one.
JOB = """
from __future__ import annotations
import os, subprocess, sys, time, warnings
from dataclasses import dataclass
from pathlib import Path
from geodl_plugin.runtime import files
from geodl_plugin.errors import InputError
from geodl_plugin.jobs import Job

@dataclass
class Probe(Job):
    NAME = "probe"
    NEEDS_TENSORFLOW = bool(os.environ.get("PROBE_NEEDS_TENSORFLOW"))
    way: str
    output: str = ""

    def _run(self, reporter):
        if self.way == "noisy":
            print("print")
            os.write(1, b"raw bytes\\n")
            os.system("echo from a child")
            sys.stdout.write("write\\n")
            reporter.info("told")
            reporter.warning("warned")
            reporter.progress(0.5, "half")
        if self.way == "bug":
            raise ZeroDivisionError("a fault of ours")
        if self.way == "expected":
            raise InputError("This is wrong.", received="影像")
        if self.way == "input":
            files_of = "[os.path.realpath(f'/proc/self/fd/{one}') for one in os.listdir('/proc/self/fd')]"
            listed = f"import os; print(*{files_of})"
            child = subprocess.run([sys.executable, "-c", listed], close_fds=False, stdout=subprocess.PIPE, text=True)
            return {
                "descriptor 0": os.readlink("/proc/self/fd/0"),
                "read": sys.stdin.read(),
                "own": eval(files_of),
                "child's": child.stdout.split(),
            }
        if self.way == "long":
            time.sleep(0.5)
        if self.way in ("polite", "deaf", "folder", "stubborn"):
            with files.unfinished(self.output, marker="m" if self.way == "folder" else "") as part:
                if self.way == "folder":
                    part.mkdir()
                    (part / "half").write_text("half")
                else:
                    part.write_text("half")
                if self.way == "stubborn":
                    files.discard = None
                reporter.info("begun")
                while True:
                    time.sleep(0.02)
                    if self.way == "polite":
                        reporter.progress(0.1)
        return {"way": self.way, **({"score": float("nan")} if self.way == "nan" else {})}
"""
PROGRAM = """
import sys, types
sys.path.insert(0, {root!r})
from geodl_plugin import jobs
from geodl_plugin.worker import server
module = types.ModuleType("geodl_plugin.jobs.probe")
sys.modules[module.__name__] = module
exec({job!r}, module.__dict__)
jobs.JOBS["probe"] = "probe.Probe"
server._BEAT = {beat!r}
sys.exit(server.serve(jobs.from_json))
"""


@pytest.fixture
def start():
    """Start a worker; it is killed in the end."""
    running = []

    def run(*command, env=None):
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd="/",
            env=env,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


@pytest.fixture
def probe(start):
    """Start a worker with the probing job."""

    def run(way, output="", beat=5.0, env=None):
        process = start("-c", PROGRAM.format(root=str(ROOT), job=JOB, beat=beat), env=env)
        process.stdin.write(json.dumps({"job": "probe", "parameters": {"way": way, "output": str(output)}}) + "\n")
        process.stdin.flush()
        return process

    return run


def lines_of(process):
    """All messages until the worker ends, without those of its start; standard input stays open."""
    messages = [json.loads(line) for line in process.stdout]
    assert messages[0] == {"step": "Loading GDAL"}
    return [message for message in messages if "step" not in message]


def until_begun(process):
    """Wait until the job has begun its output."""
    for line in process.stdout:
        if json.loads(line).get("info") == "begun":
            return
    raise AssertionError(process.stderr.read())


def test_a_job_gives_one_result(probe):
    process = probe("quick")
    assert lines_of(process) == [{"result": {"way": "quick"}}]
    assert process.wait(PATIENCE) == 0


def test_a_number_that_is_none_is_null(probe):
    *_, line = probe("nan").stdout
    assert line == '{"result": {"way": "nan", "score": null}}\n'


def test_what_libraries_print_does_not_spoil_the_protocol(probe):
    process = probe("noisy")
    keys = [next(iter(message)) for message in lines_of(process)]
    assert keys == ["info", "warning", "progress", "result"]
    printed = process.stderr.read()
    assert all(text in printed for text in ("print", "raw bytes", "from a child", "write"))


def test_an_expected_error_is_its_text(probe):
    process = probe("expected")
    assert lines_of(process) == [{"error": "This is wrong. Received: 影像."}]
    assert process.wait(PATIENCE) == 1
    assert "Traceback" not in process.stderr.read()


def test_a_fault_of_ours_keeps_its_traceback_and_gives_no_result(probe):
    process = probe("bug")
    assert lines_of(process) == []
    assert process.wait(PATIENCE) == 1
    assert "ZeroDivisionError: a fault of ours" in process.stderr.read()


def test_a_worker_says_that_it_is_there_before_it_loads_anything_large(start, tmp_path):
    for name in ("osgeo", "numpy", "h5py", "tensorflow"):
        (tmp_path / f"{name}.py").write_text("import time; time.sleep(600)")
    process = start(str(ROOT / "geodl_plugin"), env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert json.loads(process.stdout.readline()) == {"step": "Loading GDAL"}


def test_tensorflow_is_a_step_of_its_own(probe, tmp_path):
    (tmp_path / "tensorflow.py").write_text("raise ImportError('DLL load failed')")
    variables = {**os.environ, "PYTHONPATH": str(tmp_path), "PROBE_NEEDS_TENSORFLOW": "1"}
    process = probe("quick", env=variables)
    assert [json.loads(line) for line in process.stdout] == [{"step": "Loading GDAL"}, {"step": "Loading TensorFlow"}]
    assert process.wait(PATIENCE) == 1
    assert "ImportError: DLL load failed" in process.stderr.read()


def test_a_worker_tells_that_it_lives_until_its_job_is_done(probe):
    *alive, result = lines_of(probe("long", beat=0.05))
    assert len(alive) >= 3 and all(message == {"alive": True} for message in alive)
    assert result == {"result": {"way": "long"}}


@pytest.mark.skipif(sys.platform != "linux", reason="looks at Linux' list of open files")
def test_the_input_is_the_protocols_alone(probe):
    process = probe("input")
    (message,) = lines_of(process)
    found, pipe = message["result"], f"pipe:[{os.fstat(process.stdin.fileno()).st_ino}]"
    assert (found["descriptor 0"], found["read"]) == (os.devnull, "")
    assert [Path(one).name for one in found["own"]].count(pipe) == 1
    assert [Path(one).name for one in found["child's"]].count(pipe) == 0


class Broken(io.StringIO):
    """A stream that nobody reads."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def write(self, text):
        raise self.error


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EINVAL])
def test_a_job_whose_words_nobody_hears_stops_at_its_next_look(number):
    reporter = LineReporter(Broken(OSError(number, os.strerror(number))))
    reporter.progress(0.1)
    with pytest.raises(Cancelled):
        reporter.progress(0.2)


def test_a_worker_whose_output_nobody_reads_leaves_nothing(probe, tmp_path):
    process = probe("polite", tmp_path / "out.tif")
    until_begun(process)
    process.stdout.close()
    assert process.wait(PATIENCE) == 130
    assert list(tmp_path.iterdir()) == []


def test_a_worker_ends_though_what_it_had_begun_cannot_be_removed(probe, tmp_path):
    process = probe("stubborn", tmp_path / "out.tif")
    until_begun(process)
    process.stdin.close()
    assert process.wait(PATIENCE) == 130


@pytest.mark.parametrize("way", ["polite", "deaf", "folder"])
def test_the_end_of_input_ends_the_worker_and_leaves_nothing(probe, tmp_path, way):
    process = probe(way, tmp_path / "out.tif")
    until_begun(process)
    process.stdin.close()
    assert process.wait(PATIENCE) == 130
    assert list(tmp_path.iterdir()) == []


def test_an_existing_output_survives_the_end_of_input(probe, tmp_path):
    (tmp_path / "out.tif").write_text("old")
    process = probe("deaf", tmp_path / "out.tif")
    until_begun(process)
    process.stdin.close()
    process.wait(PATIENCE)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out.tif", "old")]


def test_what_a_killed_worker_leaves_is_cleared_by_the_next_one(probe, tmp_path):
    process = probe("deaf", tmp_path / "out.tif")
    until_begun(process)
    process.send_signal(signal.SIGKILL)
    assert process.wait(PATIENCE) == -signal.SIGKILL
    assert sorted(path.name.partition("-")[0] for path in tmp_path.iterdir()) == [".out.tif.lock", ".out.tif.part"]
    process = probe("polite", tmp_path / "out.tif")
    until_begun(process)
    process.stdin.close()
    process.wait(PATIENCE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["\n", "no json\n", '{"job": "nosuchjob", "parameters": {}}\n', "ü\n"])
def test_text_that_is_no_job_is_an_expected_error(start, text):
    process = start(str(ROOT / "geodl_plugin"))
    process.stdin.write(text)
    process.stdin.flush()
    (message,) = lines_of(process)
    assert "not a GeoDL job" in message["error"]
    assert process.wait(PATIENCE) == 1


def test_a_worker_that_gets_no_job_at_all_ends(start):
    process = start(str(ROOT / "geodl_plugin"))
    process.stdin.close()
    assert process.wait(PATIENCE) != 0


@pytest.fixture
def sampling(scene, tmp_path):
    """A real job that needs no TensorFlow."""
    return SampleVector(
        [scene["image"]], scene["polygons"], str(tmp_path / "p.gpkg"), class_field="class", patch_size=16
    )


def test_the_folder_can_be_started_from_anywhere(start, sampling):
    process = start(str(ROOT / "geodl_plugin"))
    process.stdin.write(sampling.to_json() + "\n")
    process.stdin.flush()
    messages = lines_of(process)
    assert messages[-1]["result"]["output"] == sampling.output
    assert Path(sampling.output).is_file()
    assert {next(iter(message)) for message in messages} <= {"alive", "progress", "info", "warning", "result"}


def command_line(*arguments, **options):
    """Run ``python -m geodl_plugin`` to its end."""
    command = [sys.executable, "-W", "ignore", "-m", "geodl_plugin", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, timeout=PATIENCE, check=False, **options
    )


def test_a_job_file_is_run_and_its_result_printed(sampling, tmp_path):
    (tmp_path / "my job.json").write_text(sampling.to_json(), encoding="utf-8")
    done = command_line("run", str(tmp_path / "my job.json"))
    assert done.returncode == 0
    assert json.loads(done.stdout)["output"] == sampling.output


@pytest.mark.parametrize("content", [b"no job", b"\xff\xfe\x00", None])
def test_a_file_that_is_no_job_is_an_expected_error(tmp_path, content):
    if content is not None:
        (tmp_path / "job.json").write_bytes(content)
    done = command_line("run", str(tmp_path / "job.json"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ") and "Traceback" not in done.stderr


def test_a_job_that_fails_as_expected_says_why(sampling, tmp_path):
    sampling.patch_size = 1000
    (tmp_path / "job.json").write_text(sampling.to_json())
    done = command_line("run", str(tmp_path / "job.json"))
    assert done.returncode == 1
    assert "larger than the raster" in done.stderr and "Traceback" not in done.stderr


def test_an_interrupted_job_leaves_nothing(start, sampling, tmp_path):
    sampling.strategy, sampling.count, sampling.split = "per class", 10**6, "none"
    (tmp_path / "job.json").write_text(sampling.to_json())
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from geodl_plugin.__main__ import main; sys.exit(main())"
    )
    process = start("-c", program, str(ROOT), "run", str(tmp_path / "job.json"))
    process.stderr.readline()  # it has begun
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE)
    assert not [path.name for path in tmp_path.iterdir() if "part" in path.name]


@pytest.fixture
def mapping(scene, untrained, tmp_path):
    """A job file that computes with TensorFlow, and a folder for the temporary files of the process that runs it."""
    (tmp_path / "temporary").mkdir()
    folder, _ = untrained("unet")
    job = ApplyModel(str(folder), [scene["image"]], str(tmp_path / "map.tif"))
    (tmp_path / "job.json").write_text(job.to_json())
    return job, {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "temporary")}


def left(folder):
    """What a process has left in its folder for temporary files, and of its output."""
    return [path.name for path in [*(folder / "temporary").iterdir(), *folder.glob(".*")]]


def test_a_job_leaves_no_temporary_files(start, mapping, tmp_path):
    job, environment = mapping
    process = start("-m", "geodl_plugin", "run", str(tmp_path / "job.json"), env=environment)
    _, told = process.communicate()
    assert process.returncode == 0, told
    assert Path(job.output).is_file()
    assert left(tmp_path) == []


def wait_for(stream, word):
    """Read until a word comes."""
    for line in stream:
        if word in line:
            return
    raise AssertionError("the process has ended")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_job_that_is_told_to_end_leaves_nothing(start, mapping, tmp_path, number):
    _, environment = mapping
    process = start("-m", "geodl_plugin", "run", str(tmp_path / "job.json"), env=environment)
    wait_for(process.stderr, "Finding the fields")
    assert left(tmp_path)
    process.send_signal(number)
    _, told = process.communicate()
    assert process.returncode == 130, told
    assert "Cancelled: no output was written." in told and "Traceback" not in told
    assert left(tmp_path) == [] and not (tmp_path / "map.tif").exists()


def test_a_worker_whose_asker_is_gone_leaves_nothing(start, mapping, tmp_path):
    job, environment = mapping
    given = tmp_path / "temporary" / "given"
    given.mkdir()
    process = start(str(ROOT / "geodl_plugin"), env={**environment, "GEODL_SCRATCH": str(given)})
    process.stdin.write(job.to_json() + "\n")
    process.stdin.flush()
    wait_for(process.stdout, "Finding the fields")
    assert left(tmp_path)
    process.stdin.close()
    assert process.wait(PATIENCE) == 130
    assert left(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell a child that its parent has ended")
def test_a_stopped_worker_goes_on_and_ends_when_its_asker_is_killed(start):
    asker = start("-c", ASKER.format(worker=str(ROOT / "geodl_plugin")))
    worker = psutil.Process(int(asker.stdout.readline()))
    worker.suspend()
    asker.kill()
    try:
        worker.wait(PATIENCE)
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            worker.kill()


ASKER = """
import subprocess, sys, time
worker = subprocess.Popen([sys.executable, {worker!r}], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
worker.stdout.readline()
print(worker.pid, flush=True)
time.sleep(1000)
"""


def test_the_help_names_the_jobs():
    done = command_line("run", "--help")
    assert "samplevector" in done.stdout
