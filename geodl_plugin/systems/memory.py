"""Memory of the system."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress


def is_taken_when_used() -> bool:
    """Whether memory that is asked for counts only once it is used.

    Windows counts it at once against what all programs may have together.
    """
    return sys.platform != "win32"


def installed() -> int:
    """Bytes of memory that the computer has; 0 if that is not known."""
    if sys.platform == "win32":
        kilobytes = ctypes.c_uint64()
        ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
        return kilobytes.value * 1024
    with suppress(OSError, ValueError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 0
