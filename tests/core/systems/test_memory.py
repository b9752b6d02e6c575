"""Free memory, and that of this process, as each system tells of them."""

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from geodl_plugin.systems import memory

GIGABYTE = 1 << 30


@pytest.fixture
def windows(monkeypatch):
    """A Windows with 2 GB of free memory, on which this process takes 1 GB."""

    def status(structure):
        assert structure._obj.size == 64
        structure._obj.available = 2 * GIGABYTE

    def process_memory(process, structure, size):
        assert (process, size) == (7, structure._obj.size)
        structure._obj.committed = GIGABYTE

    def process():
        return 7

    kernel = SimpleNamespace(
        GlobalMemoryStatusEx=status, GetCurrentProcess=process, K32GetProcessMemoryInfo=process_memory
    )
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(ctypes, "WinDLL", lambda name: kernel, raising=False)


@pytest.mark.usefixtures("windows")
def test_windows_tells_what_is_free_and_what_is_taken():
    assert memory.available() == 2 * GIGABYTE
    assert memory.of_this_process() == GIGABYTE


def test_macos_tells_what_is_free_in_percent(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(memory, "installed", lambda: 16 * GIGABYTE)
    monkeypatch.setattr(memory, "sysctl", {"kern.memorystatus_level": (25).to_bytes(4, sys.byteorder)}.get)
    assert memory.available() == 4 * GIGABYTE


def test_macos_tells_what_a_process_has_taken_at_most(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    usage = SimpleNamespace(RUSAGE_SELF=0, getrusage=lambda which: SimpleNamespace(ru_maxrss=GIGABYTE))
    monkeypatch.setitem(sys.modules, "resource", usage)
    assert memory.of_this_process() == GIGABYTE


@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="as Linux tells it")
def test_linux_tells_what_is_free_and_what_is_taken():
    assert 0 < memory.available() < memory.installed()
    before = memory.of_this_process()
    taken = bytearray(b"1") * (64 << 20)
    assert memory.of_this_process() - before > len(taken) // 2


def test_what_linux_does_not_tell_is_not_known(monkeypatch, tmp_path):
    assert memory._bytes_of(str(tmp_path / "none"), "MemAvailable:") == 0
    (tmp_path / "meminfo").write_text("MemTotal: 5 kB\n")
    assert memory._bytes_of(str(tmp_path / "meminfo"), "MemAvailable:") == 0


@pytest.mark.parametrize(("free", "short"), [(0.05, True), (0.2, False), (0, False)])
def test_memory_is_short_if_less_than_a_tenth_is_known_to_be_free(monkeypatch, free, short):
    monkeypatch.setattr(memory, "installed", lambda: 8 * GIGABYTE)
    monkeypatch.setattr(memory, "available", lambda: int(8 * GIGABYTE * free))
    assert memory.is_short() is short


def test_threads_take_memory_from_one_heap(monkeypatch):
    asked = []
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: SimpleNamespace(mallopt=lambda *given: asked.append(given)))
    for system in ("linux", "win32", "darwin"):
        monkeypatch.setattr(sys, "platform", system)
        memory.use_one_heap()
    assert asked == [(-8, 1)]


def test_another_c_library_keeps_its_heaps(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: SimpleNamespace())
    memory.use_one_heap()
