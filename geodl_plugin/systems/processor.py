"""What computes, and with which instructions."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_INSTRUCTIONS = {
    "avx": "AVX", "avx2": "AVX2", "fma": "FMA", "avx512f": "AVX-512", "avx512_bf16": "AVX-512-BF16",
    "amx_tile": "AMX", "amx_bf16": "AMX-BF16", "asimd": "NEON",
}  # fmt: skip
_OF_WINDOWS = {39: "AVX", 40: "AVX2", 41: "AVX-512", 19: "NEON"}  # numbers of IsProcessorFeaturePresent
_OF_MACOS = {
    "hw.optional.avx1_0": "AVX", "hw.optional.avx2_0": "AVX2", "hw.optional.fma": "FMA",
    "hw.optional.avx512f": "AVX-512", "hw.optional.neon": "NEON", "hw.optional.arm.FEAT_BF16": "BF16",
}  # fmt: skip
THREADS = "GEODL_THREADS"  # how many threads a process may run, where several share the processor
_NAME_OF_WINDOWS = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"  # pragma: allowlist secret (a key of the registry)


def processor() -> str:
    """The name of the processor."""
    for line in _cpuinfo():
        if line.lower().startswith("model name"):
            return line.split(":", 1)[1].strip()
    return _brand() or platform.processor() or platform.machine()


def threads() -> int:
    """Threads that this process may run at a time."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    given = os.environ.get(THREADS, "")
    return min(found, int(given)) if given.isdigit() and int(given) else found


def limited_to(count: int) -> dict[str, str]:
    """Variables of the environment with which a process and its libraries run so many threads at a time.

    They are to be set before the process loads TensorFlow.

    Args:
        count: 1 or more.
    """
    names = (THREADS, "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS", "GDAL_NUM_THREADS")
    return dict.fromkeys(names, str(count))


def instructions() -> list[str]:
    """What the processor can do for this process that is fast for networks; empty where that is not known."""
    if sys.platform == "win32":
        present = ctypes.windll.kernel32.IsProcessorFeaturePresent
        return [name for number, name in _OF_WINDOWS.items() if present(number)]
    if sys.platform == "darwin":
        return [name for key, name in _OF_MACOS.items() if any(sysctl(key))]
    for line in _cpuinfo():
        if line.startswith(("flags", "Features")):
            flags = line.split(":", 1)[1].split()
            return [name for flag, name in _INSTRUCTIONS.items() if flag in flags]
    return []


def has_bfloat16_units() -> bool | None:
    """Whether the processor computes with numbers of 16 bits (bfloat16); None where the system does not tell."""
    known = [] if sys.platform == "win32" else instructions()
    return bool({"AMX-BF16", "AVX-512-BF16"} & set(known)) if known else None


def onednn_is_left_off() -> bool:
    """Whether TensorFlow computes without the operations of oneDNN unless it is told otherwise.

    On Linux it uses them where the processor has instructions for networks, on Windows always.
    """
    known = next((line.split() for line in _cpuinfo() if line.startswith("flags")), [])
    return bool(known) and not {"avx512_vnni", "avx512_bf16", "avx_vnni", "amx_tile"} & set(known)


def is_translated() -> bool:
    """Whether Rosetta translates this process: a program for Intel processors on an Apple processor."""
    return sys.platform == "darwin" and any(sysctl("sysctl.proc_translated"))


def _brand() -> str:
    """The name that Windows and macOS give the processor."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _NAME_OF_WINDOWS) as key:
            return str(winreg.QueryValueEx(key, "ProcessorNameString")[0]).strip()
    if sys.platform == "darwin":
        return sysctl("machdep.cpu.brand_string").rstrip(b"\0").decode("utf-8", "replace")
    return ""


def sysctl(name: str) -> bytes:
    """A value that macOS' kernel tells this process, which the program `sysctl` may see otherwise; empty: unknown."""
    libc: Any = ctypes.CDLL(None)
    size = ctypes.c_size_t()
    if libc.sysctlbyname(name.encode(), None, ctypes.byref(size), None, 0):
        return b""
    value = ctypes.create_string_buffer(size.value)
    if libc.sysctlbyname(name.encode(), value, ctypes.byref(size), None, 0):
        return b""
    return value.raw[: size.value]


def _cpuinfo() -> list[str]:
    """The lines of Linux' file about the processor; none elsewhere."""
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
