"""Workers that do what they should not: each run ends soon, with a readable error or the whole result."""

import json
import os
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from statistics import median

import pytest

from geodl_plugin.errors import Cancelled, GeodlError, WorkerCrash
from geodl_plugin.jobs.inspect_model import InspectModel
from geodl_plugin.runtime import files
from geodl_plugin.runtime.reporter import SilentReporter
from geodl_plugin.systems import processes
from geodl_plugin.worker import client

ROOT = Path(__file__).resolve().parents[3]
SOON = 10  # seconds

BEGIN = """
import json, os, signal, subprocess, sys, time
from pathlib import Path
def say(text):
    sys.stdout.write(text)
    sys.stdout.flush()
def tell(**message):
    say(json.dumps(message) + "\\n")
"""
ASKED = "job = json.loads(sys.stdin.readline())['parameters']\n"
RESULT = "tell(result={'output': 1})\n"
FOR_EVER = "time.sleep(600)\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs and signals of other systems")


class Listener(SilentReporter):
    """Keeps what it hears; it is cancelled when it has been asked so often, or by a text."""

    def __init__(self, looks=None, text=None):
        super().__init__()
        self.heard, self.asked = [], []
        self.looks, self.text = looks, text

    def info(self, message):
        self.heard.append(message)

    def show(self, fraction, message, remaining):
        self.heard.append(message)

    def is_cancelled(self):
        self.asked.append(time.monotonic())
        return self.text in self.heard or (self.looks is not None and len(self.asked) > self.looks)


@pytest.fixture(autouse=True)
def short_limits(monkeypatch, tmp_path):
    """Short limits; temporary folders are made in ``temporary``."""
    monkeypatch.setattr(client, "_START", 2.0)
    monkeypatch.setattr(client, "_SILENCE", 1.0)
    monkeypatch.setattr(client, "_LAST_GRACE", 1.0)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a program of Python in the place of the worker."""
    monkeypatch.setattr(client, "_LIBRARY", tmp_path / "program.py")

    def run(program, reporter=None, model="m", asked=ASKED):
        (tmp_path / "program.py").write_text(BEGIN + asked + program)
        begun = time.monotonic()
        try:
            job = InspectModel(model, str(tmp_path / "r.html"))
            return client.run(job, sys.executable, dict(os.environ), reporter or Listener())
        finally:
            assert time.monotonic() - begun < SOON
            assert list((tmp_path / "temporary").iterdir()) == []

    return run


def crash(function, *arguments, **options):
    """The crash that a call ends with, and its text."""
    with pytest.raises(WorkerCrash) as caught:
        function(*arguments, **options)
    return caught.value, str(caught.value)


def ended(path):
    """Whether the process has ended whose number a file holds."""
    with suppress(ProcessLookupError):
        os.kill(int(path.read_text()), 0)
        return False
    return True


def test_the_result_of_a_worker_is_given(run):
    listener = Listener()
    assert run("tell(step='Loading'); tell(info='told')\n" + RESULT, listener) == {"output": 1}
    assert listener.heard == ["Loading", "told"]


def test_an_error_of_the_job_is_its_text(run):
    with pytest.raises(GeodlError, match=r"^This is wrong\.$"):
        run("tell(error='This is wrong.')")


@pytest.mark.parametrize(
    "line",
    ["a stray line", "[1, 2]", '{"a": 1}', "5", "null", "{}", '{"progress": 0.5, "mess', "\xff", ""],
)
def test_lines_that_are_no_messages_are_passed_over(run, line):
    assert run(f"say({line!r} + '\\n')\n" + RESULT) == {"output": 1}


# The start


@pytest.mark.parametrize(
    ("content", "executable", "told"),
    [
        (None, False, "No such file"),
        (b"no program", False, "Permission denied"),
        (b"\x7fELF and nothing else", True, "Exec format error"),
    ],
)
def test_an_interpreter_that_is_no_program_is_named(tmp_path, content, executable, told):
    python = tmp_path / "python"
    if content is not None:
        python.write_bytes(content)
        python.chmod(0o755 if executable else 0o644)
    error, text = crash(client.run, InspectModel("m", str(tmp_path / "r.html")), str(python), {}, Listener())
    assert (error.status, error.step) == (None, "Starting Python")
    assert str(python) in text and told in text and "GEODL_PYTHON" in text
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(("program", "status"), [("/bin/false", 1), ("/bin/true", 0)])
def test_an_interpreter_that_ends_at_once_is_explained(tmp_path, program, status):
    error, text = crash(client.run, InspectModel("m", str(tmp_path / "r.html")), program, {}, Listener())
    assert (error.status, error.step, error.last_words) == (status, "Starting Python", "")
    assert f"ended with status {status}. It gave no result. Its last step: Starting Python." in text


def test_the_last_words_of_an_interpreter_are_shown(run):
    error, text = crash(run, "sys.stderr.write('last words'); sys.exit(7)", asked="")
    assert (error.status, error.step, error.last_words) == (7, "Starting Python", "last words")
    assert "status 7" in text and text.endswith("Its last lines:\nlast words")


def test_an_interpreter_that_says_nothing_is_ended(run):
    error, text = crash(run, FOR_EVER, asked="")
    assert (error.status, error.step) == (None, "Starting Python")
    assert "has not answered for 2 s. Its last step: Starting Python." in text and "antivirus" in text


def test_a_library_that_hangs_is_named(run):
    error, text = crash(run, "tell(step='Loading GDAL'); tell(step='Loading TensorFlow')\n" + FOR_EVER)
    assert (error.status, error.step) == (None, "Loading TensorFlow")
    assert "has not answered for 1 s. Its last step: Loading TensorFlow." in text


def test_a_library_that_does_not_load_is_named(run):
    error, text = crash(run, "tell(step='Loading TensorFlow')\nraise ImportError('DLL load failed')")
    assert (error.status, error.step) == (1, "Loading TensorFlow")
    assert "ImportError: DLL load failed" in error.last_words and "ImportError: DLL load failed" in text


def test_a_worker_that_is_cancelled_while_it_starts_is_ended(run, tmp_path):
    pid = f"Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\n"
    listener = Listener(looks=10)
    with pytest.raises(Cancelled):
        run(pid + FOR_EVER, listener, asked="")
    assert ended(tmp_path / "pid")
    assert median(later - sooner for sooner, later in zip(listener.asked, listener.asked[1:])) < 0.3


@pytest.mark.parametrize("looks", [5, None])
def test_a_long_job_that_the_worker_does_not_read_holds_up_nobody(run, looks):
    with pytest.raises(WorkerCrash if looks is None else Cancelled):
        run(FOR_EVER, Listener(looks), model="m" * 1_000_000, asked="")


def test_a_long_job_is_given_whole(run):
    model = "影" * 500_000
    assert run("tell(result={'length': len(job['model'])})", model=model) == {"length": len(model)}


# The conversation


def test_a_worker_that_says_that_it_lives_may_take_its_time(run):
    program = "for _ in range(8):\n    time.sleep(0.3)\n    tell(alive=True)\n" + RESULT
    assert run(program) == {"output": 1}


def test_a_job_that_hangs_is_named_by_what_it_did(run):
    error, _ = crash(run, "tell(progress=0.5, message='Reading'); tell(alive=True); tell(info='x')\n" + FOR_EVER)
    assert (error.status, error.step) == (None, "Reading")


def test_time_in_which_this_process_does_not_run_does_not_count(run):
    class Sleeper(Listener):
        def is_cancelled(self):
            time.sleep(0.5)
            return super().is_cancelled()

    assert run("tell(step='Loading')\ntime.sleep(3)\n" + RESULT, Sleeper()) == {"output": 1}


CONVERSATION = (
    "\n".join(
        json.dumps(message, ensure_ascii=False)
        for message in (
            {"step": "Loading GDAL"},
            {"alive": True},
            {"progress": 0.5, "message": "影像", "remaining": None},
            {"info": "Größe"},
            {"result": {"output": "Ausgabe ü.tif"}},
        )
    )
    + "\n"
).encode()
HEARD = ["Loading GDAL", "影像", "Größe"]
CUTTER = """#!/bin/sh
head -c "$CUT" "$CONVERSATION"
case $WAY in
    ends) exit 3 ;;
    dies) kill -9 $$ ;;
    closes) exec sleep 600 >&- 2>&- ;;
    hangs) exec sleep 600 ;;
esac
"""


@pytest.mark.parametrize("way", ["ends", "dies", "closes", "hangs"])
def test_a_conversation_that_breaks_off_anywhere_ends_the_run(tmp_path, way):
    (tmp_path / "python").write_text(CUTTER)
    (tmp_path / "python").chmod(0o755)
    (tmp_path / "conversation").write_bytes(CONVERSATION)
    variables = {**os.environ, "CONVERSATION": str(tmp_path / "conversation"), "WAY": way}
    whole = len(CONVERSATION) - (0 if way == "hangs" else 1)  # a last line that cannot go on needs no end

    def broken_off(cut):
        listener, begun, results, error = Listener(), time.monotonic(), None, None
        try:
            results = client.run(
                InspectModel("m", str(tmp_path / "r.html")),
                str(tmp_path / "python"),
                {**variables, "CUT": str(cut)},
                listener,
            )
        except WorkerCrash as crashed:
            error = crashed
        assert time.monotonic() - begun < SOON, cut
        if cut >= whole:
            assert results == {"output": "Ausgabe ü.tif"}
            return listener.heard
        assert error is not None and error.status == {"ends": 3, "dies": -9}.get(way), cut
        assert error.step == next((one for one in reversed(listener.heard[:2])), "Starting Python")
        told = {
            "ends": "ended with status 3",
            "dies": "signal SIGKILL",
            "closes": "closed its output and did not end",
            "hangs": "has not answered",
        }
        assert told[way] in str(error) and f"Its last step: {error.step}." in str(error), cut
        return listener.heard

    with ThreadPoolExecutor(32) as pool:
        heard = list(pool.map(broken_off, range(len(CONVERSATION) + 1)))
    assert heard == sorted(heard, key=len) and heard[0] == [] and heard[-1] == HEARD


@pytest.mark.parametrize("cut", ['\'{"progress": 0.5, "mess\'', "'no message\\n'"])
def test_the_half_line_of_a_worker_that_died_is_shown(run, cut):
    error, text = crash(run, f"say({cut}); os.kill(os.getpid(), signal.SIGKILL)")
    assert error.status == -signal.SIGKILL
    assert "signal SIGKILL. Most likely the machine ran out of memory." in text
    assert error.last_words in ('{"progress": 0.5, "mess', "no message\n") and error.last_words.strip() in text


def test_a_signal_without_a_name_is_explained(run):
    _, text = crash(run, "os.kill(os.getpid(), signal.SIGRTMIN + 8)")
    assert f"ended by the signal {signal.SIGRTMIN + 8}." in text


def test_what_a_library_says_before_a_flood_of_words_is_found(run):
    flood = "sys.stderr.write('***HDF5 library version mismatched error***\\n' + 'Summary\\n' * 100); os.abort()"
    error, text = crash(run, flood)
    assert "GeoTIFF" in text and error.status == -signal.SIGABRT
    assert len(text.splitlines()) < 30 < len(error.last_words.splitlines())


# The end

HOLDER = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
AWAY = HOLDER.replace("])", "], start_new_session=True)")


@pytest.mark.parametrize("holder", [HOLDER, AWAY], ids=["a child", "a child that went away"])
@pytest.mark.parametrize("end", ["", RESULT], ids=["nothing", "a result"])
def test_the_end_is_noticed_though_another_process_holds_the_pipe(run, tmp_path, holder, end):
    keep = f"child = {holder}Path({str(tmp_path / 'child')!r}).write_text(str(child.pid))\n"
    try:
        if end:
            assert run(keep + end) == {"output": 1}
        else:
            error, _ = crash(run, keep)
            assert error.status == 0
    finally:
        with suppress(ProcessLookupError):
            os.kill(int((tmp_path / "child").read_text()), signal.SIGKILL)


def test_a_worker_that_hangs_after_its_result_is_ended(run, tmp_path):
    pid = f"Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\n"
    assert run(pid + RESULT + FOR_EVER) == {"output": 1}
    assert ended(tmp_path / "pid")


def test_a_worker_that_the_system_cannot_end_holds_up_nobody(run, monkeypatch):
    left = []
    monkeypatch.setattr(processes, "end", left.append)
    try:
        with pytest.raises(Cancelled):
            run("tell(info='begun')\n" + FOR_EVER, Listener(text="begun"))
    finally:
        left[0].kill()
        left[0].wait()


def test_a_result_that_comes_after_the_cancel_is_told(run):
    with pytest.raises(Cancelled, match="is kept"):
        run("tell(info='begun'); sys.stdin.read()\n" + RESULT, Listener(text="begun"))


@pytest.mark.parametrize("end", ["", RESULT, "os.kill(os.getpid(), signal.SIGKILL)"])
def test_temporary_files_of_a_worker_go_with_it(run, end):
    program = f"Path(os.environ['GEODL_SCRATCH'], 'left.py').touch()\n{end}"
    if end == RESULT:
        assert run(program) == {"output": 1}
    else:
        crash(run, program)


def test_what_a_killed_worker_had_begun_goes_with_it(run, tmp_path):
    begin = f"sys.path.insert(0, {str(ROOT)!r})\nfrom geodl_plugin.runtime import files\n"
    (tmp_path / "r.html").write_text("old")
    _, text = crash(
        run,
        begin + "with files.unfinished(job['report']) as part:\n"
        "    part.touch()\n    os.kill(os.getpid(), signal.SIGKILL)",
    )
    assert "SIGKILL" in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["program.py", "r.html", "temporary"]
    assert (tmp_path / "r.html").read_text() == "old"


def test_what_another_run_has_begun_stays(run, tmp_path):
    with files.unfinished(tmp_path / "r.html") as part:
        part.write_text("of another run")
        crash(run, "os.kill(os.getpid(), signal.SIGKILL)")
        assert part.read_text() == "of another run"
