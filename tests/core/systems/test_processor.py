"""Processor and memory, as each system tells of them."""

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from geodl_plugin.systems import memory, processor


@pytest.fixture
def macos(monkeypatch):
    """A macOS whose kernel tells these values."""
    values = {b"machdep.cpu.brand_string": b"Apple M2\0"}

    def sysctlbyname(name, buffer, size, new, new_size):
        if name not in values:
            return -1
        if buffer is not None:
            buffer.raw = values[name]
        size._obj.value = len(values[name])
        return 0

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(sysctlbyname=sysctlbyname))
    monkeypatch.setattr(processor, "_cpuinfo", list)
    return values


def flag(value):
    """A whole number as the kernel of macOS gives it."""
    return value.to_bytes(4, sys.byteorder)


def test_macos_tells_processor_and_instructions(macos):
    macos.update({b"hw.optional.avx1_0": flag(1), b"hw.optional.avx2_0": flag(1), b"hw.optional.avx512f": flag(0)})
    assert processor.processor() == "Apple M2"
    assert processor.instructions() == ["AVX", "AVX2"]


@pytest.mark.parametrize(("value", "translated"), [(flag(1), True), (flag(0), False), (None, False)])
def test_rosetta_is_known(macos, value, translated):
    if value is not None:  # older releases do not know it
        macos[b"sysctl.proc_translated"] = value
    assert processor.is_translated() is translated


def test_nobody_else_has_rosetta():
    if sys.platform != "darwin":
        assert processor.is_translated() is False


class Key:
    """A key of Windows' registry."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def test_windows_tells_processor_and_instructions(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(processor, "_cpuinfo", list)
    kernel = SimpleNamespace(IsProcessorFeaturePresent=lambda number: number in (10, 39, 40))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    registry = SimpleNamespace(
        HKEY_LOCAL_MACHINE=1, OpenKey=lambda *_: Key(), QueryValueEx=lambda *_: ("Intel(R) Core(TM) i7  ", 1)
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)
    assert processor.instructions() == ["AVX", "AVX2"]
    assert processor.processor() == "Intel(R) Core(TM) i7"


def test_windows_tells_its_memory(monkeypatch):
    def tell(kilobytes):
        kilobytes._obj.value = 16 * 1024 * 1024

    monkeypatch.setattr(sys, "platform", "win32")
    kernel = SimpleNamespace(GetPhysicallyInstalledSystemMemory=tell)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert memory.installed() == 16 * 2**30


@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="as Linux tells it")
def test_linux_tells_its_memory():
    kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
    assert memory.installed() == pytest.approx(1024 * kilobytes, rel=0.1)


@pytest.mark.parametrize(
    ("system", "instructions", "units"),
    [
        ("linux", ["AVX2", "AMX-BF16"], True),
        ("linux", ["AVX-512-BF16"], True),
        ("linux", ["AVX2"], False),
        ("linux", [], None),
        ("win32", ["AVX2"], None),  # Windows has no number for these units
        ("darwin", ["NEON", "BF16"], False),
    ],
)
def test_units_for_bfloat16_are_known_or_not(monkeypatch, system, instructions, units):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(processor, "instructions", lambda: instructions)
    assert processor.has_bfloat16_units() is units


@pytest.mark.parametrize(
    ("flags", "left_off"),
    [
        ("flags : fpu avx avx2 fma", True),
        ("flags : avx512f avx512_vnni", False),
        ("flags : avx2 avx_vnni", False),
        ("Features : fp asimd", False),  # of ARM
        ("", False),  # other systems
    ],
)
def test_onednn_is_left_off_where_a_processor_has_no_instructions_for_networks(monkeypatch, flags, left_off):
    monkeypatch.setattr(processor, "_cpuinfo", lambda: ["processor : 0", flags, "bogomips : 1"])
    assert processor.onednn_is_left_off() is left_off


def test_threads_can_be_limited(monkeypatch):
    monkeypatch.delenv(processor.THREADS, raising=False)
    every = processor.threads()
    for given, expected in (("1", 1), (str(every + 1), every), ("0", every), ("many", every)):
        monkeypatch.setenv(processor.THREADS, given)
        assert processor.threads() == expected
    assert {*processor.limited_to(3).values()} == {"3"}
