"""What computes, and with which instructions."""

from __future__ import annotations

import os
import platform
from pathlib import Path

_INSTRUCTIONS = {
    "avx": "AVX", "avx2": "AVX2", "fma": "FMA", "avx512f": "AVX-512", "avx512_bf16": "AVX-512-BF16",
    "amx_tile": "AMX", "amx_bf16": "AMX-BF16", "asimd": "NEON",
}  # fmt: skip


def processor() -> str:
    """The name of the processor."""
    for line in _cpuinfo():
        if line.lower().startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def threads() -> int:
    """Threads that this process may run at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def instructions() -> list[str]:
    """What the processor can do that is fast for networks; empty where that is not known."""
    for line in _cpuinfo():
        if line.startswith(("flags", "Features")):
            flags = line.split(":", 1)[1].split()
            return [name for flag, name in _INSTRUCTIONS.items() if flag in flags]
    return []


def _cpuinfo() -> list[str]:
    """The lines of Linux' file about the processor; none elsewhere."""
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
