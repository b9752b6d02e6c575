"""How `make` runs several parts of the tests."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = "echo some lines; echo '== 3 passed in 2.10s =='"
FAILURE = ["FAILED tests/a.py::one - boo", "=== 1 failed, 2 passed in 3.00s ==="]
BAD = f"echo '{FAILURE[0]}'; echo '{FAILURE[1]}'; exit 1"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")


def run(*parts):
    """Exit status, and the lines that are printed."""
    done = subprocess.run([ROOT / "scripts" / "parts.sh", *parts], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def test_all_parts_run_and_one_that_fails_counts():
    status, lines = run(BAD, GOOD)
    assert status == 1
    assert "some lines" in lines
    assert lines[-3:] == [*FAILURE, "== 3 passed in 2.10s =="]


def test_parts_that_all_succeed_succeed():
    status, lines = run(GOOD, "true")
    assert (status, lines[-1]) == (0, "== 3 passed in 2.10s ==")


def test_a_part_that_is_killed_counts():
    assert run("kill -9 $$", GOOD)[0] == 1
