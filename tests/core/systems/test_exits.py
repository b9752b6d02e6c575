"""What exit statuses mean."""

import signal
import sys

import pytest

from geodl_plugin.systems import exits
from geodl_plugin.systems.exits import explained

MEMORY, AVX, RUNTIME, SIGNATURE, ROSETTA = "out of memory", "AVX", "Redistributable", "signature", "Apple processor"


@pytest.fixture
def system(monkeypatch):
    """Play another system."""
    return lambda name: monkeypatch.setattr(sys, "platform", name)


@pytest.mark.parametrize(
    ("platform", "status", "name", "told"),
    [
        ("linux", 0, "status 0", ""),
        ("linux", 1, "status 1", ""),
        ("linux", 127, "status 127", "not found"),
        ("linux", -signal.SIGKILL, "signal SIGKILL", MEMORY),
        ("linux", 128 + signal.SIGKILL, "signal SIGKILL", MEMORY),
        ("linux", -signal.SIGILL, "signal SIGILL", AVX),
        ("linux", -signal.SIGSEGV, "signal SIGSEGV", "crashed"),
        ("linux", -signal.SIGABRT, "signal SIGABRT", "gave up"),
        ("linux", -signal.SIGBUS, "signal SIGBUS", "disk"),
        ("linux", -signal.SIGTERM, "signal SIGTERM", "asked to stop"),
        ("linux", 130, "signal SIGINT", "asked to stop"),
        ("linux", -42, "signal 42", ""),
        ("linux", 255, "signal 127", ""),
        ("darwin", -signal.SIGKILL, "signal SIGKILL", SIGNATURE),
        ("darwin", -signal.SIGKILL, "signal SIGKILL", MEMORY),
        ("darwin", -signal.SIGILL, "signal SIGILL", ROSETTA),
        ("darwin", -signal.SIGTRAP, "signal SIGTRAP", ROSETTA),
        ("darwin", -signal.SIGSEGV, "signal SIGSEGV", "crashed"),
        ("win32", 0, "status 0", ""),
        ("win32", 1, "status 1", ""),
        ("win32", 130, "status 130", ""),
        ("win32", 103, "status 103", "QGIS was updated"),
        ("win32", 106, "status 106", "pyvenv.cfg"),
        ("win32", 0xC0000005, "status 0xC0000005 (access violation)", RUNTIME),
        ("win32", 0xC0000005 - (1 << 32), "status 0xC0000005 (access violation)", RUNTIME),
        ("win32", 0xC0000135, "status 0xC0000135 (DLL not found)", RUNTIME),
        ("win32", 0xC0000139, "status 0xC0000139 (entry point not found)", RUNTIME),
        ("win32", 0xC06D007F, "status 0xC06D007F (procedure not found)", RUNTIME),
        ("win32", 0xC0000142, "status 0xC0000142 (DLL initialization failed)", "Restart"),
        ("win32", 0xC0000409, "status 0xC0000409 (fail fast)", "gave up"),
        ("win32", 0xC000001D, "status 0xC000001D (illegal instruction)", AVX),
        ("win32", 0xC0000017, "status 0xC0000017 (no memory)", MEMORY),
        ("win32", 0xC000012D, "status 0xC000012D (commitment limit)", "page file"),
        ("win32", 0xC000013A, "status 0xC000013A (Ctrl-C)", "asked to stop"),
        ("win32", 0xC0000022, "status 0xC0000022 (access denied)", "antivirus"),
        ("win32", 0xC0000428, "status 0xC0000428 (invalid image hash)", "antivirus"),
        ("win32", 0xC0000BAD, "status 0xC0000BAD", ""),
    ],
)
def test_a_status_is_explained(system, platform, status, name, told):
    system(platform)
    found = explained(status)
    assert found.name == name
    text = f"{found.problem} {found.remedy}".strip()
    assert told in text and bool(told) == bool(text)


@pytest.mark.parametrize(
    ("platform", "status", "sentence"),
    [
        ("linux", 7, "The worker process ended with status 7."),
        ("linux", -9, "The worker process was ended by the signal SIGKILL."),
        ("win32", 0xC0000135, "The worker process ended with status 0xC0000135 (DLL not found)."),
    ],
)
def test_how_the_worker_ended_is_a_sentence(system, platform, status, sentence):
    system(platform)
    assert explained(status).of_worker == sentence


@pytest.mark.parametrize(("platform", "status"), [("linux", -signal.SIGABRT), ("win32", 0xC0000409), ("win32", 3)])
def test_what_a_library_says_counts_more(system, platform, status):
    system(platform)
    words = "Warning! ***HDF5 library version mismatched error***\nHeaders are 1.14.2, library is 1.14.6\nBye...\n"
    found = explained(status, words)
    assert found.name == explained(status).name
    assert "netCDF" in found.problem and "GeoTIFF" in found.remedy


def test_all_explanations_are_whole_sentences():
    meanings = [
        *exits._WORDS.values(),
        *exits._SIGNALS.values(),
        *exits._SIGNALS_OF_MACOS.values(),
        *exits._STATUSES.values(),
        *exits._STATUSES_OF_WINDOWS.values(),
        *(meaning for _, meaning in exits._NTSTATUS.values()),
    ]
    for problem, remedy in meanings:
        assert problem[0].isupper() and problem.endswith(".")
        assert not remedy or (remedy[0].isupper() and remedy[-1] in ".)")


def test_the_signals_are_signals():
    assert {*exits._SIGNALS, *exits._SIGNALS_OF_MACOS} <= {one.name for one in signal.Signals}
