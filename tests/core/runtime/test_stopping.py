"""Jobs that are told to stop by signals."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60  # seconds, for a busy machine
GRACE = 1.5
CANCELLED = "Cancelled: no output was written.\n"
PROGRAM = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from geodl_plugin.runtime import files
from geodl_plugin.errors import Cancelled
from geodl_plugin.runtime.reporter import ConsoleReporter
from geodl_plugin.runtime.stopping import CANCELLED_STATUS, stopped_by_signals

target, way = sys.argv[2:]
reporter = ConsoleReporter()
try:
    with stopped_by_signals(reporter.cancel, GRACE):
        with files.unfinished(target) as part:
            part.write_text("half")
            if way == "stubborn":
                files.discard = None
            print("begun", flush=True)
            while way != "quick":
                time.sleep(0.02)
                if way == "polite":
                    reporter.check_cancelled()
except Cancelled as cancelled:
    sys.stderr.write(f"{cancelled}\\n")
    sys.exit(CANCELLED_STATUS)
class SlowEnd:
    def __del__(self, write=os.write, sleep=time.sleep):
        write(1, b"whole\\n")
        sleep(1)
slow_end = SlowEnd()
""".replace("GRACE", str(GRACE))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of other systems")


@pytest.fixture
def start(tmp_path):
    """Start a job that has begun its output; it is killed in the end."""
    running = []

    def run(way, **options):
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", PROGRAM, str(ROOT), str(tmp_path / "out.txt"), way],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )
        running.append(process)
        assert process.stdout.readline() == "begun\n"
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_job_stops_at_its_next_look_and_leaves_nothing(start, tmp_path, number):
    process = start("polite")
    begun = time.monotonic()
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said, list(tmp_path.iterdir())) == (130, CANCELLED, [])
    assert time.monotonic() - begun < GRACE


def test_a_job_that_does_not_look_is_ended_by_force(start, tmp_path):
    process = start("deaf")
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said, list(tmp_path.iterdir())) == (130, CANCELLED, [])
    assert time.monotonic() - begun > 0.9 * GRACE


def test_a_job_is_ended_though_what_it_had_begun_cannot_be_removed(start):
    process = start("stubborn")
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 130


def test_a_job_is_ended_though_nobody_reads_what_it_says(start, tmp_path):
    process = start("deaf")
    process.stderr.close()
    process.stderr = None
    process.send_signal(signal.SIGTERM)
    assert (process.wait(PATIENCE), list(tmp_path.iterdir())) == (130, [])


def test_who_asks_twice_waits_no_longer(start, tmp_path):
    process = start("deaf")
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said, list(tmp_path.iterdir())) == (130, CANCELLED, [])
    assert time.monotonic() - begun < 0.9 * GRACE


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_is_whole_stays_though_the_process_takes_long_to_end(start, tmp_path, number):
    process = start("quick")
    assert process.stdout.readline() == "whole\n"
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said, (tmp_path / "out.txt").read_text()) == (0, "", "half")


def test_a_job_that_shall_outlive_its_session_does(start):
    process = start("polite", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert process.poll() is None
