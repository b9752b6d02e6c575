"""Workers that are kept for the next job: who gets them, and when they end."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from geodl_plugin.errors import Cancelled, GeodlError, WorkerCrash
from geodl_plugin.runtime.reporter import SilentReporter
from geodl_plugin.worker import client, keeper, server
from geodl_plugin.worker.keeper import Keeper

ROOT = Path(__file__).resolve().parents[3]
SOON = 20  # seconds, for a busy machine: what is awaited takes far less

# The worker's program: the real server, with a job that does what a test wants of it.
PROGRAM = f"""
import json, os, signal, sys, time
sys.path.insert(0, {str(ROOT)!r})
from geodl_plugin.errors import InputError
from geodl_plugin.runtime.process import use_scratch_folder
from geodl_plugin.systems import memory
from geodl_plugin.worker import server

class Job:
    NEEDS_TENSORFLOW = False

    def __init__(self, way):
        self.way = way

    def grace(self):
        return 1.5

    def spoils_process(self):
        return self.way == "spoils"

    def run(self, reporter):
        if self.way == "fails":
            raise InputError("This is wrong.")
        if self.way == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.way == "sets a variable":
            os.environ["OF_THE_JOB"] = "1"
        if self.way == "goes elsewhere":
            os.chdir("/")
        if self.way == "grows":
            memory.of_this_process = lambda: 1 << 40
        if self.way == "then memory is short":
            memory.is_short = lambda: time.monotonic() > begun
            begun = time.monotonic() + 0.5
        if self.way == "then dies":
            import threading
            threading.Timer(0.3, os._exit, [7]).start()
        while self.way == "works":
            reporter.info("begun")
            reporter.progress(0.1)
            time.sleep(0.02)
        return {{"process": os.getpid(), "variable": os.environ.get("WANTED")}}

def read_job(line):
    return Job(json.loads(line)["parameters"]["way"])

server._LOOK = 0.05
use_scratch_folder()
sys.exit(server.serve(read_job))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of other systems")


class Asked:
    """The caller's side of the job."""

    def __init__(self, way="works well", **variables):
        self.way, self._variables = way, variables

    def variables(self):
        return self._variables

    def to_json(self):
        return json.dumps({"job": "probe", "parameters": {"way": self.way}})

    def outputs(self):
        return []

    def grace(self):
        return 1.5


class Steps(SilentReporter):
    """Keeps the steps that it is shown, and is cancelled when the job has begun."""

    def __init__(self):
        super().__init__()
        self.shown, self.cancelled = [], False

    def show(self, fraction, message, remaining):
        self.shown.append(message)

    def info(self, message):
        self.cancelled = True

    def is_cancelled(self):
        return self.cancelled


@pytest.fixture(autouse=True)
def program(tmp_path, monkeypatch):
    """The worker's program; temporary folders are made in ``temporary``."""
    path = tmp_path / "program" / "program.py"
    path.parent.mkdir()
    path.write_text(PROGRAM)
    monkeypatch.setattr(client, "_LIBRARY", path)
    monkeypatch.setattr(keeper, "_LIBRARY", path.parent)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return path


@pytest.fixture
def kept(tmp_path):
    """A keeper; in the end nothing is left of its workers."""
    found = Keeper(60)
    yield found
    found.end()
    assert list((tmp_path / "temporary").iterdir()) == []


def run(kept, way="works well", reporter=None, python=sys.executable, **variables):
    """Run the job; gives the process that it ran in."""
    return client.run(Asked(way), python, {**os.environ, **variables}, reporter or Steps(), kept)["process"]


def is_there(process):
    """Whether a process exists, be it as an entry that nobody has asked for its status."""
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


def ends(process):
    """Whether a process ends soon."""
    end = time.monotonic() + SOON
    while is_there(process) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_there(process)


def test_the_next_job_goes_to_the_same_worker(kept):
    reporter = Steps()
    first = run(kept, reporter=reporter)
    assert reporter.shown == ["Loading GDAL"]
    assert [run(kept, reporter=reporter) for _ in range(3)] == [first] * 3
    assert reporter.shown == ["Loading GDAL"]
    kept.end()
    assert not is_there(first)


def test_without_a_keeper_a_worker_ends(kept):
    assert not is_there(run(None))
    kept.seconds = 0
    assert not is_there(run(kept))


def test_a_job_has_its_variables_unless_the_user_sets_them(kept):
    def told(job, **variables):
        return client.run(job, sys.executable, {**os.environ, **variables}, Steps(), kept)

    plain, wanting = told(Asked()), told(Asked(WANTED="1"))
    assert (plain["variable"], wanting["variable"]) == (None, "1")
    assert told(Asked(WANTED="1")) == wanting
    assert told(Asked()) != plain
    assert told(Asked(WANTED="1"), WANTED="0")["variable"] == "0"


@pytest.mark.parametrize("way", ["spoils", "sets a variable", "goes elsewhere", "grows"])
def test_a_worker_that_a_job_changed_for_good_is_not_kept(kept, way):
    first = run(kept, way)
    assert not is_there(first)
    assert run(kept) != first


@pytest.mark.parametrize(("way", "error"), [("fails", GeodlError), ("dies", WorkerCrash), ("works", Cancelled)])
@pytest.mark.parametrize("before", [0, 1])
def test_a_worker_whose_job_did_not_end_well_is_not_kept(kept, way, error, before):
    processes = {run(kept) for _ in range(before)}
    with pytest.raises(error):
        run(kept, way)
    assert not any(map(is_there, processes))
    assert run(kept) not in processes


def test_a_crash_is_told_of_the_job_that_it_was_in(kept):
    run(kept)
    with pytest.raises(WorkerCrash) as caught:
        run(kept, "dies")
    assert caught.value.status == -signal.SIGKILL


def test_a_worker_ends_itself_when_its_time_is_over(kept):
    kept.seconds = 0.5
    assert ends(run(kept))


def test_a_worker_ends_itself_when_memory_is_short(kept):
    assert ends(run(kept, "then memory is short"))


def test_a_worker_that_has_ended_meanwhile_is_replaced_silently(kept):
    first = run(kept, "then dies")
    assert ends(first)
    reporter = Steps()
    assert run(kept, reporter=reporter) != first
    assert reporter.shown == ["Loading GDAL"]


def test_a_worker_that_ends_while_it_is_asked_is_replaced_silently(kept, monkeypatch):
    first = run(kept)
    os.kill(first, signal.SIGKILL)
    monkeypatch.setattr(client._Worker, "is_there", lambda worker: True)
    assert run(kept) != first


def test_a_worker_that_does_not_answer_is_replaced_silently(kept, monkeypatch):
    monkeypatch.setattr(client, "_ANSWER", 0.5)
    first = run(kept)
    os.kill(first, signal.SIGSTOP)
    assert run(kept) != first
    assert not is_there(first)


def test_a_worker_of_another_origin_is_not_used(kept, program, tmp_path):
    first = run(kept)
    second = run(kept, OF_THE_USER="1")
    assert not is_there(first) and second != first
    os.utime(program, (1, 1))  # the plugin was updated
    third = run(kept, OF_THE_USER="1")
    assert not is_there(second) and third != second
    (tmp_path / "python").symlink_to(sys.executable)
    assert run(kept, python=str(tmp_path / "python"), OF_THE_USER="1") != third
    assert not is_there(third)


def test_jobs_at_the_same_time_have_workers_of_their_own(kept):
    barrier, processes = threading.Barrier(2), []

    class Meeting(Steps):
        def show(self, fraction, message, remaining):
            barrier.wait(SOON)

    threads = [threading.Thread(target=lambda: processes.append(run(kept, reporter=Meeting()))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(processes)) == 2
    assert sum(map(is_there, processes)) == 1
    assert run(kept) in processes


CALLER = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tests.core.worker.test_keeper import Asked, Keeper, Steps, client, run
client._LIBRARY = Path(sys.argv[1])
kept = Keeper(60)
print(run(kept), flush=True)
time.sleep(600)
"""


def test_a_worker_ends_with_its_caller_even_if_that_is_killed(program, tmp_path):
    temporary = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    caller = subprocess.Popen([sys.executable, "-c", CALLER, str(program)], stdout=subprocess.PIPE, env=temporary)
    with caller:
        process = int(caller.stdout.readline())
        assert is_there(process)
        begun = time.monotonic()
        caller.kill()
    assert ends(process)
    assert time.monotonic() - begun < 2 + SOON / 4
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("line", "seconds"), [({}, 0), ({"keep": 2}, 2), ({"keep": 0.5}, 0.5), ({"keep": "long"}, 0), ({"keep": None}, 0)]
)
def test_a_job_says_how_long_its_worker_waits_for_another(line, seconds):
    assert server._patience(json.dumps({"job": "probe", **line})) == seconds
