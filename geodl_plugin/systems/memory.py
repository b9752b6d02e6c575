"""Memory of the system, and of this process."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from .processor import sysctl

_ARENAS = -8  # M_ARENA_MAX of glibc's malloc.h
_SHORT = 0.1  # of the memory: if less is free, other programs will soon wait for it


def is_taken_when_used() -> bool:
    """Whether memory that is asked for counts only once it is used.

    Windows counts it at once against what all programs may have together.
    """
    return sys.platform != "win32"


def use_one_heap() -> None:
    """Let all threads of this process take memory from one heap; to be called before there are others.

    On Linux each thread gets a heap of its own, in which the gaps between its arrays stay for it: 100 MB of a map.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):  # a C library other than glibc
            ctypes.CDLL(None).mallopt(_ARENAS, 1)


def installed() -> int:
    """Bytes of memory that the computer has; 0 if that is not known."""
    if sys.platform == "win32":
        kilobytes = ctypes.c_uint64()
        ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
        return kilobytes.value * 1024
    with suppress(OSError, ValueError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 0


def available() -> int:
    """Bytes of memory that programs can get without taking it from others; 0 if that is not known."""
    if sys.platform == "win32":
        status = _StatusOfWindows(size=ctypes.sizeof(_StatusOfWindows))
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.available)
    if sys.platform == "darwin":
        return installed() * int.from_bytes(sysctl("kern.memorystatus_level"), sys.byteorder) // 100  # a percentage
    return _bytes_of("/proc/meminfo", "MemAvailable:")


def is_short() -> bool:
    """Whether so little memory is left that a program that only waits should end."""
    return 0 < available() < _SHORT * installed()


def of_this_process() -> int:
    """Bytes of memory that this process takes, on macOS those that it has taken at most; 0 if that is not known."""
    if sys.platform == "win32":
        kernel: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.K32GetProcessMemoryInfo.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32]
        counters = _CountersOfWindows(size=ctypes.sizeof(_CountersOfWindows))
        kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size)
        return int(counters.committed)
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _bytes_of("/proc/self/status", "VmRSS:")


class _StatusOfWindows(ctypes.Structure):
    """MEMORYSTATUSEX."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("available", ctypes.c_uint64),
        ("others", ctypes.c_uint64 * 5),
    )


class _CountersOfWindows(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("page_faults", ctypes.c_uint32),
        ("others", ctypes.c_size_t * 6),
        ("committed", ctypes.c_size_t),
        ("peak_committed", ctypes.c_size_t),
    )


def _bytes_of(file: str, name: str) -> int:
    """A value of one of Linux' files about memory, which count in kilobytes."""
    with suppress(OSError, ValueError, IndexError):
        lines = Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)
    return 0
